"""The app as the whole client where Textual's own driver has the terminal: Windows, and browsers.

The driver reads and draws; its events become the model's and go the way keys always go. What it
draws is taken as seen: it tells nobody what the terminal has taken.
"""

import os
from functools import partial
from typing import Any, Final, Unpack

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.message import Message

from termlab.client.bottom import Bottom
from termlab.client.capabilities import Capabilities
from termlab.client.connection import Connection
from termlab.client.dialogue import Dialogue
from termlab.client.farewell import farewell
from termlab.client.first_steps import newcomer
from termlab.client.input import InputParser
from termlab.client.prompt_history import history_of
from termlab.client.start import Start
from termlab.errors import ServerError, WireError
from termlab.model.geometry import Size
from termlab.model.keys import InputEvent
from termlab.ui.app import TermlabApp
from termlab.ui.app_face import AppFace
from termlab.ui.conversation import Asked, Conversation, attach_message
from termlab.ui.events import from_textual
from termlab.ui.feed import Feed
from termlab.ui.host import Painted
from termlab.ui.scene import Scene
from termlab.wire.messages import ClientOptions, Outer

_NO_WRAP: Final = b"\x1b[?7l"


def run(path: str, handle: Start, **asked: Unpack[Asked]) -> int:
    """Attach until the session ends or lets go: the exit code. Raises ``TermlabError``."""
    connection = Connection(handle.finish(), address=handle.address)
    try:
        client = Stock(connection, path, asked)
        client.run()
    except WireError as error:
        raise ServerError(f"the server at {path} has gone: {error}") from error
    finally:
        connection.close()
    return farewell(client.dialogue.bye, client.stopping)


class Stock(Conversation):
    """One attached terminal behind a driver of Textual's."""

    def __init__(self, connection: Connection, path: str, asked: Asked) -> None:
        super().__init__(connection)
        self._path = path
        self._asked = asked
        self._attached = False
        self._terminal = Terminal()
        scene, bottom = Scene(), Bottom()
        self.app = TermlabApp(
            scene,
            Painted(),
            bottom,
            begin=self.begin,
            ready=self.ready,
            told=self._told,
            asker=self.asker,
        )
        self.app.driver_class = tapped(self.app.driver_class, self)
        size = Size(*self.app.size)
        self.face = AppFace(self.app, scene, bottom, self._terminal, size)
        feed = Feed(self.app, self.consumed, self.released)
        greets = partial(newcomer, os.environ)
        past = history_of(os.environ)
        self.dialogue = Dialogue(
            connection, self.face, InputParser(), size, feed, greets, history=past
        )

    def leave(self) -> None:
        self._terminal.driver = None

    def made(self, driver: Driver) -> None:
        """The app has made its driver."""
        self._terminal.driver = driver

    def drawn(self) -> None:
        """The driver has written what the app drew."""
        if self._attached and not self.ended:
            self.face.drawn()

    def input(self, event: events.Event) -> bool:
        """An event of the driver, in whatever thread it reads; whether it is ours."""
        given = from_textual(event)
        if given is None:
            return False
        self.soon(partial(self._given, given))
        return True

    def _given(self, event: InputEvent) -> None:
        if not self.ended:
            self.dialogue.events([event], self.loop.time())
            self.settle()

    def _told(self, event: events.Event) -> None:
        """What Textual tells the app alone."""
        if isinstance(event, events.Resize):
            self._sized(Size(*event.size))
        elif given := from_textual(event):
            self._given(given)

    def _sized(self, size: Size) -> None:
        """The driver knows the size by now, or another one."""
        if not self._attached:
            self._attached = True
            self.dialogue.outer = Outer(size)
            self.face.resize(size)
            self.connection.send(attach_message(self.dialogue.outer, self._path, self._asked))
        elif size != self.dialogue.outer.size:
            self.dialogue.resized(size)
        self.settle()


class Terminal:
    """The terminal as `AppFace` uses it: modes are the driver's."""

    def __init__(self) -> None:
        self.driver: Driver | None = None

    def take(self, options: ClientOptions) -> None:
        self.write(_NO_WRAP)

    def write(self, data: bytes) -> None:
        if self.driver is not None:
            self.driver.write(data.decode())

    def motion(self, wanted: bool) -> None: ...

    def capable(self, found: Capabilities) -> None: ...

    def keys(self, asked: int) -> None: ...

    def title(self, text: str) -> None: ...

    def settled(self) -> None: ...

    def bell(self) -> None:
        self.write(b"\a")


def tapped(stock: type[Driver], client: Stock) -> type[Driver]:
    """A driver class like ``stock`` that gives input to ``client`` and not to the app."""

    class TappedDriver(stock):  # type: ignore[misc, valid-type]
        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            client.made(self)

        def flush(self) -> None:
            super().flush()
            client.drawn()

        def process_message(self, message: Message) -> None:
            if not (isinstance(message, events.Event) and client.input(message)):
                super().process_message(message)

    return TappedDriver
