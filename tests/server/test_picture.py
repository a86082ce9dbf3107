"""Of synchronised output only whole pictures are shown, on a clock the test drives."""

import pytest

from termlab.model.geometry import Size
from termlab.model.screen import Cursor
from termlab.server.loop import Loop
from termlab.server.picture import HOLD_S, Picture
from termlab.terminal.coalescer import Coalescer
from termlab.terminal.feeder import Feeder
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.ring import Ring
from tests.server.fakes import Clock

BEGIN, END = b"\x1b[?2026h", b"\x1b[?2026l"


class Bench:
    """A picture with the way its bytes come."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.failures: list[Exception] = []
        self.loop = Loop(self.failures.append, self.clock)
        self.emulator = GhosttyEmulator(Size(20, 3))
        self.ring, self.coalescer = Ring(), Coalescer()
        self.feeder = Feeder(self.ring, self.coalescer, self.emulator, self.clock)
        self.shown: list[int] = []
        self.picture = Picture(self.feeder, self.loop, self.shown.append)

    def says(self, data: bytes) -> bool:
        """Whether there is something new to show after ``data``."""
        self.clock.advance(1.0)
        self.loop.now = self.clock()
        self.shown.clear()
        self.ring.write(data)
        self.coalescer.arrived(len(data), self.loop.now)
        if fed := self.feeder.turn(self.loop.now, float("-inf")):
            self.picture.fed(fed)
        return bool(self.shown)

    def waits(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.loop.turn(wait=False)

    def row(self) -> bytes:
        return self.picture.rows().rows[0]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_output_that_is_not_synchronised_is_shown_as_it_comes(bench: Bench) -> None:
    assert bench.says(b"one")
    assert bench.row() == b"one"
    assert bench.picture.cursor() == Cursor(3, 0)


def test_a_picture_is_shown_once_it_is_whole(bench: Bench) -> None:
    bench.says(b"old")
    assert (bench.row(), bench.picture.cursor()) == (b"old", Cursor(3, 0))
    assert not bench.says(BEGIN + b"\x1b[Hne")
    assert bench.row() == b"old"
    assert bench.picture.cursor() == Cursor(3, 0)
    assert bench.says(b"w!" + END)
    assert bench.row() == b"new!"


def test_a_program_that_holds_for_too_long_is_shown_as_it_is(bench: Bench) -> None:
    bench.says(BEGIN + b"half")
    bench.waits(HOLD_S * 0.9)
    assert (bench.shown, bench.row()) == ([], b"")
    bench.waits(HOLD_S * 0.2)
    assert (bench.shown, bench.row()) == ([0], b"half")


@pytest.mark.parametrize("filler", [b"", b"\x1b[2;1H.........." * 15], ids=["little", "much"])
def test_each_whole_picture_is_shown_though_the_next_has_begun(bench: Bench, filler: bytes) -> None:
    bench.says(BEGIN + filler)
    assert bench.says(b"\x1b[Hone" + END + BEGIN + b"\x1b[Htw" + filler)
    assert bench.row() == b"one"
    assert bench.says(b"\x1b[Htwo" + END + BEGIN + b"\x1b[Hthr" + filler)
    assert bench.row() == b"two"
    bench.waits(HOLD_S * 0.9)
    assert bench.row() == b"two"
    bench.waits(HOLD_S)
    assert bench.row().startswith(b"thr")


def test_nothing_happens_once_it_is_closed(bench: Bench) -> None:
    bench.says(BEGIN + b"half")
    bench.picture.close()
    bench.waits(2 * HOLD_S)
    assert bench.shown == []
