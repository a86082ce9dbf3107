"""The attached client: one loop over the terminal, the server and signals; nothing else wakes it.

Keys go to the key tables and from there, at once, to the server; frames go to the painter and
from there to the terminal. It may be killed at any time: the server and the panes don't notice.
"""

import os
import select
import signal
import sys
import time
from typing import Final

from termlab.client.connection import Connection
from termlab.client.input import InputParser
from termlab.client.outer import OuterTerminal
from termlab.client.router import Router
from termlab.client.screen import Screen
from termlab.client.start import Start
from termlab.errors import ServerError, TermlabError, WireError
from termlab.model.geometry import Size
from termlab.model.keys import InputEvent, TerminalReply
from termlab.wire.messages import (
    Attach,
    Attached,
    Bye,
    Frame,
    FromServer,
    Notice,
    Outer,
    OuterChanged,
    Place,
    Rang,
    Reply,
    Seen,
    Took,
)

assert sys.platform != "win32"

_SYNC_MODE: Final = 2026
_GONE: Final = select.POLLHUP | select.POLLERR | select.POLLNVAL


def run(
    path: str,
    handle: Start,
    *,
    target: str = "",
    create: bool = False,
    fresh: bool = False,
    name: str = "",
    argv: tuple[str, ...] = (),
    directory: str = "",
    read_only: bool = False,
) -> int:
    """Attach this terminal until the session ends or lets it go: the exit code.

    Raises ``TermlabError`` when it can't be attached; the terminal is as it was then.
    """
    terminal = OuterTerminal()
    client = None
    try:
        terminal.raw()
        connection = Connection(handle.finish())
        environment = dict(os.environ)
        place = Place(os.getcwd(), environment, environment.get("TERMLAB_PANE", ""))
        client = Client(terminal, connection)
        client.connection.send(
            Attach(client.outer, place, target, create, fresh, name, argv, directory, read_only)
        )
        client.loop()
    except WireError as error:
        raise ServerError(f"the server at {path} has gone: {error}") from error
    finally:
        terminal.leave()
        terminal.close()
        if client is not None:
            client.close()
    return client.farewell(path)


