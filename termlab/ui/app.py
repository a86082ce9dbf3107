"""The Textual application: the panes, the frame around them, the status row, and what opens over.

The same in both placements; what differs is the `PaneHost` and the driver. It routes nothing: it is
told what has changed, and whoever runs it gives it the events that are for what is open.
"""

from collections.abc import Callable
from typing import ClassVar, Final

from textual import events
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.driver import Driver
from textual.geometry import Size
from textual.screen import Screen

from termlab.client.bottom import Bottom
from termlab.ui import private
from termlab.ui.host import PaneHost
from termlab.ui.overlay import Overlay
from termlab.ui.pane_view import PaneView
from termlab.ui.scene import Changed, Scene
from termlab.ui.workspace import Workspace
from termlab.wire.messages import ClientOptions

ALL: Final = Changed(geometry=True, state=True, status=True)


def _nothing() -> None: ...


def _ignored(event: events.Event) -> None: ...


class BareScreen(Screen[None], inherit_bindings=False):
    """Textual's own keys (focus, copy) belong to the programs in the panes."""

    BINDINGS: ClassVar[list[BindingType]] = []
    ALLOW_SELECT = False


class TermlabApp(App[int], inherit_bindings=False):
    """``options`` may come later, but before anything is opened. ``begin`` is called once the loop
    runs and the driver is about to start, ``ready`` once everything stands on the screen. ``told``
    hears of size and focus where a driver of Textual's tells the app of them."""

    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None

    def __init__(
        self,
        scene: Scene,
        host: PaneHost,
        bottom: Bottom,
        options: ClientOptions | None = None,
        driver_class: type[Driver] | None = None,
        begin: Callable[[], None] = _nothing,
        ready: Callable[[], None] = _nothing,
        told: Callable[[events.Event], None] = _ignored,
    ) -> None:
        super().__init__(driver_class=driver_class, ansi_color=True)
        private.quiet(self)
        self.animation_level = "none"
        self.options = options
        self.standing = False  # whether the first picture has been drawn
        self._scene = scene
        self._host = host
        self._begin = begin
        self._ready_hook = ready
        self._told = told
        self._workspace = Workspace(scene, host, bottom)
        self._overlay: Overlay | None = None

    def get_default_screen(self) -> Screen[None]:
        return BareScreen(id="_default")

    def compose(self) -> ComposeResult:
        yield self._workspace

    def on_load(self) -> None:
        self._begin()

    def on_ready(self) -> None:
        self.standing = True
        self._new_geometry()
        self._ready_hook()

    def on_resize(self, event: events.Resize) -> None:
        self._told(event)

    def on_app_focus(self, event: events.AppFocus) -> None:
        self._told(event)

    def on_app_blur(self, event: events.AppBlur) -> None:
        self._told(event)

    # What has changed

    def refresh_scene(self, changed: Changed) -> None:
        """Draw what has changed in the scene: at once, or where panes are new, once their views
        are there."""
        if not self.standing:
            return
        if changed.geometry:
            self._new_geometry()
            return
        cols, rows = self.size
        private.paint(self._workspace.changes(changed, cols, rows), self.screen)

    def refresh_status(self) -> None:
        """The status row may have something else to say."""
        self.refresh_scene(Changed(status=True))

    def resize(self, cols: int, rows: int) -> None:
        """The terminal has another size; what stood on it can't be relied on."""
        private.resize(self, Size(cols, rows))
        self.refresh_scene(ALL)

    def repaint(self) -> None:
        """Draw every cell: the terminal may have lost them."""
        if self.standing:
            private.repaint(self.screen)

    def _new_geometry(self) -> None:
        """Everything where the arrangement has it; at once, where views are only moved."""
        new = self._workspace.seat(*self.size)
        if new or self._overlay is not None:
            self.call_next(self._place, new)
        if not new:
            private.lay_out(self.screen, self._workspace, whole=True)

    async def _place(self, new: list[PaneView]) -> None:
        if new:
            await self._workspace.mount(*new)
            private.lay_out(self.screen, self._workspace, whole=True)
        if self._overlay is not None and self._overlay.is_mounted:
            await self._cover()

    # What is open over the panes

    @property
    def overlay_open(self) -> bool:
        """Whether something is open, or about to be."""
        return self._overlay is not None

    async def open_overlay(self, argv: tuple[str, ...]) -> None:
        """Open what a command asks for, and return once it is on the screen; or once that waits for
        a new geometry, of which it will be told."""
        overlay = self._overlay = self._made(argv)
        overlay.visible = False
        await self._workspace.mount(overlay)
        await self._cover()

    def close_overlay(self) -> None:
        """Close it; not a cell of it stays."""
        overlay, self._overlay = self._overlay, None
        if overlay is None:
            return
        overlay.display = False
        overlay.remove()
        self._host.uncover()
        self._workspace.forget()
        private.lay_out(self.screen, self._workspace)

    def on_overlay_closed(self) -> None:
        """What is open is done."""
        self.close_overlay()

    def _made(self, argv: tuple[str, ...]) -> Overlay:
        from termlab.ui.help import Help

        assert self.options is not None
        return Help(self.options)

    async def _cover(self) -> None:
        """Have the panes under the overlay be ours, then show it. A geometry that comes meanwhile
        does this anew."""
        overlay = self._overlay
        if overlay is None:
            return
        private.lay_out(self.screen, self._workspace)
        state = self._scene.replica.state
        epoch = state.epoch if state is not None else 0
        panes = self._workspace.under(overlay, *self.size)
        if await self._host.cover(epoch, panes) and overlay is self._overlay:
            self._workspace.forget()
            overlay.visible = True
            overlay.focus(scroll_visible=False)
            private.lay_out(self.screen, self._workspace, whole=True)
