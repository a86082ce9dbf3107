"""A bridge's own standard input and output, read and written without waiting and without a flag.

``O_NONBLOCK`` is a flag of the *open file*, which others have too: set on an inherited pipe it
would reach the shell, the editor or the other end of a pipeline, whose reads then fail. So:

- a pipe or a terminal is opened once more, under its name in ``/proc`` or ``/dev``, as an open
  file of our own, which may have the flag;
- a socket is asked call by call (``MSG_DONTWAIT``);
- a regular file never makes anybody wait;
- what is left (pipes of systems without ``/proc``, odd devices) is read when the kernel says that
  something is there, and written as little at a time as fits for sure once it says there is room.
"""

import errno
import os
import select
import stat
import sys
from typing import Final

from termlab.errors import TermlabError
from termlab.server.bridge.flows import Buffers, Sink, Source

assert sys.platform != "win32"

# Broken pipes come in these forms.
_GONE: Final = (errno.EPIPE, errno.ECONNRESET, errno.ESHUTDOWN, errno.EIO)
# Of a terminal whose room is unknown: it takes that much when it is writable at all.
_CAREFUL_BYTES: Final = 256


def open_source(fd: int = 0) -> Source:
    """Standard input. Raises ``TermlabError`` if there is nothing to read from."""
    mode = os.fstat(fd).st_mode
    if stat.S_ISSOCK(mode):
        return SocketStream(fd)
    return FileStream(fd, *_own(fd, mode, os.O_RDONLY))


def open_sink(fd: int = 1) -> Sink:
    """Standard output."""
    mode = os.fstat(fd).st_mode
    if stat.S_ISSOCK(mode):
        return SocketStream(fd)
    return FileStream(fd, *_own(fd, mode, os.O_WRONLY))


def _own(fd: int, mode: int, access: int) -> tuple[int, int]:
    """A descriptor to use for ``fd``, and how much it takes at a time, 0 for any amount."""
    if stat.S_ISREG(mode):
        return fd, 0
    path = ""
    try:
        if stat.S_ISFIFO(mode) and sys.platform == "linux":
            path = f"/proc/self/fd/{fd}"
        elif os.isatty(fd):
            path = os.ttyname(fd)
        # The master's side of a terminal has a name too: opening that makes another terminal.
        if path and os.path.basename(path) != "ptmx":
            return os.open(path, access | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC), 0
    except OSError:
        pass  # another user's, or no /proc: with care, then
    return fd, select.PIPE_BUF if stat.S_ISFIFO(mode) else _CAREFUL_BYTES


class FileStream:
    """A pipe, a terminal, a file: ``used`` stands for ``inherited``. ``careful_bytes``: as much
    fits when there is room at all, 0 if a write never waits."""

    def __init__(self, inherited: int, used: int, careful_bytes: int) -> None:
        self.is_terminal = os.isatty(used)
        self._inherited = inherited
        self._fd = used
        self._careful_bytes = careful_bytes
        self._poll = select.poll() if careful_bytes else None
        if self._poll is not None:
            self._poll.register(used, select.POLLOUT)

    def fileno(self) -> int:
        return self._fd

    def readv(self, spans: Buffers) -> int | None:
        try:
            return os.readv(self._fd, spans)
        except BlockingIOError:
            return None
        except OSError as error:
            # How Linux says that a terminal has gone.
            if error.errno == errno.EIO and self.is_terminal:
                return 0
            raise _failure("read from standard input", error) from error

    def writev(self, buffers: Buffers) -> int | None:
        if self._poll is not None:
            ready = self._poll.poll(0)
            if not ready:
                return 0
            buffers = (buffers[0][: self._careful_bytes],)
        try:
            return os.writev(self._fd, buffers)
        except BlockingIOError:
            return 0
        except OSError as error:
            if error.errno in _GONE:
                return None
            raise _failure("write to standard output", error) from error

    def close(self, finish: bool = True) -> None:
        if self._fd != self._inherited:
            os.close(self._fd)
            self._fd = self._inherited


class SocketStream:
    """A socket, asked not to wait each time."""

    is_terminal = False

    def __init__(self, inherited: int) -> None:
        # The plain one of the C module: `socket` takes 4 ms to import.
        import _socket

        self._socket = _socket.socket(fileno=os.dup(inherited))
        self._flags = _socket.MSG_DONTWAIT

    def fileno(self) -> int:
        return self._socket.fileno()

    def readv(self, spans: Buffers) -> int | None:
        try:
            return self._socket.recv_into(spans[0], 0, self._flags)
        except BlockingIOError:
            return None
        except OSError as error:
            if error.errno in _GONE:
                return 0
            raise _failure("read from standard input", error) from error

    def writev(self, buffers: Buffers) -> int | None:
        try:
            return self._socket.sendmsg(buffers, (), self._flags)
        except BlockingIOError:
            return 0
        except OSError as error:
            if error.errno in _GONE:
                return None
            raise _failure("write to standard output", error) from error

    def close(self, finish: bool = True) -> None:
        self._socket.close()


def _failure(what: str, error: OSError) -> TermlabError:
    return TermlabError(
        f"bridge: can't {what}: {error.strerror}: start it with one that can be used"
    )
