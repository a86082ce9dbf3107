"""The server process: started by a client, a session of its own, there until its last session ends.

``python -m termlab.server.daemon SOCKET READY_FD``. It writes one line to the descriptor READY_FD,
`READY`, `OTHER` or `FAILED` with the reason, and closes it.

Two lock files keep servers apart. ``SOCKET.start`` is held while one starts, so that a second one
waits until the first listens or has failed; ``SOCKET.lock``, which names the process, for life.
"""

import contextlib
import fcntl
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable

from termlab.commands.keytable import build_tables
from termlab.commands.prefix import check_prefix
from termlab.commands.table import names
from termlab.config.loader import load_defaults
from termlab.errors import ServerError, TermlabError
from termlab.server.journal import Journal, journal_path
from termlab.server.loop import Loop
from termlab.server.peer import Peer
from termlab.server.server import Server
from termlab.server.spawn import Spawner
from termlab.wire.address import FAILED, OTHER, READY, private_directory
from termlab.wire.link import Link
from termlab.wire.messages import FromClient

if sys.platform != "win32":
    from termlab.backends.unix import UnixBackend
    from termlab.server.listener import Listener

assert sys.platform != "win32"

# Once nothing is urgent any more: what the first commands need, and the collector's long view.
SETTLE_S = 1.0
# How long a server that holds the lock and listens no more may take to end.
ENDING_S = 3.0


def main() -> None:
    path, ready = sys.argv[1], int(sys.argv[2])
    _detach(ready)
    try:
        journal = Journal(journal_path(path, os.environ))
        start = _open_lock(f"{path}.start")
        fcntl.flock(start, fcntl.LOCK_EX)
        lock = _lock(path)
        if lock is None:
            _report(ready, OTHER)
            return
        _redirect(journal)
        service = Service(path, journal)
    except (TermlabError, OSError) as error:
        _report(ready, FAILED + str(error).replace("\n", " "))
        sys.exit(getattr(error, "exit_code", ServerError.exit_code))
    os.close(start)
    _report(ready, READY)
    service.run()
    os.close(lock)


def _detach(ready: int) -> None:
    """Leave the client behind: its session, its directory, whatever it had open."""
    if os.getsid(0) != os.getpid():
        os.setsid()
    os.chdir("/")
    for name in os.listdir("/dev/fd"):
        if int(name) > 2 and int(name) != ready:
            with contextlib.suppress(OSError):  # the listing's own
                os.close(int(name))
    os.set_inheritable(ready, False)


class Service:
    """The server with its loop, listener and signals."""

    def __init__(self, path: str, journal: Journal) -> None:
        self._journal = journal
        self.loop = Loop(lambda error: journal.failure("a handler", error))
        settings = load_defaults()
        check_prefix(settings.prefix)
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
        self.loop.soon(self._stop_if_empty)

    def _stop_if_empty(self) -> None:
        if self.server.may_end():
            self.loop.stop()


def _lock(path: str) -> int | None:
    """The lock of this socket, held for life; None if another server listens there.

    Raises ``ServerError`` if another one holds it that can't be reached and does not end either.
    """
    lock = _open_lock(f"{path}.lock")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if _listens(path):
            os.close(lock)
            return None
        _wait_for_end(path, lock)
    os.ftruncate(lock, 0)
    os.write(lock, f"{os.getpid()}\n".encode())
    return lock


def _open_lock(path: str) -> int:
    private_directory(os.path.dirname(path))
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def _listens(path: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        return probe.connect_ex(path) == 0


def _wait_for_end(path: str, lock: int) -> None:
    """Get the lock from a server that ends."""

    def expired(number: int, frame: object) -> None:
        raise TimeoutError

    old = signal.signal(signal.SIGALRM, expired)
    signal.setitimer(signal.ITIMER_REAL, ENDING_S)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
    except TimeoutError as error:
        pid = os.pread(lock, 32, 0).decode("ascii", "replace").strip() or "?"
        raise ServerError(
            f"a server (process {pid}) runs, but its socket {path} was removed: end it, and all "
            f"its sessions, with `kill {pid}`, or choose another socket with -L"
        ) from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


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
