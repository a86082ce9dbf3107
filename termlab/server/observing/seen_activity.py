"""What two readings tell of CPU and wakeups, busy and idle, for the dock and for a run. Pure.

Idle is the time in which the terminal has been silent for 250 ms and more; all other time is busy.
"""

from typing import Final, NamedTuple

from termlab.backends.pty import ChildUsage
from termlab.model.figure import Amount, Figure, Missing
from termlab.model.vitals import Activity
from termlab.model.wakers import Waker
from termlab.probes.tally import Sums
from termlab.probes.woken import most_woken
from termlab.server.observing.activity_watch import Idle
from termlab.server.observing.observation import Reading
from termlab.server.observing.rates import FIRST, UNSEEN, cut, elapsed

NOT_SILENT: Final = Missing("the terminal was not silent for 250 ms since the last look")
NEVER_SILENT: Final = Missing("the terminal was never silent for longer than 350 ms")
NOT_BUSY: Final = Missing("the terminal was silent all the time")
TOO_SHORT: Final = Missing("less than 100 ms are too short for a share")
UNSEEN_SILENCE: Final = Missing("there are too many processes to look at them at each key")
NO_KEYS: Final = Missing("no key was typed since the last look")
NO_OUTPUT: Final = Missing("there was too little output since the last look")
NO_KEYS_AT_ALL: Final = Missing("no keys were typed")
# Of less silence than this a share says nothing, nor of less time without.
MIN_SILENCE_S: Final = 0.1
# CPU a megabyte of a few lines is only what the program does besides.
MIN_OUTPUT_BYTES: Final = 10_000
# What a program's own start and end have is not worth a word.
MINOR_SHARE: Final = 0.02
MINOR_WAKEUPS: Final = 10
# Of children that have ended the kernel shows the CPU time in ticks: of when so much is, nobody
# knows. A share that can't be told closer than this is none.
UNPLACED_S: Final = 0.02
MOST_UNSURE_PERCENT: Final = 5.0
_MEGABYTE: Final = 1e6


class Split(NamedTuple):
    """What was done between two readings, busy and idle. ``unseen_s`` is neither."""

    busy_s: float
    busy_cpu_s: float
    idle: Idle
    unsure_s: float = 0.0  # of CPU time that may belong to either


def activity(before: Reading | None, now: Reading) -> Activity:
    """Since the reading ``before``."""
    sums = now.sums if now.sums is not None else UNSEEN
    if isinstance(sums, Missing):
        return Activity(*(sums,) * 8)
    processes = Amount(sums.processes, cut(sums))
    if before is None or before.sums is None or isinstance(before.sums, Missing):
        return Activity(processes, *(FIRST,) * 7)
    between = elapsed(before.sums, sums)
    split = _split(before, now, before.sums, sums)
    cpu = Amount((sums.cpu_s - before.sums.cpu_s) / between * 100, _whole(before.sums, sums))
    wakeups = _wakeups(before.sums, sums, between)
    idle_cpu, idle_wakeups = _idle(split, NOT_SILENT)
    if isinstance(wakeups, Missing):
        idle_wakeups = wakeups
    elif sums.ended and isinstance(idle_wakeups, Amount):
        idle_wakeups = Amount(idle_wakeups.value, wakeups.note)
    return Activity(
        processes,
        cpu,
        wakeups,
        idle_cpu,
        idle_wakeups,
        _busy(split),
        _a_key(split, now.keys - before.keys, NO_KEYS),
        _a_megabyte(split, now.output_bytes - before.output_bytes, NO_OUTPUT),
        waker_text(most_woken(before.wakers, now.wakers), between, split.idle.s),
    )


