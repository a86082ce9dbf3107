"""Frames painted on a real engine show, cell for cell, what the panes have, and touch nothing else.

Two or three engines are the panes; one more is the outer terminal.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termlab.client.capabilities import TRUE_COLOUR, Capabilities
from termlab.client.chrome import Placed, borders
from termlab.client.painter import BEGIN_SYNC, END_SYNC, HIDE, SHOW, Painter
from termlab.client.segments import status
from termlab.client.style import Line, Run, Style, encode_run
from termlab.model.geometry import Rect, Size
from termlab.model.layout import Leaf, Node, Split, arrange
from termlab.model.screen import Cursor
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.rows import RowCache
from termlab.wire.messages import PaneRows
from tests.terminal.cells import Cell, feed, screen
from tests.terminal.test_ghostty_rows import chunk

COLS, ROWS = 41, 14
SHOWS_ALL = Capabilities(TRUE_COLOUR, True, True, True)
# What the random streams have too rarely: a cluster with text behind it, a letter taken back.
COMMON = ("\r\ne\u0301漢字x".encode(), b"\b \b", b"\b\x1b[K", b"a")
# The terminal is wider than its window: with autowrap off the engine loses a combining mark in its
# own last column.
MARGIN = 2
TREES: tuple[Node, ...] = (
    Leaf(1),
    Split("row", (Leaf(1), Leaf(2)), (1, 1)),
    Split("column", (Leaf(1), Leaf(2)), (1, 1)),
    Split("row", (Leaf(1), Split("column", (Leaf(2), Leaf(3)), (2, 1))), (1, 2)),
    Split("column", (Split("row", (Leaf(1), Leaf(2)), (3, 1)), Leaf(3)), (1, 1)),
)


class Desk:
    """A window of real panes, painted on a real terminal."""

    def __init__(
        self, tree: Node, outer: Size, synchronised: bool = False, cols: int = COLS
    ) -> None:
        self.painter = Painter()
        self.painter.capable(SHOWS_ALL._replace(synchronised=synchronised))
        self.outer = GhosttyEmulator(outer)
        self.size = outer
        self.placed = arrange(tree, cols, ROWS, 1)
        self.panes = {
            p: GhosttyEmulator(Size(r.cols, r.rows)) for p, r in self.placed.panes.items()
        }
        self.caches = {p: RowCache(r.rows) for p, r in self.placed.panes.items()}
        self.seen = dict.fromkeys(self.panes, 0)
        feed(self.outer, b"\x1b[?7l\x1b[?25l\x1b#8")  # all E: what is not painted shows
        self.painter.place(self.placed.panes, outer.cols, outer.rows - 1)
        self.painter.focus(1)
        self.state = State(
            1,
            "main",
            (WindowTab(1, 0, "sh", current=True),),
            WindowView(
                1, cols, ROWS, tree, 1, False, tuple(PaneInfo(p, "漢字", "") for p in self.panes)
            ),
        )
        self.lines = [
            *borders(self.state, self.placed),
            Placed(0, outer.rows - 1, status(self.state, self.placed, outer.cols, None)),
        ]
        self.show(self.painter.lines(self.lines[:-1]))
        self.show([self.painter.line(*self.lines[-1])])

    def show(self, parts: list[bytes]) -> bytes:
        data = self.painter.message(parts)
        feed(self.outer, data)
        return data

    def paint(self, focused: int = 1) -> bytes:
        """One frame: what changed in every pane."""
        parts: list[bytes] = []
        self.painter.focus(focused)
        for pane, engine in self.panes.items():
            cache = self.caches[pane]
            cache.update(engine.changed_rows())
            rows = cache.since(self.seen[pane])
            self.seen[pane] = cache.version
            cursor = engine.cursor() if pane == focused else None
            parts += self.painter.pane(PaneRows(pane, rows, cursor))
        return self.show(parts)

    def rows(self) -> list[str]:
        return self.outer.text_at(self.outer.history_rows(), self.size.rows)

    def close(self) -> None:
        for engine in (*self.panes.values(), self.outer):
            engine.close()


def wrong(desk: Desk) -> list[str]:
    """Cells of panes that differ from the pane's, in words."""
    shown, found = screen(desk.outer), []
    for pane, engine in desk.panes.items():
        rect = desk.placed.panes[pane]
        for y, row in enumerate(screen(engine)):
            for x, cell in enumerate(row):
                at = rect.x + x, rect.y + y
                if at[0] >= desk.size.cols or at[1] >= desk.size.rows - 1:
                    continue
                got = shown[at[1]][at[0]]
                if cell.width == 2 and at[0] == desk.size.cols - 1:
                    cell = Cell()  # cut in half: nothing of it may stand there
                if cell != got:
                    found.append(f"%{pane} {x},{y}: expected {cell} shown {got}")
    return found


