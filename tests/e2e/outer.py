"""A person's terminal, for tests: runs a program on a real PTY and shows what it drew.

It waits on descriptors with a deadline, never on a clock alone, and answers the program's queries
as a terminal does. It knows nothing of what it runs.
"""

import os
import re
import selectors
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Final

from termlab.backends.pty import Command, Pty
from termlab.model.geometry import Size
from termlab.model.keys import Key
from termlab.model.screen import Cursor
from termlab.terminal.emulator import Colours
from termlab.terminal.ghostty import GhosttyEmulator
from tests.backends.exit_watch import exit_descriptor, exited
from tests.terminal.cells import Cell
from tests.terminal.cells import screen as read_cells

if sys.platform != "win32":
    from termlab.backends.unix import UnixBackend

assert sys.platform != "win32"

SIZE: Final = Size(80, 24)
# Only ends a hang: far above what a program needs on a busy machine.
TIMEOUT_S: Final = 10.0
# How long a program may take to end after its hang-up before it is killed.
GRACE_S: Final = 1.0
# The newest output kept for `raw`: enough for any one screenful, bounded for floods.
RAW_BYTES: Final = 4 * 1024 * 1024
SCROLLBACK_BYTES: Final = 1024 * 1024
# Bytes read at once. With few of them a test sees every screen on the way to the one it waits for:
# one that takes the first glimpse for the whole fails each time, not once in a hundred runs.
READ_BYTES: Final = int(os.environ.get("TERMLAB_TEST_READ_BYTES", "65536"))

Screen = list[str]
Condition = str | Callable[[Screen], bool]

PLAIN: Final = {
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "PATH": os.environ.get("PATH", os.defpath),
    "PS1": "$ ",
    "TERM": "xterm-256color",
}


