"""How long output waits and what a pane is woken for, on a real pane whose time is driven.

Times are multiples of `TICK_S`, a power of two, so that sums of them are exact.
"""

from collections import deque
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termlab.backends.pty import Command
from termlab.model.geometry import Size
from termlab.server.loop import Loop
from termlab.server.pane import Pane
from termlab.terminal.coalescer import Coalescer
from termlab.terminal.feeder import Feeder
from termlab.terminal.flushing import Thresholds
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.ring import Ring
from tests.server.fakes import Clock, ScriptedPty
from tests.server.test_pane import Watcher
from tests.terminal.test_ring import ring_of

SIZE = Size(80, 24)
TICK_S = 2.0**-12
FLUSH_TICKS = 20
FLUSH_S = FLUSH_TICKS * TICK_S
FIXED = Thresholds(8192, FLUSH_S)
AUTO = FIXED._replace(auto=True)
KERNEL_READ = 4095  # the most that one read of a terminal brings


class Terminal(ScriptedPty):
    """Its reads are as short as a kernel's, and what does not fit is not written."""

    def writes(self, data: bytes) -> int:
        try:
            return self._child.send(data)
        except BlockingIOError:
            return 0

    def readv(self, spans: Sequence[memoryview]) -> int | None:
        return super().readv([spans[0][:KERNEL_READ]])


class Taking(GhosttyEmulator):
    """Takes what it is fed, in no time, and notes it."""

    def __init__(self) -> None:
        super().__init__(SIZE)
        self.taken = bytearray()

    def feed(self, data: memoryview) -> None:
        self.taken += data


class Watched:
    """A pane whose every byte is timed from the moment its child wrote it."""

    def __init__(self, thresholds: Thresholds, ring: Ring | None = None) -> None:
        self.clock = Clock(1024.0)
        self.failures: list[Exception] = []
        self.loop = Loop(self.failures.append, self.clock)
        self.child = Terminal(1, Command(("prog",), "/", {}, SIZE))
        self.engine = Taking()
        ring = ring or Ring()
        coalescer = Coalescer(thresholds, ring.stats().capacity)
        self.feeder = Feeder(ring, coalescer, self.engine, self.clock)
        self.pane = Pane(0, self.child, self.feeder, self.loop, Watcher())
        self.sent = bytearray()
        self.wrote: deque[tuple[int, float]] = deque()  # up to which byte, when
        self.longest_s = 0.0

    def says(self, count: int) -> None:
        """The child writes, as far as its terminal takes it; no byte is like its neighbour."""
        start = len(self.sent)
        data = bytes((start + each) % 251 for each in range(count))
        self.sent += data[: self.child.writes(data)]
        self.wrote.append((len(self.sent), self.clock()))

    def turn(self) -> None:
        """All that is due now."""
        before = -1
        while before < self.child.reads + len(self.engine.taken) or self.loop._timeout() == 0:
            before = self.child.reads + len(self.engine.taken)
            self.loop.turn(wait=False)
        while self.wrote and self.wrote[0][0] <= len(self.engine.taken):
            self.longest_s = max(self.longest_s, self.clock() - self.wrote.popleft()[1])

    def passes(self, ticks: int) -> None:
        for _ in range(ticks):
            self.clock.advance(TICK_S)
            self.turn()

    def streams(self, count: int, ticks: int, times: int) -> None:
        """The child writes ``count`` bytes each ``ticks``."""
        for _ in range(times):
            self.says(count)
            self.turn()
            self.passes(ticks)

    def close(self) -> None:
        self.pane.close()
        assert self.failures == []


def learned(thresholds: Thresholds, count: int, ticks: int) -> Watched:
    watched = Watched(thresholds)
    watched.streams(count, ticks, 100)
    return watched


BURST = st.tuples(
    st.sampled_from([1, 30, 700, 3000, 6000, 14000]), st.integers(0, 4), st.integers(1, 70)
)
SWITCH = st.sampled_from([FIXED, AUTO, AUTO._replace(flush_bytes=1), FIXED._replace(flush_bytes=1)])
STEPS = st.lists(st.one_of(BURST, SWITCH, st.just("key"), st.integers(1, 60)), max_size=12)


