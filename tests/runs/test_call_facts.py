"""Facts of the system calls by name, and the words with what leads to them."""

import msgspec
import pytest

from termlab.model.calls import CallCount, CallTable
from termlab.model.figure import Amount, Missing
from termlab.model.wakers import Waker
from termlab.runs.call_facts import (
    failing_words,
    idle_calls_words,
    idle_waits_words,
    slow_calls_words,
    waker_words,
)
from termlab.runs.facts import FACTS
from tests.runs.judged import run, unseen


def test_small_writes_are_a_share_of_all_calls_that_write() -> None:
    seen = run(CallCount("writev", 30), small_writes=75)
    assert FACTS["small_writes_percent"].of(seen) == Amount(50)


def test_without_names_there_are_no_shares() -> None:
    total = msgspec.structs.replace(run(), table=CallTable("perf", "exact", 4000))
    assert isinstance(FACTS["small_writes_percent"].of(total), Missing)
    assert isinstance(FACTS["programs_started"].of(unseen(run())), Missing)


def test_threads_are_no_processes_for_nobody_waits_for_them() -> None:
    calls = (CallCount("clone3", 40), CallCount("clone", 5), CallCount("wait4", 6, errors=1))
    assert FACTS["programs_started"].of(run(*calls)) == Amount(5)


def test_programs_that_are_not_there_were_not_started() -> None:
    assert FACTS["programs_started"].of(run(CallCount("execve", 9, errors=7))) == Amount(2)


def test_a_process_that_runs_another_program_is_one() -> None:
    calls = (CallCount("vfork", 7), CallCount("execve", 7), CallCount("wait4", 7))
    assert FACTS["programs_started"].of(run(*calls)) == Amount(7)


def test_reads_that_find_nothing_ask() -> None:
    of = FACTS["idle_asks_per_s"].of
    assert of(run(CallCount("read", 9000, errors=8990, idle=9000))) == Amount(9002 / 5)
    assert of(run(CallCount("read", 9000, errors=5, idle=9000))) == Amount(2 / 5)


def test_calls_that_were_not_told_apart_by_silence_tell_nothing_of_it() -> None:
    table = CallTable("strace", "exact", 10, (CallCount("poll", 10),))
    assert isinstance(
        FACTS["idle_asks_percent"].of(msgspec.structs.replace(run(), table=table)), Missing
    )


def test_words_name_the_most_first() -> None:
    seen = run(CallCount("stat", 50, 1, 40, 9), CallCount("openat", 90, 1, 60, 20))
    assert failing_words(seen) == ": mostly openat (60), stat (40), read (5)"
    assert idle_calls_words(seen) == ": mostly openat (20), stat (9), poll (2)"


def test_time_of_a_wait_for_a_key_is_not_named() -> None:
    calls = (CallCount("fsync", 12, 900_000_000), CallCount("clock_nanosleep", 4, 80_000_000))
    assert slow_calls_words(run(*calls)) == (
        "; most time in fsync 900 ms in 12 calls, clock_nanosleep 80 ms in 4 calls"
    )
    assert slow_calls_words(run()) == ""


def test_what_it_waited_with_is_told_apart_from_its_work() -> None:
    seen = run(CallCount("futex", 50, 1, 0, 40), CallCount("openat", 90, 1, 60, 90))
    assert idle_waits_words(seen) == ": mostly futex (40), poll (2)"


@pytest.mark.parametrize(
    ("thread", "tid", "text"),
    [
        ("timer", 5, ", most often thread timer of demo (90 times)"),
        ("demo", 5, ", most often a thread of demo (90 times)"),
        ("demo", 4, ", most often demo (90 times)"),
    ],
)
def test_who_woke_most_in_silence_is_named(thread: str, tid: int, text: str) -> None:
    wakers = (Waker("demo", thread, 4, tid, 99, 90), Waker("sh", "sh", 3, 3, 500, 1))
    assert waker_words(msgspec.structs.replace(run(), wakers=wakers)) == text


def test_a_name_that_a_program_gave_itself_does_nothing_to_a_terminal() -> None:
    wakers = (Waker("sh\x1b]0;x\x07", "\x1b[2J", 7, 8, 5, 5),)
    words = waker_words(msgspec.structs.replace(run(), wakers=wakers))
    assert words.isprintable()
    assert "[2J" in words
