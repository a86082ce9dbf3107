"""The outer terminal: its modes while a client has it, its size, reading and writing it.

Writing is non-blocking, through a descriptor of our own: the flag on an inherited one would reach
the user's shell. What does not fit waits here, in order; the terminal is restored on every way out
that can be caught. Modes are those that are needed and no more.
"""

import os
import select
import signal
import struct
import sys
import termios
import time
import tty
from collections.abc import Iterator
from typing import Final

from termlab.client.capabilities import COLOURS, END, QUESTIONS, Capabilities
from termlab.errors import UsageError
from termlab.model.geometry import Size

if sys.platform != "win32":
    from fcntl import ioctl

assert sys.platform != "win32"

MODES: Final = b"\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[?1004h\x1b[?2031h\x1b[?25l"
# What is asked comes before the screen is cleared: a terminal that does not know a question may
# print it.
CLEAR: Final = b"\x1b[m\x1b[H\x1b[2J"
ENTER: Final = MODES + QUESTIONS + CLEAR
LEAVE: Final = b"\x1b[m\x1b[0 q\x1b[?2031l\x1b[?1004l\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"
MOUSE_ON: Final = b"\x1b[?1002h\x1b[?1006h"
MOUSE_OFF: Final = b"\x1b[?1003l\x1b[?1002l\x1b[?1006l"
MOTION_ON: Final = b"\x1b[?1003h"
MOTION_OFF: Final = b"\x1b[?1003l\x1b[?1002h"
# The kitty keyboard protocol: keys that have no byte of their own are told apart, and what the key
# is on other layouts is told, so that a shortcut is one on any. A program may ask for more.
KEYS: Final = 1 | 4
KITTY_PUSH: Final = b"\x1b[>%du" % KEYS
KITTY_POP: Final = b"\x1b[<u"
_EVENTS: Final = 2
_ALL_KEYS: Final = 8
_TEXT: Final = 16
# xterm's, for those that don't speak it. Whoever takes it for a pen gets a plain one behind it.
OTHER_KEYS_ON: Final = b"\x1b[>4;2m\x1b[m"
OTHER_KEYS_OFF: Final = b"\x1b[>4m\x1b[m"
# In place of flags: as they were before us, and by xterm's way.
NO_KEYS: Final = -1
OTHER_KEYS: Final = 0
TITLE_SAVE: Final = b"\x1b[22;0t"
TITLE_RESTORE: Final = b"\x1b[23;0t"

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
        try:
            self._saved = termios.tcgetattr(self._fd)
        except termios.error as error:
            os.close(self._fd)
            raise UsageError(f"the terminal tells no modes ({error}): try another") from error
        self._waiting: list[bytes] = []
        self._entered = False
        self._mouse = False
        self._motion = False
        self._keys = NO_KEYS  # how keys are reported: flags of the kitty protocol, or one of these
        self._title: str | None = None  # what it was given, if any
        self._wanted_title = ""
        self._found = Capabilities()
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
        self.write(self._plain_keys() + ENTER)
        self.capable(self._found)

    def ask(self) -> None:
        """Ask the same without taking the screen: what is printed for it is wiped from its row."""
        self.answered = False
        self.write(b"%b\r\x1b[K" % QUESTIONS)

    @property
    def entered(self) -> bool:
        """Whether the screen is ours."""
        return self._entered

    def mouse(self, wanted: bool = True) -> None:
        """Have presses, drags and the wheel reported, or leave the mouse to the terminal."""
        if wanted != self._mouse:
            self._mouse, self._motion = wanted, False
            self.write(MOUSE_ON if wanted else MOUSE_OFF)

    def capable(self, found: Capabilities) -> None:
        """It can do so much, as far as is known by now: have it tell keys apart."""
        before, self._found = self._found, found
        if not self._entered:
            return
        self.title(self._wanted_title)
        if before.complete and found.dark != before.dark and self.answered:
            self.answered = False
            self.write(COLOURS + END)  # they are others now
        if self._keys != NO_KEYS:
            return
        if found.kitty_keyboard:
            self._keys = KEYS
            self.write(KITTY_PUSH)
        elif found.complete:
            self._keys = OTHER_KEYS
            self.write(OTHER_KEYS_ON)

    def keys(self, asked: int) -> None:
        """The program in front asks for keys by these flags of the kitty protocol: report at least
        as much, or no more than we need for 0."""
        if self._keys < KEYS:
            return
        flags = KEYS | asked & _EVENTS
        if asked & _ALL_KEYS:
            flags |= _ALL_KEYS | _TEXT
        if flags != self._keys:
            self._keys = flags
            self.write(b"\x1b[=%d;1u" % flags)

    def _plain_keys(self) -> bytes:
        """What has keys reported as they were before us."""
        was, self._keys = self._keys, NO_KEYS
        if was == NO_KEYS:
            return b""
        return OTHER_KEYS_OFF if was == OTHER_KEYS else KITTY_POP

    def title(self, text: str) -> None:
        """Give it a title, printable, until `leave`; "" gives it back the one it had. One that may
        print it is given none."""
        self._wanted_title = text
        if not (self._entered and self._found.strings) or text == (self._title or ""):
            return
        save = TITLE_SAVE if self._title is None else b""
        self._title = text or None
        given = b"%b\x1b]2;%b\x1b\\" % (save, text.encode("utf-8", "replace"))
        self.write(given if text else TITLE_RESTORE)

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
            mouse = MOUSE_OFF if self._mouse else b""
            title = TITLE_RESTORE if self._title is not None else b""
            self._title = None
            self.write(mouse + self._plain_keys() + LEAVE + title)
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

    def suspend(self) -> None:
        """Stop this process as somebody asked, the terminal given back meanwhile. Once it is
        continued the terminal is to be taken anew: `raw`, `enter`."""
        entered = self._entered
        self.leave()
        noted = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, noted)
        self._entered = entered

    def answers(self, seconds: float | None = None) -> Iterator[bytes]:
        """What the terminal says until it has answered what it was asked, or is too slow: whoever
        reads this sets `answered`. Most have answered long before a server has started."""
        poll = select.poll()
        poll.register(self._fd, select.POLLIN)
        until = time.monotonic() + (ANSWERS_S if seconds is None else seconds)
        while not self.answered and poll.poll(max(until - time.monotonic(), 0) * 1000):
            data = self.read()
            if not data:
                return
            yield data

    def close(self) -> None:
        os.close(self._fd)
