"""The app on a real terminal of the engine: cell for cell what the poll client's painter paints."""

import asyncio
import sys

import msgspec
import pytest

from termlab.model.geometry import Rect, Size
from termlab.model.layout import Leaf, Node, Split
from termlab.model.screen import Cursor
from termlab.model.theme import TERMINAL, theme_named
from termlab.ui.host import Holes
from termlab.ui.scene import Scene
from termlab.wire.messages import PaneRows
from tests.terminal.cells import feed, screen
from tests.ui.guest_client import options, state

if sys.platform != "win32":
    from tests.ui.pictured import PATIENCE_S, Pictured, blank, play, recorded_rows
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

SIZE = Size(80, 24)
ONE = Leaf(1)
TWO = Split("row", (Leaf(1), Leaf(2)), (1, 1))
FOUR = Split("row", (Leaf(1), Split("column", (Leaf(2), Leaf(3), Leaf(4)), (1, 1, 1))), (1, 1))
OPEN = ("list-keys",)


def fill(pictured: Pictured, tree: Node, *names: str, epoch: int = 1, size: Size = SIZE) -> None:
    known = Scene()
    known.take(state(tree, size, epoch), epoch, ())
    placed = known.replica.placed.panes
    rows = tuple(
        PaneRows(pane, recorded_rows(name, Size(rect.cols, rect.rows)), Cursor(0, 0))
        for name, (pane, rect) in zip(names, placed.items(), strict=True)
    )
    pictured.take(state(tree, size, epoch), *rows)


def test_panes_frame_and_status_row_are_as_the_painter_has_them() -> None:
    async def scene(pictured: Pictured) -> None:
        fill(pictured, ONE, "world")
        await pictured.right()
        fill(pictured, FOUR, "emoji", "attributes", "hyperlinks", "ls-colours", epoch=2)
        await pictured.right()
        fill(pictured, TWO, "colour-of-blanks", "underlines", epoch=3)
        await pictured.right()
        fill(pictured, ONE, "vim-syntax", epoch=4)
        await pictured.right()

    play(scene, lambda: Pictured(SIZE))


@pytest.mark.parametrize("size", [Size(20, 5), Size(2, 1), Size(9, 2)], ids=str)
def test_small_terminals_too(size: Size) -> None:
    async def scene(pictured: Pictured) -> None:
        pictured.take(state(TWO, size), PaneRows(1, ((0, b"$ a word that is long"),), None))
        await pictured.right()

    play(scene, lambda: Pictured(size))


@pytest.mark.parametrize("window", [Size(50, 12), Size(120, 40)], ids=str)
def test_a_window_of_another_size_than_the_terminal(window: Size) -> None:
    async def scene(pictured: Pictured) -> None:
        fill(pictured, TWO, "world", "emoji", size=window)
        await pictured.right()

    play(scene, lambda: Pictured(SIZE))


def test_a_row_is_drawn_at_once_and_alone() -> None:
    async def scene(pictured: Pictured) -> None:
        fill(pictured, TWO, "world", "emoji")
        await pictured.right()
        pictured.take(None, PaneRows(2, ((3, b"before"),), Cursor(3, 3)))
        pictured.writes.clear()
        pictured.take(None, PaneRows(2, ((3, b"\x1b[31mred"),), Cursor(3, 3)))
        assert pictured.writes == [b"\x1b[5;42H\x1b[39X\x1b[31mred\x1b[m\x1b[81G\x1b[1;1H"]
        pictured.take(None, PaneRows(2, ((3, b"\x1b[31mred"),), Cursor(3, 3)))
        assert len(pictured.writes) == 1

    play(scene, lambda: Pictured(SIZE))


def test_the_status_row_says_what_there_is_to_say() -> None:
    async def scene(pictured: Pictured) -> None:
        fill(pictured, TWO, "world", "emoji")
        await pictured.right()
        pictured.bottom.say("a word", 0.0, error=True)
        pictured.app.refresh_status()
        assert "a word" in pictured.shown.text_at(SIZE.rows - 1, 1)[0]
        await pictured.right()

    play(scene, lambda: Pictured(SIZE))


def test_another_theme_is_textuals_and_the_frames_and_is_left_without_a_trace() -> None:
    async def scene(pictured: Pictured) -> None:
        fill(pictured, TWO, "world", "emoji")
        await pictured.right()
        before = screen(pictured.shown)
        pictured.app.reload(msgspec.structs.replace(options(), theme=theme_named("nord")))
        assert pictured.app.theme == "nord"
        await pictured.right()
        assert screen(pictured.shown)[-1][40].background == (0x43, 0x4C, 0x5E)
        pictured.app.reload(options())
        assert pictured.app.theme == TERMINAL
        await pictured.right()
        assert screen(pictured.shown) == before

    play(scene, lambda: Pictured(SIZE))


def test_another_size_is_drawn_whole() -> None:
    async def scene(pictured: Pictured) -> None:
        fill(pictured, TWO, "world", "emoji")
        await pictured.right()
        pictured.size = Size(50, 12)
        pictured.shown = blank(pictured.size)
        pictured.app.resize(50, 12)
        fill(pictured, TWO, "world", "emoji", epoch=2, size=pictured.size)
        await pictured.right()

    play(scene, lambda: Pictured(SIZE))