def frame_cells(desk: Desk) -> list[list[Cell]]:
    """What the frame around the panes is to look like, drawn with nothing else."""
    alone = GhosttyEmulator(desk.size)
    feed(alone, b"\x1b[?7l")
    for x, y, line in desk.lines:
        feed(alone, b"\x1b[%d;%dH" % (y + 1, x + 1) + b"".join(map(encode_run, line)))
    cells = screen(alone)
    alone.close()
    return cells


def check_frame(desk: Desk, before: list[list[Cell]]) -> None:
    """Outside of the panes nothing has changed."""
    shown = screen(desk.outer)
    for y, row in enumerate(shown):
        for x, cell in enumerate(row):
            if not any(r.contains(x, y) for r in desk.placed.panes.values()):
                assert cell == before[y][x], (x, y)


def cursor_of(desk: Desk) -> Cursor:
    return desk.outer.cursor()


fuzz = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
steps = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.one_of(chunk, chunk, st.just("\r\ne\u0301漢字x".encode()), st.just(b"\b \b")),
    ),
    min_size=1,
    max_size=8,
)


@fuzz
@given(st.sampled_from(TREES), steps, st.booleans())
def test_every_cell_of_every_pane_is_shown_and_no_other_touched(
    tree: Node, fed: list[tuple[int, bytes]], synchronised: bool
) -> None:
    desk = Desk(tree, Size(COLS + MARGIN, ROWS + 1), synchronised)
    before = screen(desk.outer)
    for number, data in fed:
        pane = (number - 1) % len(desk.panes) + 1
        feed(desk.panes[pane], data)
        desk.paint(pane)
        assert wrong(desk) == []
        check_frame(desk, before)
        rect, cursor = desk.placed.panes[pane], desk.panes[pane].cursor()
        shown = cursor_of(desk)
        assert shown.visible == cursor.visible
        if cursor.visible:
            assert (shown.x, shown.y) == (rect.x + cursor.x, rect.y + cursor.y)
    desk.close()


@fuzz
@given(st.sampled_from(TREES), steps, st.integers(5, COLS), st.integers(2, ROWS))
def test_a_terminal_smaller_than_its_window_shows_the_part_that_fits(
    tree: Node, fed: list[tuple[int, bytes]], cols: int, rows: int
) -> None:
    desk = Desk(tree, Size(cols, rows))
    before = screen(desk.outer)
    for number, data in fed:
        pane = (number - 1) % len(desk.panes) + 1
        # A mark in the engine's own last column is lost with autowrap off.
        feed(desk.panes[pane], data.replace("\u0301".encode(), b"").replace("\u0327".encode(), b""))
        desk.paint(pane)
        assert wrong(desk) == []
        check_frame(desk, before)
    desk.close()


@pytest.mark.parametrize("tree", TREES)
def test_the_frame_is_drawn_as_its_lines_say(tree: Node) -> None:
    desk = Desk(tree, Size(COLS, ROWS + 1))
    desk.paint()
    expected, shown = frame_cells(desk), screen(desk.outer)
    for y, row in enumerate(expected):
        for x, cell in enumerate(row):
            if not any(r.contains(x, y) for r in desk.placed.panes.values()):
                assert shown[y][x] == cell, (x, y)
    desk.close()


def test_a_narrow_terminal_shows_no_line_from_beyond_its_edge() -> None:
    desk = Desk(TREES[1], Size(10, ROWS + 1))
    feed(desk.panes[1], b"0123456789abcdef")
    feed(desk.panes[2], b"never")
    desk.paint()
    assert desk.rows()[0] == "─ 漢字 ───"
    assert desk.rows()[1] == "0123456789"
    assert "│" not in "".join(desk.rows())
    desk.close()


# One pane at the left, one behind a separator: column of its first cell.
SIDE = Split("row", (Leaf(1), Leaf(2)), (1, 1))


def beside(cols: int = COLS) -> tuple[Desk, int]:
    desk = Desk(SIDE, Size(cols, ROWS + 1))
    return desk, desk.placed.panes[2].x


def test_typing_at_the_end_of_a_plain_row_sends_the_letter_alone() -> None:
    desk, left = beside()
    feed(desk.panes[2], b"$ ab")
    desk.paint(2)
    feed(desk.panes[2], b"c")
    assert desk.paint(2) == b"\x1b[2;%dHc\x1b[2;%dH" % (left + 5, left + 6)
    feed(desk.panes[2], b"\b\x1b[K")
    assert desk.paint(2) == b"\x1b[2;%dH\x1b[1X\x1b[2;%dH" % (left + 5, left + 5)
    assert wrong(desk) == []
    desk.close()


@pytest.mark.parametrize(
    ("data", "column", "sent"),
    [("\rX", 1, b"Xbcdef"), ("\x1b[4GX", 4, b"Xef"), ("\x1b[4G\x1b[K", 4, b"")],
    ids=["first", "inner", "erased"],
)
def test_a_plain_row_is_sent_from_its_first_changed_cell_on(
    data: str, column: int, sent: bytes
) -> None:
    desk, left = beside()
    feed(desk.panes[2], b"abcdef")
    desk.paint(2)
    feed(desk.panes[2], data.encode())
    assert desk.paint(2).startswith(b"\x1b[2;%dH%b" % (left + column, sent))
    assert wrong(desk) == []
    desk.close()


