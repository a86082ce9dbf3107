"""The report a person reads."""

import pytest

from termlab.model.calls import CallCount, CallTable
from termlab.model.figure import Amount, Missing
from termlab.model.finding import Finding
from termlab.model.records import msgspec
from termlab.runs.report import report, show
from tests.runs.made import NO_KEYS, profile, run, with_figures


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("s", 0.0123, "12.3 ms"),
        ("s", 61.5, "61.500 s"),
        ("ms", 0.321, "0.32 ms"),
        ("bytes", 0, "0 bytes"),
        ("bytes", 1023, "1023 bytes"),
        ("bytes", 1536, "1.5 KiB"),
        ("bytes", 3 << 30, "3.0 GiB"),
        ("count", 105071, "105,071"),
        ("count", 2.5, "2.5"),
        ("percent", 12.34, "12.3 %"),
        ("per_s", 60.0, "60/s"),
        ("bytes_per_s", -2048.0, "-2.0 KiB/s"),
    ],
)
def test_a_value_has_its_unit(unit: str, value: float, text: str) -> None:
    assert show(unit, value) == text


def test_one_run_says_what_ran_where_how_it_ended_and_every_figure_once() -> None:
    text = report(profile(run(3, wall_s=Amount(1.25), memory_peak_bytes=Amount(1 << 20, "seen"))))
    lines = text.splitlines()
    assert lines[:3] == [
        "profile of ls -R",
        "on box, Linux 6.1, 4 x A CPU, terminal 80x24, termlab 0.1.0",
        "exit code 3",
    ]
    assert "  wall time                         1.250 s" in lines
    assert "  peak memory                       1.0 MiB  seen" in lines


def test_figures_that_are_missing_for_one_reason_share_a_line_at_the_end() -> None:
    given = dict.fromkeys(("keys", "key_p50_ms", "key_p95_ms", "key_p99_ms"), NO_KEYS)
    text = report(profile(with_figures(given | {"key_max_ms": Missing("of another reason")}, 0)))
    assert "\nnot available\n  keys measured; p50; p95; p99: no keys were typed\n" in text
    assert "  max: of another reason\n" in text


def test_several_runs_are_told_by_median_and_ends() -> None:
    runs = [run(code, wall_s=Amount(s)) for code, s in ((0, 0.5), (0, 0.25), (1, 2.0))]
    text = report(profile(*runs))
    assert "3 runs: 2 x exit code 0, 1 x exit code 1\n" in text
    assert "  wall time                         0.500 s     0.250 s     2.000 s\n" in text


def test_an_interrupted_run_says_so_and_which_it_was() -> None:
    cut = run(None, "SIGINT", interrupted=True)
    assert "ended by SIGINT, interrupted\n" in report(profile(cut))
    assert "ended by SIGINT, interrupted in run 1 of 3\n" in report(profile(cut, asked=3))
    assert "2 runs, interrupted in run 2 of 9: " in report(profile(run(), cut, asked=9))


def test_what_a_command_holds_cannot_act_on_the_terminal() -> None:
    text = report(profile(run(), command=("printf", "\x1b]0;x\a" + "y" * 1000)))
    assert "\x1b" not in text
    assert "\a" not in text
    assert max(map(len, text.splitlines())) < 300


def test_nor_can_what_others_said_of_it() -> None:
    evil = "\x1b]0;x\x07"
    table = CallTable("strace", evil, 1, (CallCount(evil, 1),))
    ran = msgspec.structs.replace(run(keys=Missing(evil)), table=table, ending=evil)
    text = report(msgspec.structs.replace(profile(ran), notes=(evil,)))
    assert text.isascii()
    assert "\x1b" not in text
    assert text.count("?]0;x?") == 5


def test_what_is_said_of_a_figure_is_said_of_several_runs_too() -> None:
    seen, booked = Amount(1 << 20, "as far as seen"), Amount(1 << 20, "booked")
    text = report(profile(*(run(0, memory_peak_bytes=each) for each in (seen, seen))))
    assert "1.0 MiB     1.0 MiB     1.0 MiB  as far as seen\n" in text
    text = report(profile(*(run(0, memory_peak_bytes=each) for each in (seen, booked))))
    assert "as far as seen" not in text


def test_what_warmed_up_and_who_typed_is_told() -> None:
    made = msgspec.structs.replace(profile(run()), warmup=2, keys="edit\x1b.keys")
    text = report(made)
    assert "\n2 runs to warm up thrown away, keys typed by edit?.keys\n" in text


def test_an_interrupted_run_is_left_out_of_the_figures_of_others() -> None:
    cut = run(None, "SIGINT", interrupted=True, wall_s=Amount(9.0))
    runs = (run(wall_s=Amount(1.0)), run(wall_s=Amount(3.0)), cut)
    text = report(profile(*runs, asked=5))
    assert "the interrupted one is left out of the figures\n" in text
    assert "  wall time                         2.000 s     1.000 s     3.000 s\n" in text


def test_without_a_finished_run_it_says_so_and_nothing_else() -> None:
    lines = report(profile(asked=3)).splitlines()
    assert lines[2:] == ["no run was finished: nothing was measured"]


def test_calls_and_findings_stand_beneath_the_figures() -> None:
    table = CallTable("strace", "of the last run", 3, (CallCount("read", 2), CallCount("poll", 1)))
    finding = Finding("tick", "warn", "wakes 60 times a second", "60 > 1", "wait for what happens")
    made = msgspec.structs.replace(run(), table=table, findings=(finding,))
    text = report(profile(made))
    assert "\nsystem calls by name (strace: of the last run)\n" in text
    assert (
        "\nfindings\n  WARN  wakes 60 times a second\n        seen: 60 > 1\n"
        "        wait for what happens\n"
    ) in text
    assert "\nnot judged\n  failing-calls: this way of counting" in text
    assert "\nnote: slow\n" in report(msgspec.structs.replace(profile(made), notes=("slow",)))
