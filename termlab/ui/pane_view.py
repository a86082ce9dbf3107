"""A pane's cells as a widget: lines straight from the scene, through the host."""

from collections.abc import Iterable

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from termlab.model.geometry import Rect
from termlab.ui.host import PaneHost
from termlab.ui.scene import Scene
from termlab.ui.vt_row import cut_row

NO_PANE = -1


class PaneView(Widget, can_focus=False):
    """Shows one pane at a time; which, and where, the workspace says."""

    def __init__(self, scene: Scene, host: PaneHost) -> None:
        super().__init__()
        self.pane = NO_PANE
        self.rect = Rect(0, 0, 0, 0)
        self._scene = scene
        self._host = host
        self._cut = False
        self._strips: dict[int, Strip] = {}

    def place(self, pane: int, rect: Rect, cols: int) -> None:
        """Show ``pane`` in ``rect``, of which a terminal with ``cols`` columns shows the left."""
        self.pane = pane
        self._cut = rect.right > cols
        self.rect = Rect(rect.x, rect.y, max(min(rect.right, cols) - rect.x, 0), rect.rows)
        self._strips.clear()

    def forget(self, rows: Iterable[int] | None = None) -> list[Region]:
        """These rows (or all) are to be made anew: the regions that means."""
        if rows is None:
            self._strips.clear()
            return [Region(0, 0, self.rect.cols, self.rect.rows)]
        for y in rows:
            self._strips.pop(y, None)
        return [Region(0, y, self.rect.cols, 1) for y in rows if y < self.rect.rows]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual asks here; its own way fills lines up and styles them, which is the child's."""
        lines = [self._strips.get(y) or self._line(y) for y in crop.line_range]
        left, right = crop.column_span
        if (left, right) != (0, self.rect.cols):
            return [line.crop(left, right) for line in lines]
        return lines

    def _line(self, y: int) -> Strip:
        row = self._scene.row(self.pane, y)
        if self._cut:
            row = cut_row(row, 0, self.rect.cols)
        strip = self._host.pane_line(self.pane, row, self.rect.x, self.rect.cols)
        self._strips[y] = strip
        return strip
