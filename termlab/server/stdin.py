"""What is typed into a pane and its child has not read yet: sent at once as far as it fits.

Bounded: when full, whatever comes is refused whole, and the person hears a bell.
"""

from typing import Final, NamedTuple

from termlab.backends.pty import Pty
from termlab.errors import PtyError

# A terminal that takes no input holds this much.
MAX_INPUT_BYTES: Final = 64 * 1024


class StdinStats(NamedTuple):
    """Since the pane began: ``writes`` asked for, those ``refused`` because the program did not
    read, bytes that were not, those that wait now and the most that ever did."""

    writes: int
    bytes: int
    refused: int
    waiting_bytes: int
    high_water_bytes: int


class Stdin:
    """The queue before one PTY."""

    __slots__ = ("_buffers", "_bytes", "_high_water", "_pty", "_refused", "_writes", "waiting")

    def __init__(self, pty: Pty) -> None:
        self._pty = pty
        self._buffers: list[bytes] = []
        self.waiting = 0  # bytes
        self._writes = self._bytes = self._refused = self._high_water = 0

    def write(self, data: bytes) -> bool:
        """Send ``data`` now or as soon as there is room; False if it was refused."""
        self._writes += 1
        if self.waiting + len(data) > MAX_INPUT_BYTES:
            self._refused += 1
            return False
        self._bytes += len(data)
        if not self._buffers:
            try:
                data = data[self._pty.writev([data]) :]
            except PtyError:
                self._refused += 1
                return False
        if data:
            self._buffers.append(data)
            self.waiting += len(data)
            self._high_water = max(self._high_water, self.waiting)
        return True

    def stats(self) -> StdinStats:
        return StdinStats(self._writes, self._bytes, self._refused, self.waiting, self._high_water)

    def reset_stats(self) -> None:
        """The most that ever waited is what waits now."""
        self._high_water = self.waiting

    def flush(self) -> None:
        """There may be room: send what waits. A terminal that has gone takes everything."""
        try:
            taken = self._pty.writev(self._buffers)
        except PtyError:
            taken = self.waiting
        self.waiting -= taken
        while self._buffers and taken >= len(self._buffers[0]):
            taken -= len(self._buffers.pop(0))
        if taken:
            self._buffers[0] = self._buffers[0][taken:]