@settings(max_examples=30, deadline=None)
@given(STEPS, st.sampled_from([FIXED, AUTO]), st.sampled_from([4096, 131072]), st.booleans())
def test_no_byte_waits_longer_than_flush_ms_and_none_is_lost_doubled_or_reordered(
    steps: list[tuple[int, int, int] | Thresholds | str | int],
    thresholds: Thresholds,
    capacity: int,
    mapped: bool,
) -> None:
    watched = Watched(thresholds, ring_of(capacity, mapped))
    for step in steps:
        if isinstance(step, Thresholds):
            watched.pane.retune(step)
        elif isinstance(step, tuple):
            watched.streams(*step)
        elif isinstance(step, int):
            watched.passes(step)
        else:
            watched.pane.type(b"k")
    watched.passes(FLUSH_TICKS + 1)
    watched.close()
    assert watched.engine.taken == watched.sent
    assert watched.longest_s <= FLUSH_S


def test_reads_rest_while_a_program_writes_little_pieces() -> None:
    fixed, auto = learned(FIXED, 1, 1), learned(AUTO, 1, 1)
    reads = [each.child.reads for each in (fixed, auto)]
    for each in (fixed, auto):
        each.streams(1, 1, 200)
    more = [each.child.reads - before for each, before in zip((fixed, auto), reads, strict=True)]
    assert more[0] == 200
    assert more[1] <= 50
    for each in (fixed, auto):
        assert each.longest_s <= FLUSH_S
        each.close()


def test_a_key_ends_a_rest_and_its_answer_waits_for_nothing() -> None:
    watched = learned(AUTO, 1, 1)
    watched.streams(1, 1, 3)
    reads = watched.child.reads
    watched.says(1)
    watched.turn()
    assert watched.child.reads == reads  # they rest
    watched.pane.type(b"k")
    watched.turn()
    assert watched.engine.taken == watched.sent
    watched.says(1)
    watched.turn()
    assert watched.engine.taken == watched.sent
    watched.close()


# More than one read brings, more than is flushed together, and more than the ring holds.
@pytest.mark.parametrize("count", [6000, 14000, 150_000])
def test_all_that_came_in_a_rest_is_read_at_its_end_however_much_it_is(count: int) -> None:
    watched = learned(AUTO, 1, 1)
    watched.passes(FLUSH_TICKS + 1)
    watched.streams(1, 1, 2)
    assert watched.pane.coalescer.stats().rest_ms
    reads = watched.child.reads
    watched.streams(count, 1, 1)
    assert watched.child.reads == reads  # they rest
    watched.passes(2 * FLUSH_TICKS)
    assert watched.engine.taken == watched.sent
    assert watched.longest_s <= FLUSH_S
    assert watched.pane.coalescer.stats().held == 1
    watched.close()


def test_with_nothing_to_read_no_timer_is_armed() -> None:
    watched = learned(AUTO, 1, 1)
    watched.passes(5000)
    assert watched.loop._timeout() is None
    assert watched.child.reads
    reads = watched.child.reads
    watched.passes(100)
    assert watched.child.reads == reads
    watched.close()


@pytest.mark.parametrize("thresholds", [FIXED, AUTO])
def test_input_that_nobody_takes_holds_no_output(thresholds: Thresholds) -> None:
    watched = learned(thresholds, 1, 1)
    while not watched.pane.input_waiting:
        watched.pane.write(b"x" * 4096)
    watched.longest_s = 0.0
    watched.streams(100, 1, 100)
    watched.passes(FLUSH_TICKS)
    assert watched.engine.taken == watched.sent
    assert watched.longest_s <= FLUSH_S
    assert watched.pane.input_waiting
    watched.close()


@pytest.mark.parametrize("thresholds", [FIXED, AUTO])
def test_an_end_in_a_rest_loses_nothing(thresholds: Thresholds) -> None:
    watched = learned(thresholds, 1, 1)
    watched.streams(1, 1, 3)
    watched.says(3000)
    watched.child.ends(0)
    watched.pane.check_exit()
    watched.turn()
    assert watched.engine.taken == watched.sent
    assert watched.pane.closed


def test_a_pane_that_is_closed_gives_its_ring_back() -> None:
    watched = learned(AUTO, 1, 1)
    watched.close()
    with pytest.raises(ValueError, match="released"):
        watched.pane.ring.peek(1)
    assert 0 < watched.pane.ring.stats().written <= 100


def test_one_that_outlives_its_child_has_no_use_for_its_ring_either() -> None:
    watched = Watched(AUTO)
    watched.pane.exit_status = 0
    watched.pane.outlive()
    with pytest.raises(ValueError, match="released"):
        watched.pane.ring.peek(1)
    watched.close()