def activity_figures(
    first: Reading,
    last: Reading,
    usage: ChildUsage | None = None,
    began_at: float | None = None,
) -> dict[str, Figure]:
    """Of a run from ``first`` to ``last``; ``usage`` is the kernel's account of it at its end, and
    ``began_at`` when it began, which ``first`` may be some milliseconds behind."""
    why = _unknown(first, last)
    wakeups = _all_wakeups(first, last, usage)
    if not isinstance(why, tuple):
        names = ("idle_s", "busy_cpu_percent", "idle_cpu_percent", "idle_wakeups_per_s")
        more = ("cpu_per_key_ms", "cpu_per_mb_ms", "processes")
        return dict.fromkeys((*names, *more), why) | {"wakeups": wakeups}
    before, now = why
    split = _whole_split(_split(first, last, before, now), before.at_s, usage, began_at)
    idle_cpu, idle_wakeups = _idle(split, NEVER_SILENT)
    if isinstance(now.switches, Missing):
        idle_wakeups = now.switches
    elif isinstance(idle_wakeups, Amount):
        idle_wakeups = _without_ended(idle_wakeups, before, now, usage)
    output = last.output_bytes - first.output_bytes
    too_little = Missing(f"{output} bytes of output are too few to tell")
    unseen = split.idle.unseen_s
    note = f"{unseen:.2f} s more without a look at its end" if unseen else ""
    return {
        "idle_s": Amount(split.idle.s, note),
        "busy_cpu_percent": _busy(split),
        "idle_cpu_percent": idle_cpu,
        "wakeups": wakeups,
        "idle_wakeups_per_s": idle_wakeups,
        "cpu_per_key_ms": _a_key(split, last.keys - first.keys, NO_KEYS_AT_ALL),
        "cpu_per_mb_ms": _a_megabyte(split, output, too_little),
        "processes": _processes(last, now),
    }


def wakers(first: Reading, last: Reading) -> tuple[Waker, ...]:
    """Who was woken most in a run, most first."""
    return most_woken(first.wakers, last.wakers)


def waker_text(woken: tuple[Waker, ...], between_s: float, idle_s: float) -> str:
    """The thread that was woken most, with its rate: in silence, where most of the time was."""
    silent = idle_s >= max(between_s / 2, MIN_SILENCE_S)
    counts = [(each.idle_wakeups if silent else each.wakeups, each) for each in woken]
    most = max(counts, key=lambda each: each[0], default=None)
    if most is None or not most[0]:
        return ""
    count, waker = most
    rate = count / (idle_s if silent else between_s)
    name = f"{waker.thread} in {waker.process}"
    if not waker.thread or waker.thread == waker.process:
        # Threads that were given no name have the process's.
        name = waker.process if waker.tid in (0, waker.pid) else f"a thread of {waker.process}"
    return f"{name}: {rate:.0f}/s" if rate >= 10 else f"{name}: {rate:.1f}/s"


def _processes(last: Reading, now: Sums) -> Figure:
    """However short they lived, where their starts are counted."""
    calls = last.calls
    if calls is not None and calls.whole and not isinstance(calls.sums, Missing):
        started = calls.sums.started
        if started is not None:
            return Amount(max(started, now.ever), "that began, by the kernel's count")
    return Amount(now.ever, "that looks have seen; some live shorter")


def _unknown(first: Reading, last: Reading) -> "tuple[Sums, Sums] | Missing":
    """Both sums, or why there are not."""
    before, now = first.sums, last.sums
    if before is None or now is None:
        return UNSEEN
    if isinstance(before, Missing):
        return before
    return now if isinstance(now, Missing) else (before, now)


def _split(first: Reading, last: Reading, before: Sums, now: Sums) -> Split:
    old, new = first.idle, last.idle
    idle = Idle(
        new.s - old.s,
        new.cpu_s - old.cpu_s,
        new.switches - old.switches,
        new.unseen_s - old.unseen_s,
    )
    busy_s = now.at_s - before.at_s - idle.s - idle.unseen_s
    unsure_s = UNPLACED_S if now.ended or now.ever > 1 else 0.0
    return Split(busy_s, max(now.cpu_s - before.cpu_s - idle.cpu_s, 0.0), idle, unsure_s)


def _whole_split(
    split: Split, first_at: float, usage: ChildUsage | None, began_at: float | None
) -> Split:
    """With what was done before the first look, which only the kernel's account has. That lacks
    those that nobody waited for: where the sums have more, they have it of them."""
    if usage is None:
        return split
    early_s = 0.0 if began_at is None else max(first_at - began_at, 0.0)
    cpu_s = max(usage.cpu_s - split.idle.cpu_s, split.busy_cpu_s)
    return split._replace(busy_s=split.busy_s + early_s, busy_cpu_s=cpu_s)


