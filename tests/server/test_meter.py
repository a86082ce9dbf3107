"""The memory of a program that is looked at while it runs; time is driven."""

import pytest

from termlab.server.meter import MEMORY_S, Meter
from tests.server.fakes import Clock


class Bench:
    def __init__(self) -> None:
        self.clock = Clock()
        self.peaks: list[int] = []
        self.ends = 0
        self.meter = Meter(self.clock, self.peaks.pop, self.ended)

    def ended(self) -> None:
        self.ends += 1


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_memory_is_looked_at_with_output_but_not_with_all_of_it(bench: Bench) -> None:
    bench.peaks += [1, 5, 3]
    for _ in range(10):
        bench.meter.arrived()
    assert (bench.meter.memory_bytes, bench.peaks) == (3, [1, 5])
    bench.clock.advance(MEMORY_S)
    bench.meter.arrived()
    bench.meter.sample()
    assert (bench.meter.memory_bytes, bench.peaks) == (5, [])


def test_the_end_is_told_once(bench: Bench) -> None:
    bench.meter.finish()
    bench.meter.finish()
    assert bench.ends == 1
