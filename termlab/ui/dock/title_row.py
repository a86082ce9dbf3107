"""The first row of the dock: whose figures these are, over how long a time, or that it is paused.

A click on it pauses the dock, and lets it go on.
"""

from collections.abc import Mapping
from typing import Final

from textual.geometry import Region

from termlab.client.width import printable
from termlab.model.lab import Lab
from termlab.model.vitals import Vitals
from termlab.ui.dock.ink import Part, Row, cut, spread
from termlab.ui.dock.panel import Panel

USUAL: Final = Lab()
STOPPED: Final = "PAUSED "


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
        return [title_row(f"%{vitals.pane} {command}", vitals.interval_s, cols, self.lab)]

    def waiting(self, cols: int) -> list[Row]:
        return [title_row("", 0, cols, self.lab)]

    def pressed(self, row: int) -> tuple[str, ...]:
        return ("pause-dock",)


def title_row(who: str, interval_s: float, cols: int, lab: Lab = USUAL) -> Row:
    """The row; an interval of 0 is none. That it is paused is said whatever else has room."""
    left: Row = (Part(" lab ", "title"), Part(who))
    if lab.paused:
        return spread(cut(left, cols - len(STOPPED) - 1), (Part(STOPPED, "warn"),), cols)
    said = "all folded " if not lab.open else f"{interval_s:.1f} s " if interval_s else ""
    return spread(left, (Part(said, "dim"),) if said else (), cols)
