"""A child under test: waits on descriptors with a deadline, never on a clock."""

import os
import selectors
import sys
from collections.abc import Mapping, Sequence
from types import TracebackType

from termlab.backends.pty import Backend, Command, Pty
from termlab.model.geometry import Size
from tests.backends.exit_watch import exited

# Far above what any of these children needs, on a busy machine too: it only ends a hang.
DEADLINE_S = 10.0
PLAIN = {"PATH": os.environ.get("PATH", os.defpath), "TERM": "xterm-256color", "PS1": "$ "}
SIZE = Size(80, 24)


class Child:
    """A child of ``backend``, closed and reaped at the end of the block."""

    def __init__(
        self,
        backend: Backend,
        argv: Sequence[str],
        *,
        size: Size = SIZE,
        environment: Mapping[str, str] = PLAIN,
        directory: str = "/",
    ) -> None:
        self.pty: Pty = backend.spawn(Command(tuple(argv), directory, environment, size))
        self._seen = b""

    def __enter__(self) -> "Child":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.pty.close()
        self.status()

    def read_until(self, needle: bytes) -> bytes:
        """The output up to and with ``needle``; what follows it is kept for the next call."""
        while needle not in self._seen:
            assert self._read_some(), f"ended without {needle!r}: {self._seen!r}"
        head, found, self._seen = self._seen.partition(needle)
        return head + found

    def read_to_end(self) -> bytes:
        while self._read_some():
            pass
        seen, self._seen = self._seen, b""
        return seen

    def write(self, data: bytes) -> None:
        while data:
            taken = self.pty.writev([data])
            data = data[taken:]
            if not taken:
                wait_ready(self.pty.fileno(), selectors.EVENT_WRITE)

    def status(self) -> int:
        """The exit status, once it has one."""
        if self.pty.exit_status() is None and not self.pty.pid:
            while self._read_some():  # no process: the end of its output tells
                pass
        elif self.pty.exit_status() is None:
            wait_exit(self.pty.pid)
        status = self.pty.exit_status()
        assert status is not None
        return status

    def _read_some(self) -> bool:
        buffer = bytearray(65536)
        while (count := self.pty.readv([memoryview(buffer)])) is None:
            wait_ready(self.pty.fileno(), selectors.EVENT_READ)
        self._seen += buffer[:count]
        return count > 0


def python(source: str) -> list[str]:
    """The argument list of a small Python child."""
    return [sys.executable, "-I", "-S", "-c", source]


def wait_ready(fd: int, events: int) -> None:
    """Wait for the descriptor; fail at the deadline."""
    with selectors.DefaultSelector() as selector:
        selector.register(fd, events)
        assert selector.select(DEADLINE_S), "nothing happened before the deadline"


def wait_exit(pid: int) -> None:
    """Wait for the end of a process; fail at the deadline."""
    assert exited(pid, DEADLINE_S), "it did not end before the deadline"
