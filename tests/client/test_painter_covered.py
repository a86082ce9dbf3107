"""Panes that somebody else paints for a while: left alone, kept, and whole again afterwards."""

from hypothesis import given
from hypothesis import strategies as st

from termlab.client.painter import HIDE, SHOW, Painter
from termlab.model.geometry import Rect, Size
from termlab.model.layout import Node
from termlab.model.screen import Cursor
from termlab.wire.messages import PaneRows
from tests.client.test_painter import (
    COLS,
    MARGIN,
    ROWS,
    TREES,
    Desk,
    beside,
    fuzz,
    steps,
    wrong,
)
from tests.terminal.cells import feed, screen


@fuzz
@given(st.sampled_from(TREES), steps, st.sets(st.integers(1, 3)), steps)
def test_covered_panes_are_left_alone_and_painted_whole_when_they_are_bare_again(
    tree: Node, before: list[tuple[int, bytes]], panes: set[int], after: list[tuple[int, bytes]]
) -> None:
    desk = Desk(tree, Size(COLS + MARGIN, ROWS + 1))
    for number, data in before:
        feed(desk.panes[(number - 1) % len(desk.panes) + 1], data)
        desk.paint()
    covered = {pane for pane in panes if pane in desk.panes}
    desk.show(desk.painter.cover(covered))
    for pane in covered:
        scribble(desk, pane)
    shown = screen(desk.outer)
    for number, data in after:
        feed(desk.panes[(number - 1) % len(desk.panes) + 1], data)
        desk.paint()
    for pane in covered:
        rect = desk.placed.panes[pane]
        for y in range(rect.y, rect.bottom):
            assert screen(desk.outer)[y][rect.x : rect.right] == shown[y][rect.x : rect.right]
    desk.show(desk.painter.cover(()))
    assert wrong(desk) == []
    desk.close()


def scribble(desk: Desk, pane: int) -> None:
    """Draw something over every cell of a pane."""
    rect = desk.placed.panes[pane]
    for y in range(rect.y, rect.bottom):
        feed(desk.outer, b"\x1b[%d;%dH\x1b[7m%b\x1b[m" % (y + 1, rect.x + 1, b"#" * rect.cols))


def test_panes_that_stay_covered_are_not_painted_when_others_are_bare_again() -> None:
    desk, _ = beside()
    desk.painter.cover({1, 2})
    feed(desk.panes[1], b"one")
    feed(desk.panes[2], b"two")
    desk.paint()
    again = b"".join(desk.painter.cover({2}))
    assert b"one" in again
    assert b"two" not in again
    assert desk.painter.kept(2)[0] == b"two"
    desk.close()


def test_the_cursor_over_the_panes_is_anywhere_and_then_the_panes_again() -> None:
    painter = Painter()
    painter.place({1: Rect(2, 1, 5, 5)}, 20, 6)
    painter.focus(1)
    painter.pane(PaneRows(1, (), Cursor(1, 1, shape=2)))
    painter.message([])
    painter.over(Cursor(15, 0, shape=6))
    assert painter.message([]) == b"\x1b[6 q\x1b[1;16H"
    painter.over(Cursor(0, 6))
    assert painter.message([]).endswith(HIDE)
    painter.over(None)
    assert painter.message([]) == b"\x1b[2 q\x1b[3;4H" + SHOW


def test_a_new_geometry_covers_nothing() -> None:
    painter = Painter()
    assert not painter.placed
    painter.place({1: Rect(0, 0, 5, 5)}, 5, 5)
    painter.cover({1})
    painter.over(Cursor(0, 0))
    assert painter.placed
    painter.place({1: Rect(0, 0, 5, 5)}, 5, 5)
    assert painter.pane(PaneRows(1, ((0, b"x"),), None)) != []
    assert painter.message([]) == b""
    painter.place({}, 5, 5)
    assert not painter.placed


def test_where_a_prompt_is_typed_is_before_all_other_places() -> None:
    painter = Painter()
    painter.place({1: Rect(2, 1, 5, 5)}, 20, 6)
    painter.focus(1)
    painter.pane(PaneRows(1, (), Cursor(1, 2)))
    painter.typing(Cursor(4, 6))
    assert painter.message([]).endswith(b"\x1b[7;5H\x1b[?25h")
    painter.over(Cursor(0, 0, visible=False))
    assert painter.message([]) == b"\x1b[7;5H"
    painter.over(None)
    painter.typing(None)
    assert painter.message([]) == b"\x1b[4;4H"
