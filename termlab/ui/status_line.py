"""The status row as a widget: a question, the hint line, a message, or the session."""

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from termlab.client.bottom import Bottom
from termlab.client.style import Line
from termlab.ui.host import PaneHost
from termlab.ui.scene import Scene
from termlab.ui.vt_row import line_row


class StatusLine(Widget, can_focus=False):
    """One row; what it says is `Bottom`'s."""

    def __init__(self, scene: Scene, host: PaneHost, bottom: Bottom) -> None:
        super().__init__()
        self._scene = scene
        self._host = host
        self._bottom = bottom
        self._cols = 0
        self._line: Line = ()

    def follow(self, cols: int) -> list[Region]:
        """Take what there is to say now: the region, if it looks different."""
        before = self._cols, self._line
        replica = self._scene.replica
        self._cols = cols
        if replica.state is not None:
            self._line = self._bottom.line(replica.state, replica.placed, cols, replica.scroll)
        return [Region(0, 0, cols, 1)] if (cols, self._line) != before else []

    def render_lines(self, crop: Region) -> list[Strip]:
        strip = self._host.status_line(line_row(self._line, 0), self._cols)
        left, right = crop.column_span
        return [strip.crop(left, right) for _ in crop.line_range]