@pytest.mark.parametrize(
    "data",
    ["ñ", "漢", "e\u0301", "\x1b[31mx"],
    ids=["accent", "wide", "mark", "colour"],
)
def test_what_is_more_than_plain_text_at_the_end_is_sent_as_a_row(data: str) -> None:
    desk, left = beside()
    feed(desk.panes[2], b"ab")
    desk.paint(2)
    feed(desk.panes[2], data.encode())
    assert b"\x1b[2;%dH\x1b[K" % (left + 1) in desk.paint(2)
    assert wrong(desk) == []
    desk.close()


def test_a_column_in_a_row_is_shifted_by_the_pane_even_where_the_row_is_cut() -> None:
    desk = Desk(SIDE, Size(30, ROWS + 1))
    feed(desk.panes[2], "e\u0301漢字".encode() + b"-" * 15)
    desk.paint(2)
    assert desk.rows()[1].endswith("e\u0301漢字----")
    assert wrong(desk) == []
    desk.close()


def test_a_wide_character_cut_by_the_edge_leaves_no_half() -> None:
    desk = Desk(Leaf(1), Size(4, ROWS + 1))
    feed(desk.panes[1], "abc漢d".encode())
    desk.paint()
    assert desk.rows()[0] == "abc"
    desk.close()


def test_a_row_below_a_small_terminal_is_not_painted() -> None:
    desk = Desk(Leaf(1), Size(COLS, 4))
    feed(desk.panes[1], b"1\r\n2\r\n3\r\n4\r\n5")
    desk.paint()
    assert desk.rows()[:3] == ["1", "2", "3"]
    assert desk.rows()[3].startswith(" main ")
    assert not cursor_of(desk).visible
    desk.close()


def test_many_parts_are_one_picture() -> None:
    desk, _ = beside()
    desk.painter.capable(SHOWS_ALL)
    feed(desk.panes[1], b"a\r\nb")
    data = desk.paint()
    assert data.startswith(BEGIN_SYNC)
    assert data.endswith(END_SYNC)
    desk.close()


def test_where_the_terminal_knows_no_pictures_the_cursor_hides_meanwhile() -> None:
    desk, _ = beside()
    desk.paint()
    feed(desk.panes[1], b"a\r\nb")
    data = desk.paint()
    assert data.startswith(HIDE)
    assert data.endswith(SHOW)
    desk.close()


def test_the_cursor_has_the_shape_and_visibility_of_its_pane() -> None:
    desk, left = beside()
    feed(desk.panes[2], b"\x1b[5 qab")
    desk.paint(2)
    assert cursor_of(desk) == Cursor(left + 2, 1, visible=True, shape=5)
    feed(desk.panes[2], b"\x1b[?25l")
    desk.paint(2)
    assert not cursor_of(desk).visible
    desk.close()


def test_a_pane_that_gets_the_focus_hides_the_cursor_until_it_says_where_it_is() -> None:
    painter = Painter()
    painter.place({1: Rect(0, 0, 5, 5), 2: Rect(6, 0, 5, 5)}, 11, 5)
    painter.focus(1)
    painter.pane(PaneRows(1, (), Cursor(1, 1)))
    assert painter.message([]).endswith(SHOW)
    painter.focus(2)
    assert painter.message([]) == HIDE
    painter.pane(PaneRows(1, (), None))
    assert painter.message([]) == b""
    painter.pane(PaneRows(2, (), Cursor(1, 1)))
    assert painter.message([]) == b"\x1b[2;8H" + SHOW


def test_a_terminal_taken_anew_gets_cursor_and_shape_again() -> None:
    painter = Painter()
    painter.place({1: Rect(0, 0, 5, 5)}, 5, 5)
    painter.focus(1)
    painter.pane(PaneRows(1, (), Cursor(1, 1, shape=3)))
    first = painter.message([])
    assert painter.message([]) == b"\x1b[2;2H"
    painter.forget()
    assert painter.message([]) == first


def test_rows_of_an_unknown_pane_or_below_its_rectangle_are_not_painted() -> None:
    painter = Painter()
    painter.place({1: Rect(0, 0, 5, 2)}, 5, 5)
    assert painter.pane(PaneRows(7, ((0, b"x"),), None)) == []
    assert painter.pane(PaneRows(1, ((2, b"x"),), None)) == []


def test_a_line_sets_its_column_anew_behind_text_of_disputed_width() -> None:
    line: Line = (Run("❤️x", Style()), Run("─", Style()), Run("│", Style(bold=True)))
    drawn = Painter().line(4, 0, line)
    assert drawn == "\x1b[1;5H❤️x\x1b[7G─\x1b[1m│\x1b[m".encode()
