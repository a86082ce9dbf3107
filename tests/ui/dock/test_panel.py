"""A panel as a widget: what it says must be drawn, and what stands there."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from termlab.model.figure import Figure
from termlab.model.lab import Lab, folded, paused
from termlab.model.vitals import Vitals
from termlab.ui.dock.ink import Part, Row
from termlab.ui.dock.panel import PAUSED, WAITING, Panel
from tests.ui.dock.figures import unknown, vitals


class Counter(Panel):
    """As many rows as there are processes."""

    heading = "counter"

    def sample(self, record: Vitals) -> Figure:
        return record.activity.cpu_percent

    def aside(self, record: Vitals, top: float) -> str:
        return f"top {top:g}" if top else ""

    def draw(self, record: Vitals, trail: Row, cols: int) -> list[Row]:
        return [(Part(f"pane {record.pane}", "good"),), trail]


class Shell(App[None]):
    CSS_PATH = "../../../termlab/ui/app.tcss"

    def __init__(self) -> None:
        super().__init__(ansi_color=True)
        self.panel: Counter = Counter()

    def compose(self) -> ComposeResult:
        yield self.panel

    def rows(self) -> list[str]:
        size = self.panel.size
        return [strip.text.rstrip() for strip in self.panel.render_lines(size.region)]


def played(scene: Callable[[Shell, Callable[[], Awaitable[None]]], Awaitable[None]]) -> None:
    async def run() -> None:
        app = Shell()
        async with app.run_test(size=(24, 12)) as pilot:
            await pilot.pause()
            await scene(app, pilot.pause)

    asyncio.run(run())


Pause = Callable[[], Awaitable[None]]


def test_before_the_first_record_it_waits() -> None:
    async def scene(app: Shell, pause: Pause) -> None:
        assert app.rows()[0] == "─ counter " + "─" * 14
        assert " ".join(row.strip() for row in app.rows()[1:]) == WAITING

    played(scene)


def test_another_height_is_laid_out_and_then_only_what_differs_is_drawn() -> None:
    async def scene(app: Shell, pause: Pause) -> None:
        panel = app.panel
        assert panel.settled
        panel.show(vitals(3, cpu=5))
        await pause()
        assert panel.settled
        assert app.rows() == ["─ counter ────── top 5 ─", "pane 3", " " * 22 + "█"]
        changed = panel.show(vitals(3, cpu=5))
        assert [(region.y, region.height) for region in changed] == [(2, 1)]
        assert app.rows()[2] == " " * 21 + "██"

    played(scene)


def test_another_pane_has_no_past() -> None:
    async def scene(app: Shell, pause: Pause) -> None:
        for record in (vitals(3, cpu=5), vitals(3, cpu=5), vitals(4, cpu=5)):
            app.panel.show(record)
            await pause()
        assert app.rows()[1:] == ["pane 4", " " * 22 + "█"]

    played(scene)


def test_what_is_missing_is_a_gap_and_what_is_forgotten_is_gone() -> None:
    async def scene(app: Shell, pause: Pause) -> None:
        for record in (vitals(3, cpu=5), unknown(3), vitals(3, cpu=5)):
            app.panel.show(record)
            await pause()
        assert app.rows()[2] == " " * 20 + "█ █"
        app.panel.forget()
        app.panel.show(vitals(3, cpu=5))
        await pause()
        assert app.rows()[2] == " " * 22 + "█"

    played(scene)


def test_colours_are_the_style_sheets() -> None:
    async def scene(app: Shell, pause: Pause) -> None:
        app.theme = "ansi-dark"
        app.panel.show(vitals(3))
        await pause()
        title, row, _ = app.panel.render_lines(app.panel.size.region)
        styles = {segment.text: segment.style for segment in (*title, *row) if segment.style}
        assert styles[" counter "].bold
        assert styles["pane 3"].color == app.panel.get_component_rich_style("panel--good").color
        app.theme = "textual-light"
        await pause()
        row = app.panel.render_lines(app.panel.size.region)[1]
        other = next(segment.style for segment in row if segment.text == "pane 3")
        assert other is not None
        assert other.color != styles["pane 3"].color

    played(scene)


def test_a_row_too_wide_is_cut() -> None:
    async def scene(app: Shell, pause: Pause) -> None:
        app.panel.styles.width = 4
        app.panel.show(vitals(3))
        await pause()
        assert app.rows()[1] == "pane"

    played(scene)


class Folding(Counter):
    """It can be folded."""

    part = "activity"

    def draw(self, record: Vitals, trail: Row, cols: int) -> list[Row]:
        return [*super().draw(record, trail, cols), *[(Part("more"),)] * int(record.interval_s)]

    def pressed(self, row: int) -> tuple[str, ...]:
        return ("sort-dock",) if row == 1 else ()


class FoldingShell(Shell):
    def __init__(self) -> None:
        super().__init__()
        self.panel = Folding()
        self.asked: list[tuple[str, ...]] = []

    def on_panel_pressed(self, event: Panel.Pressed) -> None:
        self.asked.append(event.run)


def folding(scene: Callable[[FoldingShell, Pilot[None]], Awaitable[None]]) -> None:
    async def run() -> None:
        app = FoldingShell()
        async with app.run_test(size=(24, 12)) as pilot:
            await pilot.pause()
            await scene(app, pilot)

    asyncio.run(run())


def test_folded_it_is_its_title_and_takes_no_sample() -> None:
    async def scene(app: FoldingShell, pilot: Pilot[None]) -> None:
        app.panel.show(vitals(3, cpu=5))
        app.panel.follow_lab(folded(Lab(), "activity"))
        await pilot.pause()
        assert app.rows() == ["▸ counter ───── folded ─"]
        app.panel.show(vitals(3, cpu=5))
        app.panel.follow_lab(Lab())
        await pilot.pause()
        assert app.rows()[0].startswith("▾ counter ")
        assert app.rows()[2] == " " * 22 + "█"

    folding(scene)


def test_paused_it_keeps_what_it_knew_in_one_colour() -> None:
    async def scene(app: FoldingShell, pilot: Pilot[None]) -> None:
        app.panel.follow_lab(paused(Lab(), True))
        await pilot.pause()
        assert " ".join(row.strip() for row in app.rows()[1:]) == PAUSED
        app.panel.follow_lab(Lab())
        app.panel.show(vitals(3))
        await pilot.pause()
        before = app.rows()
        app.panel.follow_lab(paused(Lab(), True))
        await pilot.pause()
        assert app.rows() == before
        row = app.panel.render_lines(app.panel.size.region)[1]
        faint = app.panel.get_component_rich_style("panel--dim")
        assert [segment.style for segment in row if segment.text == "pane 3"] == [faint]

    folding(scene)


def test_with_a_row_or_two_less_what_is_beneath_it_stays_where_it_is() -> None:
    async def scene(app: FoldingShell, pilot: Pilot[None]) -> None:
        for more, rows in ((2.0, 5), (0.0, 5), (4.0, 7), (0.0, 3)):
            app.panel.show(msgspec.structs.replace(vitals(3), interval_s=more))
            await pilot.pause()
            assert app.panel.size.height == rows

    folding(scene)


def test_a_click_asks_for_a_command() -> None:
    async def scene(app: FoldingShell, pilot: Pilot[None]) -> None:
        app.panel.show(vitals(3))
        await pilot.pause()
        for row in (0, 1, 2):
            await pilot.click(Folding, offset=(3, row))
        assert app.asked == [("fold-dock", "activity"), ("sort-dock",)]

    folding(scene)
