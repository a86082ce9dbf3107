"""A page in a real app: searched, scrolled, clicked, closed with a command or without."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar

import pytest
from textual import events
from textual.pilot import Pilot

import termlab.ui.app
from termlab.client.bottom import Bottom
from termlab.client.style import PLAIN, Run, fit
from termlab.model.geometry import Rect, Size
from termlab.model.layout import Leaf
from termlab.ui.app import TermlabApp
from termlab.ui.boxed import Hints, Spot, Text
from termlab.ui.host import Painted
from termlab.ui.overlay import Overlay
from termlab.ui.page import Page
from termlab.ui.query import Query
from termlab.ui.scene import Scene
from tests.ui.guest_client import options, state

WORDS = [f"line {n} {'even' if n % 2 == 0 else 'odd'}" for n in range(50)]


class Lines(Page):
    """Numbered lines, each of which runs a command of its number."""

    TITLE: ClassVar[str] = " Lines "
    HINTS: ClassVar[Hints] = Hints(" q ", " q, / ")

    def place(self, cols: int, rows: int) -> Rect:
        return Rect(2, 1, min(cols - 2, 40), min(rows - 1, 12))

    def text(self, cols: int, query: Query) -> Text:
        found = [word for word in WORDS if query.matches((word,))]
        lines = [fit((Run(word, PLAIN),), (), cols) for word in found]
        spots = {y: (Spot(0, 8, tuple(word.split()[:2])),) for y, word in enumerate(found)}
        return Text(lines, len(found), len(WORDS), spots)


class LinesApp(TermlabApp):
    CSS_PATH = str(Path(termlab.ui.app.__file__).with_name("app.tcss"))

    def _made(self, argv: tuple[str, ...]) -> Overlay:
        return Lines()


def played(
    scene: Callable[[Pilot[int], TermlabApp, Lines], Awaitable[None]],
    size: tuple[int, int] = (60, 20),
) -> None:
    async def play() -> None:
        known = Scene()
        known.take(state(Leaf(1), Size(*size)), 1, ())
        app = LinesApp(known, Painted(), Bottom(), options())
        async with app.run_test(size=size) as pilot:
            await app.open_overlay(("list-keys",))
            await scene(pilot, app, app.query_one(Lines))

    asyncio.run(play())


def shown(page: Page) -> list[str]:
    return [strip.text for strip in page.render_lines(page.size.region)]


@pytest.mark.parametrize(
    ("keys", "first", "found"),
    [
        ("slash 1 space o d d", "line 1 odd", "9 of 50"),
        ("slash e v e n backspace backspace enter j", "line 2 even", "25 of 50"),
        ("slash O D D down", "line 3 odd", "25 of 50"),
        ("slash z z", "", "0 of 50"),
        ("ctrl+s 4 9", "line 49 odd", "1 of 50"),
        ("slash o d d ctrl+u", "line 0 even", "50 of 50"),
        ("slash o d d ctrl+w backspace", "line 0 even", "1-10 of 50"),
        ("slash o d d escape", "line 0 even", "1-10 of 50"),
        ("slash o d d ctrl+c j", "line 1 odd", "2-11 of 50"),
        ("G slash 7 q", "", "0 of 50"),
    ],
)
def test_it_is_searched_as_one_types(keys: str, first: str, found: str) -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, page: Lines) -> None:
        await pilot.press(*keys.split())
        assert app.overlay_open
        assert shown(page)[1].strip("│ ") == first
        assert f" {found} " in shown(page)[-1]

    played(scene)


@pytest.mark.parametrize(
    ("keys", "is_open"),
    [
        ("escape", False),
        ("ctrl+c", False),
        ("slash escape", True),
        ("slash escape escape", False),
        ("slash q", True),
        ("slash o enter q", False),
        ("slash o enter escape", True),
        ("slash o enter escape escape", False),
        ("slash backspace enter", False),
    ],
)
def test_escape_forgets_what_is_looked_for_and_then_closes(keys: str, is_open: bool) -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, page: Lines) -> None:
        await pilot.press(*keys.split())
        assert app.overlay_open is is_open

    played(scene)


def test_the_cursor_is_where_one_types_and_nowhere_else() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, page: Lines) -> None:
        assert app.overlay_cursor is None
        await pilot.press("slash", "o", "d")
        cursor = app.overlay_cursor
        assert cursor is not None
        assert cursor.y == page.region.bottom - 1
        assert shown(page)[-1][: cursor.x - page.region.x].endswith("/od")
        await pilot.press("left")
        assert app.overlay_cursor == type(cursor)(cursor.x - 1, cursor.y)
        await pilot.press("enter")
        assert app.overlay_cursor is None

    played(scene)


def test_what_is_pasted_is_looked_for() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, page: Lines) -> None:
        app.post_message(events.Paste("odd"))
        await pilot.pause()
        assert "1-10 of 50" in shown(page)[-1]
        await pilot.press("slash")
        app.post_message(events.Paste("od\x1bd\n"))
        await pilot.pause()
        assert "/odd " in shown(page)[-1]

    played(scene)


def test_a_click_on_a_line_closes_it_with_the_lines_command() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, page: Lines) -> None:
        await pilot.press(*"jj")
        for offset in ((30, 3), (0, 3), (5, 11)):
            await pilot.click(Lines, offset=offset)
            assert app.overlay_open
        await pilot.click(Lines, offset=(4, 3), button=3)
        assert app.overlay_open
        await pilot.click(Lines, offset=(4, 3))
        assert not app.overlay_open
        assert app.closed_with == ("line", "4")
        await app.open_overlay(("list-keys",))
        await pilot.press("q")
        assert app.closed_with == ()

    played(scene)


@pytest.mark.parametrize("size", [(30, 6), (20, 5), (9, 4), (5, 2)])
def test_it_fills_the_place_it_has_whatever_is_looked_for(size: tuple[int, int]) -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp, page: Lines) -> None:
        for keys in ("slash", "o d d", "x " * 20, "escape"):
            await pilot.press(*keys.split())
            lines = shown(page)
            assert len(lines) == page.size.height
            assert {len(line) for line in lines} <= {page.size.width}

    played(scene, size)
