"""The dock in the app: placed, fed, scrolled, hidden; five panels between a title and the cost."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from termlab.model.geometry import Rect, Size
from termlab.ui.dock.lab_dock import Figures, LabDock
from termlab.ui.dock.panel import Panel
from termlab.ui.dock.syscalls_panel import SyscallsPanel
from tests.ui.attached_app import PREFIX
from tests.ui.dock.docked_app import KEYS, LOOK_S, TOGGLE, WHEEL_UP, DockedApp
from tests.ui.dock.figures import everything, minute, unknown, vitals
from tests.ui.test_snapshots import SHELL, session

USUAL = Size(80, 24)
Scene = Callable[[DockedApp], Awaitable[None]]
Played = Callable[[Scene], None]


@pytest.fixture
def played(tmp_path: Path) -> Played:
    """Plays a scene on an app that shows one pane."""

    def play(scene: Scene, size: Size = USUAL) -> None:
        async def run(app: DockedApp) -> None:
            async with app.app.run_test(size=(size.cols, size.rows)):
                session(app, *SHELL)
                await app.attach()
                await scene(app)

        with DockedApp(tmp_path, size) as app:
            asyncio.run(run(app))

    return play


def headings(app: DockedApp) -> list[str]:
    return [panel.heading for panel in app.app.query(Panel) if panel.heading]


def test_it_is_made_when_it_is_first_shown(played: Played) -> None:
    async def scene(app: DockedApp) -> None:
        assert not app.app.query(LabDock)
        await app.show(vitals())
        assert headings(app) == [
            "syscalls",
            "idle CPU",
            "memory and arenas",
            "input latency",
            "output quality",
            "termlab itself",
        ]
        assert app.dock.region.bottom_right == (80, 23)

    played(scene)


def test_hidden_it_is_told_nothing_and_shown_again_it_has_no_past(played: Played) -> None:
    async def scene(app: DockedApp) -> None:
        await app.show(*minute()[:5])
        await app.type(*TOGGLE)
        assert app.dock.rect.cols == 0
        shown = app.shown
        for _ in range(5):
            app.pass_time(LOOK_S)
        assert app.shown == shown
        await app.show(vitals())
        panel = app.app.query_one(SyscallsPanel)
        line = panel.render_lines(panel.size.region)[3].text
        assert line.strip() == "█"

    played(scene)


def test_the_wheel_scrolls_the_panels_between_title_and_cost(played: Played) -> None:
    async def scene(app: DockedApp) -> None:
        await app.show(*minute())
        first, last = app.app.query(Panel).first(), app.app.query(Panel).last()
        places = first.region, last.region
        await app.wheel(70, 10, turns=40)
        assert app.figures.scroll_y == app.figures.max_scroll_y > 0
        assert (first.region, last.region) == places
        await app.wheel(70, 10, turns=40, button=WHEEL_UP)
        assert app.figures.scroll_y == 0

    played(scene)


def test_clicks_in_it_reach_no_pane_and_the_keys_stay_with_theirs(played: Played) -> None:
    async def scene(app: DockedApp) -> None:
        await app.show(vitals())
        await app.type("\x1b[<0;70;10M", "\x1b[<0;70;10m", "a")
        assert not app.app.overlay_open
        assert app.app.focused is None

    played(scene)


def test_help_opens_over_it_and_what_came_meanwhile_is_shown_then(played: Played) -> None:
    async def scene(app: DockedApp) -> None:
        await app.show(vitals())
        await app.type(PREFIX, "?")
        shown = app.shown
        app.pass_time(LOOK_S)
        assert app.shown == shown + 1
        await app.type("q")
        assert app.dock.settled

    played(scene)


def test_every_record_finds_room_whatever_is_known(played: Played) -> None:
    async def scene(app: DockedApp) -> None:
        await app.show(unknown(), vitals(), unknown(), vitals())
        panels = list(app.app.query_one(Figures).query(Panel))
        tops = [panel.virtual_region.y for panel in panels]
        ends = [panel.virtual_region.bottom for panel in panels]
        assert tops == [0, *ends[:-1]]

    played(scene)


def test_without_a_place_it_draws_nothing() -> None:
    dock = LabDock()
    dock.place(Rect(50, 0, 30, 11))
    dock.place(None)
    assert list(dock.show(vitals())) == []


def test_what_its_clicks_and_keys_ask_for_is_done_in_it(played: Played) -> None:
    async def scene(app: DockedApp) -> None:
        await app.show(everything())
        x = app.dock.rect.x
        await app.type(f"\x1b[<0;{x + 5};2M", f"\x1b[<0;{x + 5};2m")
        await app.until(lambda: app.app.query_one(SyscallsPanel).folded)
        await app.until(lambda: app.dock.settled)
        assert app.app.query_one(SyscallsPanel).size.height == 1
        await app.type(*KEYS, "1", "s", "v")
        await app.until(lambda: app.app.query_one(SyscallsPanel).lab.view == "silence")
        assert app.app.query_one(SyscallsPanel).lab.sort == "time"
        await app.type(f"\x1b[<0;{x + 5};1M", f"\x1b[<0;{x + 5};1m")
        await app.until(lambda: app.app.query_one(SyscallsPanel).lab.paused)
        seen = app.shown
        app.pass_time(LOOK_S * 5)
        assert app.shown == seen

    played(scene)


def test_keys_scroll_it_as_the_wheel_does(played: Played) -> None:
    async def scene(app: DockedApp) -> None:
        await app.show(everything())
        await app.type(*KEYS, "\x1b[6~")
        await app.until(lambda: app.figures.scroll_y > 10)
        await app.type(*KEYS, "\x1b[5~")
        await app.until(lambda: app.figures.scroll_y == 0)

    played(scene)
