"""What two readings tell of a pane's system calls, for the dock and for a run. Pure."""

from typing import TYPE_CHECKING, Final

from termlab.model.calls import CallCount, CallTable
from termlab.model.figure import Amount, Figure, Missing
from termlab.model.vitals import CallRate, Syscalls
from termlab.server.observing.call_watch import CallsSeen
from termlab.server.observing.observation import Reading
from termlab.server.observing.rates import FIRST, UNSEEN, cut, elapsed
from termlab.server.observing.seen_activity import MIN_SILENCE_S, NEVER_SILENT, NOT_SILENT

if TYPE_CHECKING:
    from termlab.probes.call_source import CallSum, CallSums

# More names than a dock scrolls through, and than a program of any kind makes in a second.
MAX_RATES: Final = 64
NO_KEYS: Final = Missing("no key was typed since the last look")
NO_KEYS_IN_RUN: Final = Missing("no keys were typed")
NO_NAMES: Final = Missing(
    "this way of counting has no names, times or errors of calls: eBPF and strace have them"
)
BOOKED: Final = "reads and writes only, as the kernel books them"
PER_KEY: Final = "outside of silence, since the first key"


# For the dock


def syscalls(before: Reading | None, now: Reading) -> Syscalls:
    """Since the reading ``before``."""
    reads, writes, read, written = (_io_rate(before, now, field) for field in (0, 2, 1, 3))
    io = Syscalls(reads, writes, read, written, accuracy=BOOKED)
    if isinstance(now.sums, Missing):
        return _without(io, now.sums)
    seen = now.calls
    if seen is None:
        return _without(io, UNSEEN)
    sums = seen.sums
    if isinstance(sums, Missing):
        return _without(io, sums)
    old = before.calls if before is not None else None
    if before is None or old is None or isinstance(old.sums, Missing) or not _same(old.sums, sums):
        first = _without(io, FIRST)
        return Syscalls(*_io(first), sums.tier, sums.accuracy, FIRST, FIRST, FIRST)
    between = max(now.at_s - before.at_s, 1e-3)
    return Syscalls(
        *_io(io),
        sums.tier,
        sums.accuracy,
        Amount((sums.total - old.sums.total) / between),
        _idle_rate(old, seen),
        _per_key(before, now),
        _rates(old, seen, between, now.keys - before.keys),
    )


def _io(record: Syscalls) -> tuple[Figure, Figure, Figure, Figure]:
    return (
        record.reads_per_s,
        record.writes_per_s,
        record.read_bytes_per_s,
        record.written_bytes_per_s,
    )


def _without(io: Syscalls, why: Missing) -> Syscalls:
    return Syscalls(*_io(io), "accounting", BOOKED, why, why, why)


def _same(old: "CallSums", now: "CallSums") -> bool:
    return old.tier == now.tier


def _idle_rate(old: CallsSeen, now: CallsSeen) -> Figure:
    silent_s = now.idle_s - old.idle_s
    if silent_s < MIN_SILENCE_S:
        return NOT_SILENT
    return Amount((now.idle_total - old.idle_total) / silent_s, f"over {silent_s:.2f} s of silence")


def _per_key(before: Reading, now: Reading) -> Figure:
    """All that was called outside of silence, over the keys of that time."""
    keys = now.keys - before.keys
    if keys <= 0:
        return NO_KEYS
    old, seen = before.calls, now.calls
    if old is None or seen is None or isinstance(old.sums, Missing):
        return FIRST
    if isinstance(seen.sums, Missing):
        return seen.sums
    busy = seen.sums.total - old.sums.total - (seen.idle_total - old.idle_total)
    return Amount(busy / keys, "outside of silence, since the last look")


def _rates(old: CallsSeen, now: CallsSeen, between: float, keys: int) -> tuple[CallRate, ...]:
    """Those that were called, or are being waited in, most calls first; ``keys`` were typed."""
    assert not isinstance(old.sums, Missing)
    assert not isinstance(now.sums, Missing)
    silent_s = now.idle_s - old.idle_s
    rates = []
    for name, each in now.sums.by_name.items():
        grown = _grown(old.sums.by_name.get(name), each)
        if not grown.calls and not grown.time_ns:
            continue
        idle = now.idle.get(name, 0) - old.idle.get(name, 0)
        rates.append(
            CallRate(
                name,
                grown.calls / between,
                idle / silent_s if silent_s >= MIN_SILENCE_S else None,
                grown.time_ns / between / 1e7 if grown.time_ns is not None else None,
                grown.errors / between if grown.errors is not None else None,
                (grown.calls - idle) / keys if keys > 0 else None,
            )
        )
    rates.sort(key=lambda rate: (-rate.per_s, -(rate.time_percent or 0), rate.name))
    return tuple(rates[:MAX_RATES])


