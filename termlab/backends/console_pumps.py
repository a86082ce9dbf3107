"""The two threads between a Windows console and an event loop, and the socket pair they share.

A console's handles can't be waited on and its calls block, so one thread reads and one writes; the
loop has the other end of a socket pair, which is ready exactly when there is something to do: it
is readable while output, or its end, waits, and writable while input is taken. Both sleep in the
kernel until then. The pair's buffers are the queues, `QUEUE_BYTES` each way: when the loop does
not read, output is gathered in an `outlet`, and then the reading thread waits; when the console
takes nothing, a write of the loop takes 0.

Knows no process and no `Pty`; `conpty` starts them.
"""

import codecs
import contextlib
import select
import socket
from collections.abc import Callable
from threading import Thread
from typing import Final, Protocol

from termlab.backends.outlet import Outlet

# What either direction holds before it waits: the field's size for a terminal's queue.
QUEUE_BYTES: Final = 64 * 1024
# What one write to the console has at most: what the binding hands over at once.
_WRITE_BYTES: Final = 8192
# A read is empty when it brought nothing but NULs, which the binding takes out, and each is, at
# once, when the output has ended. No program sends so many reads of nothing but NULs in a row.
_EMPTY_READS: Final = 64


class Console(Protocol):
    """What of ``winpty.PTY`` blocks: text each way. Every failure is a ``WinptyError``."""

    def read(self, blocking: bool = False) -> str:
        """The output so far; blocking, it waits for some."""

    def write(self, to_write: str) -> int:
        """Write it all. What is counted is not the same in all versions."""


def socket_pair() -> tuple[socket.socket, socket.socket]:
    """The loop's end, which never blocks, and the threads' end, which does."""
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, QUEUE_BYTES)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, QUEUE_BYTES)
        if end.family == socket.AF_INET:
            # Windows has pairs over TCP only, which else holds a key back for the receipt of the
            # one before.
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    ours.setblocking(False)
    return ours, theirs


def start_pumps(
    console: Console, theirs: socket.socket, failure: type[Exception], gone: Callable[[], None]
) -> None:
    """Start both threads, which own ``theirs`` and keep ``console`` until they end.

    ``gone`` waits for the end of the console's child: the end of the output is told after it.
    The threads end when the loop's end is closed and ``cancel_io`` has ended what they wait in.
    """
    typed = theirs.dup()
    pumps = (
        Thread(target=_pump_output, args=(console, theirs, failure, gone), daemon=True),
        Thread(target=_pump_input, args=(console, typed, failure), daemon=True),
    )
    try:
        for pump in pumps:
            pump.start()
    except RuntimeError:
        typed.close()
        raise


def _pump_output(
    console: Console, out: socket.socket, failure: type[Exception], gone: Callable[[], None]
) -> None:
    # An error of the socket says that the loop's end was closed: nobody wants the rest.
    with out, contextlib.suppress(OSError):
        try:
            _copy_output(console, out, failure)
        finally:
            # Only then may the console go: its destructor waits for the child, and the whole
            # process with it. And who reads the end can be sure to find the exit status.
            gone()
            out.shutdown(socket.SHUT_WR)


def _copy_output(console: Console, out: socket.socket, failure: type[Exception]) -> None:
    outlet = Outlet(out.sendall, lambda: bool(select.select([], [out], [], 0)[1]))
    try:
        empty = 0
        while empty < _EMPTY_READS:
            try:
                text = console.read(blocking=True)
            except failure:
                # The end, or a cancelled read: the binding's own thread has ended, for good.
                return
            empty = 0 if text else empty + 1
            # Half of a surrogate pair is no text; the binding makes one of nothing a child sends.
            outlet.write(text.encode("utf-8", "replace"))
    finally:
        outlet.end()


def _pump_input(console: Console, typed: socket.socket, failure: type[Exception]) -> None:
    # A character may come in two parts: the console takes whole ones.
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    with typed, contextlib.suppress(OSError):
        while data := typed.recv(_WRITE_BYTES):
            if text := decoder.decode(data):
                # The child has gone: nobody will ever read it. Going on keeps the loop from
                # waiting for ever until there is room.
                with contextlib.suppress(failure):
                    console.write(text)
