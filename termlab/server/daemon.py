"""The server process: started by a client, a session of its own, there until its last session ends.

``python -m termlab.server.daemon SOCKET READY_FD``. It writes one line to the descriptor READY_FD:
"ok" once it listens (or another server already does), else why it can't.
"""

import fcntl
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable

from termlab.backends.unix import UnixBackend
from termlab.commands.keytable import build_tables
from termlab.commands.table import names
from termlab.config.loader import load_defaults
from termlab.errors import ServerError, TermlabError
from termlab.server.journal import Journal, journal_path
from termlab.server.listener import Listener
from termlab.server.loop import Loop
from termlab.server.peer import Peer
from termlab.server.server import Server
from termlab.server.spawn import Spawner
from termlab.wire.address import private_directory
from termlab.wire.link import Link
from termlab.wire.messages import FromClient

assert sys.platform != "win32"

# Once nothing is urgent any more: what the first commands need, and the collector's long view.
SETTLE_S = 1.0


def main() -> None:
    path, ready = sys.argv[1], int(sys.argv[2])
    os.chdir("/")
    try:
        journal = Journal(journal_path(path, os.environ))
        lock = _lock(path)
        if lock is None:
            _report(ready, "ok")
            return
        _redirect(journal)
        service = Service(path, journal)
    except (TermlabError, OSError) as error:
        _report(ready, str(error))
        sys.exit(getattr(error, "exit_code", ServerError.exit_code))
    _report(ready, "ok")
    service.run()
    os.close(lock)


class Service:
    """The server with its loop, listener and signals."""

    def __init__(self, path: str, journal: Journal) -> None:
        self._journal = journal
        self.loop = Loop(lambda error: journal.failure("a handler", error))
        settings = load_defaults()
        build_tables(settings.keys, names())
        spawner = Spawner(UnixBackend(), settings, self.loop, path)
        self.server = Server(self.loop, settings, spawner, self._empty)
        self._listener = Listener(path, self.loop, journal, self._connected)
        self._signals = _watch_signals(self.loop, self._signalled)
        self.loop.call_at(self.loop.now + SETTLE_S, _settle)

    def run(self) -> None:
        self._journal.note(f"listening at {self._listener.path}")
        try:
            self.loop.run()
        finally:
            self.server.close()
            self._listener.close()
            self.loop.close()
            self._journal.note("ended")

    def _connected(self, link: Link[FromClient]) -> None:
        Peer(link, self.server, self._journal)

    def _signalled(self, numbers: bytes) -> None:
        if signal.SIGCHLD in numbers:
            self.server.children_ended()
        if signal.SIGTERM in numbers:
            self._journal.note("asked to end by SIGTERM")
            self.server.close()
            self.loop.stop()

    def _empty(self) -> None:
        # In a later turn: what is said to clients in this one goes out first.
        self.loop.soon(self.loop.stop)


def _lock(path: str) -> int | None:
    """The lock of this socket, held for life; None if another server listens there."""
    private_directory(os.path.dirname(path))
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    lock = os.open(f"{path}.lock", flags, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def _redirect(journal: Journal) -> None:
    """No terminal to read from or write to; what Python itself complains of goes to the log."""
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.dup2(journal.fileno(), 2)
    os.close(null)


def _report(ready: int, text: str) -> None:
    """Tell the client that waits; it may have given up."""
    try:
        os.write(ready, f"{text}\n".encode("utf-8", "replace"))
        os.close(ready)
    except OSError:
        return


def _watch_signals(
    loop: Loop, signalled: Callable[[bytes], None]
) -> tuple[socket.socket, socket.socket]:
    """Signals become bytes on a socket the loop waits for."""
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, _noted)
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    loop.watch(reader.fileno(), lambda events: signalled(reader.recv(4096)))
    return reader, writer


def _noted(number: int, frame: object) -> None:
    """The wake-up descriptor has it."""


def _settle() -> None:
    import termlab.server.dispatch  # noqa: F401

    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()
