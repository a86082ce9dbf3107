"""What a pane shows: its rows and cursor; of synchronised output (mode 2026) only whole pictures.

While a program holds its output the last whole picture stands, even if the next one began within
the same turn; a program that holds for too long is shown as it is.
"""

from collections.abc import Callable
from typing import Final

from termlab.model.screen import Cursor
from termlab.server.loop import Loop, Timer
from termlab.terminal.emulator import Emulator
from termlab.terminal.feeder import Feeder
from termlab.terminal.rows import RowCache

# How long output may be held back, as in other terminals.
HOLD_S: Final = 0.15


class Picture:
    """One pane's. ``changed`` is told that there is something new to show, by so many bytes."""

    def __init__(self, feeder: Feeder, loop: Loop, changed: Callable[[int], None]) -> None:
        self._emulator: Emulator = feeder.emulator
        self._loop = loop
        self._changed = changed
        self._cache = RowCache(feeder.emulator.size.rows)
        self._cursor = Cursor(0, 0)
        self._whole = False  # a picture was completed since the last was told of
        self._timer: Timer | None = None
        feeder.picture = self._completed

    def fed(self, count: int) -> None:
        """The engine was fed ``count`` bytes."""
        holding = self._emulator.holding
        if self._timer is not None and (self._whole or not holding):
            self._timer.cancel()
            self._timer = None
        if holding and self._timer is None:
            self._timer = self._loop.call_at(self._loop.now + HOLD_S, self._release)
        if self._whole or not holding:
            self._whole = False
            self._changed(count)

    def rows(self) -> RowCache:
        """The rows to show."""
        if not self._emulator.holding:
            self._cache.update(self._emulator.changed_rows())
        return self._cache

    def cursor(self) -> Cursor:
        """The cursor that belongs to `rows`."""
        if not self._emulator.holding:
            self._cursor = self._emulator.cursor()
        return self._cursor

    def resize(self, rows: int) -> None:
        """The screen has another size: all is new."""
        self._cache.resize(rows)

    def close(self) -> None:
        """Before the emulator goes."""
        if self._timer is not None:
            self._timer.cancel()

    def _completed(self) -> None:
        """A picture is whole, and the next one may begin in this turn: it is kept."""
        self._whole = True
        self.rows()
        self.cursor()

    def _release(self) -> None:
        """The program held its output for too long: show what there is."""
        self._timer = None
        self._emulator.release_hold()
        self._changed(0)
