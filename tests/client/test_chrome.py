"""The frame around the panes, as drawn pictures: "." is a pane's cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.chrome import (
    ACTIVE,
    ACTIVE_TITLE,
    ALERT,
    FAILURE,
    Placed,
    borders,
    hints,
    margins,
    message,
)
from termlab.client.style import DIM, Line, Style, line_width
from termlab.client.width import char_width, text_width
from termlab.model.layout import Leaf, Node, Split, arrange, panes_of
from termlab.model.state import PaneInfo, State, WindowTab, WindowView

SHELL = (WindowTab(1, 0, "sh", current=True),)


def state_of(
    tree: Node,
    cols: int,
    rows: int,
    titles: dict[int, str] | None = None,
    tabs: tuple[WindowTab, ...] = SHELL,
    active: int = 1,
    read_only: bool = False,
    session: str = "main",
) -> State:
    panes = tuple(PaneInfo(p, (titles or {}).get(p, ""), "") for p in panes_of(tree))
    view = WindowView(1, cols, rows, tree, active, False, panes)
    return State(1, session, tabs, view, read_only)


def text(line: Line) -> str:
    return "".join(run.text for run in line)


def paint(lines: list[Placed], cols: int, rows: int) -> tuple[list[list[str]], list[list[Style]]]:
    """Each cell's character and style; the second half of a wide one is empty."""
    cells = [["." for _ in range(cols)] for _ in range(rows)]
    styles = [[Style() for _ in range(cols)] for _ in range(rows)]
    for x, y, line in lines:
        for run in line:
            for char in run.text:
                cells[y][x], styles[y][x] = char, run.style
                if char_width(char) == 2:
                    cells[y][x + 1] = ""
                x += char_width(char)
    return cells, styles


def picture(tree: Node, cols: int, rows: int, titles: dict[int, str] | None = None) -> list[str]:
    state = state_of(tree, cols, rows, titles)
    lines = borders(state, arrange(tree, cols, rows, 1))
    return ["".join(row) for row in paint(lines, cols, rows)[0]]


def row(*children: Node) -> Split:
    return Split("row", children, (1,) * len(children))


def column(*children: Node) -> Split:
    return Split("column", children, (1,) * len(children))


A, B, C, D = Leaf(1), Leaf(2), Leaf(3), Leaf(4)

