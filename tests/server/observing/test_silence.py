"""The edges of a terminal's silence, on driven time."""

import pytest

from termlab.server.loop import Loop
from termlab.server.observing.silence import SILENCE_S, Silence
from tests.server.fakes import Clock


class Bench:
    """A terminal that is listened to, and the edges it told of with their times."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.loop = Loop(self._failed, self.clock)
        self.edges: list[bool] = []
        self.silence = Silence(self.loop, self.clock(), self.edges.append)

    def _failed(self, error: Exception) -> None:
        raise error

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.loop.turn(wait=False)

    @property
    def armed(self) -> int:
        return sum(timer.action is not None for timer in self.loop._timers)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_silence_begins_so_long_after_the_last_that_stirred(bench: Bench) -> None:
    bench.pass_time(SILENCE_S)
    assert (bench.edges, bench.armed) == ([True], 0)
    bench.pass_time(10)
    assert (bench.edges, bench.armed) == ([True], 0)


def test_the_first_byte_ends_it_at_once(bench: Bench) -> None:
    bench.pass_time(SILENCE_S)
    bench.silence.stirred()
    bench.silence.stirred()
    assert bench.edges == [True, False]
    bench.pass_time(SILENCE_S)
    assert bench.edges == [True, False, True]


def test_a_flood_costs_a_timer_each_quarter_of_a_second(bench: Bench) -> None:
    for _ in range(100):
        bench.silence.stirred()
        assert bench.armed == 1
        bench.pass_time(0.01)
    assert bench.edges == []
    bench.pass_time(SILENCE_S)
    assert bench.edges == [True]


def test_closed_it_wakes_nobody(bench: Bench) -> None:
    bench.silence.close()
    bench.silence.close()
    bench.pass_time(10.0)
    assert bench.edges == []
