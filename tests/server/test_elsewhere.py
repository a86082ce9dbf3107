"""Work in a thread, its result in the loop."""

import threading

import pytest

from termlab.server.elsewhere import Elsewhere
from tests.server.world import World


def test_the_result_comes_in_the_thread_of_the_loop(world: World) -> None:
    got: list[tuple[int, int]] = []

    def work() -> int:
        return threading.get_ident()

    Elsewhere(world.loop, work, lambda result: got.append((result, threading.get_ident())))
    world.until(lambda: bool(got))
    worker, told = got[0]
    assert told == threading.get_ident() != worker


def test_the_loop_is_not_held_meanwhile(world: World) -> None:
    gate = threading.Event()
    got: list[bool] = []
    Elsewhere(world.loop, gate.wait, got.append)
    turned = []
    world.loop.call_at(world.loop.now, lambda: turned.append(1))
    world.until(lambda: bool(turned))
    assert got == []
    gate.set()
    world.until(lambda: bool(got))
    assert got == [True]


def test_what_was_closed_tells_nobody(world: World) -> None:
    gate = threading.Event()
    got: list[bool] = []
    it = Elsewhere(world.loop, gate.wait, got.append)
    it.close()
    it.close()
    gate.set()
    for thread in threading.enumerate():
        if thread.name == "termlab-elsewhere":
            thread.join(10)
    world.turn()
    assert got == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_failed_is_told_too(world: World) -> None:
    got: list[str] = []

    def work() -> str:
        raise LookupError("it can't be done")

    Elsewhere(world.loop, work, got.append, lambda: got.append("failed"))
    for thread in threading.enumerate():
        if thread.name == "termlab-elsewhere":
            thread.join(10)
    world.until(lambda: bool(got))
    assert got == ["failed"]
