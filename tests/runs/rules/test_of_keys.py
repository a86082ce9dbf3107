"""Rules about keys, each just crossed and just not."""

import msgspec

from termlab.model.calls import CallCount
from termlab.model.figure import Figure, Missing
from termlab.model.run import Run
from termlab.model.trails import KeyTrail
from termlab.runs.findings import judge
from tests.runs.judged import NOT_HERE, Given, answered, run, unread
from tests.runs.rules.held import held

SLOW: Given = {"answered_p50_ms": 90, "answered_p95_ms": 95, "key_p50_ms": 71, "key_p95_ms": 76}
LATE: Given = {"consumed_p50_ms": 60, "consumed_p95_ms": 70, "key_p95_ms": 75}
UNSEEN: Given = dict.fromkeys(
    ("consumed_p50_ms", "consumed_p95_ms", "answered_p50_ms", "answered_p95_ms"), NOT_HERE
)


def slow(cpu_ms: float, *calls: CallCount, **given: float | Figure) -> Run:
    seen = run(*calls, cpu_per_key_ms=cpu_ms, **SLOW | given)
    return msgspec.structs.replace(seen, trails=answered(90))


def late(keys: int, **given: float | Figure) -> Run:
    """So many of a hundred lay unread."""
    trails = unread(80, keys) + answered(1, 100 - keys)
    return msgspec.structs.replace(run(**LATE | given), trails=trails)


def test_waiting_before_the_answer_is_told_with_the_call() -> None:
    (found,) = judge(slow(2, CallCount("fsync", 100, 8_800_000_000)))
    assert (found.rule, found.severity) == ("blocks-after-key", "warn")
    assert found.says == (
        "an answer to a key took 90 ms (p95 95 ms) with 2.0 ms of CPU: it waited; most time in "
        "fsync 8,800 ms in 100 calls"
    )


def test_computing_before_the_answer() -> None:
    assert held(slow(85)) == ["warn slow-key"]
    assert held(slow(85, answered_p95_ms=160)) == ["bad slow-key"]
    assert held(slow(85, answered_p95_ms=40)) == []


def test_a_few_keys_decide_nothing() -> None:
    assert held(msgspec.structs.replace(slow(85), trails=answered(90, 7))) == []


def test_a_first_output_in_time_is_an_answer_that_nobody_waits_for() -> None:
    assert held(slow(85, key_p50_ms=2, key_p95_ms=4)) == []


def test_beside_other_output_the_program_s_own_answer_tells() -> None:
    other = Missing("typed within 50 ms of output")
    assert held(slow(85, keys=0, key_p50_ms=other, key_p95_ms=other)) == ["warn slow-key"]


def test_keys_that_lie_unread() -> None:
    assert held(late(100)) == ["warn late-key"]
    assert held(late(2)) == []  # while it did something large that was asked for
    # Keys that wait behind a slow answer are its shadow.
    assert held(slow(85, **LATE)) == ["warn slow-key"]


def test_a_line_that_the_kernel_edits_is_no_late_key() -> None:
    assert held(late(100, echoes=60)) == []


def test_where_only_the_output_is_seen_its_time_tells() -> None:
    def seen(p95_ms: float, keys: int = 100) -> Run:
        trails = tuple(KeyTrail(at / 10, p95_ms if at < keys else 1.0) for at in range(100))
        shown = run(**UNSEEN, key_p50_ms=90, key_p95_ms=p95_ms)
        return msgspec.structs.replace(shown, trails=trails)

    assert held(seen(120)) == ["warn late-answer"]
    assert held(seen(220)) == ["bad late-answer"]
    assert held(seen(60)) == []
    assert held(seen(120, keys=2)) == []
