"""The outer terminal: its modes while a client has it, its size, reading and writing it.

Writing is non-blocking, through a descriptor of our own: the flag on an inherited one would reach
the user's shell. What does not fit waits here, in order; the terminal is restored on every way out
that can be caught. Modes are those that are needed and no more.
"""

import os
import select
import struct
import sys
import termios
import time
import tty
from collections.abc import Iterator
from typing import Final

from termlab.errors import UsageError
from termlab.model.geometry import Size

if sys.platform != "win32":
    from fcntl import ioctl

assert sys.platform != "win32"

ENTER: Final = b"\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[?1004h\x1b[m\x1b[?25l\x1b[H\x1b[2J"
LEAVE: Final = b"\x1b[m\x1b[0 q\x1b[?1004l\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"
MOUSE_ON: Final = b"\x1b[?1002h\x1b[?1006h"
MOUSE_OFF: Final = b"\x1b[?1003l\x1b[?1002l\x1b[?1006l"
MOTION_ON: Final = b"\x1b[?1003h"
MOTION_OFF: Final = b"\x1b[?1003l\x1b[?1002h"
# Colours, pixels of the area and of a cell, synchronised output; then DA1, which every terminal
# answers: once it has, no other answer is under way any more.
QUESTIONS: Final = b"\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b[14t\x1b[16t\x1b[?2026$p\x1b[c"

READ_BYTES: Final = 64 * 1024
# On the way out: how long a terminal may take for our last bytes, and for answers under way,
# which would else be typed into the user's shell. On a cold start, for those a program may ask for.
LEAVE_S: Final = 1.0
ANSWERS_S: Final = 0.1


class OuterTerminal:
    """The terminal on standard input. Raises ``UsageError`` if there is none."""

    def __init__(self) -> None:
        try:
            if not os.isatty(1):
                raise OSError("standard output is no terminal")
            self._fd = os.open(os.ttyname(0), os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError as error:
            raise UsageError(
                f"termlab needs a terminal to draw on ({error}): run it in one, or start a "
                "session without one with `termlab new -d`"
            ) from error
        self._saved = termios.tcgetattr(self._fd)
        self._waiting: list[bytes] = []
        self._entered = False
        self._mouse = False
        self._motion = False
        self.answered = True  # whether no answer to a question is under way

    def fileno(self) -> int:
        return self._fd

    @property
    def erase(self) -> int:
        """The byte of the erase key here."""
        return ord(self._saved[6][termios.VERASE])

    def size(self) -> Size:
        """Its cells and, where it tells, pixels; 80x24 where it tells nothing or has gone."""
        try:
            told = ioctl(self._fd, termios.TIOCGWINSZ, bytes(8))
        except OSError:
            told = bytes(8)
        rows, cols, xpixel, ypixel = struct.unpack("HHHH", told)
        return Size(cols or 80, rows or 24, xpixel, ypixel)

    def raw(self) -> None:
        """Keys come one by one, unechoed; what was typed ahead is kept.

        Does not wait for output under way, which a stalled terminal would never let go.
        """
        try:
            tty.setraw(self._fd, termios.TCSANOW)
        except termios.error:
            return  # it has gone: reading will tell

    def enter(self) -> None:
        """Take the screen, and ask what the terminal can tell about itself."""
        self._entered = True
        self._mouse = self._motion = False
        self.answered = False
        self.write(ENTER + QUESTIONS)

    @property
    def entered(self) -> bool:
        """Whether the screen is ours."""
        return self._entered

    def mouse(self) -> None:
        """Have presses, drags and the wheel reported."""
        if not self._mouse:
            self._mouse = True
            self.write(MOUSE_ON)

    def motion(self, wanted: bool) -> None:
        """Report the mouse's motion without a button only while somebody needs it."""
        if self._mouse and wanted != self._motion:
            self._motion = wanted
            self.write(MOTION_ON if wanted else MOTION_OFF)

    def read(self) -> bytes | None:
        """What was typed; None once the terminal has gone."""
        try:
            return os.read(self._fd, READ_BYTES) or None
        except BlockingIOError:
            return b""
        except OSError:
            return None

    # Output

    @property
    def blocked(self) -> bool:
        """Whether bytes wait for room."""
        return bool(self._waiting)

    @property
    def waiting_bytes(self) -> int:
        """How many bytes wait for room."""
        return sum(map(len, self._waiting))

    def write(self, data: bytes) -> None:
        """Write now what fits; the rest when `flush` is called, in order."""
        if not self._waiting:
            data = data[self._take(data) :]
        if data:
            self._waiting.append(data)

    def flush(self) -> None:
        """There is room again."""
        while self._waiting:
            taken = self._take(self._waiting[0])
            if taken < len(self._waiting[0]):
                self._waiting[0] = self._waiting[0][taken:]
                return
            del self._waiting[0]

    def _take(self, data: bytes) -> int:
        taken = 0
        while taken < len(data):
            try:
                taken += os.write(self._fd, data[taken:] if taken else data)
            except BlockingIOError:
                return taken
            except OSError:
                return len(data)  # it has gone: reading will tell
        return taken

    # The way out

    def leave(self) -> None:
        """Give the terminal back as it was; may be called twice, never raises."""
        if self._entered:
            self._entered = False
            self._waiting = self._waiting[:1]  # finish what is under way, paint no more
            self.write((MOUSE_OFF if self._mouse else b"") + LEAVE)
            self._drain(LEAVE_S)
            self._swallow_answers()
        try:
            termios.tcsetattr(self._fd, termios.TCSANOW, self._saved)
        except termios.error:
            return

    def _drain(self, seconds: float) -> None:
        """Wait for the terminal to take the last bytes."""
        poll = select.poll()
        poll.register(self._fd, select.POLLOUT)
        until = time.monotonic() + seconds
        while self._waiting and (left := until - time.monotonic()) > 0:
            if any(events & ~select.POLLOUT for _, events in poll.poll(left * 1000)):
                return
            self.flush()

    def _swallow_answers(self) -> None:
        """Read what the terminal still answers to us."""
        poll = select.poll()
        poll.register(self._fd, select.POLLIN)
        until = time.monotonic() + ANSWERS_S
        while not self.answered and (left := until - time.monotonic()) > 0:
            if not poll.poll(left * 1000):
                return
            data = self.read()
            if data is None or (b"\x1b[?" in data and b"c" in data):
                return

    def answers(self) -> Iterator[bytes]:
        """What the terminal says until it has answered what it was asked, or is too slow: whoever
        reads this sets `answered`. Most have answered long before a server has started."""
        poll = select.poll()
        poll.register(self._fd, select.POLLIN)
        until = time.monotonic() + ANSWERS_S
        while not self.answered and poll.poll(max(until - time.monotonic(), 0) * 1000):
            data = self.read()
            if not data:
                return
            yield data

    def close(self) -> None:
        os.close(self._fd)
