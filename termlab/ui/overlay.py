"""What opens over the panes: where it stands, and that it says when it is done.

Opaque, in the area above the status row. The app claims the panes beneath it before it is shown.
"""

from textual.message import Message
from textual.widget import Widget

from termlab.model.geometry import Rect


class Overlay(Widget, can_focus=True):
    """Has the person's hands while it is open."""

    DEFAULT_CSS = """
    Overlay {
        layer: over;
        background: ansi_default;
        color: ansi_default;
    }
    """

    class Closed(Message):
        """It is done: the next event is not for it."""

    def place(self, cols: int, rows: int) -> Rect:
        """Its cells, of an area of ``cols`` x ``rows``."""
        return Rect(0, 0, cols, rows)
