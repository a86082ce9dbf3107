"""The status row, segment by segment."""

from hypothesis import given
from hypothesis import strategies as st

from termlab.client.chrome import ALERT, CURRENT, Scroll
from termlab.client.segments import DRAWN, status
from termlab.client.style import PLAIN, Run, line_width
from termlab.model.layout import Leaf, Node, arrange
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from termlab.model.status_row import LEFT, RIGHT, SEGMENTS
from tests.client.test_chrome import (
    SHELL,
    A,
    B,
    C,
    column,
    ended_state,
    row,
    state_of,
    synchronised_state,
    text,
)


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
    assert bottom(80, tree=two, rows=2).endswith(" 1 pane hidden: window too small  lab ")


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


def test_every_segment_of_the_table_is_drawn() -> None:
    assert set(DRAWN) == set(SEGMENTS)
    assert set(LEFT) | set(RIGHT) <= set(SEGMENTS)


def custom(left: tuple[str, ...], right: tuple[str, ...] = (), cols: int = 40) -> str:
    view = WindowView(1, cols, 9, row(A, B), 1, True, (PaneInfo(1, "", "vim"), PaneInfo(2, "", "")))
    state = State(1, "main", SHELL, view)
    return text(status(state, arrange(view.layout, cols, 9, 1, True), cols, None, left, right))


def test_segments_stand_where_they_are_asked_for_and_a_name_that_is_none_shows_nothing() -> None:
    assert custom(("windows",), ("session",)) == "0:sh*" + " " * 28 + " main  "
    assert custom(("command", "nonsense"), ("zoom",)) == " vim " + " " * 27 + " zoomed "
    assert custom((), ()) == " " * 40


def test_text_in_quotes_stands_for_itself_without_its_control_characters() -> None:
    assert custom(("'on call'", "command"), cols=20) == " on call  vim       "
    assert custom(("'a\x1bb'", "''", "'"), cols=10).isprintable()


def test_a_window_s_name_stays_one_to_click_wherever_it_stands() -> None:
    state = state_of(A, 40, 10)
    line = status(state, arrange(A, 40, 10, 1), 40, None, (), ("'x'", "windows"))
    assert Run("0:sh*", CURRENT, window=1) in line
    assert Run(" x ", PLAIN) in line


def test_control_characters_of_names_never_reach_the_terminal() -> None:
    evil = "a\x1b]0;x\x07\x9b2J\r\n\u202e"
    tree = row(A, B)
    state = state_of(tree, 40, 5, {1: evil, 2: evil}, (WindowTab(1, 0, evil),), session=evil)
    single = state_of(A, 40, 5, {1: evil})
    shown = status(state, arrange(tree, 40, 5, 1), 40, None)
    shown += status(single, arrange(A, 40, 5, 1), 40, None)
    assert all(run.text.isprintable() for run in shown)
