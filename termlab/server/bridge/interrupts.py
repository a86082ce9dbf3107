"""The signals a bridge hears, as numbers to read: its child's end, and whoever wants it to end."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Final

Handler = Callable[[int, FrameType | None], object] | int | None

if sys.platform == "win32":
    STOPS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGBREAK)
    _OTHERS: Final[tuple[int, ...]] = ()
else:
    STOPS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    _OTHERS: Final[tuple[int, ...]] = (signal.SIGCHLD,)


class Interrupts:
    """This process's, from here until `close`, which gives the handlers back. What it was started
    to ignore (as by ``nohup``) stays ignored. ``more``: others to be heard."""

    def __init__(self, *more: int) -> None:
        if sys.platform == "win32":
            # Windows takes a socket for this, and nothing else.
            from termlab.backends.console_pumps import socket_pair

            out, into = socket_pair()
            into.setblocking(False)
            self._out, self._in = out.detach(), into.detach()
        else:
            self._out, self._in = os.pipe()
            os.set_blocking(self._out, False)
            os.set_blocking(self._in, False)
        self._old = signal.set_wakeup_fd(self._in, warn_on_full_buffer=False)
        heard = [n for n in (*STOPS, *more) if signal.getsignal(n) is not signal.SIG_IGN]
        self._handlers: dict[int, Handler] = {
            number: signal.signal(number, noted) for number in (*heard, *_OTHERS)
        }

    def fileno(self) -> int:
        return self._out

    def take(self) -> bytes:
        """The numbers of those that came; none is no error."""
        try:
            if sys.platform == "win32":
                import socket

                stream = socket.socket(fileno=self._out)
                try:
                    return stream.recv(512)
                finally:
                    stream.detach()
            return os.read(self._out, 512)
        except BlockingIOError:
            return b""

    def close(self) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old)
        for end in (self._out, self._in):
            if sys.platform == "win32":
                import socket

                socket.close(end)
            else:
                os.close(end)


def noted(number: int, frame: object) -> None:
    """The wake-up descriptor has it."""
