"""The task manager's lines, for every size and every figure."""

import pytest

from termlab.client.style import line_width
from termlab.ui.boxed import Looking
from termlab.ui.query import Query
from termlab.ui.task_page import (
    COLUMNS,
    Order,
    Seen,
    column_at,
    columns,
    draw,
    first_row,
    list_rows,
    next_column,
    shown,
    turned,
)
from tests.ui.task_figures import FIRST_LOOK, MANY

EVERY = Query("")


def texts(seen: Seen, cols: int = 118, rows: int = 14) -> list[str]:
    return ["".join(run.text for run in line) for line in draw(seen, cols, rows)]


def panes(order: Order, query: Query = EVERY) -> list[int]:
    return [task.pane for task in shown(MANY, order, query)]


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (Order(), [2, 9, 5, 0, 1, 7, 8]),
        (Order("cpu", False), [1, 0, 5, 9, 2, 7, 8]),
        (Order("command", False), [1, 5, 2, 7, 9, 0, 8]),
        (Order("p95"), [5, 0, 1, 2, 7, 8, 9]),
    ],
)
def test_what_is_not_known_comes_last_whichever_way(order: Order, first: list[int]) -> None:
    assert panes(order) == first


def test_words_in_any_column_find_a_pane() -> None:
    assert panes(Order(), Query("monitor")) == [5, 7]
    assert panes(Order(), Query("exit")) == [7]
    assert panes(Order(), Query("%8")) == [8]


def test_a_column_begins_with_its_interesting_end_and_turns() -> None:
    assert turned(Order("cpu"), "memory") == Order("memory", True)
    assert turned(Order("cpu"), "pane") == Order("pane", False)
    assert turned(Order("cpu"), "cpu") == Order("cpu", False)
    order, seen = Order("pane"), []
    for _ in COLUMNS:
        order = next_column(order, 120)
        seen.append(order.column)
    assert seen == [*list(COLUMNS)[1:], "pane"]


def test_a_pane_that_ended_and_a_recording_have_no_zeros_and_say_why() -> None:
    rows = texts(Seen(MANY, Order(), 7, 0))
    ended = next(row for row in rows if row.startswith("│ %7"))
    assert "0" not in ended.replace("python3", "").replace("1:old", "")
    assert "exit 3" in ended
    assert any("%7: its program has ended: exit 3" in row for row in rows)
    played = texts(Seen(MANY, Order(), 8, 0))
    assert any("%8: a recording plays in this pane" in row for row in played)


def test_of_one_figure_that_is_missing_the_reason_names_it() -> None:
    rows = texts(Seen(MANY, Order(), 1, 0))
    assert any("%1: p95: no key was typed" in row for row in rows)
    first = texts(Seen(FIRST_LOOK, Order(), 0, 0))
    assert any("%0: CPU, wakeups, PSS, output, p95: this is the first" in row for row in first)


def test_what_matters_least_has_no_place_where_there_is_little_room() -> None:
    assert [column.key for column in columns(116)] == list(COLUMNS)
    assert [column.key for column in columns(76)] == [
        "pane",
        "command",
        "cpu",
        "wakeups",
        "memory",
        "output",
        "p95",
    ]
    assert [column.key for column in columns(20)] == ["pane", "command"]


def test_a_cell_of_the_head_is_a_columns() -> None:
    head = texts(Seen(MANY, Order(), 0, 0))[1]
    for key, word in (("pane", "pane"), ("where", "session"), ("cpu", "CPU"), ("state", "state")):
        assert column_at(head.index(word) - 2, 114) == key


def test_the_rows_follow_the_cursor_as_little_as_they_can() -> None:
    assert first_row(5, 0, 4, 10) == 2
    assert first_row(5, 3, 4, 10) == 3
    assert first_row(1, 3, 4, 10) == 1
    assert first_row(9, 9, 4, 10) == 6
    assert first_row(0, 5, 4, 2) == 0


def test_before_the_first_look_and_without_a_hit_it_says_so() -> None:
    assert any("the first look is under way" in row for row in texts(Seen(None, Order(), 0, 0)))
    nothing = Seen(MANY, Order(), 0, 0, looking=Looking("zebra", 5))
    assert any("no pane has that" in row for row in texts(nothing))
    assert "0 of 7" in texts(nothing)[-1]


def test_the_pane_with_the_cursor_is_marked_over_the_whole_row() -> None:
    line = draw(Seen(MANY, Order(), 2, 0), 80, 14)[2]
    inside = [run for run in line[2:-2] if run.text]
    assert all(run.style.reverse for run in inside)
    assert line_width(tuple(inside)) == 76


def test_every_size_is_filled_and_never_more() -> None:
    for cols in (1, 8, 20, 23, 24, 40, 79, 80, 118, 200):
        for rows in (1, 2, 5, 6, 9, 24):
            for seen in (Seen(MANY, Order(), 2, 0), Seen(None, Order(), 0, 0, paused=True)):
                lines = draw(seen, cols, rows)
                assert len(lines) == rows
                assert all(line_width(line) == cols for line in lines)
    assert list_rows(20, 1) == 0
