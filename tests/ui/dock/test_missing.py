"""Why figures are not there."""

from termlab.model.figure import Amount, Missing
from termlab.ui.dock.ink import Part, Row
from termlab.ui.dock.missing import NONE, cell, foot, nothing_known, reasons

KNOWN = ("CPU", Amount(0.0))
ENDED = ("reads", Missing("the program has ended"))
ENDED_TOO = ("writes", Missing("the program has ended"))
DENIED = ("wakeups", Missing("another user's process"))


def texts(rows: list[Row]) -> list[str]:
    return ["".join(part.text for part in row) for row in rows]


def test_each_reason_is_said_once_behind_the_names_it_holds_for() -> None:
    assert texts(reasons((KNOWN, ENDED, DENIED, ENDED_TOO), 60)) == [
        " reads, writes: the program has ended",
        " wakeups: another user's process",
    ]


def test_a_reason_that_holds_for_all_needs_no_names() -> None:
    assert texts(reasons((ENDED, ENDED_TOO), 60)) == [" the program has ended"]
    assert texts(reasons((ENDED, ENDED_TOO), 12)) == [" the program", " has ended"]


def test_nothing_is_said_of_what_is_known() -> None:
    assert reasons((KNOWN,), 60) == []
    assert not nothing_known((KNOWN, ENDED))
    assert nothing_known((ENDED, DENIED))


def test_a_figure_that_is_missing_has_a_mark_and_no_number() -> None:
    assert cell(ENDED[1], "0") is NONE
    assert cell(KNOWN[1], "0 %") == Part("0 %")


def test_the_end_of_a_panel_is_two_rows_at_least() -> None:
    assert texts(foot((KNOWN,), "It sleeps.", 40)) == [" It sleeps.", ""]
    assert texts(foot((KNOWN,), "", 40)) == ["", ""]
    assert texts(foot((KNOWN, ENDED, DENIED), "It sleeps.", 40)) == [
        " reads: the program has ended",
        " wakeups: another user's process",
        " It sleeps.",
    ]
