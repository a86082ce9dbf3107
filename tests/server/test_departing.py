"""Children that were hung up: each gets its time, is asked, is killed, and is reaped."""

import pytest

from termlab.backends.pty import Command
from termlab.model.geometry import Size
from termlab.server.departing import KILL_S, TERM_S, Departing
from termlab.server.loop import Loop
from tests.server.fakes import Clock, ScriptedPty

TERM, KILL = 15, 9


class Yard:
    """Where they depart from: their number, and how often the last had gone."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.failures: list[Exception] = []
        self.loop = Loop(self.failures.append, self.clock)
        self.empty = 0
        self.departing = Departing(self.loop, self._on_empty)

    def _on_empty(self) -> None:
        self.empty += 1

    def hung_up(self) -> ScriptedPty:
        pty = ScriptedPty(0, Command(("sh",), "/", {}, Size(80, 24)))
        pty.close()
        self.departing.add(pty)
        return pty

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.loop.turn(wait=False)
        assert self.failures == []

    def timers(self) -> int:
        return self.loop.stats().timers_armed


@pytest.fixture
def yard() -> Yard:
    return Yard()


def test_one_that_ends_in_time_gets_no_signal(yard: Yard) -> None:
    pty = yard.hung_up()
    pty.status = -1
    yard.departing.reap()
    assert (pty.reaped, len(yard.departing), yard.empty, yard.timers()) == (True, 0, 1, 0)
    yard.pass_time(KILL_S)
    assert pty.signals == []


def test_one_that_does_not_is_asked_and_then_killed(yard: Yard) -> None:
    pty = yard.hung_up()
    yard.pass_time(TERM_S)
    assert pty.signals == [TERM]
    yard.pass_time(KILL_S - TERM_S)
    assert pty.signals == [TERM, KILL]
    assert yard.departing.stats() == (1, 1, 1)
    pty.status = -9
    yard.departing.reap()
    assert len(yard.departing) == 0


def test_one_whose_end_nobody_told_of_is_found_when_it_is_asked(yard: Yard) -> None:
    pty = yard.hung_up()
    pty.status = 0
    yard.pass_time(TERM_S)
    assert (pty.signals, len(yard.departing), yard.empty) == ([], 0, 1)


def test_each_has_its_own_time(yard: Yard) -> None:
    first = yard.hung_up()
    yard.pass_time(1.0)
    second = yard.hung_up()
    yard.pass_time(TERM_S - 1.0)
    assert (first.signals, second.signals) == ([TERM], [])
    first.status = 0
    yard.departing.reap()
    assert (len(yard.departing), yard.empty) == (1, 0)


def test_those_hung_up_by_others_are_taken_over(yard: Yard) -> None:
    pty = yard.hung_up()
    pty.status = 0
    other = ScriptedPty(0, Command(("sh",), "/", {}, Size(80, 24)))
    other.close()
    yard.departing.reap([other])
    assert len(yard.departing) == 1
    other.status = 0
    yard.departing.reap()
    assert yard.empty == 1
