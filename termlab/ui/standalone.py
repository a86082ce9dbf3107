"""The app as the whole client of a POSIX terminal, in place of the poll client and its guest.

`client.attach`'s twin: it owns the terminal and keeps one connection. Its loop is asyncio's,
because Textual's is; it waits on the same descriptors, and for nothing else.
"""

import os
import signal
import sys
import time
from enum import Enum, auto
from functools import partial
from typing import Final, Unpack

from termlab.client.bottom import Bottom
from termlab.client.capabilities import Capabilities, assumed
from termlab.client.connection import Connection
from termlab.client.dialogue import Dialogue
from termlab.client.farewell import farewell
from termlab.client.first_steps import newcomer
from termlab.client.input import InputParser
from termlab.client.prompt_history import history_of
from termlab.client.start import Start
from termlab.errors import ServerError, WireError
from termlab.ui import private
from termlab.ui.app import TermlabApp
from termlab.ui.app_face import AppFace
from termlab.ui.conversation import Asked, Conversation, attach_message
from termlab.ui.feed import Feed
from termlab.ui.host import Painted
from termlab.ui.scene import Scene
from termlab.wire.messages import ClientOptions

if sys.platform != "win32":
    from termlab.client.outer import OuterTerminal
    from termlab.client.signals import Signals
    from termlab.ui.posix_driver import posix_driver

assert sys.platform != "win32"

# What waits for a terminal that reads slowly: a picture or two. What is drawn beyond it is not
# written: there will be a newer one by then.
MAX_WAITING_BYTES: Final = 64 * 1024


def run(path: str, handle: Start, **asked: Unpack[Asked]) -> int:
    """Attach this terminal until the session ends or lets it go: the exit code.

    Raises ``TermlabError`` when it can't be attached; the terminal is as it was then.
    """
    terminal = OuterTerminal()
    signals = Signals()  # before the terminal is taken: from then on each must give it back
    client = None
    try:
        terminal.raw()
        if handle.starting:
            terminal.enter()  # and ask it what programs may ask as soon as they start
        connection = Connection(handle.finish(), address=handle.address)
        client = Standalone(terminal, connection, signals)
        client.hear()
        connection.send(attach_message(client.dialogue.outer, path, asked))
        client.run((client.size.cols, client.size.rows))
    except WireError as error:
        raise ServerError(f"the server at {path} has gone: {error}") from error
    finally:
        terminal.leave()
        terminal.close()
        signals.close()
        if client is not None:
            client.connection.close()
    return farewell(client.dialogue.bye, client.stopping)


class Watch(Enum):
    """What of the terminal is waited for only while there is need."""

    TYPING = auto()
    ROOM = auto()


class Terminal:
    """The outer terminal as `AppFace` uses it."""

    def __init__(self, terminal: OuterTerminal) -> None:
        self._terminal = terminal
        self._left = False

    def take(self, options: ClientOptions) -> None:
        if not self._terminal.entered:
            self._terminal.enter()
        self._terminal.mouse(options.mouse)

    def write(self, data: bytes) -> None:
        if not self._left:
            self._terminal.write(data)

    def motion(self, wanted: bool) -> None:
        self._terminal.motion(wanted)

    def capable(self, found: Capabilities) -> None:
        self._terminal.capable(found)

    def keys(self, asked: int) -> None:
        self._terminal.keys(asked)

    def title(self, text: str) -> None:
        self._terminal.title(text)

    def settled(self) -> None:
        self._terminal.answered = True

    def bell(self) -> None:
        if not self._terminal.blocked:  # it could not be heard now, and must not pile up
            self.write(b"\a")

    def leave(self) -> None:
        """Give it back; what is drawn from now on is drawn for nobody."""
        self._left = True
        self._terminal.leave()


class Standalone(Conversation):
    """One attached POSIX terminal."""

    def __init__(self, terminal: OuterTerminal, connection: Connection, signals: Signals) -> None:
        super().__init__(connection)
        self.size = terminal.size()
        self._outer = terminal
        self._signals = signals
        self._terminal = Terminal(terminal)
        self._watched: set[Watch] = set()
        self._missed = False  # whether something drawn was not written
        scene, bottom = Scene(), Bottom()
        driver = posix_driver(self._draw, self.end)
        self.app = TermlabApp(
            scene,
            Painted(),
            bottom,
            driver_class=driver,
            begin=self.begin,
            ready=self.ready,
            asker=self.asker,
        )
        private.all_colours(self.app)  # what the terminal can't show, the face reduces
        self.face = AppFace(self.app, scene, bottom, self._terminal, self.size)
        parser = InputParser(erase=terminal.erase)
        feed = Feed(self.app, self.consumed, self.released)
        greets, known = partial(newcomer, os.environ), assumed(os.environ)
        self.dialogue = Dialogue(
            connection, self.face, parser, self.size, feed, greets, known, history_of(os.environ)
        )

    def hear(self) -> None:
        """What the terminal has said already."""
        if self._outer.entered:
            for data in self._outer.answers():
                self.dialogue.typed(data, time.monotonic())
                if self.dialogue.intake.full:
                    break

    # `Conversation`

    @property
    def blocked(self) -> bool:
        return self._outer.blocked

    def began(self) -> None:
        self.loop.add_reader(self._signals.fileno(), self._signalled)

    def watch(self) -> None:
        wanted = {Watch.TYPING} if not self.dialogue.full else set()
        if self._outer.blocked:
            wanted.add(Watch.ROOM)
        self._await(wanted)

    def leave(self) -> None:
        self._terminal.leave()
        self._await(set())
        self.loop.remove_reader(self._signals.fileno())

    def _await(self, wanted: set[Watch]) -> None:
        if wanted == self._watched:
            return
        fd = self._outer.fileno()
        if Watch.TYPING in wanted:
            self.loop.add_reader(fd, self._typed)
        else:
            self.loop.remove_reader(fd)
        if Watch.ROOM in wanted:
            self.loop.add_writer(fd, self._room)
        else:
            self.loop.remove_writer(fd)
        self._watched = wanted

    # What the terminal says

    def _typed(self) -> None:
        # What is due is asked again once nothing more is there to read.
        self.disarm()
        data = self._outer.read()
        if data is None:
            self.stopping = signal.SIGHUP
        elif data:
            self.dialogue.typed(data, self.loop.time())
        self.settle()

    def _room(self) -> None:
        self._outer.flush()
        if self._missed and not self._outer.blocked:
            self._missed = False
            self.app.repaint()
        self.settle()

    def _signalled(self) -> None:
        numbers = self._signals.take()
        for number in (signal.SIGTERM, signal.SIGHUP):
            if number in numbers:
                self.stopping = number
        stopped = signal.SIGTSTP in numbers
        if stopped:
            self.connection.rest()
            self._outer.suspend()
        if stopped or signal.SIGCONT in numbers:
            self._outer.raw()
            self._again()
        if stopped or signal.SIGWINCH in numbers or signal.SIGCONT in numbers:
            self.dialogue.resized(self._outer.size())
        self.settle()

    def _again(self) -> None:
        """The terminal may have lost its modes and our picture."""
        if self._outer.entered:
            self._outer.enter()
            self.face.take_again()

    def _draw(self, data: bytes) -> None:
        """What Textual drew, at a time of its own perhaps."""
        if self._outer.waiting_bytes > MAX_WAITING_BYTES:
            self._missed = True
            return
        self.face.draw(data)
        if self._outer.blocked and Watch.ROOM not in self._watched:
            self.settle()
