"""The mouse in the lab dock: it is whoever draws the dock that gets it, and no pane.

A wheel belongs to the cell it turns over; a press in the dock keeps everything to its release. None
of it takes the keyboard, and where nobody draws the dock it goes nowhere.
"""

from termlab.client.handover import Handover
from termlab.client.replica import Replica
from termlab.model.keys import MOTION, PRESS, RELEASE, WHEEL_UP, Mouse


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
