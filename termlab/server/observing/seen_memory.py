"""What a reading tells of memory: the processes', and termlab's own for the pane."""

from typing import Final

from termlab.backends.pty import ChildUsage
from termlab.model.figure import Amount, Figure, Missing
from termlab.model.vitals import ArenaUse, Storage
from termlab.probes.tally import Sums
from termlab.server.observing.growth import growth
from termlab.server.observing.memory_watch import MemorySeen
from termlab.server.observing.observation import Reading
from termlab.server.observing.rates import FIRST, UNSEEN, elapsed
from termlab.server.pane import Pane
from termlab.terminal.arena_stats import ArenaStats, PaneArenaStats

NO_ARENAS: Final = Missing('arenas = "off" in the configuration: the heap has what they would')
NO_PEAK: Final = Missing("this system does not tell the most that a process had resident")
RECKONED: Final = "as the engine reckons, before idle history is compressed"
# A leak shows in this time; what was before does not make up for it.
GROWTH_S: Final = 300.0


def storage(pane: Pane, now: Reading, before: Reading | None = None) -> Storage:
    """Of the pane by now; rates are since ``before``."""
    ring, engine = pane.ring.stats(), pane.emulator.stats()
    return Storage(
        _memory(now),
        Amount(ring.high_water),
        Amount(ring.capacity),
        Amount(engine.memory_bytes, RECKONED),
        Amount(sum(map(len, pane.refresh().rows))),
        Amount(engine.history_rows),
        *_arenas(pane.arenas.stats()),
        _pss(now.memory),
        _peak(now),
        _growth(now.memory, now.at_s - GROWTH_S),
        *_fault_rates(before, now),
        _pool(pane),
    )


def memory_figures(
    pane: Pane, first: Reading, last: Reading, usage: ChildUsage | None = None
) -> dict[str, Figure]:
    """Of a run from ``first`` to ``last``; ``usage`` is the kernel's account of it at its end."""
    minor, major = _faults(first, last, usage)
    seen = last.memory
    peak = _pss(seen)
    if seen is not None and seen.pss_peak_bytes:
        peak = Amount(seen.pss_peak_bytes, "the most of all looks, of all processes together")
    return {
        "pss_peak_bytes": peak,
        "memory_slope_bytes_per_s": _growth(seen, first.at_s),
        "minor_faults": minor,
        "major_faults": major,
        "emulator_bytes": Amount(pane.emulator.stats().memory_bytes, RECKONED),
    }


def _pss(seen: MemorySeen | None) -> Figure:
    if seen is None:
        return UNSEEN
    if isinstance(seen.pss, Missing):
        return seen.pss
    notes = (
        f"{seen.pss_age_s:.0f} s ago" if seen.pss_age_s >= 1 else "",
        f"without {seen.pss.unseen} of another user's" if seen.pss.unseen else "",
    )
    return Amount(seen.pss.bytes, ", ".join(filter(None, notes)))


def _peak(now: Reading) -> Figure:
    sums = now.sums
    if sums is None or isinstance(sums, Missing):
        return sums or UNSEEN
    together = now.memory.rss_peak_bytes if now.memory is not None else 0
    if together > sums.peak_bytes:
        return Amount(together, "RSS of all processes, the most of all looks")
    if not sums.peak_bytes:
        return NO_PEAK
    return Amount(sums.peak_bytes, "RSS of the largest process")


def _growth(seen: MemorySeen | None, since_s: float) -> Figure:
    if seen is None:
        return UNSEEN
    return growth([point for point in seen.points if point[0] >= since_s])


def _both(before: Reading | None, now: Reading) -> "tuple[Sums, Sums] | Missing":
    if now.sums is None or isinstance(now.sums, Missing):
        return now.sums or UNSEEN
    if before is None or before.sums is None or isinstance(before.sums, Missing):
        return FIRST
    return before.sums, now.sums


def _fault_rates(before: Reading | None, now: Reading) -> tuple[Figure, Figure]:
    sums = _both(before, now)
    if isinstance(sums, Missing):
        return sums, sums
    old, new = sums
    if isinstance(new.faults, Missing) or isinstance(old.faults, Missing):
        why = new.faults if isinstance(new.faults, Missing) else FIRST
        return why, why
    over_s = elapsed(old, new)
    return (
        Amount((new.faults.minor - old.faults.minor) / over_s),
        Amount((new.faults.major - old.faults.major) / over_s),
    )


def _faults(first: Reading, last: Reading, usage: ChildUsage | None) -> tuple[Figure, Figure]:
    """The kernel's own account is of all from the program's start."""
    if usage is not None and usage.minor_faults is not None and usage.major_faults is not None:
        return Amount(usage.minor_faults), Amount(usage.major_faults)
    sums = _both(first, last)
    if isinstance(sums, Missing):
        return sums, sums
    old, new = sums
    if isinstance(new.faults, Missing) or isinstance(old.faults, Missing):
        why = new.faults if isinstance(new.faults, Missing) else FIRST
        return why, why
    note = "since the first look"
    return (
        Amount(new.faults.minor - old.faults.minor, note),
        Amount(new.faults.major - old.faults.major, note),
    )


def _pool(pane: Pane) -> Figure:
    kept = pane.arenas.pool_kept_bytes()
    return NO_ARENAS if kept is None else Amount(kept, "kept for all panes together")


def _memory(now: Reading) -> Figure:
    sums = now.sums
    if sums is None or isinstance(sums, Missing):
        return sums or UNSEEN
    shared = "pages that several share counted in each" if sums.processes > 1 else ""
    return Amount(sums.rss_bytes, shared)


def _arenas(stats: PaneArenaStats) -> tuple[Figure, ArenaUse, ArenaUse]:
    """What both have room for, and each."""
    if not stats.on:
        none = ArenaUse(*(NO_ARENAS,) * 4)
        return NO_ARENAS, none, none
    room = stats.persistent.capacity_bytes + stats.temporary.capacity_bytes
    figure = Amount(room, "room: it is memory as far as it was written")
    return figure, _arena(stats.persistent), _arena(stats.temporary)


def _arena(stats: ArenaStats) -> ArenaUse:
    return ArenaUse(
        Amount(stats.used_bytes),
        Amount(stats.capacity_bytes),
        Amount(stats.high_water_bytes),
        Amount(stats.fallbacks, f"{stats.heap_bytes} bytes on the heap" if stats.fallbacks else ""),
        stats.resizes.partition("; ")[0],
    )
