"""Reaching the server of a socket, and starting one where there is none.

In two halves, so that the server boots while its client imports the rest: `begin` connects or
spawns, `Start.finish` waits for the server and connects. Until then each import would delay the
first prompt: this module imports no `typing` and no `socket`, which cost 3 ms each.

A starting server answers on a pipe: what it has to say, then the end of the pipe. Everything else
it wrote before, a traceback say, comes the same way.
"""

import os
import sys
import time

from termlab.errors import ServerError
from termlab.wire.address import FAILED, OTHER, READY, private_directory

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence

# A start takes 0.1 s; this is for a machine that is busy with something else.
DEADLINE_S = 10.0
# A server may end just when it is wanted, but hardly so often in a row.
ATTEMPTS = 5
# What a failing start may say: a traceback is some 2 KB.
MAX_SAID_BYTES = 64 * 1024
_SHOWN_CHARS = 2000

WINDOWS = "termlab's server does not run on Windows: use it inside WSL"


class Start:
    """A server reached, or on its way. `finish` is called once."""

    def __init__(self, path: str, fd: int, pid: int, ready: int) -> None:
        """``fd`` is the connection; or -1, and ``pid`` starts and reports on ``ready``."""
        self.path = path
        self._fd = fd
        self._pid = pid
        self._ready = ready

    @property
    def starting(self) -> bool:
        """Whether a server is only now being started, for this client alone."""
        return self._pid > 0

    def finish(self, timeout_s: float = DEADLINE_S) -> "socket.socket":
        """The connection. Raises ``ServerError`` saying why there is none."""
        import socket

        for _ in range(ATTEMPTS):
            if self._fd < 0:
                if not self._pid:
                    self._pid, self._ready = _spawn(self.path)
                self._wait(timeout_s)
                self._pid = 0
                self._fd = _connect(self.path)
            if self._fd >= 0:
                fd, self._fd = self._fd, -1
                return socket.socket(fileno=fd)
            # It listened and has ended since: its last session was over in no time.
        raise ServerError(
            f"the server at {self.path} ends as soon as it has started: `termlab doctor` "
            "names its log"
        )

    def _wait(self, timeout_s: float) -> None:
        """Until the server listens. Raises ``ServerError`` if it won't."""
        said = _read_all(self._ready, timeout_s)
        if said is None:
            self._give_up()
            raise ServerError(
                f"the server for {self.path} was not ready within {timeout_s:g} s and was ended: "
                "try again; `termlab doctor` names its log"
            )
        os.close(self._ready)
        last = said.rstrip("\n").rpartition("\n")[2]
        if last == READY:
            return
        # All others end once they have said why, and must not stay as zombies.
        _, status = os.waitpid(self._pid, 0)
        if last == OTHER:
            return
        if last.startswith(FAILED):
            raise ServerError(last.removeprefix(FAILED))
        raise ServerError(
            f"the server for {self.path} failed to start "
            f"({_ended(os.waitstatus_to_exitcode(status))}) and said: "
            f"{said.strip()[-_SHOWN_CHARS:] or 'nothing'}"
        )

    def _give_up(self) -> None:
        if sys.platform == "win32":
            raise ServerError(WINDOWS)
        import signal

        os.close(self._ready)
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def begin(path: str, *, start: bool = True) -> Start:
    """Connect to the server at ``path``, or start it.

    Raises ``ServerError`` where that can't be, or with ``start`` false where none runs.
    """
    if sys.platform == "win32":
        raise ServerError(WINDOWS)
    private_directory(os.path.dirname(path))
    fd = _connect(path)
    if fd >= 0:
        return Start(path, fd, 0, -1)
    if not start:
        raise NoServer(path)
    pid, ready = _spawn(path)
    return Start(path, -1, pid, ready)


class NoServer(ServerError):
    """No server runs at this path, and none was to be started."""

    def __init__(self, path: str) -> None:
        super().__init__(f"no server running at {path}: start one with `termlab`")


def _connect(path: str) -> int:
    """A connection's descriptor; -1 if nobody listens there."""
    if sys.platform == "win32":
        raise ServerError(WINDOWS)
    import _socket

    stream = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        stream.connect(path)
    except (FileNotFoundError, ConnectionRefusedError):
        stream.close()
        return -1
    except OSError as error:
        stream.close()
        raise ServerError(f"the server at {path} can't be reached: {error.strerror}") from error
    return stream.detach()


def _spawn(path: str) -> tuple[int, int]:
    """Start a server: its process and the pipe it reports on.

    Not with `subprocess`, whose import costs 8 ms. The server inherits the pipe and nothing else
    that termlab opened; what the shell left open here it closes itself.
    """
    if sys.platform == "win32":
        raise ServerError(WINDOWS)
    _fill_standard_descriptors()
    ready, report = os.pipe()
    os.set_inheritable(report, True)
    # -P: the directory the client runs in must not be where the server imports from.
    argv = [sys.executable, "-P", "-m", "termlab.server.daemon", path, str(report)]
    actions: list[tuple[int | str, ...]] = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDWR, 0),
        (os.POSIX_SPAWN_DUP2, 0, 1),
        (os.POSIX_SPAWN_DUP2, report, 2),
    ]
    try:
        pid = _posix_spawn(argv, actions)
    except OSError as error:
        os.close(ready)
        raise ServerError(
            f"no server can be started with {sys.executable}: {error.strerror}"
        ) from error
    finally:
        os.close(report)
    return pid, ready


def _posix_spawn(argv: list[str], actions: "Sequence[tuple[int | str, ...]]") -> int:
    """In a session of its own from the first moment, so that Ctrl-C here never reaches it."""
    if sys.platform == "win32":
        raise ServerError(WINDOWS)
    program, environment = argv[0], os.environ
    try:
        return os.posix_spawn(
            program, argv, environment, file_actions=actions, setsid=True, setsigmask=()
        )
    except NotImplementedError:  # an old libc: the server leaves this session itself
        return os.posix_spawn(program, argv, environment, file_actions=actions, setsigmask=())


def _fill_standard_descriptors() -> None:
    """A client started with one of 0, 1, 2 closed would get the pipe there, and lose it."""
    for fd in range(3):
        try:
            os.fstat(fd)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _read_all(fd: int, timeout_s: float) -> str | None:
    """All that is written to a pipe until its end; None if that takes too long."""
    if sys.platform == "win32":
        raise ServerError(WINDOWS)
    import select

    poll = select.poll()
    poll.register(fd, select.POLLIN)
    deadline = time.monotonic() + timeout_s
    said = b""
    while poll.poll(max(deadline - time.monotonic(), 0) * 1000):
        data = os.read(fd, 4096)
        if not data:
            return said.decode("utf-8", "replace")
        said = (said + data)[-MAX_SAID_BYTES:]
    return None


def _ended(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
