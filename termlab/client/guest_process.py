"""The ui's process, the client's guest: started, ended and reaped. What the two say is elsewhere.

It gets one end of a socket pair and nothing else that is open here: no terminal, a session of its
own, the log for what it prints. Our end closes with this process, however that ends; so the guest
never outlives it.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from typing import Final

from termlab.errors import TermlabError
from termlab.wire.address import state_directory

if sys.platform != "win32":
    import fcntl

    from termlab.client.start_posix import spawn_apart

assert sys.platform != "win32"

# Put aside when a guest starts, and one old one kept, as the server's.
MAX_LOG_BYTES: Final = 1 << 20
# -P: the directory the client runs in must not be where the guest imports from.
ARGV: Final = (sys.executable, "-P", "-m", "termlab.ui.as_guest")
Apart = Callable[[Callable[[], int]], int]
_NOT_RESET: Final = frozenset({signal.SIGKILL, signal.SIGSTOP})


class GuestProcess:
    """One life of the guest. ``socket`` is our end."""

    def __init__(
        self, log: str, argv: tuple[str, ...] = ARGV, apart: Apart = lambda start: start()
    ) -> None:
        """Start it, by ``apart`` (`scheduling.dedicated`). Raises ``TermlabError`` where that can't
        be."""
        self._log = log
        try:
            ours, theirs = socket.socketpair()
            try:
                self.pid = apart(lambda: _start(argv, theirs, log))
            except OSError:
                ours.close()
                raise
            finally:
                theirs.close()
        except OSError as error:
            raise TermlabError(
                f"the ui can't be started with {argv[0]}: {error.strerror}"
            ) from error
        self.socket = ours
        self.ended = ""

    def kill(self) -> None:
        """End it for sure, also one that is stopped; it is reaped when the system says so."""
        if not self.ended:
            os.kill(self.pid, signal.SIGKILL)

    def reap(self) -> str:
        """How it ended ("signal 9", "exit code 1"); "" while it runs. Does not wait."""
        if not self.ended:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:  # whoever started us has the system reap our children
                pid, status = self.pid, 0
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self.ended = f"signal {-code}" if code < 0 else f"exit code {code}"
                self.note(f"the ui ended ({self.ended})")
        return self.ended

    def note(self, text: str) -> None:
        """A line in the guest's log; none where no file can be opened."""
        stamp = time.strftime("%Y-%m-%d %H:%M:%S")
        try:
            fd = _open_log(self._log)
        except OSError:
            return
        os.write(fd, f"{stamp} [{self.pid}] {text}\n".encode())
        os.close(fd)


def log_path(path: str, environment: Mapping[str, str]) -> str:
    """Where the guests of clients of the server at ``path`` log: beside that server."""
    return os.path.join(state_directory(environment), f"{os.path.basename(path)}-ui.log")


def _start(argv: tuple[str, ...], theirs: socket.socket, log: str) -> int:
    """Spawn it with ``theirs`` and three standard descriptors: its process number."""
    # Above the standard ones, whichever of those are closed here; inheritable as such.
    end = fcntl.fcntl(theirs, fcntl.F_DUPFD, 3)
    try:
        said = _open_log(log)
        try:
            actions: list[tuple[int | str, ...]] = [
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, said, 1),
                (os.POSIX_SPAWN_DUP2, said, 2),
                *((os.POSIX_SPAWN_CLOSE, fd) for fd in _inherited() if fd != end),
            ]
            kept = {k: v for k, v in os.environ.items() if not k.startswith("TEXTUAL")}
            signals = sorted(signal.valid_signals() - _NOT_RESET)
            return spawn_apart([*argv, str(end)], kept, actions, signals)
        finally:
            os.close(said)
    finally:
        os.close(end)


def _inherited() -> list[int]:
    """Descriptors besides the standard ones that a child would get: what whoever started this
    client left open."""
    try:
        names = os.listdir("/dev/fd")
    except OSError:
        return []
    return [int(name) for name in names if int(name) > 2 and _inheritable(int(name))]


def _inheritable(fd: int) -> bool:
    try:
        return os.get_inheritable(fd)
    except OSError:
        return False  # the one that listed them


def _open_log(path: str) -> int:
    """The log, to be added to; where it can't be written, what the guest prints is lost."""
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        if os.path.exists(path) and os.path.getsize(path) > MAX_LOG_BYTES:
            os.replace(path, f"{path}.old")
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        fd = os.open(path, flags, 0o600)
    except OSError:
        fd = os.open(os.devnull, os.O_WRONLY)
    try:
        return fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 3)
    finally:
        os.close(fd)
