"""What was noted of keys, as figures for the dock and for a run. Pure.

Percentiles are exact, of the keys themselves: those of hours are 100,000 numbers at most, which are
sorted in some 20 ms when a run ends; the dock takes the last thousand.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Final

from termlab.model.figure import Amount, Figure, Missing
from termlab.model.trails import KeyTrail, began
from termlab.model.vitals import LATENCY_EDGES_MS, Latency, Stage
from termlab.server.observing.key_watch import ANSWER_S, FIRST_LOOK_S, NOISE_S, KeySums
from termlab.server.observing.rates import UNSEEN

# The dock's percentiles are of the last so many keys: some minutes of typing.
MAX_KEYS: Final = 1000
_NOTE: Final = "the first output behind a key; keys that the kernel echoed are not in it"
_SHARES: Final = ("p50", "p95", "p99", "max")


def latency(trails: Sequence[KeyTrail], sums: KeySums | None) -> Latency:
    """Of the last keys."""
    if sums is None:
        return Latency(UNSEEN, UNSEEN, UNSEEN, UNSEEN, UNSEEN)
    trails = trails[-MAX_KEYS:]
    values = measured(trails)
    consumed, answered, drawn = _stages(trails, sums)
    bins = [0] * (len(LATENCY_EDGES_MS) + 1)
    for value in values:
        bins[bisect_left(LATENCY_EDGES_MS, value)] += 1
    p50, p95, p99, most = _percentiles(values, _NOTE, _why_none(sums, _NOTHING_TYPED_YET))
    return Latency(
        _keys(values, sums, _NOTHING_TYPED_YET),
        p50,
        p95,
        p99,
        most,
        tuple(bins) if values else (),
        _stage(consumed),
        _stage(answered),
        _stage(drawn),
        _echoes(sums),
    )


def key_figures(trails: Sequence[KeyTrail], sums: KeySums | None) -> dict[str, Figure]:
    """Of a run, by the names of `metrics.RunFigures`."""
    if sums is None:
        return dict.fromkeys(_RUN_NAMES, UNSEEN)
    values = measured(trails)
    why = _why_none(sums, _NOTHING_TYPED)
    p50, p95, p99, most = _percentiles(values, _NOTE, why)
    consumed, answered, drawn = _stages(trails, sums)
    return {
        "keys": _keys(values, sums, _NOTHING_TYPED),
        "key_p50_ms": p50,
        "key_p95_ms": p95,
        "key_p99_ms": p99,
        "key_max_ms": most,
        "consumed_p50_ms": consumed[0],
        "consumed_p95_ms": consumed[1],
        "answered_p50_ms": answered[0],
        "answered_p95_ms": answered[1],
        "drawn_p50_ms": drawn[0],
        "drawn_p95_ms": drawn[1],
        "drawn_p99_ms": drawn[2],
        "echoes": _echoes(sums),
    }


def run_trails(trails: Sequence[KeyTrail], began_at_s: float) -> tuple[KeyTrail, ...]:
    """Those of a run that began at that time of the loop's clock."""
    return tuple([began(each, began_at_s) for each in trails])


def since(sums: KeySums | None, first: KeySums | None) -> KeySums | None:
    """What was noted behind the first."""
    if sums is None or first is None:
        return sums
    grown = {name: getattr(sums, name) - getattr(first, name) for name in KeySums._fields[:-1]}
    return sums._replace(**grown)


def measured(trails: Sequence[KeyTrail]) -> list[float]:
    """Key -> first output, in ms, of those where that is the program's answer."""
    return [
        trail.output_ms
        for trail in trails
        if trail.output_ms is not None and not trail.echo and not trail.noisy
    ]


_NOTHING_TYPED: Final = "no keys were typed"
_NOTHING_TYPED_YET: Final = "no key was typed into this pane since it is looked at"
_RUN_NAMES: Final = (
    *("keys", "key_p50_ms", "key_p95_ms", "key_p99_ms", "key_max_ms"),
    *("consumed_p50_ms", "consumed_p95_ms", "answered_p50_ms", "answered_p95_ms"),
    *("drawn_p50_ms", "drawn_p95_ms", "drawn_p99_ms", "echoes"),
)


