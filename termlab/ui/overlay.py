"""What opens over the panes: where it stands, and that it says when it is done.

Opaque, in the area above the status row. The app claims the panes beneath it before it is shown.
"""

from textual.message import Message
from textual.widget import Widget

from termlab.client.look import Look
from termlab.model.geometry import Rect
from termlab.model.screen import Cursor
from termlab.wire.messages import ClientOptions, News


class Overlay(Widget, can_focus=True):
    """Has the person's hands while it is open."""

    DEFAULT_CSS = """
    Overlay {
        layer: over;
        background: ansi_default;
        color: ansi_default;
    }
    """

    # How the lines it draws itself look.
    look = Look()

    class Closed(Message):
        """It is done: the next event is not for it. ``run`` is a command to run then, as if a key
        were bound to it; none if empty."""

        def __init__(self, run: tuple[str, ...] = ()) -> None:
            super().__init__()
            self.run = run

    async def prepare(self) -> None:
        """Learn what it needs to know before it is mounted."""

    @property
    def cursor(self) -> Cursor | None:
        """Where the terminal's cursor belongs, in cells of the screen; None hides it."""
        return None

    def wear(self, look: Look) -> None:
        """Another theme."""
        self.look = look
        self.refresh()

    def reload(self, options: ClientOptions) -> None:
        """The configuration was read again."""

    def peeked(self, news: News) -> None:
        """What it looks at has changed."""

    def place(self, cols: int, rows: int) -> Rect:
        """Its cells, of an area of ``cols`` x ``rows``."""
        return Rect(0, 0, cols, rows)
