"""One panel of the lab dock: a title with a line, and rows that a pure function draws of a record.

The shell around the drawing: it knows its width, the rows that stand there, and which differ. What
a role looks like is in the style sheet.
"""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from termlab.model.metrics import Figure
from termlab.model.vitals import Vitals
from termlab.ui.dock.ink import ROLES, Part, Role, Row, cut, spread, width, wrapped
from termlab.ui.dock.spark import highest, spark
from termlab.ui.dock.trail import Trail

WAITING = "the first look is under way"


class Panel(Widget, can_focus=False):
    """``heading`` is its title. A subclass draws."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"panel--{role}" for role in ROLES}
    heading: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self._vitals: Vitals | None = None
        self._rows: list[Row] = []
        self._cols = 0  # for which they were drawn
        self._pens: dict[Role, Style] = {}
        self._trail = Trail()

    # For a subclass

    def sample(self, vitals: Vitals) -> Figure | None:
        """The figure that is shown over time, if there is one."""
        return None

    def aside(self, vitals: Vitals, top: float) -> str:
        """What the title says at its end; ``top`` is the highest that is shown over time."""
        return ""

    def draw(self, vitals: Vitals, trail: Row, cols: int) -> list[Row]:
        """The rows beneath the title, one of them the ``trail``: what is shown over time."""
        raise NotImplementedError

    def waiting(self, cols: int) -> list[Row]:
        """What stands there before there is a record."""
        return [*self._title("", cols), *wrapped(WAITING, cols, "dim", indent=1)]

    # For the dock

    @property
    def settled(self) -> bool:
        """Whether it draws something, and is as high as that."""
        return bool(self._rows) and self.size.height == len(self._rows)

    def show(self, vitals: Vitals) -> list[Region]:
        """Take a record: the regions that look different."""
        if self._vitals is None or self._vitals.pane != vitals.pane:
            self._trail.clear()
        self._vitals = vitals
        figure = self.sample(vitals)
        if figure is not None:
            self._trail.add(figure)
        return self.redraw()

    def forget(self) -> None:
        """What was shown is over; the next record begins anew."""
        self._vitals = None
        self._trail.clear()

    def redraw(self) -> list[Region]:
        """Draw what is known: the regions that look different."""
        cols = self._cols = self.size.width
        if not cols:
            return []
        before, self._rows = self._rows, [cut(row, cols) for row in self._drawn(cols)]
        if len(self._rows) != len(before):
            self.styles.height = len(self._rows)  # it is laid out anew, with all around it
            return []
        changed = [y for y, row in enumerate(self._rows) if row != before[y]]
        return [Region(0, y, cols, 1) for y in changed]

    def _drawn(self, cols: int) -> list[Row]:
        vitals = self._vitals
        if vitals is None:
            return self.waiting(cols)
        samples = self._trail.samples
        top = highest(samples, cols - 2)
        line = spark(samples, cols - 2, top)
        bars = line.lstrip()
        trail: Row = (Part(" " * (1 + len(line) - len(bars))), Part(bars, "good"))
        return [*self._title(self.aside(vitals, top), cols), *self.draw(vitals, trail, cols)]

    def _title(self, aside: str, cols: int) -> list[Row]:
        if not self.heading:
            return []
        left: Row = (Part("─", "dim"), Part(f" {self.heading} ", "title"))
        end = (Part(f" {aside} ", "dim"), Part("─", "dim")) if aside else ()
        line = spread(left, end, cols)
        gap = cols - width(left) - width(end)
        if gap > 0:
            line = (*left, Part("─" * gap, "dim"), *end)
        return [line]

    # For Textual

    def on_resize(self, event: events.Resize) -> None:
        self.refresh(*self.redraw())

    def notify_style_update(self) -> None:
        self._pens.clear()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows are ready-made: nothing to measure or to fill up."""
        if self._cols != self.size.width:
            self.redraw()  # whoever asked for its place before it was told has taken its event
        left, right = crop.column_span
        cols = self.size.width
        return [self._strip(y, cols).crop(left, right) for y in crop.line_range]

    def _strip(self, y: int, cols: int) -> Strip:
        row = self._rows[y] if y < len(self._rows) else ()
        ground = self._pen("plain")
        parts = [Segment(part.text, self._pen(part.role)) for part in row]
        return Strip(parts).adjust_cell_length(cols, ground)

    def _pen(self, role: Role) -> Style:
        if role not in self._pens:
            self._pens[role] = self.get_component_rich_style(f"panel--{role}")
        return self._pens[role]
