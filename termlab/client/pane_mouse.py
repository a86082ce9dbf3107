"""Mouse events of a pane in its own cells, also those of a drag that has left it."""

from termlab.model.geometry import Rect
from termlab.model.keys import MOTION, PRESS, WHEEL_UP, Mouse
from termlab.wire.messages import MouseAt


class PaneMouse:
    """One client's."""

    def __init__(self) -> None:
        self._pressed_y = -1

    def at(self, pane: int, mouse: Mouse, rect: Rect) -> MouseAt:
        """The event in the cells of a pane; one beyond its edge stays at the edge, and says so.

        Where the terminal ends a pointer can't leave a pane upwards: dragged to the first row,
        it has. Below is the status row.
        """
        wheel = mouse.button >= WHEEL_UP
        if mouse.action == PRESS and not wheel:
            self._pressed_y = mouse.y
        beyond = 0
        if mouse.action == MOTION and mouse.button and not wheel:
            if mouse.y < rect.y or mouse.y == rect.y == 0 != self._pressed_y:
                beyond = -1
            elif mouse.y >= rect.y + rect.rows:
                beyond = 1
        x = min(max(mouse.x - rect.x, 0), rect.cols - 1)
        y = min(max(mouse.y - rect.y, 0), rect.rows - 1)
        return MouseAt(pane, Mouse(x, y, mouse.action, mouse.button, mouse.mods), beyond)
