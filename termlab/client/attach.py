"""The attached client: one loop over the terminal, the server, signals and the guest; nothing else
wakes it.

Keys go to the key tables and from there, at once, to the server; frames go to the painter and
from there to the terminal. The guest is started once the first picture stands, and comes last in
everything. The client may be killed at any time: the server and the panes don't notice.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Final

from termlab.client.capabilities import assumed
from termlab.client.connection import Connection
from termlab.client.dialogue import Dialogue
from termlab.client.farewell import Lost, farewell
from termlab.client.first_steps import newcomer
from termlab.client.handover import STARTING, NoUi
from termlab.client.input import InputParser
from termlab.client.origin import origin
from termlab.client.prompt_history import history_of
from termlab.client.start import Start
from termlab.errors import ServerError, WireError
from termlab.wire.messages import Attach, Frame, Outer, Place, Replay

if sys.platform != "win32":
    from termlab.client.display import Display
    from termlab.client.outer import OuterTerminal
    from termlab.client.signals import Signals

    if TYPE_CHECKING:
        from termlab.client.guest_host import GuestHost

assert sys.platform != "win32"

# Without a guest: nothing opens over the panes.
NO_UI: Final = "none"
_UI_OFF: Final = f"TERMLAB_UI={NO_UI} keeps the ui away: attach without it"
# The first frame is the whole screen: a cell of it takes about so much.
FIRST_CELL_BYTES: Final = 2
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
    remain: bool = False,
    replay: Replay | None = None,
    profile: bytes = b"",
) -> int:
    """Attach this terminal until the session ends or lets it go: the exit code.

    Raises ``TermlabError`` when it can't be attached; the terminal is as it was then.
    """

    def wanted(outer: Outer, place: Place) -> Attach:
        whose = (target, create, fresh, name, argv, directory)
        return Attach(outer, place, *whose, read_only, remain, replay, profile)

    return _show(path, handle, wanted)


def _show(path: str, handle: Start, wanted: Callable[[Outer, Place], Attach]) -> int:
    try:
        with ExitStack() as held:
            client = _client(path, handle, held)
            place = origin(path, os.environ, programs=True)
            outer = client.dialogue.outer
            client.connection.send(wanted(outer, place))
            client.connection.expect(outer.size.cols * outer.size.rows * FIRST_CELL_BYTES)
            client.loop()
    except WireError as error:
        raise ServerError(f"the server at {path} has gone: {error}") from error
    except OSError as error:
        raise ServerError(
            f"this terminal can't show the server at {path}: {error}: end something first"
        ) from error
    return client.farewell()


def _client(path: str, handle: Start, held: ExitStack) -> "Client":
    """A client whose connection stands, ready to attach. ``held`` gets what is to be let go of, in
    reverse order, on whatever way out; each of it, even where another of it fails."""
    terminal = OuterTerminal()
    held.callback(terminal.close)
    signals = Signals()  # before the terminal is taken: from then on each must give it back
    held.callback(signals.close)
    held.callback(terminal.leave)
    terminal.raw()
    if handle.starting:
        # The first program starts with the server, and may ask at once for what only the
        # terminal knows: it is asked now, and has answered by the time the server listens.
        terminal.enter()
    connection = Connection(handle.finish(), address=handle.address)
    held.callback(connection.close)
    client = Client(terminal, connection, signals, path)
    held.callback(client.dismiss)
    if terminal.entered:
        for data in terminal.answers():
            client.dialogue.typed(data, time.monotonic())
            if client.dialogue.intake.full:
                break
    return client


class Client:
    """One attached terminal. ``path`` is its server's; without one there is no guest."""

    def __init__(
        self, terminal: OuterTerminal, connection: Connection, signals: Signals, path: str = ""
    ) -> None:
        self.connection = connection
        self._terminal = terminal
        self._signals = signals
        self._path = path
        self._guest_due = bool(path) and os.environ.get("TERMLAB_UI") != NO_UI
        self._guest: GuestHost | None = None
        self._guest_wanted = (-1, 0)
        self._display = Display(terminal)
        parser = InputParser(erase=terminal.erase)
        self._no_ui = NoUi(STARTING if self._guest_due else _UI_OFF)
        size = terminal.size()
        no_ui, greets = self._no_ui, partial(newcomer, os.environ)
        known = assumed(os.environ)
        past = history_of(os.environ)
        self.dialogue = Dialogue(
            connection, self._display, parser, size, no_ui, greets, known, past
        )
        self._stopping = 0
        self._wanted = (select.POLLIN, select.POLLIN)
        self._poll = select.poll()
        # The terminal first: keys wait for nothing. The guest, once there is one, comes last.
        self._ready: dict[int, Callable[[int, float], bool]] = {
            terminal.fileno(): self._typed,
            connection.fileno(): self._received,
            signals.fileno(): self._signalled,
        }
        for fd in self._ready:
            self._poll.register(fd, select.POLLIN)

    def farewell(self) -> int:
        """The last word for the person, once the terminal is theirs again: the exit code."""
        return farewell(self.dialogue.bye, self._stopping)

    # The loop

    def loop(self) -> None:
        """Until the server says goodbye, the terminal goes, or a signal ends it."""
        dialogue, terminal, ready = self.dialogue, self._terminal, self._ready
        while dialogue.bye is None and not self._stopping:
            self._watch()
            typed = False
            now = 0.0
            for fd, events in self._poll.poll(self._timeout()):
                now = now or time.monotonic()
                typed |= ready[fd](events, now)
            now = now or time.monotonic()
            if not typed:
                dialogue.expire(now)
            if self._guest is not None:
                self._guest.expire(now)
            if not terminal.blocked:
                dialogue.give_credit()
                if self._guest_due and self._display.replica.state is not None:
                    self._invite(now)

    def _watch(self) -> None:
        """Wait for room where bytes wait, and take no more input than can be passed on."""
        blocked = self._terminal.blocked
        typing = 0 if self.dialogue.full else select.POLLIN
        room = select.POLLOUT if blocked else 0
        unsent = select.POLLOUT if self.connection.blocked else 0
        wanted = (typing | room, select.POLLIN | unsent)
        if wanted != self._wanted:
            self._wanted = wanted
            self._poll.modify(self._terminal.fileno(), wanted[0])
            self._poll.modify(self.connection.fileno(), wanted[1])
        if self._guest is not None:
            guest = self._guest.wanted(blocked)
            if guest != self._guest_wanted:
                self._watch_guest(self._guest, guest)

    def _watch_guest(self, guest: "GuestHost", wanted: tuple[int, int]) -> None:
        """It is another one, or waits for something else."""
        if (old := self._guest_wanted[0]) in self._ready:
            self._poll.unregister(old)
            del self._ready[old]
        self._guest_wanted = fd, events = wanted
        if events:
            self._poll.register(fd, events)
            self._ready[fd] = guest.ready
        guest.listening(bool(events & select.POLLIN), time.monotonic())

    def _timeout(self) -> float | None:
        """Milliseconds until something is due; None while nothing is."""
        due = self.dialogue.deadline()
        if self._guest is not None and (its := self._guest.deadline()) is not None:
            due = its if due is None else min(due, its)
        return None if due is None else max(due - time.monotonic(), 0) * 1000 + 0.5

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
                self.dialogue.typed(data, now)
        elif events & _GONE:
            self._stopping = signal.SIGHUP
        return bool(events & select.POLLIN)

    def _signalled(self, events: int, now: float) -> bool:
        numbers = self._signals.take()
        guest = self._guest
        for number in (signal.SIGTERM, signal.SIGHUP):
            if number in numbers:
                self._stopping = number
        if signal.SIGCHLD in numbers and guest is not None:
            guest.reap(now)
        stopped = signal.SIGTSTP in numbers
        if stopped:
            self.connection.rest()
            self._terminal.suspend()
        if stopped or signal.SIGCONT in numbers:
            self._terminal.raw()
            self._display.take_again()
            if guest is not None:
                guest.resumed(now)
        if stopped or signal.SIGWINCH in numbers or signal.SIGCONT in numbers:
            self.dialogue.resized(self._terminal.size())
            if guest is not None:
                guest.resized()
        return False

    # The server

    def _received(self, events: int, now: float) -> bool:
        messages = self.connection.receive()
        if messages is None:
            raise Lost
        for message in messages:
            self.dialogue.heard(message, now)
            if self._guest is not None and isinstance(message, Frame):
                self._guest.frame(message)
        return False

    # The guest

    def _invite(self, now: float) -> None:
        """Start the guest. Its modules are imported only now: the first picture came first."""
        self._guest_due = False
        try:
            from termlab.client.guest_host import GuestHost
            from termlab.client.guest_process import log_path
        except OSError as error:  # a module is a file, and this process may open no more
            self._no_ui.why = f"the ui can't be started: {error.strerror}"
            self._display.say(self._no_ui.why, now, error=True)
            return
        options = self._display.options
        assert options is not None
        log = log_path(self._path, os.environ)
        self._guest = GuestHost(self._display, self.dialogue, options, log)
        self._guest.start(now, asked=self._no_ui.asked)

    def dismiss(self) -> None:
        """The guest ends with the client."""
        if self._guest is not None:
            self._guest.close()
