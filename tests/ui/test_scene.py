"""The scene keeps the newest of one geometry, and tells what differs."""

from termlab.client.chrome import Scroll
from termlab.model.geometry import Size
from termlab.model.layout import Leaf, Split
from termlab.model.screen import Cursor
from termlab.ui.scene import Changed, Scene
from termlab.wire.messages import PaneRows
from tests.ui.guest_client import state

SIZE = Size(20, 6)
ROWS = PaneRows(1, ((0, b"a"), (1, b"b")), Cursor(1, 1))


def test_rows_are_kept_and_only_those_that_differ_are_told() -> None:
    scene = Scene()
    changed = scene.take(state(Leaf(1), SIZE), 1, (ROWS,))
    assert changed == Changed(True, True, True, {1: frozenset({0, 1})})
    again = scene.take(None, 1, (PaneRows(1, ((0, b"a"), (1, b"c")), None),))
    assert again == Changed(False, False, False, {1: frozenset({1})})
    assert (scene.row(1, 0), scene.row(1, 1), scene.row(1, 2)) == (b"a", b"c", b"")
    assert scene.row(7, 0) == b""


def test_a_new_geometry_forgets_the_rows_and_an_old_one_is_not_taken() -> None:
    scene = Scene()
    scene.take(state(Leaf(1), SIZE), 1, (ROWS,))
    scene.take(state(Leaf(1), SIZE, epoch=2), 2, ())
    assert scene.row(1, 0) == b""
    assert scene.take(None, 1, (ROWS,)) == Changed()
    assert scene.row(1, 0) == b""


def test_a_cursor_is_where_its_pane_said_and_hidden_until_then() -> None:
    scene = Scene()
    split = Split("row", (Leaf(1), Leaf(2)), (1, 1))
    scene.take(state(split, SIZE), 1, (ROWS,))
    assert scene.cursor(1) == Cursor(1, 1)
    assert not scene.cursor(2).visible
    scene.take(None, 1, (PaneRows(1, (), None),))
    assert not scene.cursor(1).visible


def test_the_status_row_differs_when_the_focused_pane_is_scrolled() -> None:
    scene = Scene()
    scene.take(state(Leaf(1), SIZE), 1, (ROWS,))
    changed = scene.take(None, 1, (PaneRows(1, (), None, above=3, history=9),))
    assert (changed.status, changed.state) == (True, False)
    assert scene.replica.scroll == Scroll(3, 9)


def test_rows_of_a_pane_that_is_not_on_the_screen_are_nobodys() -> None:
    scene = Scene()
    scene.take(state(Leaf(1), SIZE), 1, ())
    assert scene.take(None, 1, (PaneRows(5, ((0, b"x"),), None),)).rows == {}
