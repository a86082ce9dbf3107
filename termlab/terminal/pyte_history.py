"""Rows that left the top of the screen: as VT bytes, bounded by what they take, oldest first out.

Rows are counted from the first the pane ever had, so a row keeps its number until it is dropped:
that is what follows a row through scrolling.
"""

from collections import deque
from typing import Final

# What a row takes beside its bytes: the object's head, its place in the queue.
ROW_BYTES: Final = 64


class History:
    """One pane's, of at most ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._rows: deque[bytes] = deque()
        self._tracked: dict[int, int] = {}
        self._handles = 0
        self.dropped = 0  # rows gone at the top: the number of the oldest one kept
        self.bytes = 0
        self.widest = 0  # columns the screen had when the widest kept row left it, at most

    def __len__(self) -> int:
        return len(self._rows)

    def push(self, row: bytes, cols: int) -> None:
        """The newest row; drops what no longer fits."""
        self._rows.append(row)
        self.bytes += len(row) + ROW_BYTES
        self.widest = max(self.widest, cols)
        while self.bytes > self._limit:
            self.bytes -= len(self._rows.popleft()) + ROW_BYTES
            self.dropped += 1

    def pull(self) -> bytes | None:
        """Take the newest row back, if there is one."""
        if not self._rows:
            return None
        row = self._rows.pop()
        self.bytes -= len(row) + ROW_BYTES
        return row

    def rows(self, first: int, count: int) -> list[bytes]:
        """``count`` rows from the ``first``; the ends of the queue are near, its middle is far."""
        start, end = max(first, 0), min(first + count, len(self._rows))
        self._rows.rotate(-start)
        taken = [self._rows[y] for y in range(max(end - start, 0))]
        self._rows.rotate(start)
        return taken

    def clear(self) -> None:
        self.dropped += len(self._rows)
        self._rows.clear()
        self.bytes = self.widest = 0

    def restart(self, rows: int) -> None:
        """The pane starts anew: neither history nor any of the screen's ``rows`` is left."""
        self.clear()
        self.dropped += rows

    def track(self, row: int, total: int) -> int:
        """A handle for row ``row`` of ``total``; one for a row that is not there follows none."""
        self._handles += 1
        if 0 <= row < total:
            self._tracked[self._handles] = self.dropped + row
        return self._handles

    def tracked_row(self, handle: int) -> int | None:
        number = self._tracked.get(handle)
        return None if number is None or number < self.dropped else number - self.dropped

    def untrack(self, handle: int) -> None:
        self._tracked.pop(handle, None)
