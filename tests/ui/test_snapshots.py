"""Pictures of the app, each to be looked at: a server's sessions in which recordings have played.

`pytest --snapshot-update` takes them anew.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

import pytest
from textual.pilot import Pilot

from termlab.model.geometry import Size
from termlab.terminal.engine import DEGRADED, NATIVE, VARIABLE, choose_engine
from tests.ui.attached_app import PREFIX, AttachedApp

pytestmark = pytest.mark.skipif(
    choose_engine("").name != NATIVE, reason="the pictures are of the native engine"
)

Scene = Callable[[AttachedApp], Awaitable[None]]
Compare = Callable[..., bool]

USUAL = Size(80, 24)
TALL = Size(80, 25)
WIDE = Size(130, 26)
TINY = Size(20, 5)
UP = "\x1b[A"
LEFT = "\x1b[D"
PAGE_UP = "\x1b[5~"
VIM = ("vim-syntax:5",)
SHELL = ("ls-colours:3",)
LINES = ("long-lines",)
DIFF = ("git-diff",)
BELL = ("shell-editing:13",)


class Same(Protocol):
    """Whether the app looks as in the picture once a scene has been played on it."""

    def __call__(self, scene: Scene, size: Size = USUAL) -> bool: ...


def shown(size: Size) -> str:
    """A size in the name of a picture."""
    return f"{size.cols}x{size.rows}"


@pytest.fixture
def same(snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Same:
    """Plays a scene, and compares."""
    monkeypatch.setenv(VARIABLE, NATIVE)

    def compare(scene: Scene, size: Size = USUAL) -> bool:
        with AttachedApp(tmp_path, size) as attached:

            async def play(pilot: Pilot[int]) -> None:
                await scene(attached)

            return snap_compare(attached.app, terminal_size=(size.cols, size.rows), run_before=play)

    return compare


def session(app: AttachedApp, *recordings: str, remain: bool = False) -> None:
    """One window, in which they play one behind the other."""
    size = ("-x", str(app.size.cols), "-y", str(app.size.rows - 1))
    options = ("--remain",) if remain else ()
    app.ask("new-session", "-d", "-s", "main", *size, *options, *recordings)


def splits(app: AttachedApp, *first: str) -> None:
    """A pane to the left of two others."""
    session(app, *(first or LINES))
    app.ask("split-window", "-h", "-l", "36", *SHELL)
    app.ask("split-window", "-v", *DIFF)


# Panes and windows


def test_one_pane(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, *VIM)
        await app.attach()

    assert same(scene, TALL)


def test_three_panes(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        splits(app, *VIM)
        await app.attach()
        await app.type(PREFIX, UP)

    assert same(scene, WIDE)


def test_zoomed(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        splits(app, *VIM)
        await app.attach()
        await app.type(PREFIX, LEFT, PREFIX, "z")

    assert same(scene, WIDE)


def test_windows_and_a_bell(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, *VIM)
        app.ask("new-window", *SHELL)
        await app.attach()
        app.ask("new-window", "-d", "-n", "build", *BELL)

    assert same(scene, TALL)


def test_a_window_smaller_than_the_terminal(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        splits(app)
        app.world.attach(Size(64, 18))
        await app.attach()

    assert same(scene)


def test_twenty_by_five(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, *SHELL)
        app.ask("split-window", "-h", *DIFF)
        await app.attach()

    assert same(scene, TINY)


def test_scrolled_back(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, *LINES)
        await app.attach()
        await app.type(PREFIX, "[", PAGE_UP, PAGE_UP)

    assert same(scene)


# What the panes show


def test_colours(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, "true-colours:9")
        app.ask("split-window", "-h", "-l", "36", "palette")
        await app.attach()

    assert same(scene, WIDE)


def test_attributes_and_underlines(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, "attributes")
        app.ask("split-window", "-h", "underlines")
        await app.attach()

    assert same(scene)


def test_wide_characters(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, "world")
        app.ask("split-window", "-h", "emoji")
        app.ask("split-window", "-v", "wide-at-the-edge")
        await app.attach()

    assert same(scene, Size(120, 30))


def test_a_program_of_the_whole_screen(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, "htop:1")
        await app.attach()

    assert same(scene, Size(100, 31))


# What the status row says


def test_the_hint_line(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, *BELL)
        await app.attach()
        await app.type(PREFIX)
        app.pass_time(1)

    assert same(scene)


def test_a_question(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        splits(app)
        await app.attach()
        await app.type(PREFIX, "x")

    assert same(scene)


def test_an_error(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, *SHELL)
        app.ask("split-window", "-v", "-l", "10", *DIFF)
        await app.attach()
        await app.type(PREFIX, '"')

    assert same(scene)


def test_read_only(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, *SHELL)
        await app.attach(read_only=True)

    assert same(scene)


def test_a_dead_pane(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, *SHELL, "exit:3", remain=True)
        await app.attach()

    assert same(scene)


def test_a_dead_pane_among_others(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, *SHELL)
        app.ask("split-window", "-h", "--remain", *DIFF, "exit:127")
        app.ask("split-window", "-v", *LINES)
        await app.attach()

    assert same(scene)


def test_keys_for_all_panes_in_tiles(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, *SHELL)
        app.ask("split-window", "-h", "--remain", *DIFF, "exit:127")
        app.ask("split-window", "-v", *LINES)
        app.ask("select-layout", "tiled")
        app.ask("synchronize-panes", "on")
        await app.attach()

    assert same(scene)


def test_the_degraded_engine(same: Same, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, DEGRADED)

    async def scene(app: AttachedApp) -> None:
        session(app, *VIM)
        await app.attach()

    assert same(scene, TALL)


# Help


@pytest.mark.parametrize("size", [USUAL, Size(140, 45)], ids=shown)
def test_help(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        splits(app)
        await app.attach()
        await app.type(PREFIX, "?")

    assert same(scene, size)


@pytest.mark.parametrize("size", [Size(40, 10), TINY], ids=shown)
def test_help_scrolled(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        session(app, *SHELL)
        await app.attach()
        await app.type(PREFIX, "?", *"jjjjj")

    assert same(scene, size)
