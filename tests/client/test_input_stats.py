"""The figures are those of an exact computation, to the width of a bucket; a reset begins anew."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.input_stats import Histogram, InputStats
from termlab.client.sources import KEYBOARD, MOUSE, NAMES

# A bucket is so wide, of its value; its middle is told.
WIDTH = 1 / 32


class Time:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def exact(values: list[int], percent: float) -> int:
    """By the nearest rank."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * percent / 100), 1) - 1]


@given(st.lists(st.integers(0, 60_000_000_000), min_size=1, max_size=300))
def test_percentiles_are_those_of_all_values_to_the_bucket(values: list[int]) -> None:
    histogram = Histogram()
    for value in values:
        histogram.record(value)
    assert (histogram.count, histogram.total_ns, histogram.max_ns) == (
        len(values),
        sum(values),
        max(values),
    )
    for percent in (50, 95, 99, 100):
        wanted = exact(values, percent)
        assert histogram.percentile(percent) == pytest.approx(wanted, rel=WIDTH, abs=0.5)


@given(st.lists(st.integers(0, 10**9)), st.lists(st.integers(0, 10**9)))
def test_two_added_are_one_of_both(ones: list[int], others: list[int]) -> None:
    one, other, both = Histogram(), Histogram(), Histogram()
    for value in ones:
        one.record(value)
    for value in others:
        other.record(value)
    for value in ones + others:
        both.record(value)
    one.add(other)
    for percent in (1, 50, 95, 99):
        assert one.percentile(percent) == both.percentile(percent)
    assert (one.count, one.mean_ns, one.max_ns) == (both.count, both.mean_ns, both.max_ns)


def test_a_value_beyond_all_buckets_counts_in_the_last() -> None:
    histogram = Histogram()
    histogram.record(10**18)
    histogram.record(-5)
    assert (histogram.count, histogram.max_ns, histogram.percentile(1)) == (2, 10**18, 0)
    assert histogram.percentile(99) > 60e9


def test_what_a_source_and_all_took_is_told_in_microseconds() -> None:
    clock, cpu = Time(), Time()
    stats = InputStats(clock, cpu)
    stats.reads, stats.bytes = 1, 3
    stats.handled(KEYBOARD, [1.0, 1.0], 1.000_010, 1.000_030)
    stats.handled(MOUSE, [1.5], 2.000_010, 2.000_020)
    stats.handled_one(MOUSE, 2.0, 2.000_010, 2.000_020)
    stats.merged(MOUSE)
    clock.now, cpu.now = 9.0, 0.25
    told = stats.counters(overruns=4, refused=5, high_water=6, queue_events=7)
    assert (told.elapsed_s, told.cpu_ms, told.reads, told.bytes) == (9.0, 250.0, 1, 3)
    assert (told.events, told.merged, told.overruns, told.refused) == (4, 1, 4, 5)
    assert (told.high_water, told.queue_events) == (6, 7)
    assert told.callback_ms == pytest.approx(0.040)
    assert [source.source for source in told.sources] == list(NAMES)
    keys, mouse = told.sources[KEYBOARD], told.sources[MOUSE]
    assert (keys.events, keys.merged) == (2, 0)
    assert keys.max_us == pytest.approx(30, abs=0.01)
    assert (keys.mean_us, keys.p95_us) == pytest.approx((30, 30), rel=WIDTH)
    assert (mouse.events, mouse.merged) == (2, 1)
    assert mouse.max_us == pytest.approx(500_020, abs=0.1)
    assert told.max_us == mouse.max_us


def test_a_reset_begins_anew() -> None:
    clock, cpu = Time(), Time()
    stats = InputStats(clock, cpu)
    fresh = stats.counters(0, 0, 0, 16)
    stats.reads, stats.bytes = 1, 3
    stats.handled(KEYBOARD, [0.0], 1.0, 2.0)
    stats.merged(MOUSE)
    clock.now, cpu.now = 5.0, 1.0
    stats.reset()
    assert stats.counters(0, 0, 0, 16) == fresh
