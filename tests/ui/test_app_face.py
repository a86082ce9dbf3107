"""The app as a face: what the server says is drawn, and the real cursor stands where it belongs."""

import sys

import msgspec
import pytest

from termlab.client.capabilities import TRUE_COLOUR, Capabilities
from termlab.client.handover import NoUi
from termlab.client.router import Router
from termlab.model.geometry import Size
from termlab.model.keys import Key
from termlab.model.layout import Leaf, Split
from termlab.model.screen import Cursor
from termlab.ui.app_face import AppFace
from termlab.wire.messages import ClientOptions, Frame, PaneRows
from tests.client.recorder import OPTIONS, Recorder
from tests.terminal.cells import feed
from tests.ui.guest_client import state

if sys.platform != "win32":
    from tests.ui.pictured import Pictured, play
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

SIZE = Size(40, 8)
TWO = Split("row", (Leaf(1), Leaf(2)), (1, 1))


class Faced(Pictured):
    """The terminal behind the app, and the face in front of it."""

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self.face = AppFace(self.app, self.scene, self.bottom, self, size)
        self.said: list[str] = []
        self.wanted_keys = 0
        self.titles: list[str] = []

    def _draw(self, data: bytes) -> None:
        self.face.draw(data)

    def frame(self, *panes: PaneRows, epoch: int = 1, new: bool = False) -> None:
        made = state(TWO, self.size, epoch) if new else None
        self.face.frame(Frame(1, epoch, panes, made))

    # The terminal

    def take(self, options: ClientOptions) -> None:  # type: ignore[override]
        self.said.append("taken")

    def write(self, data: bytes) -> None:
        self.writes.append(data)
        feed(self.shown, data)

    def motion(self, wanted: bool) -> None:
        self.said.append(f"motion {wanted}")

    def capable(self, found: Capabilities) -> None:
        self.said.append(f"{found.colours} colours")

    def keys(self, asked: int) -> None:
        self.wanted_keys = asked

    def title(self, text: str) -> None:
        self.titles.append(text)

    def settled(self) -> None:
        self.said.append("settled")

    def bell(self) -> None:
        self.said.append("bell")


async def started(faced: Pictured) -> Faced:
    assert isinstance(faced, Faced)
    faced.face.start(OPTIONS, faced.size)
    faced.frame(PaneRows(1, ((0, b"$ "),), Cursor(2, 0, shape=5)), new=True)
    await faced.right()
    faced.frame()
    return faced


def test_the_cursor_stands_in_the_focused_pane_and_moves_without_rows() -> None:
    async def scene(pictured: Pictured) -> None:
        faced = await started(pictured)
        assert faced.shown.cursor() == Cursor(2, 1, True, 5)
        faced.writes.clear()
        faced.frame(PaneRows(1, (), Cursor(4, 0, shape=5)))
        assert faced.writes == [b"\x1b[2;5H"]
        faced.frame(PaneRows(1, (), None))
        assert not faced.shown.cursor().visible

    play(scene, lambda: Faced(SIZE))


def test_many_rows_are_one_picture_and_one_row_is_not_wrapped() -> None:
    async def scene(pictured: Pictured) -> None:
        faced = await started(pictured)
        faced.face.capable(Capabilities(TRUE_COLOUR, True, True, True))
        faced.frame(PaneRows(1, ((1, b"before"),), Cursor(2, 0)))
        faced.writes.clear()
        faced.frame(PaneRows(1, ((1, b"a"),), Cursor(2, 0)))
        faced.frame(PaneRows(1, ((1, b"b"), (2, b"c")), Cursor(2, 0)))
        one, many = faced.writes
        assert b"\x1b[?2026" not in one
        assert many.startswith(b"\x1b[?2026h")
        assert many.endswith(b"\x1b[2;3H\x1b[?2026l")

    play(scene, lambda: Faced(SIZE))


def test_the_cursor_is_hidden_while_something_is_open() -> None:
    async def scene(pictured: Pictured) -> None:
        faced = await started(pictured)
        await faced.app.open_overlay(("list-keys",))
        assert not faced.shown.cursor().visible
        faced.frame(PaneRows(1, ((1, b"a"),), Cursor(3, 1)))
        assert not faced.shown.cursor().visible
        faced.app.close_overlay()
        assert faced.shown.cursor() == Cursor(3, 2)
        assert faced.wrong() == []

    play(scene, lambda: Faced(SIZE))


