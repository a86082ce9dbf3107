"""A pane's view makes its lines from the scene, and each anew only when told to forget it."""

from textual.geometry import Region

from termlab.model.geometry import Rect, Size
from termlab.model.layout import Leaf
from termlab.ui.host import Painted
from termlab.ui.pane_view import PaneView
from termlab.ui.scene import Scene
from termlab.wire.messages import PaneRows
from tests.ui.guest_client import state

SIZE = Size(10, 4)


def made(cols: int = 10) -> tuple[Scene, PaneView]:
    scene = Scene()
    scene.take(state(Leaf(1), SIZE), 1, (PaneRows(1, ((0, b"abcdefghij"),), None),))
    view = PaneView(scene, Painted())
    view.place(1, Rect(2, 0, 10, 3), cols + 2)
    return scene, view


def text(view: PaneView, crop: Region) -> list[str]:
    return [strip.text for strip in view.render_lines(crop)]


def test_lines_are_the_panes_rows() -> None:
    _, view = made()
    assert text(view, Region(0, 0, 10, 2)) == ["abcdefghij", " " * 10]


def test_a_line_is_kept_until_it_is_forgotten() -> None:
    scene, view = made()
    before = view.render_lines(Region(0, 0, 10, 3))
    changed = scene.take(None, 1, (PaneRows(1, ((0, b"new"), (9, b"below")), None),))
    assert view.render_lines(Region(0, 0, 10, 3))[0] is before[0]
    assert view.forget(changed.rows[1]) == [Region(0, 0, 10, 1)]
    assert text(view, Region(0, 0, 10, 1)) == ["new       "]
    assert view.forget() == [Region(0, 0, 10, 3)]


def test_a_narrower_terminal_shows_the_left_part() -> None:
    _, view = made(cols=4)
    assert view.rect == Rect(2, 0, 4, 3)
    assert text(view, Region(0, 0, 4, 1)) == ["abcd"]


def test_a_part_can_be_asked_for() -> None:
    _, view = made()
    assert text(view, Region(3, 0, 4, 1)) == ["defg"]


def test_a_view_beyond_the_edge_has_no_cells() -> None:
    scene, view = made()
    view.place(1, Rect(30, 0, 5, 3), 12)
    assert view.rect.cols == 0
    assert scene.row(1, 0)
