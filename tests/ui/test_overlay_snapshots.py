"""Pictures of what is searched and chosen from over the panes, each to be looked at."""

import time

import pytest

from termlab.client.message_log import Said
from termlab.model.geometry import Size
from termlab.terminal.engine import NATIVE, choose_engine
from tests.ui.attached_app import PREFIX, AttachedApp
from tests.ui.test_snapshots import DIFF, LINES, SHELL, TINY, USUAL, Same, same, session, shown

pytestmark = pytest.mark.skipif(
    choose_engine("").name != NATIVE, reason="the pictures are of the native engine"
)

LARGE = Size(120, 40)
PALETTE = "\x10"
__all__ = ["same"]


def two_sessions(app: AttachedApp) -> None:
    """Two panes and a window in the one that is shown, one window in the other."""
    session(app, *LINES)
    app.ask("new-session", "-d", "-s", "work", "-x", "80", "-y", "23", *SHELL)
    app.ask("split-window", "-t", "work", "-h", *DIFF)
    app.ask("new-window", "-t", "work", "-d", "-n", "build", *LINES)


@pytest.mark.parametrize("size", [USUAL, LARGE, TINY], ids=shown)
def test_help_filtered(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        two_sessions(app)
        await app.attach()
        await app.type(PREFIX, "?", *"/pane le")

    assert same(scene, size)


@pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
def test_help_without_a_hit(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        two_sessions(app)
        await app.attach()
        await app.type(PREFIX, "?", *"/nobody")

    assert same(scene, size)


@pytest.mark.parametrize("size", [USUAL, LARGE, TINY], ids=shown)
def test_palette(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        two_sessions(app)
        await app.attach()
        await app.type(PREFIX, PALETTE)

    assert same(scene, size)


@pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
def test_palette_filtered(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        two_sessions(app)
        await app.attach()
        await app.type(PREFIX, PALETTE, *"spl", "\x1b[B")

    assert same(scene, size)


def test_palette_without_a_hit(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        two_sessions(app)
        await app.attach()
        await app.type(PREFIX, PALETTE, *"qqq")

    assert same(scene)


def said() -> list[Said]:
    """Messages of one morning, whatever the zone."""
    nine = time.mktime((2026, 1, 5, 9, 0, 0, 0, 5, -1))
    return [
        Said(nine, "the configuration was read again"),
        Said(nine + 61, "Q does nothing after the prefix", True),
        Said(nine + 3599, "the build has ended after 12 minutes, and every test was green, " * 2),
        Said(nine + 4000, "split-window: the pane is too small to be split: 漢字", True),
    ]


@pytest.mark.parametrize("size", [USUAL, LARGE, TINY], ids=shown)
def test_messages(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        two_sessions(app)
        await app.attach()
        app.app.message_log.replace(said())
        await app.type(PREFIX, "~")

    assert same(scene, size)


def test_messages_filtered(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        two_sessions(app)
        await app.attach()
        app.app.message_log.replace(said())
        await app.type(PREFIX, "~", *"/pane small")

    assert same(scene)
