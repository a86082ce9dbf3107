"""System calls by name, in the order that was asked for."""

import pytest

from termlab.model.lab import SORTS, VIEWS, Lab
from termlab.model.vitals import CallRate
from termlab.ui.dock.call_list import MOST, call_rows, listed
from termlab.ui.dock.ink import width
from tests.ui.dock.figures import CALLS


def texts(lab: Lab, cols: int = 35) -> list[str]:
    return ["".join(part.text for part in row) for row in call_rows(CALLS, lab, cols)]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("count", ["read", "write", "clock_nanosleep"]),
        ("time", ["clock_nanosleep", "poll", "read"]),
        ("errors", ["openat", "futex", "read"]),
        ("name", ["clock_nanosleep", "futex", "ioctl"]),
    ],
)
def test_they_are_listed_by_what_is_asked(sort: str, first: list[str]) -> None:
    assert [call.name for call in listed(CALLS, sort)][:3] == first


def test_what_is_not_known_of_one_comes_last() -> None:
    calls = (CallRate("a", 9.0), CallRate("b", 1.0, time_percent=0.0))
    assert [call.name for call in listed(calls, "time")] == ["b", "a"]


def test_each_view_tells_something_else_of_them() -> None:
    assert texts(Lab())[:2] == [
        " by count        /s  err/s    time",
        " read           804      2   1.2 %",
    ]
    assert texts(Lab(view="silence"))[:2] == [
        " by count        /s  silent/s",
        " read           804         1",
    ]
    assert texts(Lab(view="key", sort="name"))[:2] == [
        " by name         /s  a key",
        " clock_nanosl…   60      -",
    ]


def test_the_column_they_are_listed_by_is_marked() -> None:
    head = call_rows(CALLS, Lab(sort="errors"), 35)[0]
    assert [part.text for part in head if part.role == "title"] == ["err/s"]


def test_a_call_that_mostly_fails_and_one_of_the_silence_are_coloured() -> None:
    failing = call_rows(CALLS, Lab(sort="errors"), 35)[1]
    assert [part.text for part in failing if part.role == "bad"] == ["14"]
    asleep = call_rows(CALLS, Lab(view="silence", sort="time"), 35)[1]
    assert [part.text for part in asleep if part.role == "warn"] == ["60"]


def test_there_are_no_more_than_a_panel_has_room_for_in_any_width() -> None:
    for sort in SORTS:
        for view in VIEWS:
            for cols in range(50):
                rows = call_rows(CALLS, Lab(sort=sort, view=view), cols)
                assert len(rows) == MOST + 1
                assert max(map(width, rows)) <= cols
