"""The first row of the dock: whose figures these are, and over how long a time."""

from collections.abc import Mapping

from textual.geometry import Region

from termlab.client.width import printable
from termlab.model.vitals import Vitals
from termlab.ui.dock.ink import Part, Row, spread
from termlab.ui.dock.panel import Panel


class TitleRow(Panel):
    """One row, for the pane that the record is of."""

    def __init__(self) -> None:
        super().__init__()
        self._commands: Mapping[int, str] = {}

    def follow(self, commands: Mapping[int, str]) -> list[Region]:
        """The panes' commands by now: the regions that look different."""
        if commands == self._commands:
            return []
        self._commands = commands
        return self.redraw()

    def draw(self, vitals: Vitals, trail: Row, cols: int) -> list[Row]:
        command = printable(self._commands.get(vitals.pane, ""))
        return [title_row(f"%{vitals.pane} {command}", vitals.interval_s, cols)]

    def waiting(self, cols: int) -> list[Row]:
        return [title_row("", 0, cols)]


def title_row(who: str, interval_s: float, cols: int) -> Row:
    """The row; an interval of 0 is none."""
    right: Row = (Part(f"{interval_s:.1f} s ", "dim"),) if interval_s else ()
    return spread((Part(" lab ", "title"), Part(who)), right, cols)
