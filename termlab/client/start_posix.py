"""Starting a server with ``posix_spawn``: not with `subprocess`, whose import costs 8 ms.

It answers on a pipe that is also its stderr: what it has to say, then the end of the pipe. It
inherits that and nothing else that termlab opened; what the shell left open here it closes itself.
Imported before the server starts: no `typing` here either.
"""

import os
import sys
import time

from termlab.errors import ServerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

assert sys.platform != "win32"

# What a failing start may say: a traceback is some 2 KB.
MAX_SAID_BYTES = 64 * 1024


class Child:
    """A server that starts, and the pipe it reports on. `said` is called once, then `ended` or
    `kill` if it failed."""

    def __init__(self, pid: int, ready: int) -> None:
        self._pid = pid
        self._ready = ready

    def said(self, timeout_s: float) -> str | None:
        """All it said until the end of the pipe; None if that takes too long."""
        try:
            return _read_all(self._ready, timeout_s)
        finally:
            os.close(self._ready)

    def ended(self) -> str:
        """How it ended, for a message; it has said its last word."""
        code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def kill(self) -> None:
        import signal

        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def spawn(path: str) -> Child:
    """Start a server for ``path``. Raises ``ServerError``."""
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
        pid = spawn_apart(argv, os.environ, actions)
    except OSError as error:
        os.close(ready)
        raise ServerError(
            f"no server can be started with {sys.executable}: {error.strerror}"
        ) from error
    finally:
        os.close(report)
    return Child(pid, ready)


def spawn_apart(
    argv: list[str],
    environment: "Mapping[str, str]",
    actions: "Sequence[tuple[int | str, ...]]",
    default_signals: "Sequence[int]" = (),
) -> int:
    """In a session of its own from the first moment, so that Ctrl-C here never reaches it."""
    program, signals = argv[0], default_signals
    try:
        return os.posix_spawn(
            program,
            argv,
            environment,
            file_actions=actions,
            setsid=True,
            setsigmask=(),
            setsigdef=signals,
        )
    except NotImplementedError:  # an old libc: a server leaves this session itself
        return os.posix_spawn(
            program, argv, environment, file_actions=actions, setsigmask=(), setsigdef=signals
        )


def _fill_standard_descriptors() -> None:
    """A client started with one of 0, 1, 2 closed would get the pipe there, and lose it."""
    for fd in range(3):
        try:
            os.fstat(fd)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _read_all(fd: int, timeout_s: float) -> str | None:
    """All that is written to a pipe until its end; None if that takes too long."""
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
