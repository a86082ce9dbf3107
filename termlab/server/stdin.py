"""What is typed into a pane and its child has not read yet: sent at once as far as it fits.

Bounded: when full, whatever comes is refused whole, and the person hears a bell.
"""

from typing import Final

from termlab.backends.pty import Pty
from termlab.errors import PtyError

# A terminal that takes no input holds this much.
MAX_INPUT_BYTES: Final = 64 * 1024


class Stdin:
    """The queue before one PTY."""

    __slots__ = ("_buffers", "_pty", "waiting")

    def __init__(self, pty: Pty) -> None:
        self._pty = pty
        self._buffers: list[bytes] = []
        self.waiting = 0  # bytes

    def write(self, data: bytes) -> bool:
        """Send ``data`` now or as soon as there is room; False if it was refused."""
        if self.waiting + len(data) > MAX_INPUT_BYTES:
            return False
        if not self._buffers:
            try:
                data = data[self._pty.writev([data]) :]
            except PtyError:
                return False
        if data:
            self._buffers.append(data)
            self.waiting += len(data)
        return True

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
