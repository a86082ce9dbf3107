"""What the client knows follows from the server's state, and from its frames between two states."""

from termlab.client.chrome import Scroll
from termlab.client.look import Look
from termlab.client.replica import Replica
from termlab.client.style import Rgb
from termlab.model.geometry import Rect
from termlab.model.layout import Leaf, Node, Split
from termlab.model.screen import MOUSE_ANY, MOUSE_DRAG, Cursor
from termlab.model.state import PaneInfo, State, WindowView
from termlab.model.theme import theme_named
from termlab.wire.messages import PaneRows

PAIR = Split("row", (Leaf(1), Leaf(2)), (1, 1))


def state_of(epoch: int = 1, tree: Node = PAIR, active: int = 1, zoomed: bool = False) -> State:
    panes = (PaneInfo(1, "one", ""), PaneInfo(2, "two", ""))
    return State(epoch, "main", (), WindowView(1, 21, 10, tree, active, zoomed, panes))


def update(pane: int, above: int = -1, history: int = 0, mouse: int = 0) -> PaneRows:
    return PaneRows(pane, (), None, mouse, above, history)


def test_nothing_is_known_before_the_first_state() -> None:
    replica = Replica()
    assert replica.active == -1
    assert replica.scroll is None
    assert replica.pane_at(0, 0) is None
    assert replica.frame_lines(10, 10) == []


def test_a_new_epoch_is_a_new_geometry_and_a_new_focus_is_not() -> None:
    replica = Replica()
    assert replica.take(state_of())
    assert replica.placed.panes == {1: Rect(0, 1, 10, 9), 2: Rect(11, 1, 10, 9)}
    assert not replica.take(state_of(active=2))
    assert replica.active == 2
    assert replica.take(state_of(2, zoomed=True, active=2))
    assert replica.placed.panes == {2: Rect(0, 0, 21, 10)}


def test_a_cell_belongs_to_a_pane_or_to_the_frame() -> None:
    replica = Replica()
    replica.take(state_of())
    assert replica.pane_at(0, 1) == (1, Rect(0, 1, 10, 9))
    assert replica.pane_at(11, 9) == (2, Rect(11, 1, 10, 9))
    assert replica.pane_at(10, 5) is None
    assert replica.pane_at(3, 0) is None


def test_frames_tell_how_far_the_focused_pane_is_scrolled_back() -> None:
    replica = Replica()
    replica.take(state_of())
    assert replica.note(update(1, above=0, history=9))
    assert not replica.note(update(1, above=0, history=9))
    assert replica.note(PaneRows(1, (), None, 0, 0, 9, "a hit"))
    assert replica.with_rows(1, (), None).note == "a hit"
    assert replica.note(update(1, above=0, history=9))
    assert replica.scroll == Scroll(0, 9)
    replica.take(state_of(active=2))
    assert replica.scroll is None
    replica.take(state_of(active=1))
    assert replica.note(update(1))
    assert replica.scroll is None


def test_motion_is_wanted_while_a_program_on_the_screen_asks_for_it() -> None:
    replica = Replica()
    replica.take(state_of())
    replica.note(update(1, mouse=MOUSE_DRAG))
    assert not replica.wants_motion()
    replica.note(update(2, mouse=MOUSE_ANY))
    assert replica.wants_motion()
    replica.take(state_of(2, zoomed=True))
    assert not replica.wants_motion()


def test_the_frame_around_the_panes_reaches_to_the_terminals_edges() -> None:
    replica = Replica()
    replica.take(state_of())
    lines = replica.frame_lines(23, 12)
    assert (21, 0, "··") in [(x, y, "".join(run.text for run in line)) for x, y, line in lines]
    assert (0, 11, "·" * 23) in [(x, y, "".join(run.text for run in line)) for x, y, line in lines]


def test_rows_go_on_with_the_last_word_on_all_else_of_their_pane() -> None:
    replica = Replica()
    replica.take(state_of())
    replica.note(update(2, above=7, history=50, mouse=MOUSE_DRAG))
    rows = ((3, b"text"),)
    assert replica.with_rows(2, rows, None) == PaneRows(2, rows, None, MOUSE_DRAG, 7, 50)
    cursor = Cursor(1, 2)
    assert replica.with_rows(1, rows, cursor) == PaneRows(1, rows, cursor)


def test_the_focused_panes_program_says_how_it_wants_keys() -> None:
    replica = Replica()
    assert replica.wanted_keys == 0
    replica.take(state_of())
    replica.note(PaneRows(1, (), None, kitty=5))
    replica.note(PaneRows(2, (), None, kitty=31))
    assert replica.wanted_keys == 5
    assert replica.with_rows(2, (), None).kitty == 31
    replica.take(state_of(active=2))
    assert replica.wanted_keys == 31
    replica.note(PaneRows(2, (), None))
    assert replica.wanted_keys == 0
    replica.note(PaneRows(1, (), None, kitty=1))
    replica.take(state_of(2, Leaf(2), active=2))
    replica.take(state_of(3))
    assert replica.wanted_keys == 0


def test_the_frame_wears_the_theme() -> None:
    replica = Replica()
    replica.take(state_of())
    plain = replica.frame_lines(23, 12)
    replica.look = Look(theme_named("nord"))
    worn = replica.frame_lines(23, 12)
    assert [(x, y, [run.text for run in line]) for x, y, line in worn] == [
        (x, y, [run.text for run in line]) for x, y, line in plain
    ]
    assert Rgb(0x88, 0xC0, 0xD0) in {run.style.colour for _, _, line in worn for run in line}
