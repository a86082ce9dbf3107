"""Bursts of events fed to a real app: each to its end before the next, and none behind the end."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.binding import BindingType
from textual.message import Message

import termlab.ui.app
from termlab.client.bottom import Bottom
from termlab.client.handover import MAX_WAITING, Hand, Handover
from termlab.model.geometry import Rect, Size
from termlab.model.keys import MOTION, PRESS, RELEASE, Key, Mouse, Paste
from termlab.model.layout import Leaf
from termlab.ui.app import TermlabApp
from termlab.ui.feed import MAX_PASTE_BYTES, Feed
from termlab.ui.host import Painted
from termlab.ui.overlay import Overlay
from termlab.ui.scene import Scene
from tests.ui.guest_client import options, state

OPEN = ("list-keys",)


class Slow(Overlay):
    """Takes every event by a detour: an action, a message to its parent, some turns of the loop,
    a message back. "q" closes it at the end of such a detour."""

    BINDINGS: ClassVar[list[BindingType]] = [("b", "bound('b')")]

    class Said(Message):
        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self.said = said

    def place(self, cols: int, rows: int) -> Rect:
        return Rect(2, 1, 10, 5)

    def on_key(self, event: events.Key) -> None:
        if event.key != "b":
            self.parent_post(event.key)

    def action_bound(self, what: str) -> None:
        self.parent_post(what)

    def parent_post(self, what: str) -> None:
        self.screen.post_message(Slow.Said(what).set_sender(self.screen))

    def on_paste(self, event: events.Paste) -> None:
        self.said.append(f"paste {len(event.text)} {event.text[:3]!r}")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.said.append(f"down {event.x},{event.y}")

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.said.append(f"move by {event.delta_x},{event.delta_y}")

    def on_click(self, event: events.Click) -> None:
        self.call_later(self.said.append, f"click {event.x},{event.y}")

    async def later(self, what: str) -> None:
        """The end of the detour."""
        await asyncio.to_thread(os.getpid)  # a handler's own waiting
        self.said.append(what)
        if what == "q":
            self.post_message(self.Closed())


class SlowApp(TermlabApp):
    CSS_PATH = str(Path(termlab.ui.app.__file__).with_name("app.tcss"))

    def __init__(self) -> None:
        scene = Scene()
        scene.take(state(Leaf(1), Size(40, 12)), 1, ())
        self.said: list[str] = []
        super().__init__(scene, Painted(), Bottom(), options())

    def _made(self, argv: tuple[str, ...]) -> Overlay:
        return Slow(self.said)

    async def on_slow_said(self, message: Slow.Said) -> None:
        overlay = self.query(Slow).last()
        overlay.call_later(overlay.later, message.what)


class Person:
    """Types at a client whose ui is the app; what is not for it arrives in ``pane``."""

    def __init__(self, app: TermlabApp) -> None:
        self.app = app
        self.feed = Feed(app, self.consumed, self.released)
        self.handover = Handover(self.feed)
        self.pane: list[Hand] = []
        self.told: list[int] = []
        self.heard = asyncio.Event()
        self.closed = asyncio.Event()

    def consumed(self, number: int) -> None:
        self.told.append(number)
        self.heard.set()
        self.handover.consumed(number, 0.0)

    def released(self, number: int, run: tuple[str, ...]) -> None:
        self.told.append(number)
        self.heard.set()
        self.pane += self.handover.release(number, 0.0)
        self.closed.set()

    async def has_told(self, *numbers: int) -> None:
        """Until it was told so many events are done, and those."""
        while len(self.told) < len(numbers):
            self.heard.clear()
            await self.heard.wait()
        assert self.told == [*numbers]

    def open(self) -> None:
        self.closed.clear()
        assert self.handover.start(OPEN, 0.0) == ""

    def hands(self, *given: Hand) -> None:
        for event in given:
            if self.handover.open:
                self.handover.give(event, 0.0)
            else:
                self.pane.append(event)

    def keys(self, names: str) -> None:
        self.hands(*(Key(name, 0, name) for name in names))

    @property
    def typed(self) -> str:
        return "".join(event.name for event in self.pane if isinstance(event, Key))


def played(scene: Callable[[Person, SlowApp], Awaitable[None]]) -> None:
    async def play() -> None:
        app = SlowApp()
        async with app.run_test(size=(40, 12)):
            person = Person(app)
            await asyncio.wait_for(scene(person, app), 20)
            person.feed.close()

    asyncio.run(play())


@given(st.lists(st.text("abcq", max_size=12), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None)
def test_of_a_burst_each_key_is_seen_up_to_the_closing_one_and_the_rest_reach_the_pane(
    bursts: list[str],
) -> None:
    async def scene(person: Person, app: SlowApp) -> None:
        for burst in bursts:
            app.said.clear()
            person.pane.clear()
            person.open()
            person.keys(burst + "qzz")
            await person.closed.wait()
            seen, _, rest = (burst + "qzz").partition("q")
            assert "".join(app.said) == seen + "q"
            assert person.typed == rest
            assert not app.overlay_open

    played(scene)


def test_the_next_event_comes_only_when_the_one_before_has_been_dealt_with() -> None:
    async def scene(person: Person, app: SlowApp) -> None:
        seen_then: list[str] = []
        consumed = person.consumed

        def note(number: int) -> None:
            seen_then.append("".join(app.said))
            consumed(number)

        person.feed = person.handover.ui = Feed(app, note, person.released)
        person.open()
        person.keys("abcq")
        await person.closed.wait()
        assert seen_then == ["a", "ab", "abc"]
        assert person.told == [2, 3, 4, 5]

    played(scene)


def test_keys_typed_while_it_opens_are_for_it() -> None:
    async def scene(person: Person, app: SlowApp) -> None:
        person.open()
        person.keys("ab")
        assert app.said == []
        await asyncio.sleep(0)
        person.keys("cq")
        await person.closed.wait()
        assert app.said == ["a", "b", "c", "q"]

    played(scene)


def test_what_is_given_while_nothing_is_open_is_dropped() -> None:
    async def scene(person: Person, app: SlowApp) -> None:
        person.feed.give(7, Key("a"))
        person.open()
        person.keys("q")
        await person.closed.wait()
        person.feed.give(9, Key("a"))
        person.open()
        person.keys("bq")
        await person.closed.wait()
        assert app.said == ["q", "b", "q"]

    played(scene)


def test_an_overlay_that_closed_by_itself_is_released_at_once() -> None:
    async def scene(person: Person, app: SlowApp) -> None:
        person.open()
        person.keys("a")
        await person.has_told(2)
        app.close_overlay()
        await person.closed.wait()
        person.keys("xyz")
        assert person.told == [2, 2]
        assert person.typed == "xyz"

    played(scene)


def test_opening_anew_replaces_what_is_open() -> None:
    async def scene(person: Person, app: SlowApp) -> None:
        person.open()
        person.keys("ab")
        first = app.said
        await person.has_told(2, 3)
        assert person.feed.open(20, OPEN) == ""
        person.feed.give(21, Key("c", 0, "c"))
        await person.has_told(2, 3, 21)
        assert first == ["a", "b", "c"]
        assert len(app.query(Slow)) == 1

    played(scene)


def test_a_command_that_opens_nothing_is_refused_in_words() -> None:
    async def scene(person: Person, app: SlowApp) -> None:
        assert "kill-server" in person.feed.open(1, ("kill-server",))
        assert not person.feed.open_now

    played(scene)


def test_a_paste_is_one_whatever_its_parts_are() -> None:
    text = "añb\0" * 3
    data = text.encode()

    async def scene(person: Person, app: SlowApp) -> None:
        person.open()
        person.hands(
            Paste(data[:2], last=False), Paste(data[2:9], False, False), Paste(data[9:], False)
        )
        person.keys("q")
        await person.closed.wait()
        assert app.said == ["paste 9 'añb'", "q"]
        assert person.told == [2, 3, 4, 5]

    played(scene)


def test_of_an_endless_paste_the_beginning_is_taken() -> None:
    part = b"x" * (MAX_PASTE_BYTES // 2 + 1)

    async def scene(person: Person, app: SlowApp) -> None:
        person.open()
        # Not by the client's handover, which keeps no more than so much either.
        for number in range(10, 14):
            person.feed.give(number, Paste(part, number == 10, number == 13))
        person.feed.give(14, Key("q", 0, "q"))
        await person.closed.wait()
        assert app.said == [f"paste {MAX_PASTE_BYTES} 'xxx'", "q"]

    played(scene)


def test_the_mouse_hits_what_has_been_drawn() -> None:
    async def scene(person: Person, app: SlowApp) -> None:
        person.open()
        person.hands(
            Mouse(3, 2, PRESS, 1),
            Mouse(3, 2, RELEASE, 1),
            Mouse(5, 3, MOTION),
            Mouse(3, 2, PRESS, 9),  # a button Textual does not know
        )
        person.keys("q")
        await person.closed.wait()
        assert app.said == ["down 1,1", "click 1,1", "move by 2,1", "q"]

    played(scene)


def test_no_more_is_kept_than_a_client_can_have_given() -> None:
    async def scene(person: Person, app: SlowApp) -> None:
        person.open()
        for number in range(2, MAX_WAITING + 50):
            person.feed.give(number, Key("a", 0, "", RELEASE))
        person.feed.give(5000, Key("q", 0, "q"))
        await person.closed.wait()
        assert app.said == ["q"]
        assert len(person.told) == MAX_WAITING

    played(scene)


def test_an_app_that_cannot_open_what_it_should_ends() -> None:
    class Broken(SlowApp):
        def _made(self, argv: tuple[str, ...]) -> Overlay:
            raise RuntimeError("no such thing")

    async def play() -> int | None:
        app = Broken()
        problems: list[str] = []
        broken = asyncio.Event()

        def note(loop: asyncio.AbstractEventLoop, said: dict[str, object]) -> None:
            problems.append(str(said.get("exception")))
            broken.set()

        asyncio.get_running_loop().set_exception_handler(note)
        async with app.run_test(size=(40, 12)):
            Person(app).open()
            await broken.wait()
        assert problems == ["no such thing"]
        return app.return_code

    assert asyncio.run(play()) == 1


@pytest.mark.parametrize("key", ["q", "Escape"])
def test_help_itself_is_closed_by_a_key_in_the_midst_of_a_burst(key: str) -> None:
    async def play() -> None:
        scene = Scene()
        scene.take(state(Leaf(1), Size(40, 12)), 1, ())
        app = TermlabApp(scene, Painted(), Bottom(), options())
        async with app.run_test(size=(40, 12)):
            person = Person(app)
            person.open()
            person.keys("jjjk")
            person.hands(Key(key, 0, key if len(key) == 1 else ""))
            person.keys("ls -l")
            await person.closed.wait()
            assert person.typed == "ls -l"

    asyncio.run(play())


def test_where_nothing_is_open_only_the_mouse_is_taken_and_at_once_done_with() -> None:
    async def scene(person: Person, app: SlowApp) -> None:
        done: list[int] = []
        feed = Feed(app, done.append, lambda number, run: None)
        feed.give(1, Key("a", 0, "a"))
        feed.give(2, Mouse(3, 2, PRESS, 5))
        feed.give(3, Paste(b"x"))
        feed.give(4, Mouse(3, 2, PRESS, 9))  # a button Textual does not know
        feed.give(5, Mouse(3, 2, PRESS, 5))
        assert not feed.open_now
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert done == [2, 4, 5]

    played(scene)