def _wakeups(before: Sums, now: Sums, between: float) -> Figure:
    if isinstance(now.switches, Missing):
        return now.switches
    if isinstance(before.switches, Missing):
        return FIRST
    note = "those of processes and threads that ended left out" if now.ended else ""
    return Amount((now.switches - before.switches) / between, note or cut(now))


def _all_wakeups(first: Reading, last: Reading, usage: ChildUsage | None) -> Figure:
    """The kernel's own account has those of threads and children that have ended as well."""
    if usage is not None and usage.wakeups is not None:
        return Amount(usage.wakeups, "of all it waited for, threads that ended as well")
    sums = _unknown(first, last)
    if isinstance(sums, Missing):
        return sums
    before, now = sums
    if isinstance(now.switches, Missing) or isinstance(before.switches, Missing):
        return now.switches if isinstance(now.switches, Missing) else FIRST
    return Amount(now.switches - before.switches, "of threads that looks have seen")


def _idle(split: Split, silent_never: Missing) -> tuple[Figure, Figure]:
    """CPU and wakeups a second while the terminal was silent."""
    idle = split.idle
    if idle.s < MIN_SILENCE_S:
        why = UNSEEN_SILENCE if idle.unseen_s >= MIN_SILENCE_S else silent_never
        return why, why
    whole = idle.s > (split.busy_s + idle.s) * 0.9
    note = "" if whole else f"over {idle.s:.2f} s of silence"
    cpu = _share(idle.cpu_s, idle.s, split.unsure_s, note)
    return cpu, Amount(idle.switches / idle.s, note)


def _busy(split: Split) -> Figure:
    if split.busy_s < MIN_SILENCE_S:
        silent_s = split.idle.s + split.idle.unseen_s
        return NOT_BUSY if silent_s >= MIN_SILENCE_S else TOO_SHORT
    note = f"over {split.busy_s:.2f} s, until 250 ms behind the last byte"
    return _share(split.busy_cpu_s, split.busy_s, split.unsure_s, note)


def _share(cpu_s: float, of_s: float, unsure_s: float, note: str) -> Figure:
    """Of one CPU in percent; none where what children did that ended may be most of it."""
    unsure = unsure_s / of_s * 100
    if unsure > MOST_UNSURE_PERCENT:
        return Missing(
            f"{of_s:.2f} s are too short to tell: the CPU time of children that ended in them is "
            "known to 20 ms"
        )
    words = f"± {unsure:.1f} % for children that ended" if unsure >= 0.1 else ""
    return Amount(cpu_s / of_s * 100, "; ".join(filter(None, (note, words))))


def _without_ended(told: Amount, before: Sums, now: Sums, usage: ChildUsage | None) -> Amount:
    """Idle wakeups are of those that looks have seen; the whole run's tell how many that lacks."""
    if usage is None or usage.wakeups is None:
        return told
    if isinstance(now.switches, Missing) or isinstance(before.switches, Missing):
        return told
    lacking = usage.wakeups - (now.switches - before.switches)
    if lacking <= max(usage.wakeups * MINOR_SHARE, MINOR_WAKEUPS):
        return told
    words = f"when {lacking} of those that ended were is not known: left out"
    return Amount(told.value, f"{told.note}; {words}" if told.note else words)


def _a_key(split: Split, keys: int, none: Missing) -> Figure:
    if keys <= 0:
        return none
    return Amount(
        split.busy_cpu_s * 1000 / keys, f"all that was busy, over {keys} key{'s' * (keys > 1)}"
    )


def _a_megabyte(split: Split, count: int, too_little: Missing) -> Figure:
    if count < MIN_OUTPUT_BYTES:
        return too_little
    return Amount(split.busy_cpu_s * 1000 * _MEGABYTE / count, "all that was busy")


def _whole(before: Sums, now: Sums) -> str:
    """What stands beside the CPU time: whose it can't have."""
    if now.lost > before.lost:
        return "of a process that nobody waited for, what it did at last left out"
    return cut(now)
