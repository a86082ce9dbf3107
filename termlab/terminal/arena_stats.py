"""What arenas count, as records: made, and imported, only when somebody asks."""

from typing import NamedTuple


class ArenaStats(NamedTuple):
    """``used`` is now, or of the frame made last; ``high_water`` the most it ever was. The heap's
    share is in ``fallbacks`` (requests) and ``heap_bytes`` (now), and not in ``used``; utilisation
    is the share of the capacity that is, from 0 to 1. ``resizes`` is for people, the latest first.
    """

    used_bytes: int
    capacity_bytes: int
    high_water_bytes: int
    utilisation: float
    allocations: int
    resets: int
    growths: int
    shrinks: int
    fallbacks: int
    heap_bytes: int
    resizes: str


class PaneArenaStats(NamedTuple):
    """``on`` is False where the heap stands in for both."""

    on: bool
    persistent: ArenaStats
    temporary: ArenaStats


class LearnedStats(NamedTuple):
    """What new panes begin with; ``resizes`` are for people, the latest first."""

    on: bool
    persistent_bytes: int
    temporary_bytes: int
    persistent_resizes: str
    temporary_resizes: str