class OuterTerminal:
    """A program, its terminal and the screen. The program is gone when the block is left."""

    def __init__(
        self,
        argv: Sequence[str],
        size: Size = SIZE,
        env: Mapping[str, str] = PLAIN,
        directory: str = "/",
    ) -> None:
        self.size = size
        self.paused = False
        self.ended = False
        self.raw_bytes = 0
        self._raw = bytearray()
        self._outbox = b""
        self._buffer = memoryview(bytearray(READ_BYTES))
        self._pty: Pty = UnixBackend().spawn(Command(tuple(argv), directory, env, size))
        self.pid = self._pty.pid
        # For what a person sees only in effect: modes, events, history.
        self.emulator = GhosttyEmulator(size, scrollback_bytes=SCROLLBACK_BYTES)
        self.emulator.set_colours(Colours((255, 255, 255), (0, 0, 0)))
        self._closed = False
        # What becomes of its answers to queries, for terminals that say less, later, or nothing.
        self.answers: Callable[[bytes], bytes] = bytes

    def __enter__(self) -> "OuterTerminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def raw(self) -> bytes:
        """The program's output as it came, at most the newest `RAW_BYTES`."""
        return bytes(self._raw)

    def screen(self) -> Screen:
        """The rows of the screen as text, trailing blanks trimmed."""
        return self.emulator.text_at(self.emulator.history_rows(), self.size.rows)

    def cells(self) -> list[list[Cell]]:
        """Every cell with its style, row by row. Slow: read one by one."""
        return read_cells(self.emulator)

    def cursor(self) -> Cursor:
        return self.emulator.cursor()

    def type(self, keys: bytes | str) -> None:
        """Send keys; while the terminal is full, the program's output is read on."""
        self._outbox += keys.encode() if isinstance(keys, str) else keys
        deadline = time.monotonic() + TIMEOUT_S
        self._send()
        while self._outbox and not self.paused and not self.ended:
            assert self._turn(deadline), self._failure("the program takes no input")

    def press(self, *keys: Key) -> None:
        """Send keys as this terminal does in the modes that the program has set."""
        self.type(b"".join(map(self.emulator.encode_key, keys)))

    def resize(self, size: Size) -> None:
        self.emulator.resize(size)
        self._pty.resize(size)
        self.size = size

    def wait_for(self, condition: Condition, timeout_s: float = TIMEOUT_S) -> Screen:
        """The screen once it fulfils ``condition``: a predicate, or a regex over its lines."""
        deadline = time.monotonic() + timeout_s
        while not self._shows(condition):
            if self.ended:
                raise AssertionError(self._failure(f"the program ended without {condition!r}"))
            if not self._turn(deadline):
                raise AssertionError(self._failure(f"no {condition!r} in {timeout_s} s"))
        return self.screen()

    def wait_quiet(self, quiet_ms: float = 100, timeout_s: float = TIMEOUT_S) -> Screen:
        """The screen once the program has written nothing for ``quiet_ms``."""
        deadline = time.monotonic() + timeout_s
        while not self.ended and self._turn(time.monotonic() + quiet_ms / 1000):
            if time.monotonic() > deadline:
                raise AssertionError(self._failure(f"never quiet for {quiet_ms} ms"))
        return self.screen()

    def wait_exit(self, timeout_s: float = TIMEOUT_S) -> int:
        """The exit status once the program has ended; what it wrote last is on the screen."""
        if not self._ends_by(time.monotonic() + timeout_s):
            raise AssertionError(self._failure(f"still running after {timeout_s} s"))
        while not self.ended and self._read():
            pass
        status = self._pty.exit_status()
        assert status is not None
        return status

    def pause(self) -> None:
        """Stop reading, as a terminal that hangs or scrolls does."""
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    def close(self) -> None:
        """Hang up; kill what does not end of it."""
        if self._closed:
            return
        self._closed = True
        self._pty.close()
        if not self._gone_by(time.monotonic() + GRACE_S):
            os.killpg(self.pid, signal.SIGKILL)
            self._gone_by(time.monotonic() + TIMEOUT_S)
        self.emulator.close()

    def fileno(self) -> int:
        """The descriptor to wait on before `hear`."""
        return self._pty.fileno()

    def hear(self) -> None:
        """Read what there is, without waiting."""
        if not self.paused and not self.ended:
            self._read()

    @property
    def holding(self) -> bool:
        """Whether the program holds its output: a terminal shows what was there before."""
        return self.emulator.holding and not self.ended

    def _shows(self, condition: Condition) -> bool:
        if self.holding:
            return False
        screen = self.screen()
        if isinstance(condition, str):
            return re.search(condition, "\n".join(screen), re.MULTILINE) is not None
        return condition(screen)

    def _turn(self, deadline: float) -> bool:
        """Wait for the program and hear it. False when nothing happened until the deadline."""
        events = 0 if self.paused else selectors.EVENT_READ
        events |= selectors.EVENT_WRITE if self._outbox else 0
        with selectors.DefaultSelector() as selector:
            if events:
                selector.register(self._pty.fileno(), events)
            if not selector.select(max(deadline - time.monotonic(), 0)):
                return False
        self._send()
        if not self.paused:
            self._read()
        return True

    def _read(self) -> bool:
        count = self._pty.readv([self._buffer])
        if count is None:
            return False
        self.ended = count == 0
        data = self._buffer[:count]
        self.raw_bytes += count
        self._raw += data
        del self._raw[:-RAW_BYTES]
        self.emulator.feed(data)
        self._outbox += self.answers(self.emulator.take_replies())
        self._send()
        return True

    def _send(self) -> None:
        if self._outbox:
            self._outbox = self._outbox[self._pty.writev([self._outbox]) :]

    def _ends_by(self, deadline: float) -> bool:
        """Whether the program ended, hearing it until then."""
        while self._pty.exit_status() is None:
            if self.ended or self.paused:
                return self._gone_by(deadline)
            with exit_descriptor(self.pid) as exit_fd, selectors.DefaultSelector() as selector:
                selector.register(self._pty.fileno(), selectors.EVENT_READ)
                selector.register(exit_fd, selectors.EVENT_READ)
                if not selector.select(max(deadline - time.monotonic(), 0)):
                    return False
            self._read()
        return True

    def _gone_by(self, deadline: float) -> bool:
        if self._pty.exit_status() is None:
            exited(self.pid, max(deadline - time.monotonic(), 0))
        return self._pty.exit_status() is not None

    def _failure(self, what: str) -> str:
        edge = "+" + "-" * self.size.cols + "+"
        rows = [f"|{row}" for row in self.screen()]
        return "\n".join([what, edge, *rows, edge, f"cursor {self.cursor()}"])
