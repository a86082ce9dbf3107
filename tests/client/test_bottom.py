"""What the status row shows, and for how long."""

import msgspec

from termlab.client.bottom import Bottom
from termlab.client.prompt_line import PromptView
from termlab.client.replica import Replica
from termlab.client.router import Router
from termlab.client.style import Line, Rgb
from termlab.model.geometry import Size
from termlab.model.layout import Leaf, arrange
from termlab.model.screen import Cursor
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from termlab.model.theme import theme_named
from tests.client.recorder import OPTIONS, Recorder

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


class Asking(Router):
    """A router that asks what the test says."""

    def __init__(self) -> None:
        super().__init__(Recorder(), OPTIONS, Replica())
        self.view: PromptView | None = None

    @property
    def prompt_view(self) -> PromptView | None:
        return self.view


def test_a_prompt_stands_before_all_else_and_has_the_cursor() -> None:
    bottom, router = Bottom(), Asking()
    bottom.message_ms = 2000
    size = Size(COLS, 10)
    bottom.say("a message", 1.0)
    assert bottom.caret(size) is None
    router.view = PromptView(":", "kill", 2)
    assert bottom.prompt(router, 2.0)
    assert text(bottom).startswith(" :kill ")
    assert bottom.caret(size) == Cursor(4, 9)
    assert bottom.caret(Size(COLS, 1)) is None
    assert not bottom.prompt(router, 2.0)
    router.view = None
    assert bottom.prompt(router, 2.0)
    assert text(bottom).startswith(" a message")


def test_everything_that_was_said_can_be_read_again() -> None:
    bottom, router = Bottom(), Asking()
    bottom.say("one", 1.0)
    router.view = PromptView(":", "bogus", 5, (), "there is none")
    bottom.prompt(router, 2.0)
    router.view = PromptView(":", "bogus", 4, (), "there is none")
    bottom.prompt(router, 2.0)
    bottom.say("two", 3.0, error=True)
    assert [(said.text, said.error) for said in bottom.log.messages()] == [
        ("one", False),
        ("there is none", True),
        ("two", True),
    ]


def test_it_follows_the_options_segments_and_theme() -> None:
    bottom = Bottom()
    theme = theme_named("nord")
    options = msgspec.structs.replace(
        OPTIONS, theme=theme, status_left=("'here'", "windows"), status_right=(), message_ms=700
    )
    bottom.follow(options)
    assert text(bottom) == f"{' here 0:bash*':<{COLS}}"
    line = bottom.line(STATE, arrange(Leaf(3), COLS, 9, 3), COLS, None)
    assert {run.style.background for run in line} == {Rgb(0x43, 0x4C, 0x5E)}
    bottom.say("no", 1.0)
    assert bottom.deadline() == 1.7
    line = bottom.line(STATE, arrange(Leaf(3), COLS, 9, 3), COLS, None)
    assert line[-1].style.background == Rgb(0x43, 0x4C, 0x5E)
    assert line[0].style.background != line[-1].style.background
    bottom.follow(OPTIONS)
    assert bottom.expire(2.0)
    assert text(bottom).startswith(" work ")
