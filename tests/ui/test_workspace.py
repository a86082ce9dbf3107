"""Who sits where: views follow their panes, and are kept for the next ones."""

import msgspec
import pytest

from termlab.client.bottom import Bottom
from termlab.model.geometry import Rect, Size
from termlab.model.layout import Leaf, Split
from termlab.ui.host import Painted
from termlab.ui.pane_view import NO_PANE
from termlab.ui.scene import Changed, Scene
from termlab.ui.workspace import Workspace, rows_above
from tests.ui.guest_client import state

SIZE = Size(21, 6)
ONE = Leaf(1)
TWO = Split("row", (Leaf(1), Leaf(2)), (1, 1))


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def workspace(scene: Scene) -> Workspace:
    return Workspace(scene, Painted(), Bottom())


def seated(workspace: Workspace) -> dict[int, Rect]:
    return {view.pane: view.rect for view in workspace.views}


def test_each_pane_has_a_view_in_its_place(scene: Scene, workspace: Workspace) -> None:
    scene.take(state(TWO, SIZE), 1, ())
    new = workspace.seat(21, 6)
    assert new == workspace.views
    assert seated(workspace) == scene.replica.placed.panes


def test_a_pane_keeps_its_view_and_spare_ones_wait(scene: Scene, workspace: Workspace) -> None:
    scene.take(state(TWO, SIZE), 1, ())
    workspace.seat(21, 6)
    first, second = workspace.views
    scene.take(state(Leaf(2), SIZE, epoch=2), 2, ())
    assert workspace.seat(21, 6) == []
    assert (first.pane, second.pane) == (NO_PANE, 2)
    assert first.rect.cols == 0


def test_only_what_has_changed_is_drawn(scene: Scene, workspace: Workspace) -> None:
    scene.take(state(TWO, SIZE), 1, ())
    workspace.seat(21, 6)
    left, _ = workspace.views
    dirty = list(workspace.changes(Changed(rows={1: frozenset({2})}), 21, 6))
    assert [(view, len(regions)) for view, regions in dirty] == [(left, 1)]
    assert list(workspace.changes(Changed(), 21, 6)) == []
    scene.take(state(TWO, SIZE, titles={1: "new"}), 1, ())
    dirty = list(workspace.changes(Changed(state=True, status=True), 21, 6))
    assert [type(view).__name__ for view, _ in dirty] == ["FrameView"]


def test_a_terminal_of_one_row_has_no_status_row() -> None:
    assert [rows_above(rows) for rows in (1, 2, 24)] == [1, 1, 23]


def test_the_dock_is_made_when_first_shown_and_kept(scene: Scene, workspace: Workspace) -> None:
    size = Size(80, 12)
    scene.take(state(ONE, size), 1, ())
    assert len(workspace.seat(80, 12)) == 1
    assert workspace.dock is None
    shown = msgspec.structs.replace(state(ONE, size, epoch=2), dock=30)
    scene.take(shown, 2, ())
    (dock,) = workspace.seat(80, 12)
    assert dock is workspace.dock
    scene.take(state(ONE, size, epoch=3), 3, ())
    assert workspace.seat(80, 12) == []
    assert workspace.dock is None
    scene.take(msgspec.structs.replace(shown, epoch=4), 4, ())
    assert workspace.seat(80, 12) == []
    assert workspace.dock is dock
