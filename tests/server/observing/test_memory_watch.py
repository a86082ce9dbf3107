"""When PSS is asked for, and what is kept of memory over time; the clock is driven."""

from collections.abc import Iterable
from itertools import pairwise

from termlab.model.figure import Missing
from termlab.probes.accounting import IoCounts
from termlab.probes.shared_pages import NOBODY, Pss
from termlab.probes.tally import GONE, Sums
from termlab.server.observing.memory_watch import MAX_POINTS, NOT_YET, MemoryWatch
from tests.server.fakes import Clock


class Bench:
    """Processes with ``rss`` bytes, whose PSS is half of that and takes ``cost_s`` to tell."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.rss = 1000
        self.cost_s = 0.001
        self.asked = 0
        self.gone = False
        self.watch = MemoryWatch(self._pss, self.clock)

    def _pss(self, pids: Iterable[int]) -> Pss | Missing:
        self.asked += 1
        self.clock.advance(self.cost_s)
        return NOBODY if self.gone else Pss(self.rss // 2, len([*pids]), 0)

    def sums(self) -> Sums:
        return Sums(
            self.clock(), 1, 0.0, IoCounts(0, 0, 0, 0), 0, self.rss, 0, False, False, pids=(1,)
        )

    def look(self, after_s: float) -> int:
        """How often it was asked by then."""
        self.clock.advance(after_s)
        self.watch.read(self.sums())
        return self.asked


def test_it_is_asked_for_every_two_seconds() -> None:
    bench = Bench()
    assert [bench.look(1.0) for _ in range(6)] == [1, 1, 2, 2, 3, 3]


def test_where_it_costs_much_no_more_than_a_hundredth_of_the_time() -> None:
    bench = Bench()
    bench.cost_s = 0.05
    assert [bench.look(1.0) for _ in range(11)] == [1] * 5 + [2] * 5 + [3]
    assert bench.watch.cost_s > 0.14


def test_a_peak_is_not_missed() -> None:
    bench = Bench()
    bench.look(0.0)
    bench.rss = 5000
    assert bench.look(0.5) == 2
    bench.rss = 100
    assert bench.look(0.5) == 2
    seen = bench.watch.read(bench.sums())
    assert (seen.pss_peak_bytes, seen.rss_peak_bytes) == (2500, 5000)
    assert seen.pss == Pss(2500, 1, 0)
    assert 0.4 < seen.pss_age_s < 0.6


def test_before_the_first_look_there_is_a_reason() -> None:
    seen = Bench().watch.read(GONE)
    assert seen.pss is NOT_YET
    assert seen.points == ()


def test_of_a_program_that_has_ended_what_was_told_stays() -> None:
    bench = Bench()
    bench.look(0.0)
    bench.gone = True
    bench.look(5.0)
    assert bench.watch.read(None).pss == Pss(500, 1, 0)


def test_the_course_is_kept_however_long_it_lasts() -> None:
    bench = Bench()
    for i in range(MAX_POINTS * 5):
        bench.rss = 1000 + i
        bench.look(1.0)
    points = bench.watch.read(None).points
    assert MAX_POINTS / 2 <= len(points) <= MAX_POINTS
    assert points[0][1] == 1000
    assert points[-1][1] > 1000 + MAX_POINTS * 5 - 20
    gaps = [b[0] - a[0] for a, b in pairwise(points)]
    assert max(gaps) < 10


def test_looks_of_one_moment_are_one_point() -> None:
    bench = Bench()
    bench.look(1.0)
    bench.look(0.01)
    assert len(bench.watch.read(None).points) == 1