def left_out_words(sums: KeySums) -> str:
    """Which keys have no place among the others."""
    texts = (
        (sums.echoes, "echoed by the kernel"),
        (sums.noisy, f"typed within {NOISE_S * 1000:.0f} ms of output"),
        (sums.unanswered, f"without output in {ANSWER_S:.0f} s"),
        (sums.overflow, "beyond what is kept"),
        (sums.pastes, "pastes"),
    )
    return ", ".join(f"{count} {text}" for count, text in texts if count)


def _why_none(sums: KeySums, nothing_typed: str) -> Missing:
    left_out = left_out_words(sums)
    return Missing(f"no key could be measured: {left_out}" if left_out else nothing_typed)


def _keys(values: Sequence[float], sums: KeySums, nothing_typed: str) -> Figure:
    left_out = left_out_words(sums)
    if not values and not left_out:
        return Missing(nothing_typed)
    return Amount(len(values), f"left out: {left_out}" if left_out else "")


def _echoes(sums: KeySums) -> Figure:
    if not (sums.trails or left_out_words(sums)):
        return Missing("no keys were typed")
    return Amount(sums.echoes, "keys typed with the terminal's own echo on, in quiet")


def _percentiles(values: Sequence[float], note: str, why: Missing) -> tuple[Figure, ...]:
    """p50, p95, p99 and the most."""
    if not values:
        return (why,) * len(_SHARES)
    # It brings a library along that nobody needs before the first key.
    from termlab.runs.summary import percentiles

    return tuple(Amount(value, note) for value in percentiles(values))


def _stage(figures: Sequence[Figure]) -> Stage:
    return Stage(figures[0], figures[1])


_Stages = tuple[tuple[Figure, ...], tuple[Figure, ...], tuple[Figure, ...]]


def _stages(trails: Sequence[KeyTrail], sums: KeySums) -> _Stages:
    """Key -> consumed, consumed -> answered, key -> drawn."""
    own = [trail for trail in trails if not trail.echo]
    why = _why_none(sums, _NOTHING_TYPED) if not own else None

    def stage(of: Callable[[KeyTrail], float | None], note: str, reason: str) -> tuple[Figure, ...]:
        values = [value for value in map(of, own) if value is not None]
        some = f"of {len(values)} of {len(own)} keys" if len(values) < len(own) else ""
        text = "; ".join(part for part in (note, some) if part)
        return _percentiles(values, text, why or Missing(reason))

    return (
        stage(lambda trail: trail.consumed_ms, _consumed_note(sums), _not_consumed(sums)),
        stage(_answer_ms, "by the thread that read the key", _not_answered(sums)),
        stage(
            lambda trail: trail.drawn_ms, "written to the terminal by the client", _not_drawn(sums)
        ),
    )


def _answer_ms(trail: KeyTrail) -> float | None:
    if trail.answered_ms is None or trail.consumed_ms is None:
        return None
    return trail.answered_ms - trail.consumed_ms


def _consumed_note(sums: KeySums) -> str:
    if sums.stamped:
        return "when its read returned, stamped in the kernel"
    first = FIRST_LOOK_S * 1000
    late = f"looked for from {first:.0f} ms on, then at twice the time: it may have been earlier"
    return f"{late}; keys that were answered sooner are not in it" if sums.unlooked else late


def _not_consumed(sums: KeySums) -> str:
    if sums.stamped:
        return "no read of the terminal was seen behind a key: it is read by other calls"
    if sums.unlooked:
        first = FIRST_LOOK_S * 1000
        return f"every key was answered before it was looked for, {first:.0f} ms behind it"
    if sums.canonical:
        return "the terminal was in line mode: it tells what was read by lines alone"
    return "this terminal does not tell what its program has read"


def _not_answered(sums: KeySums) -> str:
    if not sums.stamped:
        return "reads and writes are not stamped: only the eBPF tier of system calls does that"
    return "no thread that read a key wrote to the terminal behind it"


def _not_drawn(sums: KeySums) -> str:
    if sums.untold:
        return "who took the frames drew them nowhere, or by another machine's clock"
    return "no client has drawn the answers"
