"""What is around the panes as a widget beneath them: separators, titles, and dots outside."""

from collections.abc import Iterable

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from termlab.client.chrome import Placed
from termlab.client.style import clip_line
from termlab.ui.host import PaneHost
from termlab.ui.scene import Scene
from termlab.ui.vt_row import line_row


class FrameView(Widget, can_focus=False):
    """The whole area above the status row."""

    def __init__(self, scene: Scene, host: PaneHost) -> None:
        super().__init__()
        self._scene = scene
        self._host = host
        self._cols = 0
        self._rows: dict[int, bytes] = {}

    def follow(self, cols: int, rows: int) -> list[Region]:
        """Take the lines of a new state or size: the regions that look different."""
        before = self._rows
        self._cols = cols
        self._rows = frame_rows(self._scene.replica.frame_lines(cols, rows), cols)
        return [
            Region(0, y, cols, 1)
            for y in sorted(before.keys() | self._rows.keys())
            if before.get(y) != self._rows.get(y)
        ]

    def render_lines(self, crop: Region) -> list[Strip]:
        lines = [self._host.frame_line(self._rows.get(y, b""), self._cols) for y in crop.line_range]
        left, right = crop.column_span
        return [line.crop(left, right) for line in lines]


def frame_rows(lines: Iterable[Placed], cols: int) -> dict[int, bytes]:
    """Lines as VT rows of the whole width, by row."""
    rows: dict[int, bytes] = {}
    for each in sorted(lines, key=lambda line: (line.y, line.x)):
        if each.x < cols:
            part = line_row(clip_line(each.line, cols - each.x), each.x)
            rows[each.y] = rows.get(each.y, b"") + part
    return rows
