"""The palette in a real app: typed into, moved about, clicked, and closed with a command."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from textual.command import Command, CommandInput, CommandList
from textual.pilot import Pilot

from termlab.client.bottom import Bottom
from termlab.model.bindings import Binding
from termlab.model.geometry import Size
from termlab.model.layout import Leaf
from termlab.ui.app import TermlabApp
from termlab.ui.asker import Asker
from termlab.ui.host import Painted
from termlab.ui.palette import NOTHING, Close, Palette
from termlab.ui.scene import Scene
from termlab.wire.messages import ClientOptions, Reply
from tests.ui.guest_client import options, state

LISTED = (
    '[{"id": "$1", "name": "main", "clients": 1, "windows": [{"id": "@1", "index": 0, '
    '"name": "vim", "current": true, "zoomed": false, "panes": [{"id": "%1", "active": true, '
    '"cols": 80, "rows": 24, "pid": 1, "command": "vim", "title": "[red]x.py", "directory": "/", '
    '"history_rows": 0}]}]}]'
)
Play = Callable[[Pilot[int], TermlabApp], Awaitable[None]]


def played(scene: Play, size: tuple[int, int] = (80, 24), code: int = 0) -> None:
    """Run a scene in an app where the palette has just been opened."""

    async def play() -> None:
        known, asked = Scene(), list[tuple[str, ...]]()
        known.take(state(Leaf(1), Size(*size)), 1, ())

        def answer(number: int, argv: tuple[str, ...]) -> None:
            asked.append(argv)
            asker.answered(number, Reply(0, code, LISTED))

        asker = Asker(answer)
        app = TermlabApp(known, Painted(), Bottom(), options(), asker=asker)
        async with app.run_test(size=size) as pilot:
            await app.open_overlay(("command-palette",))
            await pilot.pause()
            assert asked == [("list-sessions", "--json")]
            await scene(pilot, app)

    asyncio.run(play())


def listed(app: TermlabApp) -> list[str]:
    """What is offered, in order."""
    return [str(option.prompt) for option in app.query_one(CommandList).options]


def test_it_offers_windows_panes_sessions_and_commands() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp) -> None:
        offered = listed(app)
        assert offered[:3] == [
            "window main:0 vim  1 pane, shown",
            "pane %1 [red]x.py  main:0, vim, shown",
            "session main  1 window, shown",
        ]
        assert any(each.startswith("split-window -h: split right") for each in offered)
        assert app.query_one(Palette).border_subtitle == f"{len(offered)} of {len(offered)}"
        assert app.query_one(CommandList).highlighted == 0

    played(scene)


def test_without_the_server_the_commands_are_there() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp) -> None:
        assert not [each for each in listed(app) if each.startswith(("window", "session"))]
        assert listed(app)

    played(scene, code=4)


@pytest.mark.parametrize(
    ("keys", "run"),
    [
        ("s p l i t enter", ("split-window", "-h")),
        ("s p l i t down enter", ("split-window", "-v")),
        ("s p l i t ctrl+n ctrl+n up enter", ("split-window", "-v")),
        ("x . p y enter", ("switch-client", "-t", "%1")),
        ("s p x backspace l i t enter", ("split-window", "-h")),
        ("enter", ("switch-client", "-t", "@1")),
        ("s e n d - t e x t enter", ("command-prompt", "-I", "send-text ")),
        ("escape", ()),
        ("s p ctrl+c", ()),
        ("ctrl+g", ()),
        ("s p l ctrl+u escape", ()),
    ],
)
def test_keys_find_and_choose(keys: str, run: tuple[str, ...]) -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp) -> None:
        await pilot.press(*keys.split())
        assert not app.overlay_open
        assert not app.query(Palette)
        assert app.closed_with == run

    played(scene)


def test_what_nothing_is_called_is_said_and_cannot_be_chosen() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp) -> None:
        await pilot.press(*"zzqq", "enter", "down", "enter")
        assert app.overlay_open
        assert listed(app) == [NOTHING]
        await pilot.press("ctrl+u")
        assert len(listed(app)) > 10

    played(scene)


def test_the_mouse_chooses_scrolls_and_closes() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp) -> None:
        await pilot.press(*"split")
        await pilot.click(CommandList, offset=(5, 1))
        assert app.closed_with == ("split-window", "-v")
        await app.open_overlay(("command-palette",))
        await pilot.pause()
        await pilot.click(Palette, offset=(5, 1))
        await pilot.click(Close, button=3)
        assert app.overlay_open
        await pilot.click(Close)
        assert not app.overlay_open
        assert app.closed_with == ()

    played(scene)


@pytest.mark.parametrize("size", [(80, 24), (40, 9), (20, 5), (6, 3)])
def test_the_cursor_stands_behind_what_is_typed(size: tuple[int, int]) -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp) -> None:
        await pilot.press("a", "b")
        entry = app.query_one(CommandInput).content_region
        cursor = app.overlay_cursor
        assert cursor is not None
        if size[0] > 10:
            assert (cursor.x, cursor.y) == (entry.x + 2, entry.y)
        palette = app.query_one(Palette).region
        assert palette.bottom <= size[1] - 1
        assert palette.right <= size[0]

    played(scene, size)


def test_another_size_is_followed() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp) -> None:
        await pilot.press(*"split")
        for size in ((20, 5), (120, 40), (80, 24)):
            app.resize(*size)
            await pilot.pause()
            region = app.query_one(Palette).region
            assert region.right <= size[0]
            assert region.bottom <= size[1] - 1
            assert len([each for each in listed(app) if each.startswith("split")]) > 2
            assert app.focused is app.query_one(CommandInput)
        await pilot.press("enter")
        assert app.closed_with == ("split-window", "-h")

    played(scene)


def test_new_options_are_offered() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp) -> None:
        await pilot.press(*"my own")
        assert listed(app) == [NOTHING]
        mine = Binding("u", "new-window", "my own window", own=True)
        app.reload(ClientOptions("C-a", 25, 500, 400, 2000, True, {"prefix": (mine,)}))
        await pilot.pause()
        assert listed(app)[0].startswith("new-window: my own window  C-a u")

    played(scene)


def test_nothing_of_it_moves_by_itself() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp) -> None:
        await pilot.press(*"split")
        entry = app.query_one(CommandInput)
        assert not entry.cursor_blink
        running = [
            timer for widget in app.query("*") for timer in widget._timers if timer._active.is_set()
        ]
        assert not running

    played(scene)


def test_each_hit_is_a_command_of_textuals() -> None:
    async def scene(pilot: Pilot[int], app: TermlabApp) -> None:
        assert all(isinstance(each, Command) for each in app.query_one(CommandList).options)

    played(scene)
