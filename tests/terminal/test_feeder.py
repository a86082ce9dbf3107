"""How much the engine gets in a turn: by budget, on an engine whose every byte takes known time."""

from termlab.model.geometry import Size
from termlab.terminal.coalescer import Coalescer
from termlab.terminal.feeder import (
    FIRST_BYTES,
    LEAST_BYTES,
    MOST_BYTES,
    QUIET_BUDGET_S,
    TYPING_BUDGET_S,
    TYPING_S,
    Feeder,
    budget,
)
from termlab.terminal.flushing import Thresholds
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.ring import Ring
from tests.server.fakes import Clock

NEVER = float("-inf")
FAST_S = 1e-8  # text: 100 MB/s
SLOW_S = 12e-6  # hostile: 8 KiB hold for 98 ms


class SlowEngine(GhosttyEmulator):
    """Takes ``byte_s`` of the driven clock for each byte; ``calls`` are their lengths."""

    def __init__(self, clock: Clock, byte_s: float) -> None:
        super().__init__(Size(80, 24))
        self.clock = clock
        self.byte_s = byte_s
        self.calls: list[int] = []
        self.memory: object = None  # of the last call

    def feed(self, data: memoryview) -> None:
        self.calls.append(len(data))
        self.memory = data.obj
        self.clock.advance(len(data) * self.byte_s)


class Bench:
    """A feeder with all around it."""

    def __init__(self, byte_s: float) -> None:
        self.clock = Clock()
        self.ring = Ring()
        self.coalescer = Coalescer(Thresholds(key_s=0.0))
        self.engine = SlowEngine(self.clock, byte_s)
        self.feeder = Feeder(self.ring, self.coalescer, self.engine, self.clock)

    def arrives(self, count: int) -> None:
        assert self.ring.write(b"x" * count) == count
        self.coalescer.arrived(count, self.clock())

    def turn(self) -> float:
        """One turn while nobody types: how long it took."""
        before = self.clock()
        self.feeder.turn(before, NEVER)
        return self.clock() - before


def test_turns_are_short_for_a_second_after_a_key() -> None:
    assert budget(100.0, 100.0) == TYPING_BUDGET_S
    assert budget(100.0, 100.0 - TYPING_S) == QUIET_BUDGET_S
    assert budget(100.0, NEVER) == QUIET_BUDGET_S


def test_the_engine_is_fed_from_the_ring_s_own_memory() -> None:
    bench = Bench(FAST_S)
    bench.arrives(1000)
    bench.turn()
    assert bench.engine.memory is bench.ring._store


def test_what_fits_is_fed_in_one_turn() -> None:
    bench = Bench(FAST_S)
    bench.arrives(100_000)
    bench.turn()
    assert sum(bench.engine.calls) == 100_000
    assert not bench.feeder.pending
    assert bench.coalescer.deadline() is None


def test_the_first_call_is_small_for_nothing_is_known_yet() -> None:
    bench = Bench(SLOW_S)
    bench.arrives(100_000)
    bench.turn()
    assert bench.engine.calls[0] == FIRST_BYTES


def test_a_slow_stream_is_fed_by_its_rate() -> None:
    bench = Bench(SLOW_S)
    bench.arrives(100_000)
    bench.turn()
    assert bench.feeder.pending
    took = [bench.turn() for _ in range(20)]
    assert max(took) <= QUIET_BUDGET_S + LEAST_BYTES * SLOW_S


def test_a_stream_that_turns_hostile_holds_one_call_at_most() -> None:
    bench = Bench(FAST_S)
    bench.arrives(100_000)
    bench.turn()
    bench.engine.byte_s = SLOW_S
    bench.arrives(100_000)
    assert bench.turn() <= MOST_BYTES * SLOW_S + QUIET_BUDGET_S


def test_progress_is_made_even_where_a_byte_takes_longer_than_the_budget() -> None:
    bench = Bench(1.0)
    bench.arrives(10_000)
    bench.turn()
    bench.turn()
    assert bench.engine.calls == [FIRST_BYTES, LEAST_BYTES]


def test_nothing_is_fed_before_the_coalescer_says_so() -> None:
    bench = Bench(FAST_S)
    bench.arrives(10)
    bench.turn()
    assert bench.engine.calls == [10]
    bench.clock.advance(0.001)
    bench.arrives(10)
    bench.turn()
    assert bench.engine.calls == [10]
    bench.clock.advance(0.006)
    bench.turn()
    assert bench.engine.calls == [10, 10]


def test_the_end_feeds_the_rest_at_once_within_the_budget() -> None:
    bench = Bench(SLOW_S)
    bench.arrives(10_000)
    fed = bench.feeder.finish(bench.clock(), NEVER)
    assert 0 < fed < 10_000
    while bench.feeder.pending:
        fed += bench.feeder.finish(bench.clock(), NEVER)
    assert fed == 10_000
    assert bench.coalescer.stats().flushes["end"] == 1
