"""The tree over the panes of a server in the same process: looked through, gone to, ended."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from termlab.model.geometry import Size
from termlab.ui.tree import ChooseTree
from termlab.ui.tree_preview import Preview
from termlab.ui.tree_widget import SessionTree
from tests.ui.attached_app import PREFIX, AttachedApp

SIZE = Size(80, 24)
DOWN = "\x1b[B"
END = "\x1b[F"
ESCAPE = "\x1b[27u"


class Stage:
    """An attached app with the tree open over session main; another session beside it."""

    def __init__(self, attached: AttachedApp, pilot: Pilot[int]) -> None:
        self.attached = attached
        self.pilot = pilot

    async def begin(self, key: str, read_only: bool = False) -> None:
        app, size = self.attached, self.attached.size
        where = ("-x", str(size.cols), "-y", str(size.rows - 1))
        app.ask("new-session", "-d", "-s", "other", *where, "attributes")
        app.ask("new-window", "-d", "-t", "other", "-n", "far", "world")
        app.ask("new-session", "-d", "-s", "main", *where, "ls-colours:3")
        await app.attach(read_only=read_only)
        await self.type(PREFIX, key)

    async def type(self, *keys: str) -> None:
        for key in keys:
            await self.attached.type(key)
            await self.rest()

    async def rest(self) -> None:
        """Until all that was said has been heard and drawn."""
        for _ in range(3):
            self.attached.pass_time(0.05)
            await self.pilot.pause()

    @property
    def open(self) -> bool:
        return self.attached.app.overlay_open

    @property
    def tree(self) -> SessionTree:
        return self.attached.app.query_one(SessionTree)

    @property
    def at(self) -> str:
        """The name of the branch with the cursor."""
        return self.tree.branch.name if self.tree.branch is not None else ""

    @property
    def listed(self) -> list[str]:
        nodes = (self.tree.get_node_at_line(line) for line in range(self.tree.last_line + 1))
        return [node.data.name for node in nodes if node is not None and node.data is not None]

    @property
    def preview(self) -> str:
        view = self.attached.app.query_one(Preview)
        return "\n".join(strip.text.rstrip() for strip in view.render_lines(view.size.region))

    @property
    def foot(self) -> str:
        overlay = self.attached.app.query_one(ChooseTree)
        return overlay.render_lines(overlay.size.region)[-1].text.strip()

    @property
    def session(self) -> str:
        state = self.attached.app._scene.replica.state
        assert state is not None
        return state.session


Scene = Callable[[Stage], Awaitable[None]]


def played(
    directory: Path, scene: Scene, key: str = "w", size: Size = SIZE, read_only: bool = False
) -> None:
    async def play() -> None:
        with AttachedApp(directory, size) as attached:
            async with attached.app.run_test(size=(size.cols, size.rows)) as pilot:
                stage = Stage(attached, pilot)
                await stage.begin(key, read_only)
                await scene(stage)

    asyncio.run(play())


def test_it_opens_on_the_window_that_is_shown_and_looks_at_its_pane(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        assert stage.listed == ["other", "0:attributes*", "1:far", "main", "0:ls-colours*"]
        assert stage.at == "0:ls-colours*"
        assert stage.preview.strip()

    played(tmp_path, scene)


def test_the_sessions_are_closed_where_that_is_asked(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        assert (stage.listed, stage.at) == (["other", "main"], "main")
        await stage.type("k", "l")
        assert stage.listed == ["other", "0:attributes*", "1:far", "main"]

    played(tmp_path, scene, key="s")


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ("k", "main"),
        ("g", "other"),
        ("gj", "0:attributes*"),
        ("gjh", "other"),
        ("ghj", "main"),
        ("gG", "0:ls-colours*"),
        ("\x06", "0:ls-colours*"),
        ("\x02", "other"),
        ("kkkk\x10", "other"),
    ],
)
def test_keys_move_the_cursor(tmp_path: Path, keys: str, name: str) -> None:
    async def scene(stage: Stage) -> None:
        await stage.type(*keys)
        assert stage.at == name
        assert stage.open

    played(tmp_path, scene)


def test_what_has_the_cursor_is_looked_at(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        await stage.type("g")
        assert "the quick brown fox" in stage.preview
        await stage.type("j", "j")
        assert "the quick brown fox" not in stage.preview
        assert "中文字符" in stage.preview

    played(tmp_path, scene)


def test_what_comes_and_goes_is_followed_with_what_was_opened_by_hand(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        await stage.type("g", "h")
        stage.attached.ask("split-window", "-t", "main", "world")
        stage.attached.ask("rename-session", "-t", "other", "else")
        await stage.rest()
        assert (stage.listed, stage.at) == (["else", "main", "0:world*"], "else")
        stage.attached.ask("kill-session", "-t", "else")
        await stage.rest()
        assert (stage.listed, stage.at) == (["main", "0:world*"], "main")

    played(tmp_path, scene)


def test_enter_goes_where_the_cursor_is(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        await stage.type("g", "j", "\r")
        assert (stage.open, stage.session) == (False, "other")

    played(tmp_path, scene)


@pytest.mark.parametrize("keys", [["q"], [ESCAPE], ["\x03"], ["/", "f", ESCAPE, ESCAPE]])
def test_it_closes_and_nothing_is_looked_at_any_more(tmp_path: Path, keys: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        assert stage.attached.world.server.onlookers.looking
        await stage.type(*keys)
        assert (stage.open, stage.session) == (False, "main")
        assert not stage.attached.world.server.onlookers.looking

    played(tmp_path, scene)


def test_it_asks_before_it_ends_something_and_no_is_no(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        await stage.type("g", "j", "j", "x")
        assert stage.foot == "end window 1:far? (y/n)"
        await stage.type("j")
        assert (stage.at, "(y/n)" in stage.foot) == ("1:far", False)
        await stage.type("x", "y")
        assert stage.listed == ["other", "0:attributes*", "main", "0:ls-colours*"]
        await stage.type("g", "x")
        assert stage.foot == "end session other? (y/n)"
        await stage.type("y")
        assert stage.listed == ["main", "0:ls-colours*"]
        assert stage.open

    played(tmp_path, scene)


def test_what_it_may_not_end_it_says_until_the_next_key(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        await stage.type("x", "y")
        assert "read-only" in stage.foot
        await stage.type("k")
        assert "read-only" not in stage.foot

    played(tmp_path, scene, read_only=True)


def test_what_goes_while_it_is_asked_about_is_asked_about_no_more(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        await stage.type("g", "x")
        stage.attached.ask("kill-session", "-t", "other")
        await stage.rest()
        assert "(y/n)" not in stage.foot
        await stage.type("y")
        assert stage.listed == ["main", "0:ls-colours*"]

    played(tmp_path, scene)


def test_a_filter_opens_what_it_finds_and_forgotten_gives_all_back(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        await stage.type("g", "h", "/", *"FaR")
        assert (stage.listed, stage.at) == (["other", "1:far"], "other")
        assert stage.foot.startswith("/FaR")
        await stage.type(DOWN)
        assert stage.at == "1:far"
        await stage.type("\r")
        assert stage.attached.app.query_one(ChooseTree).cursor is None
        await stage.type(ESCAPE)
        assert stage.listed == ["other", "main", "0:ls-colours*"]
        await stage.type("/", *"none", "\x7f", "\x7f", "\x7f", "\x7f", "\x7f")
        assert stage.foot.startswith("Enter goes there")

    played(tmp_path, scene)


def test_what_is_pasted_is_looked_for_and_only_there(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        await stage.type("\x1b[200~far\x1b[201~")
        assert len(stage.listed) == 5
        await stage.type("/", "\x1b[200~far\x1b[201~")
        assert stage.listed == ["other", "1:far"]

    played(tmp_path, scene)


def test_a_click_chooses_a_second_one_goes_and_one_on_its_mark_closes(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        click = "\x1b[<0;9;3M\x1b[<0;9;3m"
        await stage.type(click)
        assert (stage.at, stage.open) == ("0:attributes*", True)
        await stage.type(click)
        assert (stage.open, stage.session) == (False, "other")
        await stage.type(PREFIX, "w", "\x1b[<0;79;1M\x1b[<0;79;1m")
        assert (stage.open, stage.session) == (False, "other")

    played(tmp_path, scene)


def test_the_wheel_scrolls_a_tree_that_is_longer_than_its_place(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        assert stage.tree.scroll_offset.y > 0
        await stage.type(*["\x1b[<64;5;3M"] * 3)
        assert stage.tree.scroll_offset.y == 0

    played(tmp_path, scene, size=Size(20, 5))


def test_nothing_of_it_moves_by_itself(tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        overlay = stage.attached.app.query_one(ChooseTree)
        assert not [each for each in overlay.walk_children(with_self=True) if each._timers]

    played(tmp_path, scene)
