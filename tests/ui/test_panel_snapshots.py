"""Pictures of each panel of the lab dock, to be looked at: live, unavailable and paused, side by
side.
"""

from collections.abc import Callable
from typing import Final

import pytest
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.pilot import Pilot

from termlab.model.geometry import Size
from termlab.model.lab import Lab, paused
from termlab.model.vitals import Vitals
from termlab.ui.dock.arenas_panel import ArenasPanel
from termlab.ui.dock.idle_panel import IdlePanel
from termlab.ui.dock.latency_panel import LatencyPanel
from termlab.ui.dock.output_panel import OutputPanel
from termlab.ui.dock.panel import Panel
from termlab.ui.dock.syscalls_panel import SyscallsPanel
from termlab.ui.sixteen import SIXTEEN
from tests.ui.dock.figures import lively, unknown
from tests.ui.test_snapshots import USUAL, shown

SIZES: Final = pytest.mark.parametrize("size", [USUAL, Size(120, 40)], ids=shown)
# As wide as a dock is in a terminal of 80 columns, and half as wide again.
COLS: Final = {80: 26, 120: 39}


class Side(Vertical):
    """One of the three."""


class SideBySide(App[None]):
    """The same panel three times."""

    CSS_PATH = "../../termlab/ui/app.tcss"
    CSS = "Screen { layout: horizontal; } Side { margin-right: 1; }"

    def __init__(self, kind: type[Panel], cols: int) -> None:
        super().__init__(ansi_color=True)
        self.register_theme(SIXTEEN)
        self.theme = SIXTEEN.name
        self.animation_level = "none"
        self.live, self.unavailable, self.paused = (kind() for _ in range(3))
        self._cols = cols

    def compose(self) -> ComposeResult:
        with Horizontal():
            for panel in (self.live, self.unavailable, self.paused):
                with Side() as side:
                    side.styles.width = self._cols - 1
                    yield panel

    def feed(self, records: list[Vitals]) -> None:
        for record in records:
            self.live.show(record)
            self.paused.show(record)
        self.unavailable.show(unknown())
        self.paused.follow_lab(paused(Lab(), True))


@SIZES
@pytest.mark.parametrize(
    "kind",
    [SyscallsPanel, IdlePanel, ArenasPanel, LatencyPanel, OutputPanel],
    ids=lambda kind: kind.part,
)
def test_a_panel(snap_compare: Callable[..., bool], kind: type[Panel], size: Size) -> None:
    app = SideBySide(kind, COLS[size.cols])

    async def play(pilot: Pilot[None]) -> None:
        app.feed(lively())
        await pilot.pause()

    assert snap_compare(app, terminal_size=(size.cols, size.rows), run_before=play)
