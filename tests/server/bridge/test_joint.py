"""A bridge at work on real pipes and scripted children: what it waits for, and how it ends."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest

from termlab.backends.pty import Command
from termlab.model.geometry import Size
from termlab.server.bridge.interrupts import Interrupts
from termlab.server.bridge.joint import AGAIN_S, LINGER_S, MAX_LAST_BYTES, Joint
from termlab.server.bridge.outer_modes import OuterModes
from termlab.server.loop import Loop
from tests.server.fakes import Clock, ScriptedPty

if sys.platform != "win32":
    from termlab.server.bridge.streams import open_sink, open_source

assert sys.platform != "win32"


class Bench:
    """A joint between two pipes and a scripted child, its loop turned by hand."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.failures: list[Exception] = []
        self.loop = Loop(self.failures.append, self.clock)
        self.pty = ScriptedPty(1 << 22, Command(("child",), "/", {}, Size(80, 24)))
        self.typing, self.into = os.pipe()[::-1]
        self.shown, self.out = os.pipe()
        self.source, self.sink = open_source(self.into), open_sink(self.out)
        self.interrupts = Interrupts()
        self.joint = Joint(
            self.loop, self.pty, self.source, self.sink, self.interrupts, OuterModes()
        )

    def turn(self, times: int = 3) -> None:
        for _ in range(times):
            self.loop.turn(wait=False)

    @property
    def stopped(self) -> bool:
        return self.loop._stopped

    def read(self) -> bytes:
        os.set_blocking(self.shown, False)
        try:
            return os.read(self.shown, 1 << 20)
        except BlockingIOError:
            return b""

    def close(self) -> None:
        self.joint.close()
        self.interrupts.close()
        self.source.close()
        self.sink.close(finish=True)
        self.pty.close()
        for fd in (self.typing, self.into, self.shown, self.out):
            os.close(fd)
        assert self.failures == []


@pytest.fixture
def bench() -> Iterator[Bench]:
    one = Bench()
    yield one
    one.close()


def test_a_child_that_ends_ends_it_once_its_output_is_written(bench: Bench) -> None:
    bench.pty.says(b"last words")
    bench.pty.ends(3)
    os.kill(os.getpid(), signal.SIGCHLD)
    bench.turn()
    assert bench.read() == b"last words"
    bench.clock.advance(LINGER_S)
    bench.turn()
    assert bench.stopped
    assert (bench.joint.code, bench.joint.whole) == (3, True)


def test_a_childs_signal_is_told_as_shells_do(bench: Bench) -> None:
    bench.pty.ends(-9)
    os.kill(os.getpid(), signal.SIGCHLD)
    bench.turn()
    bench.clock.advance(LINGER_S)
    bench.turn()
    assert (bench.stopped, bench.joint.code) == (True, 137)


def test_those_who_stay_on_the_terminal_are_not_waited_for_longer(bench: Bench) -> None:
    """What comes shortly after the child's end is its own; a flood without end is not."""
    bench.pty.status = 0  # and somebody has its terminal
    os.kill(os.getpid(), signal.SIGCHLD)
    bench.turn()
    bench.clock.advance(LINGER_S / 2)
    bench.pty.says(b"late")
    bench.turn()
    bench.clock.advance(LINGER_S * 0.75)
    bench.turn()
    assert not bench.stopped
    bench.clock.advance(LINGER_S)
    bench.turn()
    assert bench.stopped
    assert bench.read() == b"late"


def test_nor_is_one_that_writes_faster_than_it_can_be_read(bench: Bench) -> None:
    bench.pty.status = 0  # and somebody has its terminal
    os.kill(os.getpid(), signal.SIGCHLD)
    seen = 0
    while not bench.stopped:
        bench.pty.says(bytes(1000))
        bench.turn()
        seen += len(bench.read())
        assert seen < 2 * MAX_LAST_BYTES


def test_nothing_is_waited_for_by_the_clock_while_nothing_happens(bench: Bench) -> None:
    bench.pty.says(b"hello")
    bench.turn()
    bench.clock.advance(1)
    bench.turn()
    assert bench.loop._timeout() is None


def test_nor_once_the_input_has_ended_and_some_time_has_gone(bench: Bench) -> None:
    os.close(bench.typing)
    bench.typing = os.open(os.devnull, os.O_WRONLY)
    bench.turn()
    assert bench.loop._timeout() is not None  # the key is pressed anew, for whoever reads next
    for after_s in AGAIN_S:
        bench.clock.advance(after_s)
        bench.turn()
    assert bench.loop._timeout() is None
    bench.pty.says(b"a prompt")
    bench.turn()
    assert bench.loop._timeout() is not None
    assert not bench.stopped


def test_a_size_goes_to_the_child(bench: Bench) -> None:
    bench.joint.resize(Size(132, 43))
    assert bench.pty.sizes[-1] == Size(132, 43)


def test_a_signal_decides_the_code_whatever_the_child_says_then(bench: Bench) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    bench.turn(1)
    assert bench.pty.closed
    bench.pty.ends(0)
    os.kill(os.getpid(), signal.SIGCHLD)
    bench.turn()
    assert bench.stopped
    assert (bench.joint.code, bench.joint.whole) == (143, False)
