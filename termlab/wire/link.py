"""One connection: messages in, messages out, over a non-blocking stream socket.

Both ends use it: the server for each client, a client for its server. `send` writes at once what
the socket takes and keeps the rest, in order and whole; a link that breaks in mid-message is
closed, never resumed. In-process it runs over a socket pair, so tests and headless runs take the
same path. Knows nothing of what the messages mean.
"""

import socket
import sys
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from termlab.errors import WireError
from termlab.wire.codec import Decoder, Unreadable, encode
from termlab.wire.messages import Message

READ_BYTES: Final = 64 * 1024
# Frames go by credit, replies in parts of 256 KiB: more than this means the peer stopped reading.
MAX_QUEUED_BYTES: Final = 64 << 20
_MAX_BUFFERS: Final = 64

M = TypeVar("M")


def _nothing() -> None: ...


class Link(Generic[M]):
    """``M`` is what arrives here."""

    __slots__ = (
        "_decoder",
        "_gone",
        "_queue",
        "closed",
        "on_blocked",
        "on_closing",
        "queued_bytes",
        "socket",
    )

    def __init__(self, stream: socket.socket, decoder: Decoder[M]) -> None:
        stream.setblocking(False)
        # Told when a message could not go out whole, and just before the socket closes: whoever
        # waits for the socket waits for room as well, and forgets it in time.
        self.on_blocked: Callable[[], None] = _nothing
        self.on_closing: Callable[[], None] = _nothing
        self.socket = stream
        self.closed = False
        self._gone = False  # the peer is; what it sent may not be read yet
        self.queued_bytes = 0
        self._decoder = decoder
        self._queue: deque[memoryview] = deque()

    def fileno(self) -> int:
        return self.socket.fileno()

    def send(self, message: Message) -> None:
        """Send now or as soon as the socket takes it. To a peer that has gone it is lost, as it
        would be a moment later: `receive` tells. Raises ``WireError`` when the queue is full; the
        link is closed then."""
        if self.closed or self._gone:
            return
        data = encode(message)
        if not self._queue:
            sent = self._write([data])
            if sent == len(data):
                return
            data = data[sent:]
            self.on_blocked()
        if self.queued_bytes + len(data) > MAX_QUEUED_BYTES:
            self.close()
            raise WireError(f"the peer left {self.queued_bytes} bytes unread: connection closed")
        self._queue.append(memoryview(data))
        self.queued_bytes += len(data)

    def flush(self) -> bool:
        """Write what the socket takes; whether nothing is left."""
        queue = self._queue
        while queue:
            sent = self._write([queue[i] for i in range(min(len(queue), _MAX_BUFFERS))])
            if not sent:
                return False
            if self._gone:
                break
            self.queued_bytes -= sent
            while queue and sent >= len(queue[0]):
                sent -= len(queue.popleft())
            if sent:
                queue[0] = queue[0][sent:]
        return True

    def _write(self, buffers: Sequence[bytes | memoryview]) -> int:
        """How much the socket took, 0 if it is full."""
        try:
            if len(buffers) == 1 or sys.platform == "win32":
                return self.socket.send(buffers[0])
            return self.socket.sendmsg(buffers)
        except (BlockingIOError, InterruptedError):
            return 0
        except OSError:
            # The peer has gone: nobody misses this. What it said last may still wait to be read,
            # and the end is what reading comes to.
            self._gone = True
            self._queue.clear()
            self.queued_bytes = 0
            return sum(map(len, buffers))

    def receive(self) -> list[M | Unreadable] | None:
        """The messages that arrived, after one read; None once the peer has gone.

        Raises ``WireError`` when the stream can't be followed any more; the link is closed then.
        """
        try:
            data = self.socket.recv(READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return []
        except OSError:
            data = b""
        if not data:
            self.close()
            return None
        try:
            return self._decoder.feed(data)
        except WireError:
            self.close()
            raise

    def close(self) -> None:
        """Close the stream; may be called twice."""
        if not self.closed:
            self.closed = True
            self.on_closing()
            self._queue.clear()
            self.queued_bytes = 0
            self.socket.close()
