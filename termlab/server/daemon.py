"""The server process: started by a client, a session of its own, there until its last session ends.

``python -m termlab.server.daemon SOCKET READY_FD``. It writes one line to the descriptor READY_FD,
`READY`, `OTHER` or `FAILED` with the reason, and closes it. On Windows that is its stdout, and no
signal ends it: `kill-server` does.

Two lock files keep servers apart. ``SOCKET.start`` is held while one starts, so that a second one
waits until the first listens or has failed; ``SOCKET.lock``, which names the process, for life.
"""

import contextlib
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from termlab.backends.pty import Backend
from termlab.errors import ServerError, TermlabError
from termlab.server.config_file import config_path
from termlab.server.config_watch import ConfigWatch
from termlab.server.configured import configure
from termlab.server.journal import Journal, journal_path
from termlab.server.listener import Listener
from termlab.server.loop import Loop
from termlab.server.pane import Pane
from termlab.server.peer import Peer
from termlab.server.server import Server
from termlab.server.spawn import Spawner
from termlab.wire.address import FAILED, OTHER, READY, wire
from termlab.wire.link import Link
from termlab.wire.lockfile import (
    acquire,
    acquire_within,
    life_lock,
    open_lock,
    sign,
    signer,
    try_acquire,
)
from termlab.wire.messages import FromClient

if TYPE_CHECKING:
    from termlab.server.shell_commands import ShellCommands

if sys.platform == "win32":
    from termlab.backends.conpty import ConPtyBackend as NativeBackend
else:
    import resource

    from termlab.backends.unix import UnixBackend as NativeBackend

# Once nothing is urgent any more: what the first commands need, and the collector's long view.
SETTLE_S = 1.0
# What the server may open, where the system allows it: a client takes one, a pane one.
DESCRIPTORS = 8192
# How long a server that holds the lock and listens no more may take to end.
ENDING_S = 3.0


def main() -> None:
    path, ready = sys.argv[1], _detach(int(sys.argv[2]))
    backend = _backend()
    with contextlib.ExitStack() as held:
        try:
            service = _start(path, held, backend)
        except (TermlabError, OSError, MemoryError) as error:
            held.close()  # who is told that it failed finds nothing of it
            _report(ready, FAILED + (str(error) or repr(error)).replace("\n", " "))
            sys.exit(getattr(error, "exit_code", ServerError.exit_code))
        _report(ready, READY if service is not None else OTHER)
        if service is not None:
            service.run()


def _backend() -> Backend:
    """What starts programs. A thousand clients take more descriptors than most systems give a
    process at first; programs get what they would have had without us."""
    if sys.platform == "win32":
        return NativeBackend()
    else:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard)
        if soft == resource.RLIM_INFINITY or soft >= most:
            return NativeBackend()
        with contextlib.suppress(OSError, ValueError):  # then it is as it was
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        return NativeBackend((soft, hard))


def _start(path: str, held: contextlib.ExitStack, backend: Backend) -> "Service | None":
    """What serves ``path``; None if another server does. ``held`` gets what is to be let go of, in
    reverse order, on whatever way out."""
    journal = Journal(journal_path(path, os.environ))
    held.callback(os.close, journal.fileno())
    start = open_lock(f"{path}.start")
    try:
        acquire(start)
        lock = _lock(path)
        if lock is None:
            return None
        held.callback(os.close, lock)
        _redirect(journal)
        service = Service(path, journal, backend)
        held.callback(service.close)
        return service
    finally:
        os.close(start)


def _detach(ready: int) -> int:
    """Leave the client behind: its session, its directory, whatever it had open. Returns the
    descriptor to report on, which may have been one that is to be redirected."""
    os.chdir("/")
    if ready <= 2:
        ready = os.dup(ready)
    os.set_inheritable(ready, False)
    if sys.platform == "win32":
        return ready  # it has a console of its own, and nothing else was handed on
    if os.getsid(0) != os.getpid():
        os.setsid()
    for name in os.listdir("/dev/fd"):
        if int(name) > 2 and int(name) != ready:
            with contextlib.suppress(OSError):  # the listing's own
                os.close(int(name))
    return ready


