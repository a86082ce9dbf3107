"""The line discipline of a PTY, looked at from its master side: what it does with a key, and
whether the program has taken it. Of Linux; other systems have no way to open the other side."""

import array
import fcntl
import os
import sys
import termios
from typing import Final

from termlab.backends.pty import LineModes

assert sys.platform != "win32"

_TIOCGPTPEER: Final = 0x5441
_LOCAL_FLAGS: Final = 3


def line_modes(fd: int) -> LineModes | None:
    """By the master ``fd``; None where it does not tell."""
    try:
        flags: int = termios.tcgetattr(fd)[_LOCAL_FLAGS]
    except termios.error:
        return None
    return LineModes(bool(flags & termios.ECHO), bool(flags & termios.ICANON))


class UnreadInput:
    """What was typed and not read by the program yet. It holds the program's side of the terminal
    open, so that its end is not told: to be closed soon."""

    def __init__(self, master: int) -> None:
        """Raises ``OSError`` where the other side can't be opened."""
        flags = os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
        self._fd = fcntl.ioctl(master, _TIOCGPTPEER, flags)

    def count(self) -> int | None:
        found = array.array("i", [0])
        try:
            fcntl.ioctl(self._fd, termios.FIONREAD, found)
        except (OSError, ValueError):  # it was hung up, or is closed
            return None
        return found[0]

    def close(self) -> None:
        """May be called twice."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)


def unread_input(master: int) -> UnreadInput | None:
    """A look at what the program has not read; None where there is none."""
    if sys.platform != "linux":
        return None
    try:
        return UnreadInput(master)
    except OSError:
        return None