def _grown(old: "CallSum | None", now: "CallSum") -> "CallSum":
    if old is None:
        return now
    return now._replace(
        calls=now.calls - old.calls,
        time_ns=_less(now.time_ns, old.time_ns),
        errors=_less(now.errors, old.errors),
        small=_less(now.small, old.small),
    )


def _less(now: int | None, old: int | None) -> int | None:
    # What a thread is in is added to what was counted: it may be counted between two readings.
    return None if now is None else max(now - (old or 0), 0)


def _io_rate(before: Reading | None, now: Reading, field: int) -> Figure:
    if now.sums is None or isinstance(now.sums, Missing):
        return now.sums or UNSEEN
    if isinstance(now.sums.io, Missing):
        return now.sums.io
    if before is None or before.sums is None or isinstance(before.sums, Missing):
        return FIRST
    if isinstance(before.sums.io, Missing):
        return FIRST
    grown = now.sums.io[field] - before.sums.io[field]
    strangers = now.sums.strangers
    note = f"without {strangers} of another user's, which is not shown" if strangers else ""
    return Amount(grown / elapsed(before.sums, now.sums), note or cut(now.sums))


# For a run


def call_table(first: Reading, last: Reading) -> CallTable | Missing:
    """The run's calls: from the program's start where it was counted from there."""
    sums = _of_run(first, last)
    if isinstance(sums, Missing):
        return sums
    assert last.calls is not None
    idle = last.calls.idle if last.calls.idle_s else None
    calls = [
        CallCount(
            name,
            each.calls,
            each.time_ns,
            each.errors,
            idle.get(name, 0) if idle is not None else None,
        )
        for name, each in sums.by_name.items()
        if each.calls
    ]
    calls.sort(key=lambda call: (-call.count, call.name))
    small = _small(sums)
    return CallTable(sums.tier, sums.accuracy, sums.total, tuple(calls), *small)


def call_figures(first: Reading, last: Reading) -> dict[str, Figure]:
    """By the names of `RunFigures`."""
    sums, seen = _of_run(first, last), last.calls
    if isinstance(sums, Missing) or seen is None:
        why = sums if isinstance(sums, Missing) else UNSEEN
        return dict.fromkeys(_FIGURES, why)
    note = "" if seen.whole else "from when it was first looked at"
    small_reads, small_writes = _small(sums)
    return {
        "calls": Amount(sums.total, "; ".join(filter(None, (sums.tier, note)))),
        "call_time_s": _known(_summed(sums, "time_ns"), 1e9, "waiting included"),
        "call_errors": _known(_summed(sums, "errors")),
        "small_reads": _known(small_reads),
        "small_writes": _known(small_writes),
        "calls_per_key": _calls_per_key(first, last),
        "idle_calls_per_s": Amount(seen.idle_total / seen.idle_s, f"over {seen.idle_s:.2f} s")
        if seen.idle_s >= MIN_SILENCE_S
        else NEVER_SILENT,
    }


_FIGURES: Final = (
    "calls",
    "call_time_s",
    "call_errors",
    "small_reads",
    "small_writes",
    "calls_per_key",
    "idle_calls_per_s",
)


def _of_run(first: Reading, last: Reading) -> "CallSums | Missing":
    """What was called between them, or since the program's start."""
    if last.calls is None:
        return UNSEEN
    sums = last.calls.sums
    if isinstance(sums, Missing) or last.calls.whole:
        return sums
    if first.calls is None or isinstance(first.calls.sums, Missing):
        return sums  # it was there later: all that it has is of the run
    old = first.calls.sums
    by_name = {name: _grown(old.by_name.get(name), each) for name, each in sums.by_name.items()}
    return sums._replace(total=sums.total - old.total, by_name=by_name)


def _small(sums: "CallSums") -> tuple[int | None, int | None]:
    """Of reads and of writes."""
    from termlab.probes.call_source import READS, WRITES, small

    if not sums.by_name:
        return None, None
    return small(sums.by_name, READS), small(sums.by_name, WRITES)


def _summed(sums: "CallSums", field: str) -> int | None:
    values = [getattr(each, field) for each in sums.by_name.values()]
    known = [value for value in values if value is not None]
    return sum(known) if values and len(known) == len(values) else None


def _known(value: int | None, unit: float = 1, note: str = "") -> Figure:
    return NO_NAMES if value is None else Amount(value / unit, note)


def _calls_per_key(first: Reading, last: Reading) -> Figure:
    seen = last.calls
    keys = last.keys - first.keys
    if seen is None or isinstance(seen.sums, Missing) or not keys or seen.typed_from is None:
        return NO_KEYS_IN_RUN
    busy = seen.sums.total - seen.typed_from - (seen.idle_total - seen.idle_from)
    return Amount(busy / keys, PER_KEY)
