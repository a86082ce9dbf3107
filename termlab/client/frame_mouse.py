"""The mouse on the frame around the panes: windows' names, titles, borders.

A press on a name shows its window, one on a title focuses its pane, the wheel over the status row
goes from window to window, a border can be dragged, and a double click on it shares evenly. The lab
dock's border can be dragged too, and what stands for it in the status row shows and hides it.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from termlab.client.connection import Connection
from termlab.client.dragging import Dragging, border_words
from termlab.client.replica import Replica
from termlab.client.style import Line, run_at
from termlab.model.borders import Border, border_at
from termlab.model.keys import LEFT, MOTION, PRESS, RELEASE, WHEEL_DOWN, WHEEL_UP, Mouse
from termlab.wire.messages import MouseAt

# Two presses on one cell within this are a double click, as on most desktops.
DOUBLE_S: Final = 0.4
_STEPS: Final = {WHEEL_UP: "previous-window", WHEEL_DOWN: "next-window"}


class StatusRow(NamedTuple):
    """The terminal's row that has the status, -1 where none has, and what stands in it."""

    y: int
    line: Line


NO_STATUS: Final = StatusRow(-1, ())


class FrameMouse:
    """One client's. ``status`` says what the status row shows at the moment."""

    def __init__(
        self,
        connection: Connection,
        replica: Replica,
        status: Callable[[], StatusRow] = lambda: NO_STATUS,
    ) -> None:
        self._connection = connection
        self._replica = replica
        self._status = status
        self._dragging = Dragging(connection)
        self._axis = ""  # of the border held
        self._pressed = (-1, -1, -1.0)  # where and when the last press was

    def over_status(self, mouse: Mouse) -> bool:
        """Whether the mouse is on the status row, be there a pane beneath it or not."""
        return mouse.y == self._status().y

    def event(self, mouse: Mouse, now: float) -> tuple[str, ...]:
        """An event that is no pane's: the command it asks for at once; none is ()."""
        if mouse.action == MOTION:
            self._dragging.to(mouse.x if self._axis == "row" else mouse.y)
        elif mouse.action == RELEASE:
            self._dragging.go()
        elif mouse.action == PRESS:
            return self._press(mouse, now)
        return ()

    def settle(self) -> None:
        """Behind all events that came together."""
        self._dragging.ask()

    def replied(self, request: int, failed: bool) -> None:
        """A request is done, this one's or another."""
        self._dragging.replied(request, failed)

    def _press(self, mouse: Mouse, now: float) -> tuple[str, ...]:
        status = self._status()
        if mouse.y == status.y:
            if mouse.button in _STEPS:
                return (_STEPS[mouse.button],)
            found = run_at(status.line, mouse.x)
            if found is None or mouse.button != LEFT:
                return ()
            run = found[0]
            shown = run.window is None
            return run.command if shown else ("select-window", "-t", f"@{run.window}")
        return self._on_frame(mouse, now) if mouse.button == LEFT else ()

    def _on_frame(self, mouse: Mouse, now: float) -> tuple[str, ...]:
        """The left button on a title or a border."""
        dock = self._replica.dock
        if dock is not None and mouse.x >= dock.separator.x:
            if mouse.x == dock.separator.x:
                self._axis = "row"
                self._dragging.hold(dock, mouse.x)
            return ()
        border = self._border(mouse)
        x, y, when = self._pressed
        double = (x, y) == (mouse.x, mouse.y) and now - when <= DOUBLE_S
        self._pressed = (mouse.x, mouse.y, -1.0 if double else now)
        if border is not None:
            if double:
                self._dragging.go()
                return (*border_words(border), "--even")
            self._axis = border.axis
            self._dragging.hold(border, mouse.x if border.axis == "row" else mouse.y)
        titles = self._replica.placed.titles
        pane = next((p for p, rect in titles.items() if rect.contains(mouse.x, mouse.y)), None)
        if pane is None or pane == self._replica.active:
            return ()
        state = self._replica.state
        if state is not None and state.read_only:
            # Its own focus is all it may move, and a press in the pane does that.
            self._connection.send(MouseAt(pane, Mouse(0, 0, PRESS, LEFT)))
            return ()
        return ("select-pane", "-t", f"%{pane}")

    def _border(self, mouse: Mouse) -> Border | None:
        """What there is to drag at the mouse: nothing for those who may only look."""
        state = self._replica.state
        if state is None or state.read_only or not self._replica.placed.titles:
            return None
        view = state.view
        return border_at(view.layout, view.cols, view.rows, mouse.x, mouse.y)
