"""Making a quiet pane smaller: its history, 2 to 5 times, and its arenas. Nobody notices.

Armed only when history or arena has grown by a good deal, by one timer; in steps that delay nobody.
"""

from typing import Final

from termlab.server.loop import Loop, Timer
from termlab.terminal.emulator import Emulator
from termlab.terminal.pane_arenas import PaneArenas

GROWN_ROWS: Final = 500
QUIET_S: Final = 1.0


class Rest:
    """One pane's. ``output_at`` is kept up to date by the pane."""

    __slots__ = ("_arenas", "_emulator", "_loop", "_rows", "_timer", "output_at")

    def __init__(self, emulator: Emulator, loop: Loop, arenas: PaneArenas) -> None:
        self.output_at = loop.now
        self._arenas = arenas
        self._emulator = emulator
        self._loop = loop
        self._rows = 0  # of history when it was last made smaller
        self._timer: Timer | None = None

    def consider(self) -> None:
        """Some output has come: is there enough to gain?"""
        grown = abs(self._emulator.history_rows() - self._rows)
        if self._timer is None and (grown >= GROWN_ROWS or self._arenas.grown):
            self._timer = self._loop.call_at(self._loop.now + QUIET_S, self._step)

    def again(self) -> None:
        """History was read through, which makes it large again."""
        self._rows = 0
        self.consider()

    def close(self) -> None:
        """Before the emulator goes."""
        if self._timer is not None:
            self._timer.cancel()

    def _step(self) -> None:
        due = self.output_at + QUIET_S
        if self._loop.now < due:
            self._timer = self._loop.call_at(due, self._step)
            return
        self._arenas.rest()
        if self._emulator.compress():
            self._timer = self._loop.call_at(self._loop.now, self._step)
        else:
            self._timer = None
            self._rows = self._emulator.history_rows()
