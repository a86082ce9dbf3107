"""The course of a run: how dense, how many, at what cost; the clock is driven."""

import pytest

from termlab.model.timeline import MAX_SAMPLES, Sample
from termlab.probes.accounting import IoCounts
from termlab.probes.call_source import CallSums
from termlab.probes.tally import GONE, Sums
from termlab.server.observing.activity_watch import Idle
from termlab.server.observing.call_watch import LOADING, CallsSeen
from termlab.server.observing.memory_watch import MemorySeen
from termlab.server.observing.observation import Reading, observe
from termlab.server.observing.sampler import EVERY_S, FIRST_S, Sampler, interval_s, sample
from tests.server.world import Stage


def reading(at: float, cpu_s: float = 0.0, switches: int = 0, output: int = 0) -> Reading:
    sums = Sums(at, 1, cpu_s, IoCounts(0, 0, 0, 0), switches, 4096, 0, False, False)
    return Reading(at, sums, Idle(), MemorySeen(), output_bytes=output)


def test_it_is_dense_at_the_start_and_seldom_after_hours() -> None:
    assert interval_s(0.0, 0.0) == FIRST_S
    assert interval_s(0.4, 0.0) == pytest.approx(0.1)
    assert interval_s(1.0, 0.0) == interval_s(200.0, 0.0) == EVERY_S
    assert interval_s(3600.0, 0.0) == pytest.approx(3.6)


def test_a_tree_that_takes_long_to_look_at_is_looked_at_less() -> None:
    assert interval_s(10.0, 0.01) == pytest.approx(2.0)


def test_a_day_has_no_more_than_are_kept() -> None:
    age, count = 0.0, 0
    while age < 24 * 3600:
        age += interval_s(age, 0.0002)
        count += 1
        assert age > 10 or count < 100
    assert count < 2 * MAX_SAMPLES


def test_rates_are_since_the_sample_before() -> None:
    found = sample(reading(10.0, 1.0, 5, 100), reading(10.5, 1.2, 30, 600), 8.0, True)
    assert found is not None
    assert found.at_s == 2.5
    assert found.cpu_percent == pytest.approx(40)
    assert (found.wakeups_per_s, found.output_bytes_per_s) == (50, 1000)
    assert (found.rss_bytes, found.pss_bytes, found.calls_per_s, found.idle) == (
        4096,
        None,
        None,
        True,
    )


def test_calls_are_told_where_something_counts_them() -> None:
    def counted(at: float, total: int) -> Reading:
        return reading(at)._replace(calls=CallsSeen(CallSums("ebpf", "exact", total, {})))

    found = sample(counted(1.0, 100), counted(1.5, 350), 0.0, False)
    assert found is not None
    assert found.calls_per_s == 500
    found = sample(reading(1.0)._replace(calls=CallsSeen(LOADING)), counted(1.5, 350), 0.0, False)
    assert found is not None
    assert found.calls_per_s is None


def test_without_a_process_there_is_no_sample() -> None:
    gone = reading(1.0)._replace(sums=GONE)
    assert sample(reading(0.0), gone, 0.0, False) is None
    assert sample(gone, reading(2.0), 0.0, False) is None


def made(stage: Stage, began_before_s: float = 0.0) -> Sampler:
    stage.attach()
    stage.turn()
    pane = stage.server.attachments[0].focused()
    stage.children[0].pid = 1  # somebody who is there
    observation = observe(pane, stage.loop, frozenset(("activity",)))
    first = observation.read()
    return Sampler(observation, stage.loop, first, first.at_s - began_before_s, spent=lambda: 0.0)


def test_it_looks_by_itself_until_it_is_closed(stage: Stage) -> None:
    sampler = made(stage)
    for _ in range(20):
        stage.pass_time(0.1)
    count = len(sampler.samples)
    assert 8 < count <= 20
    assert [each.at_s for each in sampler.samples] == sorted(each.at_s for each in sampler.samples)
    sampler.close()
    sampler.close()
    stage.pass_time(10.0)
    assert len(sampler.samples) == count


def test_of_a_program_that_has_ended_it_stops(stage: Stage) -> None:
    sampler = made(stage)
    stage.pass_time(0.5)
    stage.children[0].pid = 1 << 30
    stage.server.attachments[0].focused().exit_status = 0
    stage.pass_time(1.0)
    count = len(sampler.samples)
    armed = sum(timer.action is not None for timer in stage.loop._timers)
    stage.pass_time(100.0)
    assert len(sampler.samples) == count
    assert armed == sum(timer.action is not None for timer in stage.loop._timers)


def test_of_too_many_every_second_stays(stage: Stage) -> None:
    sampler = made(stage)
    for i in range(MAX_SAMPLES + 10):
        sampler.take(reading(stage.loop.now + 1 + i))
    assert MAX_SAMPLES / 2 <= len(sampler.samples) <= MAX_SAMPLES / 2 + 12
    sampler.close()


def test_of_the_time_before_the_first_look_nothing_is_told(stage: Stage) -> None:
    sampler = made(stage, began_before_s=0.04)
    assert list(sampler.samples) == []
    stage.pass_time(0.1)
    unseen, seen, *_ = sampler.samples
    assert unseen == Sample(unseen.at_s)
    assert unseen.at_s == pytest.approx(0.04)
    assert seen.cpu_percent is not None
    sampler.close()