PICTURES: dict[str, tuple[Node, list[str]]] = {
    "one pane has no frame": (A, ["....."] * 3),
    "side by side": (row(A, B), ["──┬──", "..│..", "..│.."]),
    "three side by side": (row(A, B, C), ["──┬──┬──", "..│..│..", "..│..│.."]),
    "stacked": (column(A, B), ["───", "...", "───", "..."]),
    "two by two, rows first": (
        row(column(A, B), column(C, D)),
        ["──┬──", "..│..", "──┼──", "..│.."],
    ),
    "two by two, columns first": (
        column(row(A, B), row(C, D)),
        ["──┬──", "..│..", "──┼──", "..│.."],
    ),
    "a column at the right": (row(A, column(B, C)), ["──┬──", "..│..", "..├──", "..│.."]),
    "a column at the left": (row(column(A, B), C), ["──┬──", "..│..", "──┤..", "..│.."]),
    "a row below": (column(A, row(B, C)), ["─────", ".....", "──┬──", "..│.."]),
    "a row above": (column(row(A, B), C), ["──┬──", "..│..", "──┴──", "....."]),
    "nested thrice": (
        row(A, column(B, row(C, D))),
        ["──┬─────", "..│.....", "..│.....", "..├──┬──", "..│..│..", "..│..│.."],
    ),
    "separators that miss each other": (
        column(row(A, B), row(C, D, Leaf(5))),
        ["─────┬─────", ".....│.....", "───┬─┴─┬───", "...│...│..."],
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_the_frame_joins_at_every_corner(name: str) -> None:
    tree, drawn = PICTURES[name]
    assert picture(tree, len(drawn[0]), len(drawn)) == drawn


def test_titles_are_set_into_the_line_above_their_pane() -> None:
    titles = {1: "vim", 2: "a much longer title"}
    assert picture(row(A, B), 25, 2, titles) == [
        "─ vim ──────┬─ a much lo─",
        "............│............",
    ]


@pytest.mark.parametrize("title", ["漢字漢字漢字漢字", "漢", "e\u0301" * 30, "x漢", "❤️❤️", "한글"])
@pytest.mark.parametrize("cols", range(7, 24))
def test_a_title_of_any_width_never_shifts_a_separator(title: str, cols: int) -> None:
    tree = row(A, B)
    placed = arrange(tree, cols, 3, 1)
    lines = borders(state_of(tree, cols, 3, {1: title, 2: title}), placed)
    for x, _, line in lines:
        own = next((r for r in placed.titles.values() if r.x == x), None)
        assert line_width(line) == (own.cols if own else 1)
    assert "".join(paint(lines, cols, 3)[0][0]).count("┬") == 1


def test_a_pane_too_narrow_for_a_title_has_none() -> None:
    assert picture(row(A, B), 9, 2, {1: "abc", 2: "abc"})[0] == "────┬────"
    assert picture(row(A, B), 11, 2, {1: "abc", 2: "abc"})[0] == "─ ab─┬─ ab─"


def test_the_frame_of_the_focused_pane_is_lit() -> None:
    tree = row(A, B)
    lines = borders(state_of(tree, 17, 3, {1: "x", 2: "y"}, active=2), arrange(tree, 17, 3, 2))
    styles = paint(lines, 17, 3)[1]
    assert styles[0][0] == styles[0][7] == DIM
    assert styles[0][8] == styles[1][8] == styles[2][8] == styles[0][9] == ACTIVE
    assert styles[0][11] == ACTIVE_TITLE
    assert styles[0][2] == Style()


def test_control_characters_of_titles_and_names_never_reach_the_terminal() -> None:
    evil = "a\x1b]0;x\x07\x9b2J\r\n\u202e"
    tree = row(A, B)
    state = state_of(tree, 40, 5, {1: evil, 2: evil}, (WindowTab(1, 0, evil),), session=evil)
    placed = arrange(tree, 40, 5, 1)
    shown = [run for _, _, line in borders(state, placed) for run in line]
    shown += message(evil, 40, error=True)
    assert all(run.text.isprintable() for run in shown)


def test_dots_fill_what_the_window_leaves_free() -> None:
    cells = paint(margins(6, 4, 4, 2), 6, 4)[0]
    assert ["".join(row) for row in cells] == ["....··", "....··", "······", "······"]
    assert margins(6, 4, 6, 4) == margins(6, 4, 9, 9) == []


def ended_state(tree: Node, cols: int, read_only: bool = False) -> State:
    """Pane 1 has ended, and its title is long."""
    panes = tuple(
        PaneInfo(p, "title " * 9 if p == 1 else "", "sh", "exit 1" if p == 1 else "")
        for p in panes_of(tree)
    )
    return State(1, "main", SHELL, WindowView(1, cols, 5, tree, 1, False, panes), read_only)


@pytest.mark.parametrize("cols", [*range(5, 30), 80])
def test_the_title_of_a_pane_tells_its_end_before_its_name(cols: int) -> None:
    state = ended_state(row(A, B), cols)
    placed = arrange(row(A, B), cols, 5, 1)
    cells, styles = paint(borders(state, placed), cols, 5)
    title = "".join(cells[0][: placed.titles[1].cols])
    assert len(title) == placed.titles[1].cols
    if placed.titles[1].cols >= 10:
        at = title.index(" exit 1 ")
        assert {styles[0][x] for x in range(at, at + 8)} == {ALERT}


@given(st.text(max_size=60), st.integers(min_value=1, max_value=40), st.booleans())
def test_a_message_has_exactly_the_terminals_cells(said: str, cols: int, error: bool) -> None:
    assert line_width(message(said, cols, error)) == cols


def test_a_message_is_cut_and_an_error_looks_like_one() -> None:
    assert text(message("no such window", 10, error=False)) == " no such …"
    assert text(message("no such window", 15, error=False)) == " no such window"
    assert message("x", 5, error=True)[0].style == FAILURE


def test_hints_are_as_many_as_fit() -> None:
    pairs = [("c", "new window"), ("d", "detach"), ("x", "close")]
    assert text(hints(pairs, 24)) == " c new window  d detach "
    assert text(hints(pairs, 23)) == " c new window  x close "
    assert text(hints(pairs, 5)) == " " * 5
    assert text_width(text(hints(pairs, 80))) == 80


def synchronised_state(tree: Node, cols: int, ended: int = 0) -> State:
    """All panes get the keys but the one that has ended."""
    panes = tuple(
        PaneInfo(p, "a title" * 5, "sh", "exit 1" if p == ended else "") for p in panes_of(tree)
    )
    return State(1, "main", SHELL, WindowView(1, cols, 5, tree, 1, False, panes, True))


@pytest.mark.parametrize("cols", [*range(7, 30), 80])
def test_that_keys_go_to_all_stands_first_in_the_title_of_each_that_gets_them(cols: int) -> None:
    tree = row(A, B)
    placed = arrange(tree, cols, 5, 1)
    cells, styles = paint(borders(synchronised_state(tree, cols, ended=2), placed), cols, 5)
    first, second = placed.titles[1], placed.titles[2]
    shown = min(6, first.cols - 2)
    assert "".join(cells[0][1 : 1 + shown]) == " SYNC "[:shown]
    assert {styles[0][x] for x in range(1, 1 + shown)} == ({ALERT} if shown else set())
    assert "".join(cells[0]).count("┬") == 1
    assert "SYNC" not in "".join(cells[0][second.x :])
