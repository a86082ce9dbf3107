"""Runs of a program without a terminal and without a server process: the server's own code, here.

The same loop, pane, engine and connection as in the server, with a client at the other end of a
socket pair that takes frames and shows them to nobody. Nothing is listened on; nothing stays.
"""

import os
import signal
import socket
import sys
import time
from types import TracebackType
from typing import Final, Self

from termlab.config.settings import Settings
from termlab.errors import TermlabError
from termlab.model.geometry import Size
from termlab.model.profile_asked import ProfileAsked
from termlab.server.companions import Companions
from termlab.server.journal import Journal
from termlab.server.loop import Loop
from termlab.server.measured import Measured, Taken
from termlab.server.peer import Peer
from termlab.server.server import Server
from termlab.server.sizes import STATUS_ROWS
from termlab.server.spawn import Spawner
from termlab.version import VERSION
from termlab.wire import codec
from termlab.wire.link import Link
from termlab.wire.messages import (
    PROTOCOL,
    Attach,
    Frame,
    FromClient,
    FromServer,
    Hello,
    Outer,
    Place,
    Seen,
)

if sys.platform != "win32":
    from termlab.backends.unix import UnixBackend

assert sys.platform != "win32"

COST: Final = "of this process: server and frames"
_STOPS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# By then it was asked, it was killed, and it still does not end.
_GIVE_UP: Final = 3
NOTHING_MORE: Final = ProfileAsked()


class Signals:
    """The signals of the block, as bytes to read. ``stops`` counts those that ask for the end, and
    ``terminated`` is the number of one that was no Ctrl-C; ``child_at`` is when the kernel last
    told of a child, by the monotonic clock, whatever this process was at."""

    def __init__(self) -> None:
        self.stops = 0
        self.terminated = 0
        self.child_at = float("inf")

    def __enter__(self) -> Self:
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._old = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._handlers = {n: signal.signal(n, self._noted) for n in (signal.SIGCHLD, *_STOPS)}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old)
        self._reader.close()
        self._writer.close()

    def _noted(self, number: int, frame: object) -> None:
        """The wake-up descriptor has it."""
        if number == signal.SIGCHLD:
            self.child_at = time.monotonic()

    def fileno(self) -> int:
        return self._reader.fileno()

    def take(self) -> bytes:
        """The numbers of those that came; none is no error."""
        try:
            numbers = self._reader.recv(4096)
        except BlockingIOError:
            return b""
        self.stops += sum(number in _STOPS for number in numbers)
        self.terminated = next((n for n in numbers if n in _STOPS[1:]), self.terminated)
        return numbers


def run_once(
    argv: tuple[str, ...],
    place: Place,
    size: Size,
    signals: Signals,
    settings: Settings,
    asked: ProfileAsked = NOTHING_MORE,
) -> Taken:
    """One run on a terminal of ``size``. Raises ``SpawnError`` if it can't be started.

    A first Ctrl-C (`Signals`) goes to the program's group as SIGINT, a second one kills it; what
    was measured until then is the run.
    """
    stage = _Stage(place, size, signals, settings)
    try:
        return stage.run(argv, asked)
    finally:
        stage.close()


class _Stage:
    """A server of one session, and the client that watches it."""

    def __init__(self, place: Place, size: Size, signals: Signals, settings: Settings) -> None:
        self._place = place
        self._size = size
        self._signals = signals
        self._stops = signals.stops
        self._errors: list[Exception] = []
        self._journal = Journal(os.devnull)
        self._loop = Loop(self._failed, time.monotonic)
        # Programs see no server's socket: there is none that has this pane.
        settings = settings.undocked()
        spawner = Spawner(UnixBackend(), settings, self._loop, "")
        self._server = Server(self._loop, settings, spawner, self._loop.stop)
        self._links: list[Link[FromServer] | Link[FromClient]] = []
        self._measured: Measured | None = None

    def run(self, argv: tuple[str, ...], asked: ProfileAsked) -> Taken:
        companions = Companions(asked, argv, self._place)
        session = self._server.new_session("", companions.program(self._place), self._size)
        pane = session.current.panes[session.current.active]
        companions.started(pane.pty.pid)
        self._measured = measured = Measured(self._server, pane, asked, self._loop.stop, COST)
        measured.profiler.child_at = lambda: self._signals.child_at
        self._loop.watch(self._signals.fileno(), self._signalled)
        self._attach(f"${session.id}")
        self._loop.run()
        if self._errors:
            raise TermlabError(f"the profile failed: {self._errors[0]!r}") from self._errors[0]
        taken = measured.finish()
        return taken.with_more(companions.finish()) if companions.any else taken

    def _attach(self, target: str) -> None:
        ours, theirs = socket.socketpair()
        server_end: Link[FromClient] = Link(ours, codec.from_client())
        client_end: Link[FromServer] = Link(theirs, codec.from_server())
        self._links = [client_end, server_end]
        Peer(server_end, self._server, self._journal)
        self._loop.watch(theirs.fileno(), lambda events: _see(client_end))
        outer = Outer(Size(self._size.cols, self._size.rows + STATUS_ROWS))
        client_end.send(Hello(PROTOCOL, VERSION))
        client_end.send(Attach(outer, Place("/", {}), target))

    def _signalled(self, events: int) -> None:
        numbers = self._signals.take()
        if signal.SIGCHLD in numbers:
            self._server.children_ended()
        stops = self._signals.stops - self._stops
        if not stops or self._measured is None or self._measured.taken is not None:
            return
        profiler = self._measured.profiler
        profiler.interrupted = True
        gently = stops == 1 and not self._signals.terminated
        if any(number in _STOPS for number in numbers):
            profiler.pane.pty.signal(signal.SIGINT if gently else signal.SIGKILL)
        if stops >= _GIVE_UP:
            self._loop.stop()

    def _failed(self, error: Exception) -> None:
        self._errors.append(error)
        self._loop.stop()

    def close(self) -> None:
        """Everything ends, on whatever way out."""
        self._server.close()
        for link in self._links:
            link.close()
        os.close(self._journal.fileno())


def _see(link: Link[FromServer]) -> None:
    """Every frame is seen at once: what it costs to draw is no part of this."""
    for message in link.receive() or ():
        if isinstance(message, Frame):
            link.send(Seen(message.serial))
