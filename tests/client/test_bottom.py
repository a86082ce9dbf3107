"""What the status row shows, and for how long."""

from termlab.client.bottom import Bottom
from termlab.client.style import Line
from termlab.model.layout import Leaf, arrange
from termlab.model.state import PaneInfo, State, WindowTab, WindowView

COLS = 40
VIEW = WindowView(1, COLS, 9, Leaf(3), 3, False, (PaneInfo(3, "", "bash"),))
STATE = State(1, "work", (WindowTab(1, 0, "bash", True),), VIEW)


def text(bottom: Bottom) -> str:
    line: Line = bottom.line(STATE, arrange(Leaf(3), COLS, 9, 3), COLS, None)
    return "".join(run.text for run in line)


def test_a_message_stands_for_its_time_and_goes() -> None:
    bottom = Bottom()
    bottom.message_ms = 2000
    assert text(bottom).startswith(" work ")
    bottom.say("no such window", 10.0, error=True)
    assert text(bottom).startswith(" no such window")
    assert bottom.deadline() == 12.0
    assert not bottom.expire(11.9)
    assert bottom.expire(12.0)
    assert bottom.deadline() is None
    assert text(bottom).startswith(" work ")
    assert not bottom.expire(13.0)


def test_a_greeting_stands_three_times_as_long_or_until_it_is_ended() -> None:
    bottom = Bottom()
    bottom.message_ms = 2000
    bottom.greet("Welcome", 10.0)
    assert text(bottom).startswith(" Welcome")
    assert bottom.deadline() == 16.0
    bottom.greet("", 11.0)
    assert text(bottom).startswith(" work ")
    assert bottom.deadline() is None


def test_the_end_of_a_greeting_leaves_what_was_said_since() -> None:
    bottom = Bottom()
    bottom.message_ms = 2000
    bottom.greet("Welcome", 10.0)
    bottom.say("no such window", 11.0)
    bottom.greet("", 11.5)
    assert text(bottom).startswith(" no such window")
