"""What is around the panes as rows, and which of them a new state changes."""

from textual.geometry import Region

from termlab.client.chrome import Placed
from termlab.client.style import PLAIN, Run
from termlab.model.geometry import Size
from termlab.model.layout import Leaf, Split
from termlab.ui.frame_view import FrameView, frame_rows
from termlab.ui.host import Painted
from termlab.ui.scene import Scene
from tests.ui.guest_client import state

SIZE = Size(20, 6)
TWO = Split("row", (Leaf(1), Leaf(2)), (1, 1))


def test_lines_of_one_row_are_one_row_cut_at_the_edge() -> None:
    lines = [Placed(4, 1, (Run("bcd", PLAIN),)), Placed(0, 1, (Run("a", PLAIN),))]
    lines += [Placed(9, 0, (Run("x", PLAIN),)), Placed(0, 2, (Run("y", PLAIN),))]
    assert frame_rows(lines, 6) == {1: b"a\x1b[5Gbc", 2: b"y"}


def test_only_rows_that_look_different_are_drawn() -> None:
    scene = Scene()
    view = FrameView(scene, Painted())
    scene.take(state(TWO, SIZE, titles={1: "one", 2: "two"}), 1, ())
    assert len(view.follow(20, 5)) == 5
    assert view.follow(20, 5) == []
    scene.take(state(TWO, SIZE, titles={1: "new", 2: "two"}), 1, ())
    assert view.follow(20, 5) == [Region(0, 0, 20, 1)]
    (title,) = view.render_lines(Region(0, 0, 20, 1))
    assert title.text == "─ new ────┬─ two ───"
    (part,) = view.render_lines(Region(10, 2, 4, 1))
    assert part.text == "│   "
