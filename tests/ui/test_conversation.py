"""An attached client on asyncio: what it answers, how it ends, what becomes of a failure."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable

import pytest

from termlab.client.bottom import Bottom
from termlab.client.capabilities import Capabilities
from termlab.client.connection import Connection
from termlab.client.dialogue import Dialogue
from termlab.client.farewell import Lost
from termlab.client.input import InputParser
from termlab.model.geometry import Size
from termlab.model.layout import Leaf
from termlab.ui.app import TermlabApp
from termlab.ui.app_face import AppFace
from termlab.ui.conversation import Conversation, attach_message
from termlab.ui.feed import Feed
from termlab.ui.host import Painted
from termlab.ui.scene import Scene
from termlab.wire.codec import from_client
from termlab.wire.link import Link
from termlab.wire.messages import (
    PROTOCOL,
    Attached,
    Bye,
    ClientOptions,
    Frame,
    Hello,
    Keys,
    Message,
    Outer,
    PaneRows,
    Seen,
    Welcome,
)
from tests.client.recorder import OPTIONS
from tests.ui.guest_client import state

if sys.platform != "win32":
    from termlab.ui.posix_driver import posix_driver

assert sys.platform != "win32"

SIZE = Size(40, 8)
PATIENCE_S = 20.0


class Bare(Conversation):
    """On a terminal that takes all, or nothing while it is full."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.full = False
        self.left = 0
        self.shown = b""
        self.stands: Callable[[], None] = lambda: None
        self.begins: Callable[[], None] = lambda: None
        self.drew: Callable[[], None] = lambda: None
        scene, bottom = Scene(), Bottom()
        driver = posix_driver(lambda data: self.face.draw(data), self.leave)
        self.app = TermlabApp(
            scene, Painted(), bottom, driver_class=driver, begin=self.begin, ready=self.ready
        )
        self.face = AppFace(self.app, scene, bottom, self, SIZE)
        feed = Feed(self.app, self.consumed, self.released)
        self.dialogue = Dialogue(connection, self.face, InputParser(), SIZE, feed)

    def began(self) -> None:
        self.begins()

    def ready(self) -> None:
        # Not the parent's: it freezes what the collector knows, here of all tests.
        self.stands()

    @property
    def blocked(self) -> bool:
        return self.full

    def leave(self) -> None:
        self.left += 1

    def take(self, options: ClientOptions) -> None: ...

    def write(self, data: bytes) -> None:
        self.shown += data
        self.drew()

    def motion(self, wanted: bool) -> None: ...

    def capable(self, found: Capabilities) -> None: ...

    def keys(self, asked: int) -> None: ...

    def title(self, text: str) -> None: ...

    def settled(self) -> None: ...

    def bell(self) -> None: ...


class Server:
    """The other end: does something at each kind of message, once."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self.link = Link(ours, from_client())
        self.client = Bare(Connection(theirs))
        self.heard: list[Message] = []
        self.client.begins = self.watch

    def watch(self) -> None:
        self.client.loop.call_later(PATIENCE_S, hung)
        asyncio.get_running_loop().add_reader(self.link.fileno(), self.hear)
        self.say(Welcome(PROTOCOL, "", 1), Attached(1, OPTIONS))

    def say(self, *messages: Message) -> None:
        for message in messages:
            self.link.send(message)

    def hear(self) -> None:
        messages = self.link.receive()
        if messages is None:
            asyncio.get_running_loop().remove_reader(self.link.fileno())
            return
        for message in messages:
            assert isinstance(message, Message)
            if not isinstance(message, Hello):
                self.heard.append(message)
                self.answer(message)

    def answer(self, message: Message) -> None: ...

    def run(self) -> None:
        try:
            self.client.run((SIZE.cols, SIZE.rows))
        finally:
            self.client.connection.close()
            self.link.close()


def hung() -> None:
    raise AssertionError("the client does not end")


def frame(serial: int, text: bytes) -> Frame:
    return Frame(serial, 1, (PaneRows(1, ((0, text),), None),), state(Leaf(1), SIZE))


def test_frames_are_drawn_and_answered_until_the_goodbye() -> None:
    server = Server()
    client = server.client

    def drew() -> None:
        if b"second" in client.shown:
            server.say(Bye("[exited]"))
        elif b"first" in client.shown:
            server.say(frame(2, b"second"))

    client.drew = drew
    client.stands = lambda: server.say(frame(1, b"first"))
    server.run()
    assert [each.serial for each in server.heard if isinstance(each, Seen)] == [1, 2]
    assert client.dialogue.bye == Bye("[exited]")
    assert client.left


def test_no_credit_is_given_while_the_terminal_takes_nothing() -> None:
    class Telling(Server):
        def answer(self, message: Message) -> None:
            if isinstance(message, Keys):
                self.client.full = False
                self.client.soon(self.client.settle)
            elif isinstance(message, Seen) and message.serial == 1:
                self.say(Bye(""))

    server = Telling()

    def ready() -> None:
        server.client.full = True
        server.say(frame(1, b"first"))
        server.client.loop.call_later(0.05, typed)

    def typed() -> None:
        assert server.heard == []
        server.client.dialogue.typed(b"a", 0.0)

    server.client.stands = ready
    server.run()
    assert [type(each) for each in server.heard] == [Keys, Seen]


def test_a_lost_server_ends_it_and_is_told() -> None:
    server = Server()
    server.client.stands = server.link.close
    with pytest.raises(Lost):
        server.run()
    assert server.client.left


def test_a_failure_in_the_loop_ends_it_and_is_raised() -> None:
    def fail() -> None:
        raise RuntimeError("no such thing")

    server = Server()
    server.client.stands = lambda: server.client.soon(fail)
    with pytest.raises(RuntimeError, match="no such thing"):
        server.run()
    assert server.client.left


def test_an_error_of_a_widget_ends_it_and_is_raised() -> None:
    def fail() -> None:
        raise RuntimeError("can't be drawn")

    def stands() -> None:
        server.client.app.screen.call_later(fail)

    server = Server()
    server.client.stands = stands
    with pytest.raises(RuntimeError, match="can't be drawn"):
        server.run()
    assert server.client.left


def test_an_error_before_it_has_begun_ends_it_too() -> None:
    def fail() -> None:
        raise RuntimeError("never begun")

    server = Server()
    server.client.app._begin = fail
    with pytest.raises(RuntimeError, match="never begun"):
        server.run()
    assert server.heard == []


def test_an_interrupt_ends_it_as_one() -> None:
    server = Server()
    server.client.stands = lambda: os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        server.run()
    assert server.client.left


def test_a_deadline_is_kept_once() -> None:
    class Telling(Server):
        def answer(self, message: Message) -> None:
            self.say(Bye(""))

    server = Telling()

    def ready() -> None:
        server.client.dialogue.typed(b"\x1b", server.client.loop.time())
        server.client.settle()

    server.client.stands = ready
    server.run()
    (keys,) = server.heard
    assert isinstance(keys, Keys)
    assert [key.name for key in keys.keys] == ["Escape"]


def test_what_is_asked_of_the_server_goes_with_where_it_was_asked() -> None:
    attach = attach_message(Outer(SIZE), "/nowhere", {"name": "work", "create": True})
    assert (attach.name, attach.create, attach.fresh) == ("work", True, False)
    assert attach.place.directory == os.getcwd()
