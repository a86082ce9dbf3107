"""The status row's widget shows what `Bottom` says, and tells whether that is new."""

from textual.geometry import Region

from termlab.client.bottom import Bottom
from termlab.model.geometry import Size
from termlab.model.layout import Leaf
from termlab.ui.host import Painted
from termlab.ui.scene import Scene
from termlab.ui.status_line import StatusLine
from tests.ui.guest_client import state


def test_it_is_drawn_when_it_says_something_else() -> None:
    scene, bottom = Scene(), Bottom()
    line = StatusLine(scene, Painted(), bottom)
    scene.take(state(Leaf(1), Size(30, 6)), 1, ())
    assert line.follow(30) == [Region(0, 0, 30, 1)]
    assert line.follow(30) == []
    (strip,) = line.render_lines(Region(0, 0, 30, 1))
    assert strip.text.startswith(" main  0:sh* ")
    bottom.say("a word", 0.0)
    assert line.follow(30) == [Region(0, 0, 30, 1)]
    (strip,) = line.render_lines(Region(0, 0, 12, 1))
    assert strip.text == " a word     "


def test_it_is_blank_before_there_is_a_session() -> None:
    line = StatusLine(Scene(), Painted(), Bottom())
    assert line.follow(5) == [Region(0, 0, 5, 1)]
    (strip,) = line.render_lines(Region(0, 0, 5, 1))
    assert strip.text == "     "
