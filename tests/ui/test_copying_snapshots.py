"""Pictures of copy mode: a search while it is typed, what it lights, and what is selected."""

import pytest

from termlab.model.geometry import Size
from termlab.terminal.engine import NATIVE, choose_engine
from tests.ui.attached_app import PREFIX, AttachedApp
from tests.ui.test_snapshots import LINES, TINY, USUAL, Same, same, session, shown

pytestmark = pytest.mark.skipif(
    choose_engine("").name != NATIVE, reason="the pictures are of the native engine"
)

ENTER = "\r"
__all__ = ["same"]


async def copy_mode(app: AttachedApp, *keys: str) -> None:
    session(app, *LINES)
    await app.attach()
    await app.type(PREFIX, "[", *keys)
    app.pass_time(0.1)


@pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
def test_search_as_you_type(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await copy_mode(app, "?", "s", "e", "v", "e", "r")

    assert same(scene, size)


@pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
def test_search_of_an_unfinished_expression(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await copy_mode(app, "\x1b?", "1", "(")

    assert same(scene, size)


def test_search_not_found(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        await copy_mode(app, "?", "n", "o", "w", "h")

    assert same(scene)


@pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
def test_hits_across_a_wrap(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await copy_mode(app, "?", "over several", ENTER, "N")

    assert same(scene, size)


@pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
def test_selection_of_a_block(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await copy_mode(app, "H", "0", "w", "\x16", "j", "j", "e")

    assert same(scene, size)


def test_selection_of_lines(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        await copy_mode(app, "M", "V", "j", "j", "j")

    assert same(scene)
