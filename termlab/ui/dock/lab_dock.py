"""The lab dock: the five panels of the focused pane, a title above, termlab's own cost beneath.

Fed with one frozen record at a time, and drawn only then. What has no room is scrolled to, with the
wheel; what a click asks for is a command, and nothing in it takes a key.
"""

from collections.abc import Iterator
from typing import Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.widget import Widget

from termlab.model.geometry import Rect
from termlab.model.state import State
from termlab.model.vitals import Vitals
from termlab.ui.dock.arenas_panel import ArenasPanel
from termlab.ui.dock.cost_panel import CostPanel
from termlab.ui.dock.idle_panel import IdlePanel
from termlab.ui.dock.latency_panel import LatencyPanel
from termlab.ui.dock.output_panel import OutputPanel
from termlab.ui.dock.panel import Panel
from termlab.ui.dock.syscalls_panel import SyscallsPanel
from termlab.ui.dock.title_row import TitleRow

HIDDEN: Final = Rect(0, 0, 0, 0)


class Figures(VerticalScroll, can_focus=False):
    """The panels, one beneath the other."""


class LabDock(Widget, can_focus=False):
    """``rect`` is where it stands, in cells of the terminal; without any, nothing of it works."""

    def __init__(self) -> None:
        super().__init__()
        self.rect = HIDDEN
        self._title = TitleRow()
        self._panels = (
            SyscallsPanel(),
            IdlePanel(),
            ArenasPanel(),
            LatencyPanel(),
            OutputPanel(),
        )
        self._cost = CostPanel()

    def compose(self) -> ComposeResult:
        yield self._title
        yield Figures(*self._panels)
        yield self._cost

    def place(self, rect: Rect | None) -> None:
        """Stand there from now on, or nowhere: what was shown then is over."""
        self.rect = rect or HIDDEN
        if rect is None:
            for panel in self._every():
                panel.forget()

    def follow(self, state: State) -> Iterator[tuple[Widget, list[Region]]]:
        """Take the panes' commands, and what the dock is to do: what is to be drawn for it."""
        for panel in self._every():
            regions = panel.follow_lab(state.lab)
            if panel is self._title:
                regions += self._title.follow({pane.id: pane.command for pane in state.view.panes})
            if regions:
                yield panel, regions

    @property
    def settled(self) -> bool:
        """Whether everything stands in its place, and nothing is to be laid out any more."""
        there = (self.size.width, self.size.height) == (self.rect.cols, self.rect.rows)
        return there and all(panel.settled for panel in self._every())

    def show(self, vitals: Vitals) -> Iterator[tuple[Widget, list[Region]]]:
        """Take a record: what is to be drawn for it now. What a panel needs another height for is
        laid out by Textual, in a moment."""
        if not self.rect.cols:
            return
        for panel in self._every():
            if regions := panel.show(vitals):
                yield panel, regions

    def _every(self) -> tuple[Panel, ...]:
        return (self._title, *self._panels, self._cost)