def test_prompts_and_messages_are_in_the_status_row_for_their_time() -> None:
    async def scene(pictured: Pictured) -> None:
        faced = await started(pictured)
        last = SIZE.rows - 1
        face = faced.face
        face.say("a word", 1.0)
        assert "a word" in faced.shown.text_at(last, 1)[0]
        due = face.deadline()
        assert due is not None
        face.expire(due)
        assert face.deadline() is None
        assert "main" in faced.shown.text_at(last, 1)[0]
        router = Router(Recorder(), OPTIONS, face.replica, NoUi())
        router.route([Key("b", 4), Key("x", 0, "x")], 5.0)
        face.show_prompt(router, 5.0)
        assert "[y]es" in faced.shown.text_at(last, 1)[0]

    play(scene, lambda: Faced(SIZE))


def test_a_terminal_that_was_taken_again_is_drawn_whole() -> None:
    async def scene(pictured: Pictured) -> None:
        faced = await started(pictured)
        feed(faced.shown, b"\x1b[2J\x1b[?25l")
        faced.face.take_again()
        assert faced.wrong() == []
        assert faced.shown.cursor() == Cursor(2, 1, True, 5)
        assert faced.said.count("taken") == 2

    play(scene, lambda: Faced(SIZE))


def test_another_size_hides_the_cursor_until_the_server_has_answered() -> None:
    async def scene(pictured: Pictured) -> None:
        faced = await started(pictured)
        faced.size = Size(30, 6)
        faced.shown.resize(faced.size)
        faced.face.resize(faced.size)
        assert not faced.shown.cursor().visible
        faced.frame(PaneRows(1, ((0, b"$ "),), Cursor(2, 0)), epoch=2, new=True)
        assert faced.shown.cursor() == Cursor(2, 1)
        await faced.right()

    play(scene, lambda: Faced(SIZE))


def test_what_is_not_drawn_goes_to_the_terminal() -> None:
    async def scene(pictured: Pictured) -> None:
        faced = await started(pictured)
        faced.said.clear()
        faced.face.bell()
        faced.face.settled()
        faced.frame(PaneRows(1, (), None, mouse=1003))
        assert faced.said == ["bell", "settled", "motion True"]
        faced.writes.clear()
        faced.face.drawn()
        assert faced.writes == []

    play(scene, lambda: Faced(SIZE))


def test_a_greeting_stands_until_it_is_ended_and_the_status_tells_its_names() -> None:
    async def scene(pictured: Pictured) -> None:
        faced = await started(pictured)
        face, last = faced.face, SIZE.rows - 1
        before = face.status()
        shown = "".join(run.text for run in before.line)
        assert before.y == last
        assert shown.rstrip() == faced.shown.text_at(last, 1)[0].rstrip()
        assert any(run.window is not None for run in before.line)
        face.greet("Welcome", 1.0)
        assert "Welcome" in faced.shown.text_at(last, 1)[0]
        assert not any(run.window is not None for run in face.status().line)
        face.greet("", 2.0)
        assert face.status() == before

    play(scene, lambda: Faced(SIZE))


def test_the_terminal_is_told_what_the_program_in_front_asks_and_what_is_shown() -> None:
    async def scene(pictured: Pictured) -> None:
        faced = await started(pictured)
        faced.frame(PaneRows(1, (), Cursor(2, 0), kitty=3))
        assert faced.wanted_keys == 3
        assert faced.titles[-1].startswith("main: ")
        faced.face.reload(msgspec.structs.replace(OPTIONS, set_titles=False))
        assert faced.titles[-1] == ""

    play(scene, lambda: Faced(SIZE))


def test_what_is_drawn_is_in_colours_the_terminal_has_and_better_once_it_has_more() -> None:
    async def scene(pictured: Pictured) -> None:
        faced = await started(pictured)
        faced.face.capable(Capabilities(256))
        faced.frame(PaneRows(1, ((1, b"\x1b[38;2;1;2;3mword"),), Cursor(2, 0)))
        assert "256 colours" in faced.said
        assert b"\x1b[38;5;16mword" in b"".join(faced.writes)
        faced.writes.clear()
        faced.face.capable(Capabilities(256, complete=True))
        assert faced.writes == []
        faced.face.capable(Capabilities(TRUE_COLOUR, True, True, True))
        assert b"\x1b[38;2;1;2;3mword" in b"".join(faced.writes)

    play(scene, lambda: Faced(SIZE))
