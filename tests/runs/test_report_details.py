"""Calls, wakers and findings of a report as lines."""

from termlab.model.calls import CallCount, CallTable
from termlab.model.figure import Missing
from termlab.model.finding import Finding
from termlab.model.wakers import Waker
from termlab.runs.report_details import MOST_CALLS, call_lines, finding_lines, waker_lines

CALLS = tuple(CallCount(f"call{n}", 100 - n, n * 1_000_000, n % 2) for n in range(14))


def test_the_calls_made_most_are_shown_and_all_when_asked_for() -> None:
    table = CallTable("ebpf", "exact", 1000, CALLS)
    lines = call_lines(table, everything=False)
    assert lines[1] == "system calls by name (ebpf: exact)"
    assert len(lines) == 3 + MOST_CALLS + 1
    assert lines[-1] == "  and 4 others"
    assert "  call1     99  1.00 ms       1" in lines
    assert len(call_lines(table, everything=True)) == 3 + len(CALLS)


def test_a_tier_without_times_has_no_empty_columns() -> None:
    lines = call_lines(CallTable("perf", "counted", 5, (CallCount("read", 5),)), everything=False)
    assert lines[2:] == ["  call  count", "  read      5"]


def test_without_names_there_is_no_table() -> None:
    assert call_lines(Missing("not counted"), everything=True) == []
    assert call_lines(CallTable("perf", "no names", 5), everything=True) == []


def test_threads_are_told_with_their_process_and_one_alone_is_no_news() -> None:
    main = Waker("prog", "prog", 7, 7, 1200, 1000)
    timer = Waker("prog", "timer", 7, 8, 60, 60)
    lines = waker_lines((main, timer), everything=False)
    assert lines[3:] == [
        "  prog (7)             1,200         1,000",
        "  timer in prog (7)       60            60",
    ]
    unnamed = waker_lines((main, Waker("prog", "prog", 7, 9, 5, 0)), everything=False)
    assert unnamed[4].startswith("  thread 9 of prog (7) ")
    assert waker_lines((main,), everything=False) == []
    assert len(waker_lines((main,), everything=True)) == 4


def test_the_worst_finding_comes_first_and_says_in_how_many_runs() -> None:
    mild = Finding("a", "info", "says a", "seen a", "do a")
    bad = Finding("b", "bad", "says b\x1b", "seen b", "do b")
    lines = finding_lines([(mild,), (mild, bad)])
    assert lines[2:5] == [
        "  BAD   says b? (in 1 of 2 runs)",
        "        seen: seen b",
        "        do b",
    ]
    assert lines[5] == "  info  says a"
    assert finding_lines([(), ()]) == []
