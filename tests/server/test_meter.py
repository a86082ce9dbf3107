"""Keys and the output behind them, memory looked at; time is driven."""

import pytest

from termlab.server import meter
from termlab.server.meter import ANSWER_S, KEY_BYTES, MEMORY_S, NOISE_S, Meter
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


def key(bench: Bench, answer_s: float, quiet_s: float = 1.0) -> None:
    """Quiet, a key, and output so long behind it."""
    bench.peaks.append(0)
    bench.clock.advance(quiet_s)
    bench.meter.typed(1)
    bench.clock.advance(answer_s)
    bench.meter.arrived()


def test_a_key_is_measured_to_the_first_output_behind_it(bench: Bench) -> None:
    key(bench, 0.003)
    bench.clock.advance(0.1)
    bench.peaks.append(0)
    bench.meter.arrived()
    key(bench, 0.005)
    assert bench.meter.latencies_s == pytest.approx([0.003, 0.005])


def test_a_key_typed_while_one_waits_belongs_to_that_one(bench: Bench) -> None:
    bench.clock.advance(1)
    bench.meter.typed(1)
    bench.clock.advance(0.01)
    key(bench, 0.01, quiet_s=0)
    assert bench.meter.latencies_s == pytest.approx([0.02])


def test_keys_among_output_are_counted_but_measure_nothing(bench: Bench) -> None:
    key(bench, 0.003)
    key(bench, 0.003, quiet_s=NOISE_S - 0.01)
    assert (len(bench.meter.latencies_s), bench.meter.noisy) == (1, 1)


def test_output_that_comes_too_late_answers_nothing(bench: Bench) -> None:
    key(bench, ANSWER_S + 0.01)
    assert (bench.meter.latencies_s, bench.meter.unanswered) == ([], 1)


def test_a_key_after_one_without_answer_is_measured_anew(bench: Bench) -> None:
    bench.clock.advance(1)
    bench.meter.typed(1)
    key(bench, 0.004, quiet_s=ANSWER_S + 0.01)
    assert bench.meter.latencies_s == pytest.approx([0.004])
    assert bench.meter.unanswered == 1


def test_a_key_that_waits_at_the_end_has_no_answer(bench: Bench) -> None:
    bench.clock.advance(1)
    bench.meter.typed(1)
    bench.meter.finish()
    bench.meter.finish()
    assert (bench.meter.unanswered, bench.ends) == (1, 1)


@pytest.mark.parametrize("count", [0, KEY_BYTES + 1])
def test_a_paste_and_nothing_are_no_keys(bench: Bench, count: int) -> None:
    bench.peaks.append(0)
    bench.meter.typed(count)
    bench.meter.arrived()
    assert bench.meter.latencies_s == []
    assert (bench.meter.noisy, bench.meter.unanswered) == (0, 0)


def test_what_is_kept_is_bounded_and_the_rest_counted(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meter, "MAX_SAMPLES", 3)
    for _ in range(5):
        key(bench, 0.001)
    assert (len(bench.meter.latencies_s), bench.meter.overflow) == (3, 2)


def test_memory_is_looked_at_with_output_but_not_with_all_of_it(bench: Bench) -> None:
    bench.peaks += [1, 5, 3]
    for _ in range(10):
        bench.meter.arrived()
    assert (bench.meter.memory_bytes, bench.peaks) == (3, [1, 5])
    bench.clock.advance(MEMORY_S)
    bench.meter.arrived()
    bench.meter.sample()
    assert (bench.meter.memory_bytes, bench.peaks) == (5, [])
