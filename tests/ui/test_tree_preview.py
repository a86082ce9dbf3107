"""A preview in a real app: the rows of the newest pane and size, cut to its place."""

import asyncio
from collections.abc import Awaitable, Callable

from textual.app import App, ComposeResult

from termlab.model.screen import Cursor
from termlab.ui.tree_preview import GONE, Preview
from termlab.wire.messages import PaneRows, Peeked

COLS, LINES = 10, 4


def rows(pane: int, *texts: bytes, cursor: int = 0, size: tuple[int, int] = (20, 8)) -> Peeked:
    """What is told of a pane: its rows from the top."""
    update = PaneRows(pane, tuple(enumerate(texts)), Cursor(0, cursor))
    return Peeked(1, None, pane, update, *size)


def played(scene: Callable[[Preview], Awaitable[None]]) -> None:
    class Alone(App[None]):
        CSS = f"Preview {{ width: {COLS}; height: {LINES}; }}"

        def compose(self) -> ComposeResult:
            yield Preview()

    async def play() -> None:
        app = Alone()
        async with app.run_test(size=(COLS + 5, LINES + 2)):
            await scene(app.query_one(Preview))

    asyncio.run(play())


def shown(preview: Preview) -> list[str]:
    return [strip.text.rstrip() for strip in preview.render_lines(preview.size.region)]


def test_rows_are_cut_on_the_right_and_wide_characters_stay_whole() -> None:
    async def scene(preview: Preview) -> None:
        preview.look(3)
        preview.take(rows(3, b"0123456789abc", "123456789漢".encode(), b"\x1b[31mred"))
        assert shown(preview) == ["0123456789", "123456789", "red", ""]

    played(scene)


def test_the_part_with_the_cursor_is_shown() -> None:
    async def scene(preview: Preview) -> None:
        preview.look(3)
        preview.take(rows(3, *(b"%d" % y for y in range(8)), cursor=6))
        assert shown(preview) == ["3", "4", "5", "6"]
        preview.take(rows(3, b"first", cursor=0))
        assert shown(preview) == ["first", "1", "2", "3"]

    played(scene)


def test_of_another_pane_nothing_is_shown_and_nothing_stays() -> None:
    async def scene(preview: Preview) -> None:
        preview.look(3)
        preview.take(rows(3, b"three"))
        preview.take(rows(4, b"four"))
        assert shown(preview)[0] == "three"
        preview.look(4)
        assert shown(preview)[0] == ""
        preview.take(rows(4, b"four"))
        assert shown(preview)[0] == "four"

    played(scene)


def test_another_size_begins_anew() -> None:
    async def scene(preview: Preview) -> None:
        preview.look(3)
        preview.take(rows(3, b"one", b"two"))
        preview.take(rows(3, b"only", size=(5, 8)))
        assert shown(preview) == ["only", "", "", ""]

    played(scene)


def test_a_pane_that_is_gone_is_said_to_be() -> None:
    async def scene(preview: Preview) -> None:
        preview.look(3)
        preview.take(rows(3, b"one"))
        preview.take(Peeked(2, None, 3, gone=True))
        assert shown(preview) == [GONE[:COLS], "", "", ""]
        preview.look(4)
        assert shown(preview)[0] == ""

    played(scene)
