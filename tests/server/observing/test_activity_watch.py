"""Idle work of a pane that is looked at; time is driven, the processes are a script."""

import pytest

from termlab.model.figure import Missing
from termlab.model.wakers import Waker
from termlab.probes.accounting import IoCounts
from termlab.probes.tally import GONE, Edge, Sums
from termlab.server.observing.activity_watch import ActivityWatch, Idle
from tests.server.fakes import Clock

NO_IO = IoCounts(0, 0, 0, 0)


class Bench:
    """Processes that take a tenth of a CPU and wake up twenty times a second, all the time."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.looks = 0
        self.gone = False
        self.blind = False
        self.crowded = False
        self.silent_looks = 0
        self.looked_at: float | None = None
        self.is_ready = False
        self.cost_s = 0.0
        self.watch = ActivityWatch(self, self.clock, self.clock)

    def look(self, now: float, silent: bool = False) -> Sums | Missing:
        self.looks += 1
        self.silent_looks += silent
        self.looked_at, self.is_ready = now, False
        self.clock.advance(self.cost_s)
        if self.gone:
            return GONE
        switches = Missing("not shown") if self.blind else round(now * 20)
        return Sums(now, 1, now / 10, NO_IO, switches, 0, 0, False, False)

    def ready(self) -> None:
        self.is_ready = True

    def edge(self) -> Edge | None:
        if self.crowded or not self.is_ready or self.looked_at is None:
            return None
        since = self.clock() - self.looked_at
        return Edge(since / 10, 0 if self.blind else round(since * 20))

    def forget(self) -> None:
        self.is_ready = False

    def wakers(self) -> tuple[Waker, ...]:
        return ()

    def idle(self) -> Idle:
        self.watch.read()
        return self.watch.idle


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_what_is_done_in_silence_is_idle_work(bench: Bench) -> None:
    bench.watch.edge(True)
    assert bench.looks == 1
    bench.clock.advance(1.0)
    assert bench.idle() == pytest.approx(Idle(1.0, 0.1, 20))
    bench.clock.advance(0.5)
    assert bench.idle() == pytest.approx(Idle(1.5, 0.15, 30))
    assert bench.silent_looks == 2


def test_what_is_done_between_the_last_look_and_its_end_is_idle_as_well(bench: Bench) -> None:
    bench.watch.edge(True)
    bench.clock.advance(1.0)
    bench.watch.edge(False)
    assert bench.looks == 1
    assert bench.watch.idle == pytest.approx(Idle(1.0, 0.1, 20))
    bench.clock.advance(0.2)
    assert bench.idle() == pytest.approx(Idle(1.0, 0.1, 20))
    assert bench.silent_looks == 0


def test_of_a_crowd_that_is_nobodys_and_said_to_be(bench: Bench) -> None:
    bench.crowded = True
    bench.watch.edge(True)
    bench.clock.advance(1.0)
    bench.watch.edge(False)
    assert bench.watch.idle == Idle(unseen_s=1.0)


def test_who_types_on_beside_a_large_tree_has_it_looked_at_for_a_hundredth_of_the_time(
    bench: Bench,
) -> None:
    bench.cost_s = 0.01
    for _ in range(30):
        bench.watch.edge(True)
        bench.clock.advance(0.1)
        bench.watch.edge(False)
        bench.clock.advance(0.25)
    assert bench.looks == 10
    idle = bench.watch.idle
    assert idle.s + idle.unseen_s == pytest.approx(3.1, abs=0.1)
    assert idle.unseen_s == pytest.approx(2.0)


def test_processes_that_are_gone_have_no_silence(bench: Bench) -> None:
    bench.watch.edge(True)
    bench.gone = True
    assert bench.watch.read() is GONE
    assert bench.watch.idle == Idle()


def test_where_switches_are_not_shown_the_rest_of_silence_is(bench: Bench) -> None:
    bench.blind = True
    bench.watch.edge(True)
    bench.clock.advance(1.0)
    assert bench.idle() == pytest.approx(Idle(1.0, 0.1, 0))


def test_nothing_is_kept_open_for_an_edge_that_does_not_come(bench: Bench) -> None:
    bench.watch.edge(True)
    assert bench.is_ready
    bench.watch.close()
    assert not bench.is_ready
    bench.watch.read()
    assert bench.watch.last is not None
