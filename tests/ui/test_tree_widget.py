"""The tree widget in a real app: filled anew without losing its place, moved, clicked."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Tree

from termlab.ui.tree_page import Branch
from termlab.ui.tree_widget import SessionTree


def pane(number: int) -> Branch:
    return Branch(f"%{number}", f"pane {number}", "80x24", number, "", 1)


def window(number: int, *panes: Branch) -> Branch:
    return Branch(f"@{number}", f"window {number}", "", number, "", 1, panes)


def session(number: int, *windows: Branch) -> Branch:
    return Branch(f"${number}", f"session {number}", "", number, "", 1, windows)


BRANCHES = (
    session(0, window(0, pane(0), pane(1)), window(1)),
    session(1, window(2)),
)


class Alone(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield SessionTree()

    def on_tree_node_selected(self, event: Tree.NodeSelected[Branch]) -> None:
        assert event.node.data is not None
        self.chosen.append(event.node.data.id)


Scene = Callable[[Pilot[None], SessionTree], Awaitable[None]]


def played(scene: Scene, size: tuple[int, int] = (40, 12)) -> None:
    async def play() -> None:
        app = Alone()
        async with app.run_test(size=size) as pilot:
            tree = app.query_one(SessionTree)
            tree.fill(BRANCHES, closed_windows, "@0")
            await pilot.pause()
            await scene(pilot, tree)

    asyncio.run(play())


def closed_windows(branch: Branch) -> bool:
    return branch.id[0] == "$"


def at(tree: SessionTree) -> str:
    return tree.branch.id if tree.branch is not None else ""


def listed(tree: SessionTree) -> list[str]:
    nodes = (tree.get_node_at_line(line) for line in range(tree.last_line + 1))
    return [node.data.id for node in nodes if node is not None and node.data is not None]


def test_it_shows_what_is_open_with_the_cursor_where_it_is_wanted() -> None:
    async def scene(pilot: Pilot[None], tree: SessionTree) -> None:
        assert listed(tree) == ["$0", "@0", "@1", "$1", "@2"]
        assert at(tree) == "@0"

    played(scene)


def test_what_is_hidden_has_the_cursor_on_what_hides_it() -> None:
    async def scene(pilot: Pilot[None], tree: SessionTree) -> None:
        tree.fill(BRANCHES, closed_windows, "%1")
        assert at(tree) == "@0"
        tree.fill(BRANCHES, lambda branch: False, "%1")
        assert (listed(tree), at(tree)) == (["$0", "$1"], "$0")
        tree.fill(BRANCHES, lambda branch: True, "%1")
        assert at(tree) == "%1"

    played(scene)


def test_filled_anew_it_keeps_its_place_or_its_line() -> None:
    async def scene(pilot: Pilot[None], tree: SessionTree) -> None:
        tree.fill(BRANCHES, closed_windows, "@2")
        assert at(tree) == "@2"
        tree.fill((session(7, window(9)), *BRANCHES), closed_windows, at(tree))
        assert (at(tree), tree.cursor_line) == ("@2", 6)
        tree.fill(BRANCHES[:1], closed_windows, at(tree))
        assert at(tree) == "@1"
        tree.fill((), closed_windows, at(tree))
        assert (at(tree), listed(tree)) == ("", [])
        await pilot.pause()
        tree.fill(BRANCHES, closed_windows, "@1")
        assert at(tree) == "@1"

    played(scene)


def test_left_closes_and_leaves_and_right_opens_and_enters() -> None:
    async def scene(pilot: Pilot[None], tree: SessionTree) -> None:
        places = []
        for move in ("right", "right", "left", "left", "left", "left", "right", "right"):
            if move == "right":
                tree.open_or_enter()
            else:
                tree.close_or_leave()
            places.append(at(tree))
            await pilot.pause()
        assert places == ["@0", "%0", "@0", "@0", "$0", "$0", "$0", "@0"]

    played(scene)


def test_a_click_puts_the_cursor_there_and_a_second_one_selects() -> None:
    async def scene(pilot: Pilot[None], tree: SessionTree) -> None:
        app = pilot.app
        assert isinstance(app, Alone)
        await pilot.click(SessionTree, offset=(10, 2))
        assert (at(tree), app.chosen) == ("@1", [])
        await pilot.click(SessionTree, offset=(10, 2))
        assert app.chosen == ["@1"]
        await pilot.click(SessionTree, offset=(10, 3), button=3)
        await pilot.click(SessionTree, offset=(10, 9))
        assert (at(tree), app.chosen) == ("@1", ["@1"])

    played(scene)


def test_a_click_on_its_mark_closes_a_branch() -> None:
    async def scene(pilot: Pilot[None], tree: SessionTree) -> None:
        await pilot.click(SessionTree, offset=(0, 0))
        assert listed(tree) == ["$0", "$1", "@2"]

    played(scene)


def test_the_cursor_s_line_is_marked_to_its_end() -> None:
    async def scene(pilot: Pilot[None], tree: SessionTree) -> None:
        strip = tree.render_line(tree.cursor_line)
        (last,) = strip.crop(39)
        assert last.style is not None
        marked = [s for s in strip if s.style and s.style.bgcolor == last.style.bgcolor]
        assert sum(each.cell_length for each in marked) == 40 - 5

    played(scene)


@pytest.mark.parametrize("size", [(40, 12), (10, 3), (1, 1)])
def test_nothing_of_it_moves_by_itself_and_the_cursor_is_in_sight(size: tuple[int, int]) -> None:
    async def scene(pilot: Pilot[None], tree: SessionTree) -> None:
        tree.fill(BRANCHES, lambda branch: True, "@2")
        await pilot.pause()
        assert not tree._timers
        assert 0 <= tree.cursor_line - tree.scroll_offset.y < size[1]

    played(scene, size)
