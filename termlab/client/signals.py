"""Signals as bytes to read, so that a poll wakes for them.

They are noted from the moment this exists until `close`, which gives the handlers back.
"""

import os
import signal
import sys
from typing import Final

assert sys.platform != "win32"

NOTED: Final = (
    *(signal.SIGWINCH, signal.SIGTERM, signal.SIGHUP, signal.SIGCONT, signal.SIGTSTP),
    signal.SIGCHLD,
)


class Signals:
    """This process's. There is one at a time."""

    def __init__(self) -> None:
        self._out, self._in = os.pipe()
        for end in (self._out, self._in):
            os.set_blocking(end, False)
        self._old = signal.set_wakeup_fd(self._in, warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, _noted) for number in NOTED}

    def fileno(self) -> int:
        return self._out

    def take(self) -> bytes:
        """The numbers of those that came."""
        return os.read(self._out, 512)

    def close(self) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old)
        os.close(self._out)
        os.close(self._in)


def _noted(number: int, frame: object) -> None:
    """The wake-up descriptor has it."""
