"""The mouse in the lab dock: it is whoever draws the dock that gets it, and no pane.

A wheel belongs to the cell it turns over; a press in the dock keeps everything to its release. None
of it takes the keyboard, and where nobody draws the dock it goes nowhere. A key that scrolls
the dock turns the wheel over it.
"""

from collections.abc import Sequence
from typing import Final

from termlab.client.handover import Handover
from termlab.client.replica import Replica
from termlab.model.keys import MOTION, PRESS, RELEASE, WHEEL_DOWN, WHEEL_UP, Mouse

# A turn of the wheel moves two rows.
ROWS_A_TURN: Final = 2


class DockMouse:
    """One client's; asked while nothing else holds the mouse."""

    def __init__(self, replica: Replica, handover: Handover) -> None:
        self._replica = replica
        self._handover = handover
        self._held = False  # a press in the dock, not released yet

    def takes(self, mouse: Mouse, now: float) -> bool:
        """Whether an event is the dock's; then it is on its way."""
        dock = self._replica.dock
        inside = dock is not None and dock.area.contains(mouse.x, mouse.y)
        wheel = mouse.button >= WHEEL_UP
        if mouse.action == PRESS and not wheel:
            self._held = inside
        elif mouse.action == MOTION and not mouse.button:
            self._held = False  # its release was somebody else's
        ours = self._held or (inside and wheel)
        if ours and self._handover.ui.available:
            self._handover.give(mouse, now)
        if mouse.action == RELEASE and not wheel:
            self._held = False
        return ours or inside

    def scroll(self, flags: Sequence[str], now: float) -> None:
        """As many turns of the wheel as `scroll-dock` with these flags asks for."""
        dock = self._replica.dock
        if dock is None or not self._handover.ui.available:
            return
        turns = max(dock.area.rows // ROWS_A_TURN - 1, 1) if "-p" in flags else 1
        button = WHEEL_UP if "-U" in flags else WHEEL_DOWN
        x, y = dock.area.x + dock.area.cols // 2, dock.area.y + dock.area.rows // 2
        for _ in range(turns):
            self._handover.give(Mouse(x, y, PRESS, button), now)