def test_a_lost_picture_is_drawn_again() -> None:
    async def scene(pictured: Pictured) -> None:
        fill(pictured, TWO, "world", "emoji")
        await pictured.right()
        feed(pictured.shown, b"\x1b[2J")
        pictured.app.repaint()
        assert pictured.wrong() == []

    play(scene, lambda: Pictured(SIZE))


def test_what_opens_over_panes_that_change_leaves_nothing_behind() -> None:
    async def scene(pictured: Pictured) -> None:
        fill(pictured, TWO, "world", "emoji")
        await pictured.right()
        await pictured.app.open_overlay(OPEN)
        assert pictured.app.overlay_open
        assert any("Keys" in row for row in pictured.shown.text_at(0, SIZE.rows))
        for i in range(50):
            row = (b"\x1b[3%dm%d" % (i % 8, i)) * 9
            pictured.take(None, PaneRows(1, tuple((y, row) for y in range(22)), None))
        assert any("Keys" in row for row in pictured.shown.text_at(0, SIZE.rows))
        pictured.app.close_overlay()
        assert not pictured.app.overlay_open
        assert pictured.wrong() == []

    play(scene, lambda: Pictured(SIZE))


def test_what_is_open_stays_over_a_new_geometry() -> None:
    async def scene(pictured: Pictured) -> None:
        fill(pictured, TWO, "world", "emoji")
        await pictured.app.open_overlay(OPEN)
        fill(pictured, FOUR, "emoji", "attributes", "hyperlinks", "ls-colours", epoch=2)
        await pictured.until(lambda: len(pictured.app.query("PaneView")) == 4)
        assert any("Keys" in row for row in pictured.shown.text_at(0, SIZE.rows))
        pictured.app.close_overlay()
        await pictured.right()

    play(scene, lambda: Pictured(SIZE))


def test_no_key_is_textuals() -> None:
    async def scene(pictured: Pictured) -> None:
        app = pictured.app
        assert app.active_bindings == {}
        assert not app.use_command_palette
        assert app.animation_level == "none"

    play(scene, lambda: Pictured(SIZE))


def test_the_terminal_is_given_up_when_the_app_ends() -> None:
    pictured = None

    async def scene() -> Pictured:
        async with Pictured(SIZE).running() as running:
            assert not running.stopped
            return running

    pictured = asyncio.run(scene())
    assert pictured.stopped


def two_stand(pictured: Pictured) -> bool:
    return [view.region.width for view in pictured.app.query("PaneView")] == [40, 39]


class Claiming:
    """A client that grants each claim when it is told to."""

    def __init__(self) -> None:
        self.claims: list[tuple[int, int, tuple[int, ...], bool]] = []
        self.host = Holes(lambda *claim: self.claims.append(claim))


def test_a_guest_draws_nothing_until_it_may_and_then_only_what_it_claimed() -> None:
    client = Claiming()

    async def scene(pictured: Pictured) -> None:
        pattern = b"\x1b#8"
        fill(pictured, TWO, "world", "emoji")
        await pictured.until(lambda: two_stand(pictured))
        feed(pictured.shown, pattern)
        untouched = screen(pictured.shown)
        opening = asyncio.create_task(pictured.app.open_overlay(OPEN))
        await pictured.until(lambda: len(client.claims) == 1)
        assert client.claims == [(1, 1, (1, 2), True)]
        assert screen(pictured.shown) == untouched
        client.host.granted(1, 1)
        await asyncio.wait_for(opening, PATIENCE_S)
        shown = screen(pictured.shown)
        assert any("Keys" in row for row in pictured.shown.text_at(0, SIZE.rows))
        assert shown[-1] == untouched[-1]  # the status row
        feed(pictured.shown, pattern)
        pictured.app.close_overlay()
        assert screen(pictured.shown) == untouched

    play(scene, lambda: Pictured(SIZE, client.host))


def test_a_guest_claims_anew_in_a_new_geometry() -> None:
    client = Claiming()

    async def scene(pictured: Pictured) -> None:
        fill(pictured, TWO, "world", "emoji")
        await pictured.until(lambda: two_stand(pictured))
        opening = asyncio.create_task(pictured.app.open_overlay(OPEN))
        await pictured.until(lambda: len(client.claims) == 1)
        fill(pictured, FOUR, "emoji", "attributes", "hyperlinks", "ls-colours", epoch=2)
        client.host.granted(1, 2)
        await pictured.until(lambda: len(client.claims) == 2)
        assert client.claims[1][:2] == (2, 2)
        client.host.granted(2, 2)
        await asyncio.wait_for(opening, PATIENCE_S)
        await pictured.until(lambda: "Keys" in "".join(pictured.shown.text_at(0, SIZE.rows)))

    play(scene, lambda: Pictured(SIZE, client.host))


def test_an_overlay_stands_where_it_says() -> None:
    async def scene(pictured: Pictured) -> None:
        fill(pictured, TWO, "world", "emoji")
        await pictured.app.open_overlay(OPEN)
        (overlay,) = pictured.app.query("Overlay")
        region = overlay.region
        assert overlay.place(80, 23) == Rect(*region)  # type: ignore[attr-defined]

    play(scene, lambda: Pictured(SIZE))
