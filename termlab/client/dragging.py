"""A border that a person drags, between panes or the lab dock's: one request under way, and behind
it the newest place alone.

The server moves it, and says so with a new geometry; a slow one is asked for fewer places.
"""

from termlab.client.connection import Connection
from termlab.model.borders import Border
from termlab.model.dock import DockPlace


class Dragging:
    """One client's. ``hold`` a border, move it `to` places, let it `go`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._border: Border | DockPlace | None = None
        self._held = False
        self._wanted: int | None = None  # the newest place not asked for yet
        self._asked: int | None = None  # the place asked for last
        self._request: int | None = None  # under way

    def hold(self, border: Border | DockPlace, at: int) -> None:
        """A press on a border that stands at column or row ``at``."""
        self._border, self._held = border, True
        self._wanted, self._asked = None, at

    def to(self, place: int) -> None:
        """The mouse is at this column or row now."""
        if self._held:
            self._wanted = place

    def go(self) -> None:
        """The button was let go; where it was last is still asked for."""
        self._held = False

    def ask(self) -> None:
        """Once everything that came together is known: ask for the newest place, if it may go."""
        border, place = self._border, self._wanted
        if border is None or place is None or self._request is not None:
            return
        self._wanted = None
        if place != self._asked:
            self._asked = place
            self._request = self._connection.request(_moved(border, place), None)

    def replied(self, request: int, failed: bool) -> None:
        """A request is done; a border that is gone is not dragged on."""
        if request != self._request:
            return
        self._request = None
        if failed:
            self._border = self._wanted = None
            self._held = False
        self.ask()


def _moved(border: Border | DockPlace, place: int) -> tuple[str, ...]:
    """The command that puts a border at a column or row."""
    if isinstance(border, DockPlace):
        return "resize-dock", str(max(border.area.right - 1 - place, 1))
    return (*border_words(border), str(max(place, 0)))


def border_words(border: Border) -> tuple[str, ...]:
    """The command that moves a border, but for where to."""
    return "move-border", "-t", f"%{border.pane}", "-R" if border.axis == "row" else "-D"
