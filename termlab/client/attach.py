"""The attached client: one loop over the terminal, the server and signals; nothing else wakes it.

Keys go to the key tables and from there, at once, to the server; frames go to the painter and
from there to the terminal. It may be killed at any time: the server and the panes don't notice.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import Final

from termlab.client.connection import Connection
from termlab.client.input import InputParser
from termlab.client.origin import origin
from termlab.client.router import Router
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
    Rang,
    Reply,
    Seen,
    Took,
)

if sys.platform != "win32":
    from termlab.client.display import Display
    from termlab.client.outer import OuterTerminal

assert sys.platform != "win32"

_SYNC_MODE: Final = 2026
_NOTED: Final = (signal.SIGWINCH, signal.SIGTERM, signal.SIGHUP, signal.SIGCONT)
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
    signals = _Signals()  # before the terminal is taken: from then on each must give it back
    client = None
    try:
        client = _client(terminal, handle, signals)
        place = origin(path, os.environ, programs=True)
        client.connection.send(
            Attach(client.outer, place, target, create, fresh, name, argv, directory, read_only)
        )
        client.loop()
    except WireError as error:
        raise ServerError(f"the server at {path} has gone: {error}") from error
    finally:
        terminal.leave()
        terminal.close()
        signals.close()
        if client is not None:
            client.connection.close()
    return client.farewell()


def _client(terminal: OuterTerminal, handle: Start, signals: "_Signals") -> "Client":
    """A client whose connection stands, ready to attach."""
    terminal.raw()
    if handle.starting:
        # The first program starts with the server, and may ask at once for what only the
        # terminal knows: it is asked now, and has answered by the time the server listens.
        terminal.enter()
    client = Client(terminal, Connection(handle.finish()), signals)
    if terminal.entered:
        client.hear()
    return client


class Client:
    """One attached terminal."""

    def __init__(
        self, terminal: OuterTerminal, connection: Connection, signals: "_Signals"
    ) -> None:
        self.connection = connection
        self.outer = Outer(terminal.size())
        self._terminal = terminal
        self._display = Display(terminal)
        self._router: Router | None = None
        self._parser = InputParser(erase=terminal.erase)
        self._seen_due: list[int] = []  # each frame is a credit: none may be left out
        self._early: list[InputEvent] = []
        self._bye: Bye | None = None
        self._stopping = 0
        self._cell = (0, 0)  # width and height in pixels, once the terminal told
        self._wanted = (select.POLLIN, select.POLLIN)
        self._poll = select.poll()
        self._signals = signals
        # The terminal first: keys wait for nothing.
        self._ready: dict[int, Callable[[int, float], bool]] = {
            terminal.fileno(): self._typed,
            connection.fileno(): self._received,
            signals.fileno(): self._signalled,
        }
        for fd in self._ready:
            self._poll.register(fd, select.POLLIN)

    def farewell(self) -> int:
        """The last word for the person, once the terminal is theirs again: the exit code."""
        if self._stopping:
            return 128 + self._stopping
        bye = self._bye or Bye("")
        if bye.code:
            raise _Refused(bye.text, bye.code)
        print(bye.text)
        return 0

    def hear(self) -> None:
        """What the terminal has said already; keys among it wait for the session."""
        self._early = self._parser.feed(self._terminal.read() or b"", time.monotonic())
        self._learn(self._early)

    # The loop

    def loop(self) -> None:
        """Until the server says goodbye, the terminal goes, or a signal ends it."""
        while self._bye is None and not self._stopping:
            self._watch()
            typed = False
            now = 0.0
            for fd, events in self._poll.poll(self._timeout()):
                now = now or time.monotonic()
                typed |= self._ready[fd](events, now)
            self._expire(now or time.monotonic(), typed)
            if not self._terminal.blocked:
                self._give_credit()

    def _give_credit(self) -> None:
        """What the server sent stands on the terminal."""
        for serial in self._seen_due:
            self.connection.send(Seen(serial))
        self._seen_due.clear()

    def _watch(self) -> None:
        """Wait for room where bytes wait, and take no more input than can be passed on."""
        router = self._router
        typing = select.POLLIN if router is not None and not router.full else 0
        room = select.POLLOUT if self._terminal.blocked else 0
        unsent = select.POLLOUT if self.connection.blocked else 0
        wanted = (typing | room, select.POLLIN | unsent)
        if wanted != self._wanted:
            self._wanted = wanted
            self._poll.modify(self._terminal.fileno(), wanted[0])
            self._poll.modify(self.connection.fileno(), wanted[1])

    def _timeout(self) -> float | None:
        """Milliseconds until something is due; None while nothing is."""
        times = [self._parser.deadline(), self._display.deadline()]
        if self._router is not None:
            times.append(self._router.deadline())
        due = [when for when in times if when is not None]
        return max(min(due) - time.monotonic(), 0) * 1000 + 0.5 if due else None

    def _expire(self, now: float, typed: bool) -> None:
        """What time alone decides; an Escape only once nothing more came behind it."""
        if not typed and (events := self._parser.expire(now)):
            self._events(events, now)
        if self._router is not None and self._router.expire(now):
            self._display.show_prompt(self._router, now)
        self._display.expire(now)

    # The terminal

    def _typed(self, events: int, now: float) -> bool:
        """Whether there was something to read."""
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
        return bool(events & select.POLLIN)

    def _events(self, events: list[InputEvent], now: float) -> None:
        """To the router, but for what answers our own questions."""
        if self._learn(events):
            self.connection.send(OuterChanged(self.outer))
        if self._router is None:
            return
        given = [event for event in events if not isinstance(event, TerminalReply)]
        if given:
            self._router.route(given, now)
            self._display.show_prompt(self._router, now)

    def _learn(self, events: list[InputEvent]) -> bool:
        """What the terminal told about itself, programs that ask are told; whether it is new."""
        before = self.outer
        for event in events:
            if isinstance(event, TerminalReply):
                self.outer = self._answered(event, self.outer)
        return self.outer != before

    def _answered(self, reply: TerminalReply, outer: Outer) -> Outer:
        """``outer`` with one more answer."""
        size, value = outer.size, reply.value
        if reply.kind == "da1":
            self._terminal.answered = True
        elif reply.kind == "mode" and value[:1] == (_SYNC_MODE,):
            self._display.synchronised(value[1] in (1, 2))
        elif reply.kind == "foreground":
            return Outer(size, (value[0], value[1], value[2]), outer.background)
        elif reply.kind == "background":
            return Outer(size, outer.foreground, (value[0], value[1], value[2]))
        elif reply.kind == "cell":
            self._cell = (value[1], value[0])
        elif reply.kind == "area" and self._cell == (0, 0):
            self._cell = (value[1] // size.cols, value[0] // size.rows)
        return Outer(self._sized(size), outer.foreground, outer.background)

    def _sized(self, size: Size) -> Size:
        """``size`` with the pixels that the terminal told apart from it."""
        if size.xpixel:
            return size
        return Size(size.cols, size.rows, self._cell[0] * size.cols, self._cell[1] * size.rows)

    def _signalled(self, events: int, now: float) -> bool:
        numbers = self._signals.take()
        for number in (signal.SIGTERM, signal.SIGHUP):
            if number in numbers:
                self._stopping = number
        if signal.SIGCONT in numbers:
            self._terminal.raw()
            self._display.take_again()
        if signal.SIGWINCH in numbers or signal.SIGCONT in numbers:
            size = self._sized(self._terminal.size())
            self.outer = Outer(size, self.outer.foreground, self.outer.background)
            self._display.resize(size)
            self.connection.send(OuterChanged(self.outer))
        return False

    # The server

    def _received(self, events: int, now: float) -> bool:
        messages = self.connection.receive()
        if messages is None:
            raise _Lost
        for message in messages:
            self._handle(message, now)
        return False

    def _handle(self, message: FromServer, now: float) -> None:
        if isinstance(message, Frame):
            self._display.frame(message)
            self._seen_due.append(message.serial)
            if self._router is not None:
                self._router.follow(self._display.replica)
        elif isinstance(message, Reply):
            self._replied(message, now)
        elif isinstance(message, Attached) and self._router is None:
            self._router = Router(self.connection, message.options, self._display.replica)
            self._parser.escape_s = message.options.escape_ms / 1000
            self._display.start(message.options, self.outer.size)
            self._events(self._early, now)
        elif isinstance(message, Took) and self._router is not None:
            self._router.took(now)
        elif isinstance(message, Notice):
            self._display.say(message.text, now, message.error)
        elif isinstance(message, Rang):
            if not self._terminal.blocked:  # it could not be heard now, and must not pile up
                self._terminal.write(b"\a")
        elif isinstance(message, Bye):
            self._bye = message

    def _replied(self, reply: Reply, now: float) -> None:
        """A key's command is done; only its failure is news."""
        if self._router is not None:
            self._router.replied(reply.id, bool(reply.code))
        if reply.code:
            self._display.say(reply.text, now, error=True)


class _Signals:
    """Signals as bytes to read, so that a poll wakes for them."""

    def __init__(self) -> None:
        self._out, self._in = os.pipe()
        for end in (self._out, self._in):
            os.set_blocking(end, False)
        self._old = signal.set_wakeup_fd(self._in, warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, _noted) for number in _NOTED}

    def fileno(self) -> int:
        return self._out

    def take(self) -> bytes:
        """The numbers of those that came."""
        return os.read(self._out, 512)

    def close(self) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old)
        os.close(self._out)
        os.close(self._in)


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