class Client:
    """One attached terminal."""

    def __init__(self, terminal: OuterTerminal, connection: Connection) -> None:
        self.connection = connection
        self.outer = Outer(terminal.size())
        self._terminal = terminal
        self._screen = Screen(terminal)
        self._router: Router | None = None
        self._parser = InputParser(erase=terminal.erase)
        self._seen_due = 0
        self._bye: Bye | None = None
        self._stopping = 0
        self._poll = select.poll()
        self._poll.register(terminal.fileno(), select.POLLIN)
        self._poll.register(connection.fileno(), select.POLLIN)
        self._wake, self._wake_in = os.pipe()
        for end in (self._wake, self._wake_in):
            os.set_blocking(end, False)
        self._poll.register(self._wake, select.POLLIN)
        self._old_wakeup = signal.set_wakeup_fd(self._wake_in, warn_on_full_buffer=False)
        for number in (signal.SIGWINCH, signal.SIGTERM, signal.SIGHUP, signal.SIGCONT):
            signal.signal(number, _noted)

    def close(self) -> None:
        signal.set_wakeup_fd(self._old_wakeup)
        os.close(self._wake)
        os.close(self._wake_in)
        self.connection.close()

    def farewell(self, path: str) -> int:
        """The last word for the person, once the terminal is theirs again: the exit code."""
        if self._stopping:
            return 128 + self._stopping
        if self._bye is None:
            raise ServerError(
                f"the server at {path} has gone, and its sessions with it: "
                "`termlab doctor` names its log"
            )
        if self._bye.code:
            raise _Refused(self._bye.text, self._bye.code)
        print(self._bye.text)
        return 0

    # The loop

    def loop(self) -> None:
        """Until the server says goodbye, the terminal goes, or a signal ends it."""
        while self._bye is None and not self._stopping:
            self._watch()
            ready = dict(self._poll.poll(self._timeout()))
            now = time.monotonic()
            if ready.get(self._wake):
                self._signalled()
            if events := ready.get(self._terminal.fileno(), 0):
                self._typed(events, now)
            if ready.get(self.connection.fileno()):
                self._received()
            self._expire(now, bool(ready))
            if self._terminal.blocked is False and self._seen_due:
                self.connection.send(Seen(self._seen_due))
                self._seen_due = 0

    def _watch(self) -> None:
        """Wait for room where bytes wait, and take no more input than can be passed on."""
        router = self._router
        typing = select.POLLIN if router is None or not router.full else 0
        room = select.POLLOUT if self._terminal.blocked else 0
        self._poll.modify(self._terminal.fileno(), typing | room)
        unsent = select.POLLOUT if self.connection.blocked else 0
        self._poll.modify(self.connection.fileno(), select.POLLIN | unsent)

    def _timeout(self) -> float | None:
        """Milliseconds until something is due; None while nothing is."""
        times = [self._parser.deadline(), self._screen.deadline()]
        if self._router is not None:
            times.append(self._router.deadline())
        due = [when for when in times if when is not None]
        return max(min(due) - time.monotonic(), 0) * 1000 + 0.5 if due else None

    def _expire(self, now: float, busy: bool) -> None:
        """What time alone decides; an Escape only once nothing more came behind it."""
        if not busy and (events := self._parser.expire(now)):
            self._events(events, now)
        if self._router is not None and self._router.expire(now):
            self._screen.show_prompt(self._router)
        self._screen.expire(now)

    # The terminal

    def _typed(self, events: int, now: float) -> None:
        if events & select.POLLOUT:
            self._terminal.flush()
        if events & select.POLLIN:
            data = self._terminal.read()
            if data is None:
                self._stopping = signal.SIGHUP
            elif data:
                self._events(self._parser.feed(data, now), now)
        elif events & _GONE:
            self._stopping = signal.SIGHUP

    def _events(self, events: list[InputEvent], now: float) -> None:
        """To the router, but for what answers our own questions."""
        for event in events:
            if isinstance(event, TerminalReply):
                self._answered(event)
        if self._router is None:
            return
        given = [event for event in events if not isinstance(event, TerminalReply)]
        if given:
            self._router.route(given, now)
            self._screen.show_prompt(self._router)

    def _answered(self, reply: TerminalReply) -> None:
        """The terminal told something about itself; programs that ask are told the same."""
        outer, size = self.outer, self.outer.size
        value = reply.value
        if reply.kind == "da1":
            self._terminal.answered = True
        elif reply.kind == "mode" and value[:1] == (_SYNC_MODE,):
            self._screen.synchronised(value[1] in (1, 2))
        elif reply.kind == "foreground":
            outer = Outer(size, (value[0], value[1], value[2]), outer.background)
        elif reply.kind == "background":
            outer = Outer(size, outer.foreground, (value[0], value[1], value[2]))
        elif reply.kind == "cell" and not size.xpixel:
            size = Size(size.cols, size.rows, value[1] * size.cols, value[0] * size.rows)
            outer = Outer(size, outer.foreground, outer.background)
        if outer != self.outer:
            self.outer = outer
            if self._router is not None:
                self.connection.send(OuterChanged(outer))

    def _signalled(self) -> None:
        numbers = os.read(self._wake, 512)
        for number in (signal.SIGTERM, signal.SIGHUP):
            if number in numbers:
                self._stopping = number
        if signal.SIGCONT in numbers:
            self._terminal.raw()
            self._screen.take()
        if signal.SIGWINCH in numbers or signal.SIGCONT in numbers:
            size = self._terminal.size()
            self.outer = Outer(size, self.outer.foreground, self.outer.background)
            if self._router is not None:
                self._screen.resize(size)
                self.connection.send(OuterChanged(self.outer))

    # The server

    def _received(self) -> None:
        messages = self.connection.receive()
        if messages is None:
            self._stopping = 0
            raise _Lost
        for message in messages:
            self._handle(message)

    def _handle(self, message: FromServer) -> None:
        if isinstance(message, Frame):
            self._screen.frame(message)
            self._seen_due = message.serial
            if self._router is not None:
                self._router.follow(self._screen.replica)
        elif isinstance(message, Reply):
            self._replied(message)
        elif isinstance(message, Attached) and self._router is None:
            self._router = Router(self.connection, message.options, self._screen.replica)
            self._parser = InputParser(message.options.escape_ms / 1000, self._terminal.erase)
            self._screen.start(message.options, self.outer.size)
        elif isinstance(message, Took) and self._router is not None:
            self._router.took()
        elif isinstance(message, Notice):
            self._screen.say(message.text, message.error)
        elif isinstance(message, Rang):
            self._terminal.write(b"\a")
        elif isinstance(message, Bye):
            self._bye = message

    def _replied(self, reply: Reply) -> None:
        """A key's command is done; only its failure is news."""
        if self._router is not None:
            self._router.replied(reply.id)
        if reply.code:
            self._screen.say(reply.text, error=True)


class _Lost(WireError):
    """The server closed the connection without a word."""

    def __init__(self) -> None:
        super().__init__("it closed the connection; `termlab doctor` names its log")


class _Refused(TermlabError):
    """The server's last word, with its exit code."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.exit_code = code


def _noted(number: int, frame: object) -> None:
    """The wake-up descriptor has it."""