class Service:
    """The server with its loop, listener and signals."""

    def __init__(self, path: str, journal: Journal, backend: Backend) -> None:
        self._journal = journal
        self._shell: ShellCommands | None = None
        self.loop = Loop(lambda error: journal.failure("a handler", error))
        with contextlib.ExitStack() as held:
            self._begin(path, held, backend)
            self._held = held.pop_all()

    def _begin(self, path: str, held: contextlib.ExitStack, backend: Backend) -> None:
        """From the configuration to signals; ``held`` gets the ends of what has begun."""
        journal = self._journal
        settings, problem = configure(os.environ)
        spawner = Spawner(backend, settings, self.loop, path)
        self.server = Server(self.loop, settings, spawner, self._empty)
        spawner.shell_asked = self._shell_asked
        if problem:
            journal.note(f"the defaults hold: {problem} ({config_path(os.environ)})")
            self.server.problem = f"the defaults hold: {problem}"
        self.server.note, self.server.when_configured = journal.note, self._configured
        self._config: ConfigWatch | None = None
        self._asked_to_end = False
        held.callback(self.server.schedule.dedicated.close)
        tcp = wire(os.environ) == "tcp"
        self._listener = Listener(path, self.loop, journal, self._connected, tcp)
        held.callback(self._listener.close)
        self.server.door = self._listener.stats
        if sys.platform != "win32":
            _watch_signals(self.loop, self._signalled, held)
        held.callback(self._unwatch)
        self._configured()
        held.callback(self.server.close)  # first of all: clients get a last word
        self.loop.call_at(self.loop.now + SETTLE_S, _settle)

    def run(self) -> None:
        """Until the last session has ended, or somebody asks for the end."""
        self._journal.note(f"listening at {self._listener.path}")
        try:
            self.loop.run()
        finally:
            self.close()
            self._journal.note("ended")

    def close(self) -> None:
        """Let go of everything, last made first; may be called twice."""
        self._held.close()

    def _connected(self, link: Link[FromClient]) -> None:
        Peer(link, self.server, self._journal, partial(self._listener.admit, link))
        if sys.platform == "win32":
            # Windows tells of no child's end. A pane's is the end of its output; what panes left
            # that were killed is looked after when somebody comes.
            self.loop.soon(self.server.children_ended)

    def _shell_asked(self, pane: Pane) -> None:
        """Looked at in a later turn: the engine is being fed in this one."""
        if self._shell is None:
            from termlab.server.shell_commands import ShellCommands

            self._shell = ShellCommands(self.server, self._journal)
        self.loop.soon(partial(self._shell.take, pane))

    def _signalled(self, numbers: bytes) -> None:
        if sys.platform != "win32" and signal.SIGCHLD in numbers:
            self.server.children_ended()
        if sys.platform != "win32" and signal.SIGHUP in numbers:
            self._journal.note("asked to read the configuration again by SIGHUP")
            self._reload()
        if sys.platform == "linux" and signal.SIGIO in numbers and self._config is not None:
            self._config.poked()
        if signal.SIGTERM in numbers:
            self._journal.note("asked to end by SIGTERM")
            self._asked_to_end = True
            self.server.close()

    def _configured(self) -> None:
        """These options hold from here on."""
        self._watch()
        self.server.schedule.take(self.server.settings.server.schedule())

    def _watch(self) -> None:
        """Hear of changes of the configuration, or not, as it says."""
        wanted = self.server.settings.reload == "auto"
        if wanted and self._config is None:
            self._config = ConfigWatch(config_path(os.environ), self.loop, self._reload)
        elif not wanted:
            self._unwatch()

    def _unwatch(self) -> None:
        if self._config is not None:
            self._config.close()
            self._config = None

    def _reload(self) -> None:
        from termlab.server.do_config import reload

        reload(self.server, os.environ)

    def _empty(self) -> None:
        # In a later turn: what is said to clients in this one goes out first.
        self.loop.soon(self._stop_if_empty)

    def _stop_if_empty(self) -> None:
        # Its children's ends are its last work: it is told of each, and of the last.
        if (self._asked_to_end or self.server.presence.may_end()) and not self.server.departing:
            self.loop.stop()


def _lock(path: str) -> int | None:
    """The lock of this socket, held for life; None if another server listens there.

    Raises ``ServerError`` if another one holds it that can't be reached and does not end either.
    """
    lock = open_lock(life_lock(path))
    with contextlib.ExitStack() as given_up:
        given_up.callback(os.close, lock)
        if not _take(lock, path):
            return None
        sign(lock)
        given_up.pop_all()
    return lock


def _take(lock: int, path: str) -> bool:
    """Whether the lock is this process's now; False if another server listens."""
    if not try_acquire(lock):
        if _listens(path):
            return False
        if not acquire_within(lock, ENDING_S):
            pid = signer(lock)
            end = f"taskkill /f /pid {pid}" if sys.platform == "win32" else f"kill {pid}"
            raise ServerError(
                f"a server (process {pid}) runs, but its socket {path} was removed: end it, and "
                f"all its sessions, with `{end}`, or choose another socket with -L"
            )
    return True


def _listens(path: str) -> bool:
    if sys.platform != "win32":
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            if probe.connect_ex(path) == 0:
                return True
        if not os.path.isfile(path):
            return False
    from termlab.wire.loopback import connect

    reached = connect(path)
    if reached is not None:
        socket.socket(fileno=reached[0]).close()
    return reached is not None


def _redirect(journal: Journal) -> None:
    """No terminal to read from or write to; what Python itself complains of goes to the log."""
    null = os.open(os.devnull, os.O_RDWR)
    try:
        os.dup2(null, 0)
        os.dup2(null, 1)
        os.dup2(journal.fileno(), 2)
    finally:
        os.close(null)


def _report(ready: int, text: str) -> None:
    """Tell the client that waits; it may have given up."""
    try:
        os.write(ready, f"{text}\n".encode("utf-8", "replace"))
        os.close(ready)
    except OSError:
        return


if sys.platform != "win32":

    def _watch_signals(
        loop: Loop, signalled: Callable[[bytes], None], held: contextlib.ExitStack
    ) -> None:
        """Signals become bytes on a socket the loop waits for."""
        reader, writer = socket.socketpair()
        held.callback(reader.close)
        held.callback(writer.close)
        reader.setblocking(False)
        writer.setblocking(False)
        old = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        held.callback(signal.set_wakeup_fd, old)
        for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP, signal.SIGIO):
            held.callback(signal.signal, number, signal.signal(number, _noted))
        for number in (signal.SIGINT, signal.SIGPIPE):
            held.callback(signal.signal, number, signal.signal(number, signal.SIG_IGN))
        loop.watch(reader.fileno(), lambda events: signalled(reader.recv(4096)))
        held.callback(loop.unwatch, reader.fileno())


def _noted(number: int, frame: object) -> None:
    """The wake-up descriptor has it."""


def _settle() -> None:
    import termlab.server.dispatch
    import termlab.server.mouse_select  # noqa: F401

    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()
