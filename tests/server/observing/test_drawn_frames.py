"""Outputs, the frames that carry them, and the word of who drew those."""

from termlab.server.observing.drawn_frames import MAX_WAITING, DrawnFrames
from tests.server.fakes import Clock


class Bench:
    def __init__(self) -> None:
        self.clock = Clock()
        self.drawn: list[tuple[int, float | None]] = []
        self.frames = DrawnFrames(self.clock, lambda name, at: self.drawn.append((name, at)))


def test_the_first_frame_behind_an_output_carries_it() -> None:
    bench = Bench()
    bench.frames.wait_for(0, 10)
    bench.frames.wait_for(1, 20)
    assert not bench.frames.framed(1, 1, 9)
    assert bench.frames.framed(1, 2, 15)
    assert bench.frames.framed(1, 3, 20)
    assert not bench.frames.framed(2, 1, 20)
    bench.clock.advance(0.01)
    bench.frames.seen(1, 3, 1000.004)
    bench.frames.seen(1, 2, 1000.002)
    bench.frames.seen(1, 2, 1000.009)
    assert bench.drawn == [(1, 1000.004), (0, 1000.002)]


def test_a_stamp_of_another_clock_is_none() -> None:
    bench = Bench()
    for name, at in enumerate((None, 999.0, 1001.0)):
        bench.frames.wait_for(name, 1)
        bench.frames.framed(1, name, 1)
        bench.frames.seen(1, name, at)
    assert bench.drawn == [(0, None), (1, None), (2, None)]


def test_what_nobody_draws_is_given_up() -> None:
    bench = Bench()
    for name in range(MAX_WAITING * 2):
        bench.frames.wait_for(name, 1)
        bench.frames.framed(1, name, 1)
    bench.frames.seen(1, 0, bench.clock.now)
    assert bench.drawn == []
    bench.frames.seen(1, MAX_WAITING * 2 - 1, bench.clock.now)
    assert bench.drawn == [(MAX_WAITING * 2 - 1, bench.clock.now)]
