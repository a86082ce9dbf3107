"""Pictures of what the configuration makes of the frame: segments of one's own, themes."""

from collections.abc import Awaitable, Callable

import pytest

from termlab.config.loader import load_defaults
from termlab.model.geometry import Size
from termlab.server.configured import client_options, laid_over
from tests.ui.attached_app import PREFIX, AttachedApp
from tests.ui.test_snapshots import (
    TINY,
    UP,
    USUAL,
    VIM,
    Same,
    pytestmark,
    same,
    session,
    shown,
    splits,
)

__all__ = ["pytestmark", "same"]

SIZES = pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
Scene = Callable[[AttachedApp], Awaitable[None]]

SEGMENTS = """
[status]
left = ["'on call'", "session", "zoom"]
right = ["command", "windows"]
"""
LIGHT = 'theme = "nord"\ntheme_light = "catppuccin-latte"\n'


def configure(app: AttachedApp, text: str) -> None:
    """The server has read this over the defaults."""
    found = laid_over(load_defaults(), text)
    assert found.mistakes == ()
    app.world.server.configure(found.settings, client_options(found.settings))


def panes(app: AttachedApp, size: Size) -> None:
    """As many as have room."""
    if size == TINY:
        session(app, *VIM)
    else:
        splits(app, *VIM)
    app.ask("new-window", "-d", "-n", "build", "shell-editing:13")


@SIZES
def test_segments_of_one_s_own(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        configure(app, SEGMENTS)
        panes(app, size)
        await app.attach()
        if size != TINY:
            await app.type(PREFIX, "z")

    assert same(scene, size)


@SIZES
def test_a_dark_theme(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        configure(app, 'theme = "nord"\n')
        panes(app, size)
        await app.attach()
        await app.type(PREFIX, UP)

    assert same(scene, size)


@SIZES
def test_a_light_theme_on_a_light_ground(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        configure(app, LIGHT)
        panes(app, size)
        await app.attach()
        await app.type("\x1b]11;rgb:ffff/ffff/ffff\x1b\\")

    assert same(scene, size)


def test_a_theme_that_comes_with_a_reload_leaves_nothing_of_the_old_one(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        configure(app, LIGHT)
        panes(app, USUAL)
        await app.attach()
        configure(app, 'theme = "gruvbox"\n')
        app.turn()

    assert same(scene)
