"""Facts of a run that rules are about: its figures, and what follows from several of them.

A fact is a figure: an amount, or why there is none. One that is made of others has the reason of
the first that is missing. Those that come of the system calls by name are in `call_facts`, those of
how the run went in `course_facts`.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from termlab.model.figure import Amount, Figure, Missing, Unit
from termlab.model.metrics import FIGURES
from termlab.model.run import Run
from termlab.runs.call_facts import (
    CALL_FACTS,
    failing_words,
    idle_calls_words,
    idle_waits_words,
    slow_calls_words,
    waker_words,
)
from termlab.runs.course_facts import COURSE_FACTS
from termlab.runs.fact import FactRow, of_two, over

# Bytes of the shortest sequence that sets a colour: ESC [ 3 1 m.
_COLOUR_BYTES: Final = 5
# Figures that are named by the group or the row that they stand under.
_WHOLE_NAMES: Final = {
    "call_errors": "calls that failed",
    "major_faults": "page faults from disk",
    "full_clears_unsynced": "full clears outside synchronised output",
    "rows_unchanged": "rows written that changed nothing",
    "colour_changes_redundant": "colour changes that changed nothing",
    "key_p50_ms": "key -> first output p50",
    "key_p95_ms": "key -> first output p95",
    "consumed_p95_ms": "key -> consumed p95",
    "answered_p95_ms": "consumed -> answered p95",
}
# Of the calls counted; a thread that ends may take some with it.
_MOST_OF: Final = 0.8
_NOT_ALL: Final = Missing("the kernel's accounts have only some of the writes that were counted")
_NOBODY: Final = Missing(
    "nobody typed and it did not take the whole screen: what it did in silence may be its work"
)


def _figure(name: str, run: Run) -> Figure:
    figure: Figure = getattr(run.figures, name)
    return figure


def _ratio(name: str, unit: Unit, label: str, upper: str, lower: str) -> FactRow:
    factor = 100.0 if unit == "percent" else 1.0
    return FactRow(
        name, unit, label, lambda run: over(_get(run, upper), _get(run, lower), factor=factor)
    )


def _get(run: Run, name: str) -> Figure:
    return FACTS[name].of(run)


def _busy(run: Run) -> Figure:
    return of_two(_get(run, "wall_s"), _get(run, "idle_s"), lambda wall, idle: max(wall - idle, 0))


def _interactive(run: Run) -> Figure:
    """1 of a program that somebody uses; never 0: of others it can't be said."""
    taken = run.figures.alternate_screens
    if isinstance(run.figures.keys, Amount) or (isinstance(taken, Amount) and taken.value):
        return Amount(1)
    return _NOBODY


def _keys(run: Run) -> Figure:
    """None typed are none measured: there is nothing to be judged."""
    keys = run.figures.keys
    return Amount(0) if isinstance(keys, Missing) else keys


def _frames_drawn(run: Run) -> Figure:
    """By what the program says where a frame ends, else by its pauses."""
    return of_two(run.figures.bursts, run.figures.sync_frames, max)


def _unasked(run: Run) -> Figure:
    """Clears that no key could have asked for."""
    return of_two(
        _get(run, "full_clears"), _get(run, "keys_measured"), lambda clears, keys: clears - keys
    )


def _write_mean(run: Run) -> Figure:
    """Only where the accounts are of those whose calls were counted: of a process that nobody waits
    for they tell nothing."""
    booked = run.figures.write_calls
    lacking = of_two(booked, _get(run, "writes"), lambda ours, all_: all_ * _MOST_OF - ours)
    if isinstance(lacking, Amount) and lacking.value > 0:
        return _NOT_ALL
    return over(run.figures.write_bytes, booked)


def _colour_share(run: Run) -> Figure:
    return over(
        _get(run, "colour_changes_redundant"), _get(run, "pty_bytes"), factor=_COLOUR_BYTES * 100
    )


_DERIVED: Final = (
    FactRow("write_mean_bytes", "bytes", "bytes a write", _write_mean),
    _ratio("read_mean_bytes", "bytes", "bytes a read", "read_bytes", "read_calls"),
    _ratio(
        "small_writes_per_burst",
        "count",
        "writes under 16 bytes in a burst of output",
        "small_writes",
        "bursts",
    ),
    _ratio("writes_per_burst", "count", "writes in a burst of output", "write_calls", "bursts"),
    FactRow("busy_s", "s", "time not silent", _busy),
    FactRow("keys_measured", "count", "keys measured", _keys),
    FactRow("interactive", "count", "somebody used it", _interactive),
    FactRow("frames_drawn", "count", "synchronised frames, or bursts of output", _frames_drawn),
    _ratio("frame_bytes", "bytes", "bytes a frame", "pty_bytes", "frames_drawn"),
    FactRow("clears_unasked", "count", "full clears beyond one a key", _unasked),
    _ratio(
        "unsynced_clears_per_s",
        "per_s",
        "full clears outside synchronised output",
        "full_clears_unsynced",
        "wall_s",
    ),
    _ratio("clears_per_s", "per_s", "full clears", "full_clears", "wall_s"),
    _ratio("clears_per_burst", "count", "full clears in a burst", "full_clears", "bursts"),
    _ratio("synced_percent", "percent", "synchronised frames in a burst", "sync_frames", "bursts"),
    _ratio(
        "rows_unchanged_percent",
        "percent",
        "rows written that changed nothing",
        "rows_unchanged",
        "rows_touched",
    ),
    _ratio("scrolled_per_s", "per_s", "rows scrolled while busy", "rows_scrolled", "busy_s"),
    _ratio(
        "moves_per_scroll",
        "count",
        "cursor movements for a row scrolled",
        "cursor_moves",
        "rows_scrolled",
    ),
    _ratio(
        "redundant_colours_per_s",
        "per_s",
        "colour changes that changed nothing",
        "colour_changes_redundant",
        "wall_s",
    ),
    _ratio(
        "redundant_colours_percent",
        "percent",
        "colour changes that changed nothing",
        "colour_changes_redundant",
        "colour_changes",
    ),
    FactRow("colour_bytes_percent", "percent", "their share of the output", _colour_share),
    _ratio("bytes_per_move", "bytes", "bytes for a cursor movement", "pty_bytes", "cursor_moves"),
    _ratio("moves_per_row", "count", "cursor movements for a row", "cursor_moves", "rows_touched"),
    _ratio("echo_percent", "percent", "keys that the kernel echoed", "echoes", "keys"),
)

FACTS: Final[dict[str, FactRow]] = {
    fact.name: fact
    for fact in (
        *(
            FactRow(
                r.name, r.unit, _WHOLE_NAMES.get(r.name, r.label.strip()), partial(_figure, r.name)
            )
            for r in FIGURES
        ),
        *_DERIVED,
        *CALL_FACTS,
        *COURSE_FACTS,
    )
}

# What a sentence may say besides: words with what leads to them, nothing where nothing is known.
WORDS: Final[dict[str, Callable[[Run], str]]] = {
    "waker": waker_words,
    "idle_calls": idle_calls_words,
    "idle_waits": idle_waits_words,
    "failing": failing_words,
    "slow_calls": slow_calls_words,
}
