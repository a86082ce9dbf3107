"""Pictures of what is asked and typed in the status row, each to be looked at."""

import pytest

from termlab.model.geometry import Size
from termlab.terminal.engine import NATIVE, choose_engine
from tests.ui.attached_app import PREFIX, AttachedApp
from tests.ui.test_snapshots import DIFF, LINES, SHELL, TINY, USUAL, Same, same, session, shown

pytestmark = pytest.mark.skipif(
    choose_engine("").name != NATIVE, reason="the pictures are of the native engine"
)

TAB = "\t"
ENTER = "\r"
__all__ = ["same"]


async def two_panes(app: AttachedApp) -> None:
    session(app, *LINES)
    app.ask("split-window", "-h", *DIFF)
    app.ask("new-window", "-d", "-n", "build", *SHELL)
    await app.attach()


@pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
def test_command_prompt(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await two_panes(app)
        await app.type(PREFIX, ":")

    assert same(scene, size)


@pytest.mark.parametrize("size", [USUAL, Size(120, 40), TINY], ids=shown)
def test_command_prompt_usage(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await two_panes(app)
        await app.type(PREFIX, ":", "split-window ")

    assert same(scene, size)


@pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
def test_command_prompt_completion(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await two_panes(app)
        await app.type(PREFIX, ":", "select-layout ", TAB, TAB)

    assert same(scene, size)


def test_command_prompt_targets(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        await two_panes(app)
        await app.type(PREFIX, ":", "select-window -t ", TAB)

    assert same(scene)


@pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
def test_command_prompt_error(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await two_panes(app)
        await app.type(PREFIX, ":", "select-window -t :7", ENTER)

    assert same(scene, size)


def test_command_prompt_scrolled(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        await two_panes(app)
        await app.type(PREFIX, ":", f"rename-window 'a name that {'goes on and ' * 8}on", "\x1b[D")

    assert same(scene)


def test_command_prompt_search(same: Same) -> None:
    async def scene(app: AttachedApp) -> None:
        await two_panes(app)
        await app.type(PREFIX, ":", "select-layout tiled", ENTER)
        await app.type(PREFIX, ":", "\x12", "lay")

    assert same(scene)


@pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
def test_prompt_rename(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await two_panes(app)
        await app.type(PREFIX, ",", "日本 e\u0301")

    assert same(scene, size)


@pytest.mark.parametrize("size", [USUAL, TINY], ids=shown)
def test_prompt_question(same: Same, size: Size) -> None:
    async def scene(app: AttachedApp) -> None:
        await two_panes(app)
        await app.type(PREFIX, "x")

    assert same(scene, size)
