"""An outer terminal of 200x50 for measurements: a program on a PTY, its output read at full speed.

Nothing is interpreted while something is measured: what is waited for is looked for in the stream
of bytes, so that this program's own work disturbs as little as it can. Only until the first prompt
does an engine answer the questions programs ask a terminal.
"""

import os
import select
import struct
import sys
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Final, Self

from termlab.model.geometry import Size
from termlab.terminal.ghostty import GhosttyEmulator

COLS: Final = 200
ROWS: Final = 50
READ_BYTES: Final = 1 << 16
# Only ends a hang.
TIMEOUT_S: Final = 30.0
PROMPT: Final = b"$ "
# What says that all is shown: one cell, so that no painter can draw it in parts.
MARKER: Final = "☃".encode()
PRINT_MARKER: Final = "printf '\\033[m\\r\\n\\n\\342\\230\\203\\r\\n'\r"


class Terminal:
    """A program and its terminal; both are gone when the block is left."""

    def __init__(
        self, argv: Sequence[str], environment: Mapping[str, str], cols: int = COLS
    ) -> None:
        self._engine = GhosttyEmulator(Size(cols, ROWS), scrollback_bytes=0)
        self.pid, self.fd = _start(argv, environment, cols)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        os.close(self.fd)
        self._engine.close()
        _end(self.pid)

    def write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self.fd, data) :]

    def settle(self, words: bytes = PROMPT) -> float:
        """Answer the program's questions until ``words`` came: when that was."""
        tail = b""
        while words not in tail:
            chunk = self.read(TIMEOUT_S)
            if not chunk:
                raise SystemExit(f"nothing came for {TIMEOUT_S:g} s, and {words!r} not before")
            tail = tail[-256:] + chunk
            self._engine.feed(memoryview(chunk))
            if replies := self._engine.take_replies():
                self.write(replies)
        return time.perf_counter()

    def calm(self, quiet_s: float) -> None:
        """Read, and answer, until nothing has come for ``quiet_s``."""
        while chunk := self.read(quiet_s):
            self._engine.feed(memoryview(chunk))
            if replies := self._engine.take_replies():
                self.write(replies)

    def until(self, words: bytes, timeout_s: float = TIMEOUT_S) -> float:
        """Read as fast as possible until ``words`` came: when that was."""
        keep = len(words) - 1
        tail = b""
        latest = time.perf_counter() + timeout_s
        while True:
            chunk = self.read(max(latest - time.perf_counter(), 0))
            if not chunk:
                raise SystemExit(f"{words!r} did not come in {timeout_s:g} s")
            if words in chunk or words in tail + chunk[:keep]:
                return time.perf_counter()
            tail = (tail + chunk)[-keep:] if keep else b""

    def read(self, timeout_s: float) -> bytes:
        """What comes next; b"" if nothing comes in time."""
        if not select.select([self.fd], [], [], timeout_s)[0]:
            return b""
        return os.read(self.fd, READ_BYTES)

    def read_for(self, seconds: float) -> int:
        """Read whatever comes for so long: how many bytes that was."""
        end = time.perf_counter() + seconds
        count = 0
        while (left := end - time.perf_counter()) > 0:
            count += len(self.read(left))
        return count


def _start(argv: Sequence[str], environment: Mapping[str, str], cols: int) -> tuple[int, int]:
    """Process and descriptor of ``argv`` on a new terminal, sized before it runs."""
    if sys.platform == "win32":
        raise SystemExit("benchmarks need PTYs: run them on Linux")
    else:
        import fcntl
        import pty
        import termios

        pid, fd = pty.fork()
        if pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, cols, 0, 0))
                os.chdir(environment["HOME"])
                os.execvpe(argv[0], list(argv), dict(environment))
            finally:
                os._exit(127)
        return pid, fd


def _end(pid: int) -> None:
    """The hang-up was sent by closing; what does not end of it is killed."""
    if sys.platform != "win32":
        import signal

        for _ in range(100):
            if os.waitpid(pid, os.WNOHANG)[0]:
                return
            time.sleep(0.01)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
