"""When a server may end: nothing is left, and nobody is about to ask for more."""

import pytest

from termlab.server.loop import Loop
from termlab.server.presence import UNUSED_S, Presence
from tests.server.fakes import Clock


class House:
    """Sessions that are there or not, and whether the end came."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.failures: list[Exception] = []
        self.loop = Loop(self.failures.append, self.clock)
        self.empty = True
        self.ends = 0
        self.presence: Presence[str] = Presence(self.loop, lambda: self.empty, self._end)

    def _end(self) -> None:
        self.ends += 1


@pytest.fixture
def house() -> House:
    return House()


def test_a_server_nobody_came_to_ends_after_a_while(house: House) -> None:
    house.clock.advance(UNUSED_S + 1)
    house.loop.turn(wait=False)
    assert house.ends == 1


def test_one_somebody_came_to_does_not(house: House) -> None:
    house.presence.came("a")
    house.clock.advance(UNUSED_S + 1)
    house.loop.turn(wait=False)
    assert house.ends == 0


def test_it_ends_with_the_last_connection_if_there_is_no_session(house: House) -> None:
    house.presence.came("a")
    house.presence.came("b")
    house.presence.went("a", newcomer=True)
    assert house.ends == 0
    house.presence.went("b", newcomer=True)
    assert house.ends == 1


def test_sessions_keep_it_without_connections(house: House) -> None:
    house.presence.came("a")
    house.presence.used()
    house.empty = False
    house.presence.asked()
    house.presence.went("a", newcomer=False)
    assert (house.ends, list(house.presence.connections)) == (0, [])


def test_an_end_waits_for_what_a_newcomer_wants(house: House) -> None:
    house.presence.used()
    house.presence.came("a")
    assert not house.presence.may_end()
    house.presence.asked()
    assert house.presence.may_end()
    assert house.ends == 1


def test_connections_are_counted_from_one_and_stand_in_order(house: House) -> None:
    assert [house.presence.came(name) for name in ("a", "b", "c")] == [1, 2, 3]
    house.presence.went("b", newcomer=True)
    assert list(house.presence.connections) == ["a", "c"]
    assert house.presence.came("d") == 4
