"""*idle CPU*, as rows."""

import msgspec
import pytest

from termlab.model.figure import Amount, Missing
from termlab.model.vitals import Activity
from termlab.ui.dock.idle_panel import idle_rows, meant
from termlab.ui.dock.ink import Part, Row, width
from tests.ui.dock.figures import ENDED, NOT_SILENT, everything, unknown, vitals

TRAIL: Row = (Part(" ▁▂▃", "good"),)
BUSY = vitals(cpu=12.3, idle_wakeups=2.4).activity


def texts(seen: Activity, cols: int = 35) -> list[str]:
    return ["".join(part.text for part in row) for row in idle_rows(seen, TRAIL, cols)]


def idle(cpu: float, wakeups: float) -> Activity:
    return Activity(Amount(1), Amount(cpu), Amount(wakeups), Amount(cpu), Amount(wakeups))


def test_all_the_time_and_while_silent() -> None:
    assert texts(BUSY) == [
        "                CPU  wakeups",
        " 3 processes   12 %    120/s",
        " silent       0.4 %    2.4/s",
        " ▏░░░░░░░░░░░░░░ of a core, silent",
        " ▁▂▃",
        " It wakes 2.4 times a second with",
        " nothing to show: a timer?",
    ]


def test_what_a_key_takes_and_who_is_woken_is_said_where_it_is_known() -> None:
    rows = texts(everything().activity)
    assert " busy          15 %" in rows
    assert " CPU: 0.80 ms a key, 12.5 ms a MB" in rows
    assert " woken most: python3: refresh" in rows


def test_the_gauge_is_of_a_whole_core_and_as_bad_as_its_figure() -> None:
    gauge = idle_rows(idle(50, 60), TRAIL, 35)[3]
    assert gauge[1].text == "█" * 7 + "▌" + "░" * 7
    assert gauge[1].role == "bad"


def test_a_terminal_that_was_never_silent_says_so_and_shows_no_zero() -> None:
    rows = texts(
        msgspec.structs.replace(BUSY, idle_cpu_percent=NOT_SILENT, idle_wakeups_per_s=NOT_SILENT)
    )
    assert rows[2] == " silent          -        -"
    assert " ".join(row.strip() for row in rows[4:]) == (
        f"CPU while silent, wakeups while silent: {NOT_SILENT.reason}"
    )


def test_nothing_known_is_its_reasons_alone() -> None:
    rows = texts(Activity(*(ENDED,) * 5))
    assert rows == [f" {ENDED.reason}"]


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (idle(0, 0), "It sleeps while"),
        (idle(0.1, 1), "It wakes now and then"),
        (idle(1, 60), "It wakes 60 times a second"),
        (idle(8, 60), "It works while"),
    ],
)
def test_what_the_figures_mean(seen: Activity, words: str) -> None:
    assert meant(seen).startswith(words)


def test_cpu_without_wakeups_means_something_too() -> None:
    seen = msgspec.structs.replace(idle(0, 0), idle_wakeups_per_s=Missing("not allowed"))
    assert meant(seen) == "It does little while its terminal is silent."


def test_a_program_that_wakes_all_the_time_is_coloured() -> None:
    roles = [{part.role for part in row} for row in idle_rows(idle(8, 60), TRAIL, 35)]
    assert roles[2] == {"dim", "plain", "bad"}
    assert "warn" not in roles[1]


def test_one_process_is_not_two() -> None:
    assert texts(idle(0, 0))[1].startswith(" 1 process ")


def test_it_can_be_of_any_width() -> None:
    for cols in range(40):
        for seen in (BUSY, unknown().activity, everything().activity):
            assert max(map(width, idle_rows(seen, (), cols))) <= cols
