"""What a client knows of its session: the server's state and what follows from it.

Nothing here is decided by the client; frames of an older geometry are told apart by their epoch.
"""

from termlab.client.chrome import Placed, Scroll, borders, dock_blank, dock_line, margins
from termlab.client.look import Look
from termlab.client.style import clip_line
from termlab.model.dock import DockPlace, place_dock
from termlab.model.geometry import Rect
from termlab.model.layout import Arrangement, arrange
from termlab.model.screen import MOUSE_ANY, Cursor
from termlab.model.state import State
from termlab.wire.messages import PaneRows


class Replica:
    """The state, the arrangement it means, and per pane the last word on mouse and scroll."""

    def __init__(self) -> None:
        self.state: State | None = None
        self.placed = Arrangement({}, {}, ())
        self.look = Look()
        self._scrolls: dict[int, Scroll | None] = {}
        self._mouse: dict[int, int] = {}
        self._kitty: dict[int, int] = {}
        self._size = (0, 0)

    def fit(self, cols: int, rows: int) -> None:
        """The terminal has so many columns, and rows above its status row."""
        self._size = cols, rows

    @property
    def dock(self) -> DockPlace | None:
        """Where the lab dock stands on the terminal; None where it is not shown."""
        return place_dock(self.state.dock, *self._size) if self.state is not None else None

    @property
    def free_cols(self) -> int:
        """The terminal's columns that are the panes'."""
        dock = self.dock
        return dock.separator.x if dock is not None else self._size[0]

    def take(self, state: State) -> bool:
        """A new state; whether its geometry is a new one."""
        new = self.state is None or state.epoch != self.state.epoch
        self.state = state
        view = state.view
        if new:
            self.placed = arrange(view.layout, view.cols, view.rows, view.active, view.zoomed)
            self._scrolls = {p: s for p, s in self._scrolls.items() if p in self.placed.panes}
            self._mouse = {p: m for p, m in self._mouse.items() if p in self.placed.panes}
            self._kitty = {p: k for p, k in self._kitty.items() if p in self.placed.panes}
        return new

    def note(self, update: PaneRows) -> bool:
        """What a frame says of a pane besides its rows; whether its scroll position changed."""
        scroll = Scroll(update.above, update.history, update.note) if update.above >= 0 else None
        changed = self._scrolls.get(update.pane) != scroll
        self._scrolls[update.pane] = scroll
        self._mouse[update.pane] = update.mouse
        self._kitty[update.pane] = update.kitty
        return changed

    def with_rows(
        self, pane: int, rows: tuple[tuple[int, bytes], ...], cursor: Cursor | None
    ) -> PaneRows:
        """``rows`` of a pane with the last word on all else that was noted of it."""
        scroll = self._scrolls.get(pane) or Scroll(-1, 0)
        mouse, kitty = self._mouse.get(pane, 0), self._kitty.get(pane, 0)
        return PaneRows(pane, rows, cursor, mouse, scroll.above, scroll.history, scroll.note, kitty)

    @property
    def active(self) -> int:
        """The focused pane."""
        return self.state.view.active if self.state is not None else -1

    @property
    def scroll(self) -> Scroll | None:
        """How far the focused pane is scrolled back; None on the live screen."""
        return self._scrolls.get(self.active)

    @property
    def wanted_keys(self) -> int:
        """How the focused pane's program wants keys: flags of the kitty keyboard protocol."""
        return self._kitty.get(self.active, 0)

    def wants_motion(self) -> bool:
        """Whether a program on the screen asks for the mouse's every move."""
        return MOUSE_ANY in self._mouse.values()

    def pane_at(self, x: int, y: int) -> tuple[int, Rect] | None:
        """The pane that owns a cell."""
        if (dock := self.dock) is not None and x >= dock.separator.x:
            return None  # a window made for another terminal may reach beneath it
        for pane, rect in self.placed.panes.items():
            if rect.contains(x, y):
                return pane, rect
        return None

    def frame_lines(self, cols: int, rows: int) -> list[Placed]:
        """Separators, titles and dots, for a terminal with ``rows`` above its status row."""
        if self.state is None:
            return []
        view, dock = self.state.view, place_dock(self.state.dock, cols, rows)
        free = dock.separator.x if dock is not None else cols
        lines = borders(self.state, self.placed) + margins(free, rows, view.cols, view.rows)
        if dock is not None:
            inside = [each._replace(line=clip_line(each.line, free - each.x)) for each in lines]
            lines = [each for each in inside if each.line]
            lines += dock_line(dock.separator, self.placed)
        return self.look.frame(lines)

    def dock_lines(self, text: str) -> list[Placed]:
        """The dock's cells while nobody draws it, and why that is."""
        dock = self.dock
        return self.look.frame(dock_blank(dock.area, text)) if dock is not None else []
