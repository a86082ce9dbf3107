"""The app as the face of an attached client: what the server and the router say, shown by widgets.

The real cursor is placed by a `Painter` of no panes, so that it stands and looks as the poll
client's does.
"""

from collections.abc import Callable
from typing import Protocol

from termlab.client.bottom import Bottom
from termlab.client.capabilities import Capabilities
from termlab.client.clipboard import clipboard
from termlab.client.frame_mouse import NO_STATUS, StatusRow
from termlab.client.painter import HIDDEN, Painter
from termlab.client.replica import Replica
from termlab.client.router import Router
from termlab.client.window_title import window_title
from termlab.model.geometry import Size
from termlab.ui.app import TermlabApp
from termlab.ui.scene import Scene
from termlab.ui.workspace import rows_above
from termlab.wire.messages import ClientOptions, Frame, PaneRows


class Screen(Protocol):
    """The terminal behind the app's driver."""

    def take(self, options: ClientOptions) -> None:
        """It is ours from here on."""

    def write(self, data: bytes) -> None: ...

    def motion(self, wanted: bool) -> None:
        """Whether somebody needs the mouse's every move."""

    def capable(self, found: Capabilities) -> None:
        """What it can do, as far as is known."""

    def keys(self, asked: int) -> None:
        """How the program in front wants keys: flags of the kitty keyboard protocol."""

    def title(self, text: str) -> None:
        """Give it a title; "" gives it back its own."""

    def settled(self) -> None:
        """No answer of the terminal is under way any more."""

    def bell(self) -> None: ...


class AppFace:
    """One app's. ``make`` makes it: it takes this as what its driver writes through."""

    def __init__(
        self, app: TermlabApp, scene: Scene, bottom: Bottom, screen: Screen, size: Size
    ) -> None:
        self._app = app
        self._scene = scene
        self._bottom = bottom
        self._screen = screen
        self._painter = Painter()
        self._size = size
        self._drawn = False  # whether the cursor was placed behind what was drawn

    @property
    def replica(self) -> Replica:
        return self._scene.replica

    # What the driver gives

    def draw(self, data: bytes) -> None:
        """Write what Textual drew; many lines are one picture."""
        self._drawn = True
        self._put([data, b""] if b"\n" in data else [data])

    def drawn(self) -> None:
        """A driver that writes by itself has written what Textual drew."""
        self._drawn = True
        self._put([])

    def take_again(self) -> None:
        """The terminal was taken anew: our picture is lost, and its mouse and cursor."""
        self._painter.forget()
        if self._app.options is not None:
            self._screen.take(self._app.options)
        self._app.repaint()

    # `client.dialogue.Face`

    def start(self, options: ClientOptions, size: Size) -> None:
        self._app.reload(options)
        self._size = size
        self.replica.fit(size.cols, rows_above(size.rows))
        self._screen.take(options)

    def reload(self, options: ClientOptions) -> None:
        self._screen.take(options)
        self._draw_by(lambda: self._app.reload(options))
        self._screen.title(window_title(self.replica.state, options))

    def frame(self, frame: Frame) -> None:
        changed = self._scene.take(frame.state, frame.epoch, frame.panes)
        replica = self.replica
        if changed.geometry:
            self._place()
        self._painter.focus(replica.active)
        self._painter.pane(PaneRows(replica.active, (), self._scene.cursor(replica.active)))
        self._draw_by(lambda: self._app.refresh_scene(changed))
        self._screen.motion(replica.wants_motion())
        self._screen.keys(replica.wanted_keys)
        if frame.state is not None:
            self._screen.title(window_title(replica.state, self._app.options))

    def show_prompt(self, router: Router, now: float) -> None:
        if self._bottom.prompt(router, now):
            self._draw_by(self._app.refresh_status)

    def say(self, text: str, now: float, error: bool = False) -> None:
        self._bottom.say(text, now, error)
        self._draw_by(self._app.refresh_status)

    def greet(self, text: str, now: float) -> None:
        self._bottom.greet(text, now)
        self._draw_by(self._app.refresh_status)

    def status(self) -> StatusRow:
        state, replica, size = self.replica.state, self.replica, self._size
        if state is None or size.rows < 2:
            return NO_STATUS
        line = self._bottom.line(state, replica.placed, size.cols, replica.scroll)
        return StatusRow(size.rows - 1, line)

    def resize(self, size: Size) -> None:
        self._size = size
        self.replica.fit(size.cols, rows_above(size.rows))
        self._painter.place({}, size.cols, size.rows)
        self._app.resize(size.cols, size.rows)

    def capable(self, found: Capabilities) -> None:
        self._screen.capable(found)
        self._screen.keys(self.replica.wanted_keys)
        if self._painter.capable(found) and self._app.standing:
            self._app.repaint()

    def settled(self) -> None:
        self._screen.settled()

    def bell(self) -> None:
        self._screen.bell()

    def copied(self, data: bytes) -> None:
        self._screen.write(clipboard(data))

    def deadline(self) -> float | None:
        return self._bottom.deadline()

    def expire(self, now: float) -> None:
        if self._bottom.expire(now):
            self._draw_by(self._app.refresh_status)

    # The cursor

    def _place(self) -> None:
        size = self._size
        free = self.replica.free_cols
        self._painter.place(self.replica.placed.panes, size.cols, rows_above(size.rows), free)

    def _draw_by(self, draw: Callable[[], None]) -> None:
        """Have the app draw; where nothing was to be drawn the cursor may still have moved."""
        self._drawn = False
        draw()
        if not self._drawn and self._app.standing:
            self._put([])

    def _put(self, parts: list[bytes]) -> None:
        app = self._app
        self._painter.over((app.overlay_cursor or HIDDEN) if app.overlay_open else None)
        self._painter.typing(self._bottom.caret(self._size))
        if data := self._painter.message(parts):
            self._screen.write(data)
