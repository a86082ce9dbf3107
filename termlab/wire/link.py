"""One connection: messages in, messages out, over a non-blocking stream socket.

Both ends use it: the server for each client, a client for its server. `send` writes at once what
the socket takes and keeps the rest, in order and whole; a link that breaks in mid-message is
closed, never resumed. `send_buffered` collects until `flush`, or until the preset's size is full;
`send_batch` writes many at once. In-process it runs over a socket pair, so tests and headless runs
take the same path. Knows nothing of what the messages mean.
"""

import socket
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from termlab.errors import WireError
from termlab.model.buffer_sizes import AUTO, DEFAULT, Preset, Tuner
from termlab.wire.codec import Decoder, Unreadable, encode, encode_parts
from termlab.wire.messages import Message

# Frames go by credit, replies in parts of 256 KiB: more than this means the peer stopped reading.
MAX_QUEUED_BYTES: Final = 64 << 20
_MAX_BUFFERS: Final = 64
# From here on a length and its message are written as two buffers: to join them costs more than the
# kernel's look at two (`benchmarks/messaging.py`).
VECTORED_BYTES: Final = 8 * 1024
# Nothing was learned yet.
LEARNING: Final = "as long as too few messages tell"

M = TypeVar("M")


class LinkStats(NamedTuple):
    """What went over a connection, and what its buffers are. ``partial_writes`` are those of which
    the socket took a part only. ``growths`` and ``shrinks`` are of the read buffer, ``lent`` those
    left to who still looked at them. ``chosen`` by ``auto`` or by hand, and why."""

    messages_in: int
    messages_out: int
    bytes_in: int
    bytes_out: int
    reads: int
    writes: int
    partial_writes: int
    queued_bytes: int
    queued_high_bytes: int
    buffer_bytes: int
    growths: int
    shrinks: int
    lent: int
    read_preset: str
    read_why: str
    write_preset: str
    write_why: str


def _nothing() -> None: ...


