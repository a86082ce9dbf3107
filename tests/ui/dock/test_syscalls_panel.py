"""*syscalls*, as rows."""

import msgspec

from termlab.model.figure import Amount, Missing
from termlab.model.vitals import CallRate, Syscalls
from termlab.ui.dock.ink import Part, Row, width
from termlab.ui.dock.syscalls_panel import calls, meant, syscalls_rows
from tests.ui.dock.figures import NO_COUNTERS, everything, unknown, vitals

TRAIL: Row = (Part(" ▁▂▃", "good"),)
BUSY = vitals(reads=1204).syscalls
NAMED = everything().syscalls


def texts(seen: Syscalls, cols: int = 35) -> list[str]:
    return ["".join(part.text for part in row) for row in syscalls_rows(seen, TRAIL, cols)]


def made(reads: float, writes: float, taken: float, given: float) -> Syscalls:
    return Syscalls(Amount(reads), Amount(writes), Amount(taken), Amount(given))


def test_calls_and_bytes_then_the_line_then_the_meaning() -> None:
    assert texts(BUSY) == [
        " read   1,204/s   4.6 MiB/s",
        " write    310/s  11.5 KiB/s",
        " ▁▂▃",
        " Mostly reads, of 3.1 KiB each.",
        "",
    ]


def test_no_counters_are_one_sentence_and_no_zero() -> None:
    said = " ".join(text.strip() for text in texts(unknown().syscalls))
    assert said == NO_COUNTERS.reason


def test_one_that_is_missing_has_its_reason_and_the_others_their_numbers() -> None:
    rows = texts(Syscalls(Amount(5), Missing("not allowed"), Amount(5), Amount(0)))
    assert rows[0] == " read   5/s  5 B/s"
    assert rows[1] == " write    -  0 B/s"
    assert rows[3:] == [" writes: not allowed", ""]


def test_what_the_figures_mean() -> None:
    assert meant(made(0, 0, 0, 0)) == "No calls: it waits, or computes."
    assert meant(made(2, 10, 0, 120)) == "Mostly writes, of 10 B each."
    assert meant(made(0, 4000, 0, 48_000)) == (
        "Mostly writes of only 12 B: a larger buffer would save calls."
    )


def test_many_calls_are_coloured() -> None:
    row = syscalls_rows(made(20_000, 300_000, 0, 0), TRAIL, 35)
    assert {part.role for part in row[0]} >= {"warn"}
    assert {part.role for part in row[1]} >= {"bad"}
    assert {part.role for part in syscalls_rows(BUSY, TRAIL, 35)[0]} == {"dim", "plain"}


def test_what_is_shown_over_time_is_both_together() -> None:
    assert calls(made(1, 2, 0, 0)) == Amount(3)
    assert isinstance(calls(unknown().syscalls), Missing)


def test_it_can_be_of_any_width() -> None:
    for cols in range(40):
        for seen in (BUSY, unknown().syscalls, NAMED):
            rows = syscalls_rows(seen, (), cols)
            assert max(map(width, rows)) <= max(cols, 0)


def test_by_name_with_the_totals_above_and_who_counted_beneath() -> None:
    rows = texts(NAMED)
    assert rows[0] == " all 1,216/s  silent 64/s  key 5.2"
    assert rows[1] == " by count        /s  err/s    time"
    assert rows[2] == " read           804      2   1.2 %"
    assert rows[-1] == " ebpf: every call, exact"


def test_a_sum_without_names_stands_above_what_the_kernel_books() -> None:
    seen = msgspec.structs.replace(
        BUSY, tier="perf", accuracy="every call, without names", total_per_s=Amount(9000.0)
    )
    rows = texts(seen)
    assert rows[0].rstrip() == " all calls  9,000/s"
    assert rows[1] == " read       1,204/s   4.6 MiB/s"
    assert rows[-1] == " perf: every call, without names"
    assert calls(seen) == Amount(9000.0)


def named(idle_per_s: float, *rates: CallRate) -> Syscalls:
    return msgspec.structs.replace(NAMED, idle_per_s=Amount(idle_per_s), calls=rates)


def test_what_the_names_mean() -> None:
    some = CallRate("read", 75.0, errors_per_s=0.0), CallRate("poll", 25.0)
    assert meant(named(0, *some)) == "75 of 100 calls are read."
    assert meant(named(64, *some)) == "With its terminal silent it still makes 64 calls a second."
    failing = CallRate("openat", 50.0, errors_per_s=40.0)
    assert meant(named(0, *some, failing)) == "27 of 100 calls are openat, and fail."
    assert meant(named(0, CallRate("read", 0.0))) == "No calls: it waits, or computes."
