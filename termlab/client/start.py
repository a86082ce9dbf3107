"""Reaching the server of a socket, and starting one where there is none.

In two halves, so that the server boots while its client imports the rest: `begin` connects or
spawns, `Start.finish` waits for the server and connects. Until then each import would delay the
first prompt: this module imports no `typing` and no `socket`, which cost 3 ms each.

A starting server answers on a pipe, its verdict last. Everything else it wrote before, a traceback
say, comes the same way. `client.start_posix` and `client.start_windows` make the process.
"""

import os
import sys

from termlab.errors import ServerError
from termlab.wire.address import FAILED, OTHER, READY, private_directory, wire

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket

    if sys.platform == "win32":
        from termlab.client.start_windows import Child
    else:
        from termlab.client.start_posix import Child
    from termlab.wire.loopback import Address

# A start takes 0.1 s; this is for a machine that is busy with something else.
DEADLINE_S = 10.0
# A server may end just when it is wanted, but hardly so often in a row.
ATTEMPTS = 5
_SHOWN_CHARS = 2000

WINDOWS = "termlab can't do this on Windows: use it inside WSL"


class Start:
    """A server reached, or on its way. `finish` is called once.

    ``address`` is whom the connection reaches over TCP: `Connection` needs it for the greeting. It
    is set by `finish`, and None on a Unix socket.
    """

    def __init__(self, path: str, fd: int, address: "Address | None" = None) -> None:
        """``fd`` is the connection; or -1, and a server is started."""
        self.path = path
        self.address = address
        self._fd = fd
        self._child = _spawn(path) if fd < 0 else None

    @property
    def starting(self) -> bool:
        """Whether a server is only now being started, for this client alone."""
        return self._child is not None

    def finish(self, timeout_s: float = DEADLINE_S) -> "socket.socket":
        """The connection. Raises ``ServerError`` saying why there is none."""
        import socket

        for _ in range(ATTEMPTS):
            if self._fd < 0:
                _wait(self._child or _spawn(self.path), self.path, timeout_s)
                self._child = None
                self._fd, self.address = _connect(self.path)
            if self._fd >= 0:
                fd, self._fd = self._fd, -1
                return socket.socket(fileno=fd)
            # It listened and has ended since: its last session was over in no time.
        raise ServerError(
            f"the server at {self.path} ends as soon as it has started: `termlab doctor` "
            "names its log"
        )


def begin(path: str, *, start: bool = True) -> Start:
    """Connect to the server at ``path``, or start it.

    Raises ``ServerError`` where that can't be, or with ``start`` false where none runs, and
    ``UsageError`` if the environment asks for a wire that is none.
    """
    wire(os.environ)
    private_directory(os.path.dirname(path))
    fd, address = _connect(path)
    if fd < 0 and not start:
        raise NoServer(path)
    return Start(path, fd, address)


class NoServer(ServerError):
    """No server runs at this path, and none was to be started."""

    def __init__(self, path: str) -> None:
        super().__init__(f"no server running at {path}: start one with `termlab`")


def _connect(path: str) -> "tuple[int, Address | None]":
    """A connection's descriptor, and over TCP whose it is; -1 if nobody listens there."""
    if sys.platform == "win32":
        return _connect_tcp(path)
    import _socket

    stream = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        stream.connect(path)
    except FileNotFoundError:
        stream.close()
        return -1, None
    except OSError as error:
        stream.close()
        if os.path.isfile(path):
            return _connect_tcp(path)
        if isinstance(error, ConnectionRefusedError):
            return -1, None
        raise ServerError(f"the server at {path} can't be reached: {error.strerror}") from error
    return stream.detach(), None


def _connect_tcp(path: str) -> "tuple[int, Address | None]":
    from termlab.wire.loopback import connect

    return connect(path) or (-1, None)


def _wait(child: "Child", path: str, timeout_s: float) -> None:
    """Until the server listens. Raises ``ServerError`` if it won't."""
    said = child.said(timeout_s)
    if said is None:
        child.kill()
        raise ServerError(
            f"the server for {path} was not ready within {timeout_s:g} s and was ended: "
            "try again; `termlab doctor` names its log"
        )
    last = said.rstrip("\n").rpartition("\n")[2]
    if last == READY:
        return
    # All others end once they have said why, and must not stay as zombies.
    how = child.ended()
    if last == OTHER:
        return
    if last.startswith(FAILED):
        raise ServerError(last.removeprefix(FAILED))
    raise ServerError(
        f"the server for {path} failed to start ({how}) and said: "
        f"{said.strip()[-_SHOWN_CHARS:] or 'nothing'}"
    )


def _spawn(path: str) -> "Child":
    """Start a server."""
    if sys.platform == "win32":
        from termlab.client.start_windows import spawn
    else:
        from termlab.client.start_posix import spawn
    return spawn(path)
