"""Pictures of the lab dock, each to be looked at: figures of the test's own beside recordings.

`pytest --snapshot-update` takes them anew.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

import pytest
from textual.pilot import Pilot

from termlab.model.geometry import Size
from termlab.model.profile_asked import ProfileAsked
from termlab.terminal.engine import NATIVE, VARIABLE, choose_engine
from termlab.ui.dock.lab_dock import LabDock
from tests.ui.attached_app import PREFIX
from tests.ui.dock.docked_app import KEYS, PAUSE, TOGGLE, DockedApp
from tests.ui.dock.figures import everything, lively, minute, unknown, vitals
from tests.ui.test_snapshots import DIFF, SHELL, VIM, session, shown

pytestmark = pytest.mark.skipif(
    choose_engine("").name != NATIVE, reason="the pictures are of the native engine"
)

Scene = Callable[[DockedApp], Awaitable[None]]

USUAL = Size(80, 24)
LARGE = Size(120, 40)
SIZES = pytest.mark.parametrize("size", [USUAL, LARGE], ids=shown)


class Same(Protocol):
    """Whether the app looks as in the picture once a scene has been played on it."""

    def __call__(self, scene: Scene, size: Size) -> bool: ...


@pytest.fixture
def same(
    snap_compare: Callable[..., bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Same:
    """Plays a scene, and compares."""
    monkeypatch.setenv(VARIABLE, NATIVE)

    def compare(scene: Scene, size: Size) -> bool:
        with DockedApp(tmp_path, size) as attached:

            async def play(pilot: Pilot[int]) -> None:
                await scene(attached)

            return snap_compare(attached.app, terminal_size=(size.cols, size.rows), run_before=play)

    return compare


@SIZES
def test_the_dock_with_figures(same: Same, size: Size) -> None:
    async def scene(app: DockedApp) -> None:
        session(app, *VIM)
        await app.attach()
        await app.show(*minute())

    assert same(scene, size)


@SIZES
def test_the_dock_of_which_nothing_is_known(same: Same, size: Size) -> None:
    async def scene(app: DockedApp) -> None:
        session(app, *SHELL)
        await app.attach()
        await app.show(unknown())

    assert same(scene, size)


def test_the_dock_with_what_is_bad(same: Same) -> None:
    async def scene(app: DockedApp) -> None:
        session(app, *SHELL)
        await app.attach()
        worst = vitals(
            reads=250_000, cpu=412, ring_peak=131_072, idle_wakeups=61, slowest_ms=412, idle_cpu=8
        )
        await app.show(*[vitals(reads=90_000, cpu=300)] * 20, *[worst] * 4)

    assert same(scene, LARGE)


@SIZES
def test_the_dock_of_which_all_is_known(same: Same, size: Size) -> None:
    async def scene(app: DockedApp) -> None:
        session(app, *VIM)
        await app.attach()
        await app.show(*lively())

    assert same(scene, size)


@SIZES
def test_the_dock_paused(same: Same, size: Size) -> None:
    async def scene(app: DockedApp) -> None:
        session(app, *VIM)
        await app.attach()
        await app.show(*lively())
        await app.type(*PAUSE)
        await app.until(lambda: app.dock.settled)

    assert same(scene, size)


@SIZES
def test_the_dock_with_panels_folded_and_calls_by_errors(same: Same, size: Size) -> None:
    async def scene(app: DockedApp) -> None:
        session(app, *VIM)
        await app.attach()
        await app.show(*lively())
        await app.type(*KEYS, "2", "3", "s", "s")
        await app.until(lambda: app.dock.settled)

    assert same(scene, size)


@SIZES
def test_the_dock_of_a_profile_session(same: Same, size: Size) -> None:
    async def scene(app: DockedApp) -> None:
        await app.profile(VIM, ProfileAsked(runs=5), *lively())

    assert same(scene, size)


def test_the_keys_of_the_dock(same: Same) -> None:
    async def scene(app: DockedApp) -> None:
        session(app, *VIM)
        await app.attach()
        await app.show(everything())
        await app.type(*KEYS)

    assert same(scene, LARGE)


def test_the_dock_scrolled(same: Same) -> None:
    async def scene(app: DockedApp) -> None:
        session(app, *VIM)
        await app.attach()
        await app.show(*minute())
        await app.wheel(60, 10, turns=30)

    assert same(scene, USUAL)


@SIZES
def test_the_dock_beside_splits(same: Same, size: Size) -> None:
    async def scene(app: DockedApp) -> None:
        session(app, *VIM)
        await app.attach()
        await app.show(vitals())
        app.ask("split-window", "-v", *DIFF)
        app.ask("split-window", "-h", *SHELL)
        await app.until(lambda: app.dock.settled)

    assert same(scene, size)


def test_help_over_the_dock(same: Same) -> None:
    async def scene(app: DockedApp) -> None:
        session(app, *VIM)
        await app.attach()
        await app.show(*minute())
        await app.type(PREFIX, "?")

    assert same(scene, USUAL)


def test_no_room_for_the_dock(same: Same) -> None:
    async def scene(app: DockedApp) -> None:
        session(app, *SHELL)
        await app.attach()
        await app.type(*TOGGLE)
        assert not app.app.query(LabDock)

    assert same(scene, Size(20, 5))
