"""The loop: descriptors, timers and what is done soon, with a driven clock and real sockets."""

import socket
from collections.abc import Iterator

import pytest

from termlab.server.loop import Loop
from termlab.server.poller import READ, WRITE
from tests.server.fakes import Clock

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    a, b = socket.socketpair()
    yield a, b
    a.close()
    b.close()


@pytest.fixture
def failures() -> list[Exception]:
    return []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def loop(failures: list[Exception], clock: Clock) -> Loop:
    return Loop(failures.append, clock)


def test_a_descriptor_leads_to_its_handler(loop: Loop, pair: Pair) -> None:
    got: list[int] = []
    loop.watch(pair[0].fileno(), got.append)
    loop.turn(wait=False)
    assert got == []
    pair[1].send(b"x")
    loop.turn()
    assert got == [READ]


def test_what_is_wanted_can_change(loop: Loop, pair: Pair) -> None:
    got: list[int] = []
    loop.watch(pair[0].fileno(), got.append)
    pair[1].send(b"x")
    loop.want(pair[0].fileno(), 0)
    loop.turn(wait=False)
    assert got == []
    loop.want(pair[0].fileno(), WRITE)
    loop.turn()
    loop.want(pair[0].fileno(), READ | WRITE)
    loop.turn()
    assert got == [WRITE, READ | WRITE]


def test_the_end_of_a_peer_is_ready_to_read(loop: Loop, pair: Pair) -> None:
    got: list[int] = []
    loop.watch(pair[0].fileno(), got.append)
    pair[1].close()
    loop.turn()
    assert got == [READ]


def test_one_forgotten_in_the_same_turn_is_not_called(loop: Loop, pair: Pair) -> None:
    got: list[int] = []

    def forget_both(events: int) -> None:
        got.append(events)
        loop.unwatch(pair[0].fileno())
        loop.unwatch(pair[1].fileno())

    for end in pair:
        end.send(b"x")
        loop.watch(end.fileno(), forget_both)
    loop.turn()
    loop.turn(wait=False)
    assert got == [READ]


def test_forgetting_twice_or_the_unknown_is_nothing(loop: Loop, pair: Pair) -> None:
    loop.watch(pair[0].fileno(), lambda events: None)
    loop.unwatch(pair[0].fileno())
    loop.unwatch(pair[0].fileno())
    loop.want(pair[0].fileno(), READ)
    loop.unwatch(12345)
    pair[1].send(b"x")
    loop.turn(wait=False)


def test_timers_come_in_order_each_once(loop: Loop, clock: Clock) -> None:
    done: list[str] = []
    loop.call_at(clock() + 2, lambda: done.append("second"))
    loop.call_at(clock() + 1, lambda: done.append("first"))
    loop.turn(wait=False)
    assert done == []
    clock.advance(1)
    loop.turn(wait=False)
    assert done == ["first"]
    clock.advance(5)
    loop.turn(wait=False)
    loop.turn(wait=False)
    assert done == ["first", "second"]


def test_a_cancelled_timer_never_comes(loop: Loop, clock: Clock) -> None:
    done: list[str] = []
    timer = loop.call_at(clock() + 1, lambda: done.append("late"))
    timer.cancel()
    clock.advance(2)
    loop.turn(wait=False)
    assert done == []


def test_a_timer_that_is_due_does_not_let_the_loop_sleep(loop: Loop, clock: Clock) -> None:
    done: list[str] = []
    loop.call_at(clock(), lambda: done.append("now"))
    loop.turn()
    assert done == ["now"]


def test_soon_is_before_the_loop_sleeps_again(loop: Loop) -> None:
    done: list[str] = []
    loop.soon(lambda: done.append("a"))
    loop.soon(lambda: done.append("b"))
    loop.turn()
    assert done == ["a", "b"]


def test_what_is_done_soon_may_ask_for_more_and_the_turn_still_ends(loop: Loop) -> None:
    done: list[int] = []

    def again() -> None:
        done.append(len(done))
        loop.soon(again)

    loop.soon(again)
    loop.turn()
    assert done == [0]
    loop.turn()
    assert done == [0, 1]


def test_a_handler_that_fails_is_told_and_the_others_go_on(
    loop: Loop, pair: Pair, failures: list[Exception]
) -> None:
    done: list[str] = []

    def fail() -> None:
        raise ValueError("broken")

    loop.soon(fail)
    loop.soon(lambda: done.append("after"))
    loop.turn()
    assert done == ["after"]
    assert [str(failure) for failure in failures] == ["broken"]


def test_run_ends_with_the_turn_that_stops_it(loop: Loop) -> None:
    done: list[str] = []
    loop.soon(loop.stop)
    loop.soon(lambda: done.append("same turn"))
    loop.run()
    assert done == ["same turn"]


def test_a_timer_set_for_now_lets_descriptors_go_first(loop: Loop) -> None:
    turns: list[int] = []

    def again() -> None:
        turns.append(len(turns))
        loop.call_at(loop.now, again)

    loop.call_at(loop.now, again)
    loop.turn(wait=False)
    assert turns == [0]
    loop.turn(wait=False)
    assert turns == [0, 1]
