"""One panel of the lab dock: a title with a line, and rows that a pure function draws of a record.

The shell around the drawing: it knows its width, the rows that stand there, and which differ. What
a role looks like is in the style sheet. Folded it is its title; paused it keeps what it knew, in
one colour.
"""

from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from termlab.model.figure import Figure
from termlab.model.keys import LEFT
from termlab.model.lab import Lab
from termlab.model.vitals import Vitals
from termlab.ui.dock.ink import ROLES, Part, Role, Row, cut, exactly, spread, width, wrapped
from termlab.ui.dock.spark import highest, spark
from termlab.ui.dock.trail import Trail

WAITING: Final = "the first look is under way"
PAUSED: Final = "paused before the first look"
# What folds a panel stands in front of its heading.
OPEN_MARK: Final = "▾"
FOLDED_MARK: Final = "▸"
# A panel that needs so many rows less keeps those it has: what is beneath it stays where it is.
SLACK_ROWS: Final = 3


class Panel(Widget, can_focus=False):
    """``heading`` is its title, ``part`` its name in `model.lab`, "" for one that can't be folded.
    A subclass draws."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"panel--{role}" for role in ROLES}
    heading: ClassVar[str] = ""
    part: ClassVar[str] = ""

    class Pressed(Message):
        """A command was clicked: to be done as if a key were bound to it."""

        def __init__(self, run: tuple[str, ...]) -> None:
            super().__init__()
            self.run = run

    def __init__(self) -> None:
        super().__init__()
        self.lab = Lab()
        self._vitals: Vitals | None = None
        self._rows: list[Row] = []
        self._cols = 0  # for which they were drawn
        self._shape: object = None  # what they may differ by in more than figures
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
        words = PAUSED if self.lab.paused else WAITING
        return [*self._title("", cols), *wrapped(words, cols, "dim", indent=1)]

    def pressed(self, row: int) -> tuple[str, ...]:
        """The command that a click on a row beneath the title stands for; () for none."""
        return ()

    # For the dock

    @property
    def settled(self) -> bool:
        """Whether it draws something, and is as high as that."""
        return bool(self._rows) and self.size.height == len(self._rows)

    @property
    def folded(self) -> bool:
        """Whether there is nothing of it but its title."""
        return bool(self.part) and self.part not in self.lab.open

    def show(self, vitals: Vitals) -> list[Region]:
        """Take a record: the regions that look different."""
        if self._vitals is None or self._vitals.pane != vitals.pane:
            self._trail.clear()
        self._vitals = vitals
        figure = None if self.folded else self.sample(vitals)
        if figure is not None:
            self._trail.add(figure)
        return self.redraw()

    def follow_lab(self, lab: Lab) -> list[Region]:
        """The dock does this from here on: the regions that look different."""
        if lab == self.lab:
            return []
        self.lab = lab
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
        shape = (cols, self.lab, self._vitals.pane if self._vitals is not None else None)
        fewer = len(before) - len(self._rows)
        if self.part and shape == self._shape and 0 < fewer <= SLACK_ROWS:
            self._rows = exactly(self._rows, len(before))
        self._shape = shape
        if len(self._rows) != len(before):
            self.styles.height = len(self._rows)  # it is laid out anew, with all around it
            return []
        changed = [y for y, row in enumerate(self._rows) if row != before[y]]
        return [Region(0, y, cols, 1) for y in changed]

    def _drawn(self, cols: int) -> list[Row]:
        vitals = self._vitals
        if self.folded:
            return self._title("folded", cols)
        if vitals is None:
            return self.waiting(cols)
        samples = self._trail.samples
        top = highest(samples, cols - 2)
        line = spark(samples, cols - 2, top)
        bars = line.lstrip()
        trail: Row = (Part(" " * (1 + len(line) - len(bars))), Part(bars, "good"))
        title = self._title(self.aside(vitals, top), cols)
        rows = self.draw(vitals, trail, cols)
        stale = self.lab.paused and self.heading
        return [*title, *(map(_faint, rows) if stale else rows)]

    def _title(self, aside: str, cols: int) -> list[Row]:
        if not self.heading:
            return []
        mark = "─" if not self.part else FOLDED_MARK if self.folded else OPEN_MARK
        left: Row = (Part(mark, "dim"), Part(f" {self.heading} ", "title"))
        end = (Part(f" {aside} ", "dim"), Part("─", "dim")) if aside else ()
        line = spread(left, end, cols)
        gap = cols - width(left) - width(end)
        if gap > 0:
            line = (*left, Part("─" * gap, "dim"), *end)
        return [line]

    # For Textual

    def on_resize(self, event: events.Resize) -> None:
        self.refresh(*self.redraw())

    def on_click(self, event: events.Click) -> None:
        """The title folds it and opens it; what else can be pressed a subclass says."""
        event.stop()
        run: tuple[str, ...] = ()
        if event.button == LEFT and event.y == 0 and self.part:
            run = ("fold-dock", self.part)
        elif event.button == LEFT and not self.folded:
            run = self.pressed(event.y - bool(self.heading))
        if run:
            self.post_message(self.Pressed(run))

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


def _faint(row: Row) -> Row:
    """A row of what was measured before."""
    return tuple(part._replace(role="dim") for part in row)
