"""A client's look back into a pane's history: where it stands, and its rows.

Anchored to a tracked row, so that it stays put while output arrives, history is trimmed and lines
reflow. One for each client and pane; the engine's own viewport is never moved.
"""

from termlab.server.pane import Pane


class View:
    """Shows ``rows`` of the pane from row `top` of history and screen on."""

    def __init__(self, pane: Pane) -> None:
        self.pane = pane
        self._anchor = pane.emulator.track(pane.emulator.history_rows())
        self._sent: list[bytes] = []

    @property
    def top(self) -> int:
        """The row at the top; the oldest kept, once the anchor's row was trimmed."""
        row = self.pane.emulator.tracked_row(self._anchor)
        return min(row or 0, self.pane.emulator.history_rows())

    @property
    def at_bottom(self) -> bool:
        return self.top >= self.pane.emulator.history_rows()

    def scroll(self, rows: int) -> None:
        """Move by ``rows``, up if negative, within what is kept."""
        self.move_to(self.top + rows)

    def move_to(self, row: int) -> None:
        emulator = self.pane.emulator
        row = min(max(row, 0), emulator.history_rows())
        emulator.untrack(self._anchor)
        self._anchor = emulator.track(row)

    def changed_rows(self) -> tuple[tuple[int, bytes], ...]:
        """The rows that differ from those given last."""
        count = self.pane.emulator.size.rows
        rows = self.pane.emulator.rows_at(self.top, count)
        old = self._sent
        self._sent = rows
        if len(old) != len(rows):
            return tuple(enumerate(rows))
        return tuple((y, row) for y, row in enumerate(rows) if old[y] != row)

    def forget_sent(self) -> None:
        """The client's screen starts anew."""
        self._sent = []

    def close(self) -> None:
        if not self.pane.closed:
            self.pane.emulator.untrack(self._anchor)
