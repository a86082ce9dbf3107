"""Everything on the screen, placed by the one source of geometry: frame, panes, dock, status row.

What opens over the panes is mounted here too, in a layer above, and has the area above the status
row.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from termlab.client.bottom import Bottom
from termlab.model.dock import place_dock
from termlab.model.geometry import Rect
from termlab.model.vitals import Vitals
from termlab.ui.frame_view import FrameView
from termlab.ui.host import PaneHost
from termlab.ui.overlay import Overlay
from termlab.ui.pane_view import NO_PANE, PaneView
from termlab.ui.scene import Changed, Scene
from termlab.ui.status_line import StatusLine

if TYPE_CHECKING:
    from termlab.ui.dock.lab_dock import LabDock

Dirty = tuple[Widget, list[Region]]


def rows_above(rows: int) -> int:
    """The rows above the status row; a terminal of one row has none for it."""
    return max(rows - 1, 1)


class SceneLayout(Layout):
    """Places what the scene's arrangement places, and what is over it where that says."""

    name = "scene"
    dock: "LabDock | None" = None  # from when it is first shown

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        above = rows_above(size.height)
        placements: ArrangeResult = []
        for child in children:
            if isinstance(child, PaneView):
                region = _region(child.rect, above)
            elif self.dock is not None and child is self.dock:
                region = _region(self.dock.rect, above)
            elif isinstance(child, FrameView):
                region = Region(0, 0, size.width, above)
            elif isinstance(child, StatusLine):
                region = Region(0, above, size.width, size.height - above)
            elif isinstance(child, Overlay):
                region = _region(child.place(size.width, above), above)
            else:
                assert isinstance(child, Overlay)
                region = _region(child.place(size.width, above), above)
            order = len(placements)
            placements.append(WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child, order))
        return placements


def _region(rect: Rect, rows: int) -> Region:
    return Region(rect.x, rect.y, rect.cols, max(min(rect.bottom, rows) - rect.y, 0))


class Workspace(Widget, can_focus=False):
    """The screen's only child. Views without a pane are kept for the next that comes."""

    BLANK = True

    def __init__(self, scene: Scene, host: PaneHost, bottom: Bottom) -> None:
        super().__init__()
        self._scene = scene
        self._host = host
        self._frame = FrameView(scene, host)
        self._status = StatusLine(scene, host, bottom)
        self.views: list[PaneView] = []
        self._layout = SceneLayout()

    @property
    def layout(self) -> Layout:
        return self._layout

    def compose(self) -> ComposeResult:
        yield self._frame
        yield self._status

    def seat(self, cols: int, rows: int) -> list[Widget]:
        """Give each pane of the arrangement a view, and all their places on a terminal of this
        size, the lab dock its own: the widgets that are new and not mounted yet."""
        self._frame.follow(cols, rows_above(rows))
        self._status.follow(cols)
        placed = self._scene.replica.placed.panes
        new = [PaneView(self._scene, self._host) for _ in range(len(placed) - len(self.views))]
        self.views += new
        free = [view for view in self.views if view.pane not in placed]
        seated = {view.pane: view for view in self.views if view.pane in placed}
        for pane, rect in placed.items():
            view = seated.get(pane) or free.pop(0)
            view.place(pane, rect, cols)
        for view in free:
            view.place(NO_PANE, Rect(0, 0, 0, 0), cols)
        return [*new, *self._seat_dock(cols, rows_above(rows))]

    def _seat_dock(self, cols: int, rows: int) -> list[Widget]:
        """Give the dock its place, or none: it, if it is new."""
        state = self._scene.replica.state
        place = None if state is None else place_dock(state.dock, cols, rows)
        new = place is not None and self._layout.dock is None
        if new:
            from termlab.ui.dock.lab_dock import LabDock  # a start without it is a start sooner

            self._layout.dock = LabDock()
        dock = self._layout.dock
        if dock is None or state is None:
            return []
        dock.place(place.area if place is not None else None)
        for _ in dock.follow(state):
            pass  # all of it is about to be drawn
        return [dock] if new else []

    def measured(self, vitals: Vitals) -> Iterator[Dirty]:
        """What is to be drawn for a look at the focused pane: the dock's, where it is shown."""
        if self._layout.dock is not None:
            yield from self._layout.dock.show(vitals)

    @property
    def dock(self) -> Widget | None:
        """The dock, where it is shown."""
        dock = self._layout.dock
        return dock if dock is not None and dock.rect.cols else None

    def changes(self, changed: Changed, cols: int, rows: int) -> Iterator[Dirty]:
        """What is to be drawn for a change without a new geometry."""
        for view in self.views:
            if regions := view.forget(changed.rows.get(view.pane, ())):
                yield view, regions
        if changed.state and (regions := self._frame.follow(cols, rows_above(rows))):
            yield self._frame, regions
        state = self._scene.replica.state
        if changed.state and self._layout.dock is not None and state is not None:
            yield from self._layout.dock.follow(state)
        if changed.status and rows > 1 and (regions := self._status.follow(cols)):
            yield self._status, regions

    def under(self, overlay: Overlay, cols: int, rows: int) -> frozenset[int]:
        """The panes that an overlay stands over, whether their views are there yet or not."""
        above = rows_above(rows)
        over = _region(overlay.place(cols, above), above)
        placed = self._scene.replica.placed.panes
        return frozenset(p for p, rect in placed.items() if _region(rect, above).overlaps(over))

    def forget(self) -> None:
        """Who paints what has changed."""
        for view in self.views:
            view.forget()
