"""The two directions of a bridge, each through a ring: bounded, and nothing is dropped.

Input goes on at once, always: a threshold there is where keys get stuck. Output goes on when the
coalescer says so. A direction that can't go on stops reading, which holds back whoever writes, and
knows nothing of the other. Neither knows an event loop: `joint` asks them what they wait for.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from termlab.backends.pty import Pty
from termlab.server.bridge.end_key import Mode, keys_for
from termlab.terminal.coalescer import Coalescer, Flush
from termlab.terminal.flushing import Thresholds
from termlab.terminal.ring import Ring

INPUT_BYTES: Final = 64 * 1024
# What a hand types or an editor sends for a key; more is a paste or a file, whose echo nobody waits
# for byte by byte.
_KEY_BYTES: Final = 64

Buffers = Sequence[memoryview]


class Source(Protocol):
    """Where input comes from."""

    is_terminal: bool

    def fileno(self) -> int:
        """Readable when input, or its end, waits."""

    def readv(self, spans: Buffers) -> int | None:
        """Bytes read, 0 at the end, None if nothing waits. Once for each time it is readable."""

    def close(self) -> None:
        """Leave the inherited descriptor as it was. May be called twice."""


class Sink(Protocol):
    """Where output goes."""

    def fileno(self) -> int:
        """Writable when there is room; an error waits there once nobody reads."""

    def writev(self, buffers: Buffers) -> int | None:
        """Bytes taken, 0 when it is full, None when nobody will ever read them."""

    def close(self, finish: bool) -> None:
        """Leave the inherited descriptor as it was. ``finish``: once all is really written. May be
        called twice."""


class Input:
    """From the source to the child."""

    def __init__(self, pty: Pty, source: Source) -> None:
        self._pty = pty
        self._source = source
        self._ring = Ring(INPUT_BYTES)
        self._last = b""  # byte that was delivered
        self.ended = False  # the source has

    @property
    def waiting(self) -> int:
        """Bytes the child has not taken."""
        return self._ring.waiting

    @property
    def room(self) -> bool:
        return not self.ended and self._ring.free > 0

    def take(self) -> int:
        """The source is readable: one read, and on with it. How many bytes it brought."""
        spans = self._ring.free_spans()
        count = self._source.readv(spans) if spans else None
        if count is None:
            return 0
        self.ended = count == 0
        self._ring.commit(count)
        self.deliver()
        return count

    def deliver(self) -> None:
        """As much as the child takes."""
        ring = self._ring
        while ring.waiting and (taken := self._pty.writev(ring.waiting_spans())):
            ring.consume(taken - 1)
            self._last = bytes(ring.peek(1))
            ring.consume(1)

    def end(self, mode: Mode) -> None:
        """There is no more: press the key that says so in this mode, behind what was delivered.
        For as often as somebody may have to be told."""
        if not self._ring.waiting:
            self._ring.write(keys_for(mode, self._last))
            self.deliver()

    def drop(self) -> None:
        """Nobody will take what waits, or anything more."""
        self.ended = True
        self._ring.consume(self._ring.waiting)

    def close(self) -> None:
        self._ring.close()


class Output:
    """From the child to the sink."""

    def __init__(self, pty: Pty, sink: Sink, thresholds: Thresholds) -> None:
        self._pty = pty
        self._sink = sink
        self._ring = Ring()
        self._coalescer = Coalescer(thresholds)
        self.ended = False  # the child's output has
        self.blocked = False  # the sink takes no more
        self.gone = False  # it never will

    @property
    def waiting(self) -> int:
        """Bytes read and not yet written."""
        return self._ring.waiting

    @property
    def room(self) -> bool:
        return not self.ended and self._ring.free > 0

    def typed(self, count: int, now: float) -> None:
        """So many bytes of input came: the answer to a key is wanted at once."""
        if 0 < count <= _KEY_BYTES:
            self._coalescer.key_sent(now)

    def take(self, now: float) -> int:
        """The child's terminal is readable: one read. How many bytes it brought."""
        spans = self._ring.free_spans()
        count = self._pty.readv(spans) if spans else None
        if count is None:
            return 0
        if count == 0:
            self.ended = True
        else:
            self._ring.commit(count)
            self._coalescer.arrived(count, now)
        return count

    def advance(self, now: float) -> float | None:
        """Write what is due; else when it will be, None if nothing waits for a time."""
        if self.blocked or not self._ring.waiting:
            return None
        reason: str | None = Flush.END
        if not self.ended:
            reason = self._coalescer.check(self._ring.waiting, not self._ring.free, now)
        if reason is None:
            return self._coalescer.deadline()
        self._coalescer.flushed(reason)
        self.write()
        return None

    def write(self) -> None:
        """All that waits, as far as the sink takes it."""
        ring = self._ring
        self.blocked = False
        while ring.waiting and not self.blocked:
            taken = self._sink.writev(ring.waiting_spans())
            if taken is None:
                self.gone = True
                return
            ring.consume(taken)
            self.blocked = not taken
        if not ring.waiting:
            self._coalescer.drained()

    def close(self) -> None:
        self._ring.close()