class Link(Generic[M]):
    """``M`` is what arrives here. ``preset`` None is `AUTO`: learned from the first messages."""

    __slots__ = (
        "_bytes_in",
        "_bytes_out",
        "_decoder",
        "_gone",
        "_held",
        "_hold_bytes",
        "_messages_in",
        "_messages_out",
        "_partial",
        "_queue",
        "_read_choice",
        "_read_tuner",
        "_reads",
        "_write_choice",
        "_write_tuner",
        "_writes",
        "closed",
        "on_blocked",
        "on_closing",
        "queued_bytes",
        "queued_high_bytes",
        "socket",
    )

    def __init__(
        self, stream: socket.socket, decoder: Decoder[M], preset: Preset | None = None
    ) -> None:
        stream.setblocking(False)
        # Told when a message could not go out whole, and just before the socket closes: whoever
        # waits for the socket waits for room as well, and forgets it in time.
        self.on_blocked: Callable[[], None] = _nothing
        self.on_closing: Callable[[], None] = _nothing
        self.socket = stream
        self.closed = False
        self._gone = False  # the peer is; what it sent may not be read yet
        self.queued_bytes = self.queued_high_bytes = 0
        self._decoder = decoder
        self._queue: deque[memoryview] = deque()
        self._held = bytearray()  # by `send_buffered`
        self._messages_in = self._messages_out = self._bytes_in = self._bytes_out = 0
        self._reads = self._writes = self._partial = 0
        self.tune(preset)

    def fileno(self) -> int:
        return self.socket.fileno()

    def tune(self, preset: Preset | None) -> None:
        """Use these sizes from here on; None: learn them."""
        chosen, why = preset or DEFAULT, "set" if preset else LEARNING
        self._read_choice = self._write_choice = (chosen.name if preset else AUTO, why)
        self._read_tuner = None if preset else Tuner()
        self._write_tuner = None if preset else Tuner()
        self._hold_bytes = chosen.write_bytes
        self._decoder.resize(chosen.read_bytes)

    # Out

    def send(self, message: Message) -> None:
        """Send now or as soon as the socket takes it. To a peer that has gone it is lost, as it
        would be a moment later: `receive` tells. Raises ``WireError`` when the queue is full; the
        link is closed then."""
        if self.closed or self._gone:
            return
        length, body = encode_parts(message)
        if len(body) < VECTORED_BYTES:
            self._send((length + body,), 1)
        else:
            self._send((length, body), 1)

    def send_batch(self, messages: Iterable[Message]) -> None:
        """As `send`, for many: in one write, as far as the socket takes it."""
        if self.closed or self._gone:
            return
        parts = [encode(message) for message in messages]
        if parts:
            joined = len(parts) <= _MAX_BUFFERS and sum(map(len, parts)) >= VECTORED_BYTES
            self._send(parts if joined else (b"".join(parts),), len(parts))

    def send_buffered(self, message: Message) -> None:
        """Send with what follows: whoever calls this calls `flush`, or `send`, before it sleeps. At
        once where the preset's size is full."""
        if self.closed or self._gone:
            return
        length, body = encode_parts(message)
        self._hold(length, body)

    def send_buffered_encoded(self, data: bytes) -> None:
        """As `send_buffered`, for a message that `encode` has made: once, for many links."""
        if not (self.closed or self._gone):
            self._hold(b"", data)

    def _hold(self, length: bytes, body: bytes) -> None:
        held = self._held
        held += length
        held += body
        self._messages_out += 1
        if self._write_tuner is not None:
            self._learn_writes(1, len(length) + len(body))
        if len(held) >= self._hold_bytes:
            self._held = bytearray()
            self._send((held,), 0)

    def flush(self) -> bool:
        """Write what the socket takes; whether nothing is left."""
        if self._held:
            held, self._held = self._held, bytearray()
            waited = bool(self._queue)
            self._send((held,), 0)
            if not waited:
                return not self._queue
        return self._write_queue()

    def _send(self, buffers: Sequence[bytes | bytearray], messages: int) -> None:
        """Write behind what waits; what the socket does not take waits."""
        size = sum(map(len, buffers)) if len(buffers) > 1 else len(buffers[0])
        if self._write_tuner is not None and messages:
            self._learn_writes(messages, size)
        if self._held:
            held, self._held = self._held, bytearray()
            buffers = (held, *buffers)
            size += len(held)
        self._messages_out += messages
        self._bytes_out += size
        if not self._queue:
            sent = self._write(buffers)
            if sent == size:
                return
            self._partial += 1
            self._keep(buffers, sent, size - sent)
            if not self.closed:
                self.on_blocked()
        else:
            self._keep(buffers, 0, size)

    def _keep(self, buffers: Sequence[bytes | bytearray], sent: int, left: int) -> None:
        """Let wait what of ``buffers`` was not sent."""
        if self.queued_bytes + left > MAX_QUEUED_BYTES:
            waiting = self.queued_bytes
            self.close()
            raise WireError(f"the peer left {waiting} bytes unread: connection closed")
        for buffer in buffers:
            if sent < len(buffer):
                self._queue.append(memoryview(buffer)[sent:])
            sent = max(sent - len(buffer), 0)
        self.queued_bytes += left
        self.queued_high_bytes = max(self.queued_high_bytes, self.queued_bytes)

    def _write_queue(self) -> bool:
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
                self._partial += 1
                queue[0] = queue[0][sent:]
        return True

    def _write(self, buffers: Sequence[bytes | bytearray | memoryview]) -> int:
        """How much the socket took, 0 if it is full."""
        self._writes += 1
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

    def _learn_writes(self, messages: int, size: int) -> None:
        assert self._write_tuner is not None
        if (choice := self._write_tuner.saw(messages, size)) is not None:
            self._write_tuner = None
            self._write_choice = (f"{AUTO}: {choice.preset.name}", choice.why)
            self._hold_bytes = choice.preset.write_bytes

    # In

    def expect(self, size: int) -> None:
        """What comes next will have about so many bytes: room is made for it beforehand."""
        self._decoder.expect(size)

    def receive(self) -> Sequence[M | Unreadable] | None:
        """The messages that arrived, after one read; None once the peer has gone.

        Views in them are good until somebody lets go of them, however much is received meanwhile.
        Raises ``WireError`` when the stream can't be followed any more; the link is closed then.
        """
        try:
            count = self.socket.recv_into(self._decoder.room())
        except (BlockingIOError, InterruptedError):
            return ()
        except OSError:
            count = 0
        if not count:
            self.close()
            return None
        try:
            messages = self._decoder.took(count)
        except WireError:
            self.close()
            raise
        self._reads += 1
        self._bytes_in += count
        self._messages_in += len(messages)
        if self._read_tuner is not None:
            self._learn_reads(len(messages), count)
        return messages

    def _learn_reads(self, messages: int, size: int) -> None:
        assert self._read_tuner is not None
        if (choice := self._read_tuner.saw(messages, size)) is not None:
            self._read_tuner = None
            self._read_choice = (f"{AUTO}: {choice.preset.name}", choice.why)
            self._decoder.resize(choice.preset.read_bytes)

    # Both

    def stats(self) -> LinkStats:
        decoder = self._decoder
        return LinkStats(
            self._messages_in,
            self._messages_out,
            self._bytes_in,
            self._bytes_out,
            self._reads,
            self._writes,
            self._partial,
            self.queued_bytes,
            self.queued_high_bytes,
            decoder.capacity,
            decoder.growths,
            decoder.shrinks,
            decoder.lent,
            *self._read_choice,
            *self._write_choice,
        )

    def reset_stats(self) -> None:
        """The high-water mark begins anew."""
        self.queued_high_bytes = self.queued_bytes

    def close(self) -> None:
        """Close the stream; may be called twice."""
        if not self.closed:
            self.closed = True
            self.on_closing()
            self._queue.clear()
            self._held.clear()
            self.queued_bytes = 0
            self.socket.close()
