"""The memory of a pane's processes while somebody looks: points over time, and PSS when due.

RSS comes with every look at the processes. PSS costs more the larger they are: it is asked for
every 2 s, and no more often than would take a hundredth of the time; and once again where RSS has
risen well above what it was then, so that a peak is not missed.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from termlab.model.figure import Missing

if TYPE_CHECKING:  # a server that observes nothing needs no probes
    from termlab.probes.shared_pages import Pss
    from termlab.probes.tally import Sums

EVERY_S: Final = 2.0
COST_FACTOR: Final = 100
# At a new peak so much above the last one sooner, for no more than a twentieth of the time.
PEAK_FACTOR: Final = 1.1
PEAK_COST_FACTOR: Final = 20
# A longer time keeps every second point, then every fourth.
MAX_POINTS: Final = 256
# Those of one moment, by several who look, are one.
POINT_S: Final = 0.2
NOT_YET: Final = Missing("shared pages were not divided yet")


class MemorySeen(NamedTuple):
    """By now. ``pss`` was told ``pss_age_s`` ago, ``pss_peak_bytes`` is the most of those told, 0
    if none was; ``rss_peak_bytes`` the most that all processes had together at a look. ``points``
    are (seconds by the loop's clock, RSS)."""

    pss: "Pss | Missing" = NOT_YET
    pss_age_s: float = 0.0
    pss_peak_bytes: int = 0
    rss_peak_bytes: int = 0
    points: tuple[tuple[float, int], ...] = ()


class MemoryWatch:
    """One pane's; ``ask`` tells the PSS of processes. ``cost_s`` is what that has taken."""

    def __init__(
        self, ask: "Callable[[Iterable[int]], Pss | Missing]", clock: Callable[[], float]
    ) -> None:
        self.cost_s = 0.0
        self._ask = ask
        self._clock = clock
        self._pss: Pss | Missing = NOT_YET
        self._asked_at = float("-inf")
        self._asked_cost_s = 0.0
        self._asked_rss = 0
        self._pss_peak = 0
        self._rss_peak = 0
        self._points: list[tuple[float, int]] = []
        self._point_s = POINT_S

    def edge(self, silent: bool) -> None:
        """The silence of the terminal begins, or ends."""

    def read(self, sums: "Sums | Missing | None") -> MemorySeen:
        """``sums`` are of this very moment; without any nothing is new."""
        now = self._clock()
        if sums is not None and not isinstance(sums, Missing):
            self._rss_peak = max(self._rss_peak, sums.rss_bytes)
            self._note(now, sums.rss_bytes)
            if self._due(now, sums.rss_bytes):
                self._pages(now, sums)
        return MemorySeen(
            self._pss,
            max(now - self._asked_at, 0.0) if self._pss is not NOT_YET else 0.0,
            self._pss_peak,
            self._rss_peak,
            tuple(self._points),
        )

    def close(self) -> None:
        """Nobody looks any more."""

    def _note(self, now: float, rss_bytes: int) -> None:
        if not rss_bytes or (self._points and now - self._points[-1][0] < self._point_s):
            return  # of a program that has just ended nothing is resident
        self._points.append((now, rss_bytes))
        if len(self._points) > MAX_POINTS:
            del self._points[1::2]
            # As far apart as those that are left.
            self._point_s = (self._points[-1][0] - self._points[0][0]) / len(self._points) * 0.95

    def _due(self, now: float, rss_bytes: int) -> bool:
        since_s = now - self._asked_at
        if rss_bytes > self._asked_rss * PEAK_FACTOR and rss_bytes >= self._rss_peak:
            return since_s >= max(POINT_S, PEAK_COST_FACTOR * self._asked_cost_s)
        return since_s >= max(EVERY_S, COST_FACTOR * self._asked_cost_s)

    def _pages(self, now: float, sums: "Sums") -> None:
        found = self._ask(sums.pids)
        self._asked_at, self._asked_rss = now, sums.rss_bytes
        self._asked_cost_s = self._clock() - now
        self.cost_s += self._asked_cost_s
        if not isinstance(found, Missing):
            self._pss_peak = max(self._pss_peak, found.bytes)
        elif self._pss_peak:
            return  # it has ended: what was told stays
        self._pss = found
