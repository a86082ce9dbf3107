"""Rules about silence and memory, each just crossed and just not."""

import msgspec
import pytest

from termlab.model.calls import CallCount
from termlab.model.figure import Missing
from termlab.model.run import Run
from termlab.model.wakers import Waker
from termlab.runs.findings import judge
from tests.runs.judged import MIB, Given, answered, run, samples, silence, unseen
from tests.runs.rules.held import held

NOBODY = Missing("no keys were typed")
ALONE: Given = {"keys": NOBODY, "alternate_screens": 0}
TICKING: Given = {"idle_wakeups_per_s": 60, "idle_cpu_percent": 2}
SPINNING: Given = {"idle_cpu_percent": 98, "idle_wakeups_per_s": 3}
SELECTS = CallCount("select", 300, 1, 0, 300)


def ticking(seen: Run, wakeups_per_s: float | None = 60) -> Run:
    return msgspec.structs.replace(seen, samples=silence(wakeups_per_s, 2))


def spinning(seen: Run, cpu_percent: float = 98) -> Run:
    return msgspec.structs.replace(seen, samples=silence(3, cpu_percent))


def growing(seen: Run, bytes_per_s: int, seconds: int = 10) -> Run:
    return msgspec.structs.replace(seen, samples=samples(20 * MIB, bytes_per_s, seconds))


def test_a_timer_is_told_with_the_thread_and_the_call() -> None:
    wakers = (Waker("demo", "ticker", 4, 5, 320, 300),)
    (found,) = judge(msgspec.structs.replace(ticking(run(SELECTS, **TICKING)), wakers=wakers))
    assert (found.rule, found.severity) == ("idle-timer", "bad")
    assert found.says == (
        "woken 60 a second over 5.0 s in which the terminal was silent, most often thread ticker "
        "of demo (300 times): mostly select (300), poll (2)"
    )


def test_a_slower_timer_is_not_as_bad() -> None:
    assert held(ticking(run(**TICKING), 20)) == ["warn idle-timer"]
    assert held(ticking(run(**TICKING), 4)) == []  # a cursor, a clock


def test_what_happened_once_in_silence_is_no_timer() -> None:
    """A start that imports much: the mean has it, the median has not."""
    assert held(ticking(run(**TICKING), 0)) == []
    assert held(run(**TICKING)) == []  # and there is too little of silence


def test_a_timer_of_a_program_that_nobody_uses_is_told_by_its_calls() -> None:
    assert held(ticking(run(SELECTS, **ALONE | TICKING))) == ["bad idle-timer"]
    assert held(unseen(ticking(run(**ALONE | TICKING)))) == []


@pytest.mark.parametrize(
    "work", [CallCount("read", 600, 1, 0, 600), CallCount("futex", 600, 1, 0, 600)]
)
def test_silent_work_is_no_timer(work: CallCount) -> None:
    """A download into a file waits and reads; threads that compute wait for each other."""
    assert held(ticking(run(SELECTS, work, **ALONE | TICKING))) == []


def test_short_silence_is_a_pause() -> None:
    assert held(ticking(run(**TICKING | {"idle_s": 0.6}))) == []


def test_asking_without_rest_is_a_busy_wait() -> None:
    (found,) = judge(run(CallCount("poll", 90_000, 1, 0, 90_000), **SPINNING | ALONE))
    assert (found.rule, found.severity) == ("busy-wait", "bad")
    assert "98% of a CPU" in found.says
    assert "poll (90,000)" in found.says


def test_a_program_on_the_whole_screen_that_works_for_nobody() -> None:
    assert held(spinning(run(**SPINNING))) == ["warn busy-wait"]
    assert held(unseen(spinning(run(**SPINNING)))) == ["warn busy-wait"]
    assert held(spinning(run(**SPINNING), 15)) == []


@pytest.mark.parametrize(
    "healthy",
    [
        ALONE,  # a compiler
        {"alternate_screens": 0},  # a shell in which a compiler was started
        {"processes": 5},  # an editor that runs a build
        {"idle_s": 1.0},  # a search in a large file
    ],
)
def test_computing_is_no_busy_wait(healthy: Given) -> None:
    assert held(spinning(run(**SPINNING | healthy))) == []


def test_work_on_a_slow_answer_is_no_busy_wait() -> None:
    slow = run(answered_p50_ms=900, answered_p95_ms=950, key_p95_ms=960, cpu_per_key_ms=890)
    seen = msgspec.structs.replace(spinning(slow), trails=answered(900))
    assert held(seen) == ["bad slow-key"]


def test_even_growth_under_somebody_s_hands_is_a_leak() -> None:
    (found,) = judge(growing(run(), 2 * MIB))
    assert (found.rule, found.severity) == ("leak", "warn")
    assert found.says == ("memory grew by 15.0 MiB (60%) in 7.5 s, and evenly: by 2.0 MiB a second")


@pytest.mark.parametrize(
    "healthy",
    [
        growing(run(**ALONE), 2 * MIB),  # sort of a large file
        growing(run(), 2 * MIB, 2),  # a start
        growing(run(), MIB // 4),  # what it keeps of what was done
    ],
)
def test_other_growth_is_none(healthy: Run) -> None:
    assert held(healthy) == []


def test_growth_for_minutes_is_worth_a_word_of_any_program() -> None:
    assert held(growing(run(**ALONE), MIB // 2, 100)) == ["info leak"]
