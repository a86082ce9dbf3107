"""The frame around the panes, as drawn pictures: "." is a pane's cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.chrome import (
    ACTIVE,
    ACTIVE_TITLE,
    ALERT,
    CURRENT,
    FAILURE,
    Placed,
    Scroll,
    borders,
    hints,
    margins,
    message,
    status,
)
from termlab.client.style import DIM, Line, Run, Style, line_width
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
    single = state_of(A, 40, 5, {1: evil})
    shown = [run for _, _, line in borders(state, placed) for run in line]
    shown += status(state, placed, 40, None)
    shown += status(single, arrange(A, 40, 5, 1), 40, None)
    shown += message(evil, 40, error=True)
    assert all(run.text.isprintable() for run in shown)


def test_dots_fill_what_the_window_leaves_free() -> None:
    cells = paint(margins(6, 4, 4, 2), 6, 4)[0]
    assert ["".join(row) for row in cells] == ["....··", "....··", "······", "······"]
    assert margins(6, 4, 6, 4) == margins(6, 4, 9, 9) == []


# The status row


def text(line: Line) -> str:
    return "".join(run.text for run in line)


def bottom(
    cols: int = 40,
    tabs: tuple[WindowTab, ...] = SHELL,
    tree: Node = A,
    rows: int = 10,
    scroll: Scroll | None = None,
    read_only: bool = False,
    title: str = "",
) -> str:
    state = state_of(tree, cols, rows, {1: title}, tabs, read_only=read_only)
    return text(status(state, arrange(tree, cols, rows, 1), cols, scroll))


def test_tabs_say_which_is_current_last_and_zoomed() -> None:
    tabs = (
        WindowTab(1, 0, "sh", last=True),
        WindowTab(2, 1, "vim", current=True, zoomed=True),
        WindowTab(3, 2, "top"),
    )
    assert bottom(30, tabs) == " main  0:sh- 1:vim*Z 2:top    "


def test_a_bell_is_seen_on_its_tab() -> None:
    tabs = (*SHELL, WindowTab(2, 1, "job", bell=True))
    state = state_of(A, 40, 10, tabs=tabs)
    line = status(state, arrange(A, 40, 10, 1), 40, None)
    assert Run("1:job", ALERT, window=2) in line
    assert Run("0:sh*", CURRENT, window=1) in line


def test_a_lone_pane_has_its_title_at_the_end_cut_to_half() -> None:
    assert bottom(30, title="~/src") == " main  0:sh*             ~/src"
    assert bottom(30, title="x" * 256) == " main  0:sh*    " + "x" * 14


def ended_state(tree: Node, cols: int, read_only: bool = False) -> State:
    """Pane 1 has ended, and its title is long."""
    panes = tuple(
        PaneInfo(p, "title " * 9 if p == 1 else "", "sh", "exit 1" if p == 1 else "")
        for p in panes_of(tree)
    )
    return State(1, "main", SHELL, WindowView(1, cols, 5, tree, 1, False, panes), read_only)


def test_the_end_of_the_focused_pane_s_command_is_told_and_how_to_close_it() -> None:
    for cols, read_only, end in (
        (60, False, " exit 1 · Enter closes "),
        (59, False, " exit 1 "),
        (60, True, " exit 1  read-only "),
    ):
        state = ended_state(row(A, B), cols, read_only)
        line = status(state, arrange(row(A, B), cols, 5, 1), cols, None)
        assert text(line).endswith("   " + end)
        assert line_width(line) == cols
    assert Run(" exit 1 ", ALERT) in line[:-1]
    other = State(1, "main", SHELL, state.view, False)
    assert Run(" exit 1 · Enter closes ", ALERT) in status(
        other, arrange(row(A, B), 60, 5, 1), 60, None
    )


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


def test_an_engine_that_lacks_something_is_named() -> None:
    panes = (PaneInfo(1, "vim", ""),)
    for engine, end in (("pyte", " degraded: pyte  vim"), ("", " vim")):
        view = WindowView(1, 60, 5, A, 1, False, panes)
        state = State(1, "main", SHELL, view, engine=engine)
        row = status(state, arrange(A, 60, 5, 1), 60, None)
        assert "".join(run.text for run in row).endswith(end)
        assert (Run(" degraded: pyte ", ALERT) in row) == bool(engine)


def test_scroll_position_and_read_only_are_told() -> None:
    assert bottom(40, scroll=Scroll(90, 100)).endswith(" 10/100 ")
    assert bottom(40, scroll=Scroll(90, 100, "3 hits")).endswith(" 3 hits  10/100 ")
    assert bottom(40, read_only=True).endswith(" read-only ")
    assert bottom(60, read_only=True, scroll=Scroll(0, 5)).endswith(" read-only  5/5 ")


def test_panes_without_room_are_told_in_as_many_words_as_fit() -> None:
    crowd = row(*(Leaf(n) for n in range(1, 9)))
    assert bottom(20, tree=crowd, rows=5) == " main  0:s 7 hidden "
    two = column(A, B)
    assert bottom(80, tree=two, rows=2).endswith(" 1 pane hidden: window too small ")


names = st.text(max_size=20)
tabs_of = st.lists(
    st.builds(WindowTab, st.just(1), st.integers(0, 99), names, *([st.booleans()] * 4)),
    max_size=12,
).map(tuple)


@given(
    tabs_of,
    names,
    st.integers(min_value=1, max_value=120),
    st.sampled_from([A, row(A, B), row(*(Leaf(n) for n in range(1, 30)))]),
    st.booleans(),
    st.sampled_from([None, Scroll(3, 5000)]),
)
def test_the_status_row_has_exactly_the_terminals_cells(
    tabs: tuple[WindowTab, ...],
    name: str,
    cols: int,
    tree: Node,
    read_only: bool,
    scroll: Scroll | None,
) -> None:
    state = state_of(tree, cols, 5, {1: name}, tabs, read_only=read_only, session=name)
    line = status(state, arrange(tree, cols, 5, 1), cols, scroll)
    assert line_width(line) == cols


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


def test_that_keys_go_to_all_is_said_in_the_status_row_however_short() -> None:
    three = row(A, B, C)
    for cols, ended, words in (
        (80, 0, " SYNC keys go to all 3 panes "),
        (60, 2, " SYNC keys go to all 2 panes "),
        (59, 0, " SYNC "),
        (20, 0, " SYNC "),
    ):
        line = status(
            synchronised_state(three, cols, ended), arrange(three, cols, 5, 1), cols, None
        )
        assert Run(words, ALERT) in line
        assert line_width(line) == cols
    lone = status(synchronised_state(A, 80), arrange(A, 80, 5, 1), 80, Scroll(0, 5))
    assert Run(" SYNC keys go to 1 pane ", ALERT) in lone
    crowd = row(*(Leaf(n) for n in range(1, 9)))
    line = status(synchronised_state(crowd, 20), arrange(crowd, 20, 5, 1), 20, None)
    assert Run(" SYNC ", ALERT) in line
    plain = status(state_of(three, 80, 5), arrange(three, 80, 5, 1), 80, None)
    assert "SYNC" not in text(plain)
