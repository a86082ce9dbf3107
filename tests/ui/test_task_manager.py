"""The task manager in the app: shown once a second, sorted, gone through, and ended with it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest

from termlab.model.geometry import Size
from termlab.ui.task_manager import TaskManager
from termlab.wire.messages import TasksAsked, TasksSeen
from tests.ui.attached_app import PREFIX
from tests.ui.task_figures import FIRST_LOOK, MANY
from tests.ui.tasked_app import LOOK_S, OPEN, TaskedApp
from tests.ui.test_snapshots import SHELL, session

Scene = Callable[[TaskedApp], Awaitable[None]]
Played = Callable[[Scene], None]


@pytest.fixture
def played(tmp_path: Path) -> Played:
    """Plays a scene on an app whose task manager is open."""

    def play(scene: Scene) -> None:
        async def run(app: TaskedApp) -> None:
            async with app.app.run_test(size=(120, 24)):
                session(app, *SHELL)
                await app.attach()
                await app.type(*OPEN)
                await scene(app)

        with TaskedApp(tmp_path, Size(120, 24)) as app:
            asyncio.run(run(app))

    return play


def panes(app: TaskedApp) -> list[str]:
    return [row.split()[0] for row in app.rows() if row.startswith("%") and ":" not in row[:4]]


def test_it_asks_shows_what_comes_and_says_so(played: Played) -> None:
    async def scene(app: TaskedApp) -> None:
        assert panes(app) == ["%2", "%9", "%5", "%0", "%1", "%7", "%8"]
        assert app.asked == [TasksAsked(), TasksSeen(1)]
        app.tasks = FIRST_LOOK
        app.pass_time(LOOK_S)
        await app.type("")
        assert panes(app) == ["%0", "%7"]

    played(scene)


def test_keys_and_the_head_sort_it(played: Played) -> None:
    async def scene(app: TaskedApp) -> None:
        await app.type("m")
        assert panes(app)[:3] == ["%9", "%2", "%0"]
        await app.type("m")
        assert panes(app)[:3] == ["%1", "%5", "%0"]
        await app.type("n")
        assert panes(app)[:2] == ["%1", "%5"]
        await app.type("r")
        assert panes(app)[-1] == "%1"
        x = app.rows()[1].index("output") + 2
        await app.type(f"\x1b[<0;{x + 2};2M", f"\x1b[<0;{x + 2};2m")
        assert panes(app)[:2] == ["%2", "%5"]

    played(scene)


def test_what_is_looked_for_is_all_that_is_left_until_it_is_forgotten(played: Played) -> None:
    async def scene(app: TaskedApp) -> None:
        await app.type("/", *"python")
        assert panes(app) == ["%9", "%7"]
        await app.type("\r", "\x07")
        assert len(panes(app)) == len(MANY.tasks)
        await app.type("\x07")
        assert not app.app.overlay_open

    played(scene)


def test_enter_and_a_click_on_the_cursor_go_to_the_pane(played: Played) -> None:
    async def scene(app: TaskedApp) -> None:
        app.ask("split-window", "-h", *SHELL)
        here = msgspec.structs.replace(MANY.tasks[2], pane=0)
        other = msgspec.structs.replace(MANY.tasks[0], pane=1)
        app.tasks = msgspec.structs.replace(MANY, tasks=(here, other))
        app.pass_time(LOOK_S)
        await app.type("g", "\r")
        assert not app.app.overlay_open
        app.rest()
        assert app.active == 0
        await app.type(*OPEN)
        await app.type("\x1b[<0;9;4M", "\x1b[<0;9;4m", "\x1b[<0;9;4M", "\x1b[<0;9;4m")
        assert not app.app.overlay_open
        app.rest()
        assert app.active == 1

    played(scene)


def test_paused_it_is_told_nothing_and_goes_on_with_a_look(played: Played) -> None:
    async def scene(app: TaskedApp) -> None:
        await app.type("p")
        assert app.asked[-1] == TasksAsked(open=False)
        assert "PAUSED" in app.rows()[0]
        app.tasks = FIRST_LOOK
        app.pass_time(LOOK_S * 5)
        assert len(panes(app)) == len(MANY.tasks)
        await app.type("p")
        assert panes(app) == ["%0", "%7"]

    played(scene)


def test_closed_nothing_is_looked_at_any_more(played: Played) -> None:
    async def scene(app: TaskedApp) -> None:
        server = app.world.server
        (attachment,) = server.attachments
        assert attachment.tasks is not None
        await app.type("q")
        assert not app.app.query(TaskManager)
        asked = list(app.asked)
        app.pass_time(LOOK_S * 5)
        assert app.asked == asked
        assert all(pane.observation is None for _, _, pane in server.sessions.panes())
        await app.type(PREFIX, "T")
        assert TasksAsked() in app.asked[len(asked) :]

    played(scene)


def test_its_cursor_stands_behind_what_is_looked_for(played: Played) -> None:
    async def scene(app: TaskedApp) -> None:
        assert app.app.overlay_cursor is None
        await app.type("/", *"vim")
        cursor = app.app.overlay_cursor
        assert cursor is not None
        assert (cursor.x, cursor.y) == (7, 22)

    played(scene)
