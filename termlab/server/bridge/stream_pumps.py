"""Standard input and output behind a thread each, where they can't be waited on: on Windows.

The loop has the other end of a socket pair, which is ready exactly when there is something to do
(see `backends.console_pumps`). The pair's buffers are the queues: a reader of the output that
stalls holds the thread, then the loop, then the child; input nobody takes holds the other thread.
"""

import os
import socket
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread
from typing import Final

from termlab.backends.console_pumps import socket_pair

_READ_BYTES: Final = 64 * 1024


class PumpedSource:
    """Input that a thread reads."""

    is_terminal = False

    def __init__(self, fd: int) -> None:
        self._ours, theirs = socket_pair()
        Thread(target=_pump_in, args=(fd, theirs), daemon=True).start()

    def fileno(self) -> int:
        return self._ours.fileno()

    def readv(self, spans: Sequence[memoryview]) -> int | None:
        try:
            return self._ours.recv_into(spans[0])
        except BlockingIOError:
            return None
        except ConnectionError:
            return 0

    def close(self) -> None:
        """The thread may still wait for input: the process's end is its own."""
        self._ours.close()


class PumpedSink:
    """Output that a thread writes."""

    def __init__(self, fd: int) -> None:
        self._ours, theirs = socket_pair()
        self._thread = Thread(target=_pump_out, args=(fd, theirs), daemon=True)
        self._thread.start()

    def fileno(self) -> int:
        return self._ours.fileno()

    def writev(self, buffers: Sequence[memoryview]) -> int | None:
        try:
            return self._ours.send(buffers[0])
        except BlockingIOError:
            return 0
        except ConnectionError:
            return None

    def close(self, finish: bool) -> None:
        """``finish`` waits for the thread to have written it all, or to find that nobody reads."""
        with suppress(OSError):
            self._ours.shutdown(socket.SHUT_WR)
        if finish:
            self._thread.join()
        self._ours.close()


def _pump_in(fd: int, theirs: socket.socket) -> None:
    # An error of the socket says that the bridge has ended, one of the descriptor is its end.
    with theirs, suppress(OSError):
        while data := os.read(fd, _READ_BYTES):
            theirs.sendall(data)


def _pump_out(fd: int, theirs: socket.socket) -> None:
    # What closing the socket tells: all was written, or nobody reads.
    with theirs, suppress(OSError):
        while data := theirs.recv(_READ_BYTES):
            view = memoryview(data)
            while view:
                view = view[os.write(fd, view) :]
