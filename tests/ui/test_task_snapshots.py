"""Pictures of the task manager, each to be looked at."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from textual.pilot import Pilot

from termlab.model.geometry import Size
from termlab.model.tasks import Tasks
from termlab.terminal.engine import NATIVE, VARIABLE, choose_engine
from tests.ui.task_figures import FIRST_LOOK, MANY
from tests.ui.tasked_app import OPEN, TaskedApp
from tests.ui.test_snapshots import SHELL, TINY, USUAL, session, shown

pytestmark = pytest.mark.skipif(
    choose_engine("").name != NATIVE, reason="the pictures are of the native engine"
)

LARGE = Size(120, 40)


class Same(Protocol):
    """Whether the task manager looks as in the picture once keys were typed into it."""

    def __call__(self, size: Size, *keys: str, tasks: Tasks = MANY) -> bool: ...


@pytest.fixture
def same(
    snap_compare: Callable[..., bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Same:
    monkeypatch.setenv(VARIABLE, NATIVE)

    def compare(size: Size, *keys: str, tasks: Tasks = MANY) -> bool:
        with TaskedApp(tmp_path, size, tasks) as attached:

            async def play(pilot: Pilot[int]) -> None:
                session(attached, *SHELL)
                await attached.attach()
                await attached.type(*OPEN, *keys)

            return snap_compare(attached.app, terminal_size=(size.cols, size.rows), run_before=play)

    return compare


@pytest.mark.parametrize("size", [USUAL, LARGE, TINY], ids=shown)
def test_the_task_manager(same: Same, size: Size) -> None:
    assert same(size)


@pytest.mark.parametrize("size", [USUAL, LARGE], ids=shown)
def test_the_task_manager_sorted_and_at_one_that_ended(same: Same, size: Size) -> None:
    assert same(size, "m", *"Gk")


def test_the_task_manager_at_its_first_look(same: Same) -> None:
    assert same(USUAL, tasks=FIRST_LOOK)


def test_the_task_manager_filtered(same: Same) -> None:
    assert same(USUAL, "/", *"python")


def test_the_task_manager_paused(same: Same) -> None:
    assert same(LARGE, "p")
