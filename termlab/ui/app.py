"""The Textual application: the panes, the frame around them, the status row, and what opens over.

The same in both placements; what differs is the `PaneHost` and the driver. It routes nothing: it is
told what has changed, and whoever runs it gives it the events that are for what is open.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.driver import Driver
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from termlab.client.bottom import Bottom
from termlab.client.look import Look
from termlab.client.router import SHOW_MESSAGES
from termlab.model.screen import Cursor
from termlab.model.theme import TERMINAL
from termlab.model.vitals import Vitals
from termlab.ui import private
from termlab.ui.asker import NOBODY, Asker
from termlab.ui.host import PaneHost
from termlab.ui.overlay import Overlay
from termlab.ui.scene import Changed, Scene
from termlab.ui.sixteen import SIXTEEN
from termlab.ui.workspace import Workspace
from termlab.wire.messages import ClientOptions, News, Reply

if TYPE_CHECKING:
    from termlab.ui.dock.panel import Panel

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
        asker: Asker = NOBODY,
    ) -> None:
        super().__init__(driver_class=driver_class, ansi_color=True)
        private.quiet(self)
        self.register_theme(SIXTEEN)
        self.theme = TERMINAL
        self.animation_level = "none"
        self.options = options
        self.asker = asker  # what is open asks the server there
        self.standing = False  # whether the first picture has been drawn
        self.closed_with: tuple[str, ...] = ()  # the command that what was open last left behind
        self.when_closed: Callable[[], None] = _nothing  # told, for it may close by itself
        self.when_laid_out: Callable[[], None] = _nothing  # all in a new geometry's place
        self._scene = scene
        self._host = host
        self.message_log = bottom.log
        self._begin = begin
        self._ready_hook = ready
        self._told = told
        self._bottom = bottom
        self._workspace = Workspace(scene, host, bottom)
        self._overlay: Overlay | None = None
        self._asking: set[asyncio.Task[Reply]] = set()  # what a click asked for
        if options is not None:
            self._wear(options)

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

    def reload(self, options: ClientOptions) -> None:
        """The configuration was read again: these options hold, also for what is open."""
        self._wear(options)
        if self._overlay is not None:
            self._overlay.reload(options)

    def _wear(self, options: ClientOptions) -> None:
        """The theme and the status row of these options, from here on."""
        self.options = options
        self.theme = options.theme.name if options.theme is not None else TERMINAL
        self._scene.replica.look = Look(options.theme)
        self._bottom.follow(options)
        if self._overlay is not None:
            self._overlay.wear(self._scene.replica.look)
        self.refresh_scene(Changed(state=True, status=True))

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

    def show_vitals(self, vitals: Vitals) -> None:
        """What was measured of the focused pane: the lab dock shows it."""
        if self.standing:
            private.paint(self._workspace.measured(vitals), self.screen)

    def on_panel_pressed(self, event: "Panel.Pressed") -> None:
        """A click in the lab dock asks for a command, which the server does."""
        asking = asyncio.get_running_loop().create_task(self.asker.ask(*event.run))
        self._asking.add(asking)
        asking.add_done_callback(self._asking.discard)

    @property
    def dock_shown(self) -> bool:
        """Whether the lab dock has a place."""
        return self._workspace.dock is not None

    def repaint_dock(self) -> None:
        """Draw every cell of the lab dock: the terminal may have lost them."""
        if self._workspace.dock is not None:
            private.paint([(self._workspace.dock, [])], self.screen)

    def forget_views(self) -> None:
        """Who paints the panes has changed."""
        self._workspace.forget()

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
            self.when_laid_out()

    async def _place(self, new: list[Widget]) -> None:
        if new:
            await self._workspace.mount(*new)
            private.lay_out(self.screen, self._workspace, whole=True)
            self.when_laid_out()
        if self._overlay is not None and self._overlay.is_mounted:
            await self._cover()

    # What is open over the panes

    @property
    def overlay_open(self) -> bool:
        """Whether something is open, or about to be."""
        return self._overlay is not None

    @property
    def overlay_cursor(self) -> Cursor | None:
        """Where what is open has the terminal's cursor; None where it has none."""
        overlay = self._overlay
        return overlay.cursor if overlay is not None and overlay.visible else None

    async def open_overlay(self, argv: tuple[str, ...]) -> None:
        """Open what a command asks for, and return once it is on the screen; or once that waits for
        a new geometry, of which it will be told."""
        self.closed_with = ()
        overlay = self._overlay = self._made(argv)
        overlay.look = self._scene.replica.look
        overlay.visible = False
        await overlay.prepare()
        if overlay is self._overlay:
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
        self.when_closed()

    def peeked(self, news: News) -> None:
        """What is open looks at this; a late one is nobody's."""
        if self._overlay is not None:
            self._overlay.peeked(news)

    def on_overlay_closed(self, event: Overlay.Closed) -> None:
        """What is open is done."""
        if self._overlay is not None:
            self.closed_with = event.run
        self.close_overlay()

    def _made(self, argv: tuple[str, ...]) -> Overlay:
        if argv[0] == "choose-tree":
            from termlab.ui.tree import ChooseTree

            return ChooseTree(argv, self._scene.replica, self.asker)
        if argv[0] == "task-manager":
            from termlab.ui.task_manager import TaskManager

            return TaskManager(self._scene.replica.active, self.asker)
        if argv[0] == SHOW_MESSAGES:
            from termlab.ui.message_list import MessageList

            return MessageList(self.message_log.messages())
        assert self.options is not None
        if argv[0] == "command-palette":
            from termlab.ui.palette import Palette

            state = self._scene.replica.state
            return Palette(self.options, self.asker, state.session if state else "")
        from termlab.ui.help import Help

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
