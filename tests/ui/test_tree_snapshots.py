"""Pictures of the tree of sessions, windows and panes, each to be looked at."""

import pytest

from termlab.model.geometry import Size
from termlab.terminal.engine import NATIVE, choose_engine
from tests.ui.attached_app import PREFIX, AttachedApp
from tests.ui.test_snapshots import TINY, USUAL, Same, same, shown

pytestmark = pytest.mark.skipif(
    choose_engine("").name != NATIVE, reason="the pictures are of the native engine"
)

__all__ = ["same"]

LARGE = Size(120, 40)
DOWN = "\x1b[B"


async def tree(app: AttachedApp, key: str = "w", *keys: str) -> None:
    """Two sessions, the second on the screen, and the tree over it; then more keys."""
    size = ("-x", str(app.size.cols), "-y", str(app.size.rows - 1))
    app.ask("new-session", "-d", "-s", "work", *size, "vim-syntax:5")
    app.ask("split-window", "-h", "-t", "work", "git-diff")
    app.ask("new-window", "-d", "-t", "work", "-n", "colours", "palette")
    app.ask("new-session", "-d", "-s", "logs", *size, "ls-colours:3")
    await app.attach()
    await app.type(PREFIX, key, *keys)
    app.rest()


@pytest.mark.parametrize("size", [USUAL, LARGE, Size(40, 20), TINY], ids=shown)
def test_the_tree_of_windows(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await tree(app)

    assert same(scene, size)


@pytest.mark.parametrize("size", [USUAL, LARGE], ids=shown)
def test_a_look_at_colours(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await tree(app, "w", "g", "j", "l", "j", "j", "j")

    assert same(scene, size)


def test_the_sessions_closed(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        await tree(app, "s")

    assert same(scene)


@pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
def test_what_a_filter_leaves(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await tree(app, "w", "/", *"git", DOWN, DOWN)

    assert same(scene, size)


@pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
def test_a_question_before_something_is_ended(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await tree(app, "w", "g", "j", "x")

    assert same(scene, size)
