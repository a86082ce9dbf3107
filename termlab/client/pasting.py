"""A paste on its way to a pane, and the keys typed behind it: in parts, each once one was taken.

What is queued names its pane, so that it arrives there whoever has the focus by then. Keys for
other panes don't wait here. Bounded: while it is full the terminal is not read; when the pane's
program turns out to be stuck, the terminal is read again, so that the person can leave, and what
does not fit is refused with a message.
"""

from collections import deque
from typing import Final

from termlab.client.connection import Connection
from termlab.model.keys import Key, Paste
from termlab.wire.messages import Keys, PasteData

# One part of a paste; the pane's queue holds two.
PART_BYTES: Final = 32 * 1024
MAX_WAITING_BYTES: Final = 1 << 20
# A program that takes nothing for so long is stuck.
STUCK_S: Final = 2.0
REFUSED: Final = "the program in the pane does not read: this was not sent to it"


class Pasting:
    """One client's. ``message`` is what the person deserves to be told."""

    def __init__(self, connection: Connection) -> None:
        self.message = ""
        self._connection = connection
        self._pane = -1
        self._under_way = False  # a part was sent and not taken yet
        self._waiting: deque[PasteData | Key] = deque()
        self._waiting_bytes = 0
        self._took_at = 0.0
        self._stuck = False

    @property
    def full(self) -> bool:
        """Whether so much waits that no more should be read for now."""
        return self._waiting_bytes >= MAX_WAITING_BYTES and not self._stuck

    def deadline(self) -> float | None:
        """When the pane's program counts as stuck; None while nothing depends on it."""
        return self._took_at + STUCK_S if self.full else None

    def expire(self, now: float) -> None:
        if self.full and now >= self._took_at + STUCK_S:
            self._stuck = True

    def paste(self, paste: Paste, pane: int, now: float) -> None:
        """A part of a paste for ``pane``; what follows its first part goes where that went."""
        if self._refuses():
            return
        if not self._waiting and not self._under_way:
            self._took_at = now
        if paste.first or self._pane < 0:
            self._pane = pane
        parts = [paste.data[i : i + PART_BYTES] for i in range(0, len(paste.data), PART_BYTES)]
        for i, part in enumerate(parts or [b""]):
            first = paste.first and i == 0
            last = paste.last and i == max(len(parts) - 1, 0)
            self._waiting.append(PasteData(part, first, last, self._pane))
            self._waiting_bytes += len(part)
        self._pump()

    def holds_back(self, pane: int) -> bool:
        """Whether keys for ``pane`` must keep their place behind a paste."""
        return (self._under_way or bool(self._waiting)) and pane == self._pane

    def type(self, keys: list[Key]) -> None:
        """Keys behind the paste, for its pane."""
        if not self._refuses():
            self._waiting.extend(keys)
            self._waiting_bytes += len(keys)

    def took(self, now: float) -> None:
        """The pane has taken the last part."""
        self._under_way = self._stuck = False
        self._took_at = now
        self._pump()

    def _refuses(self) -> bool:
        if not self._stuck or self._waiting_bytes < MAX_WAITING_BYTES:
            return False
        self.message = REFUSED
        return True

    def _pump(self) -> None:
        """Send what may go: keys, and one part of a paste."""
        keys: list[Key] = []
        while self._waiting and not self._under_way:
            event = self._waiting.popleft()
            if isinstance(event, Key):
                self._waiting_bytes -= 1
                keys.append(event)
                continue
            self._press(keys)
            keys = []
            self._waiting_bytes -= len(event.data)
            self._connection.send(event)
            self._under_way = True
        self._press(keys)

    def _press(self, keys: list[Key]) -> None:
        if keys:
            self._connection.send(Keys(tuple(keys), self._pane))
