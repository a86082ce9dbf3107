"""What a turn of the loop draws is one message, under the claim it was drawn under."""

import asyncio
from collections.abc import Awaitable, Callable

from textual.app import App

from termlab.model.screen import Cursor
from termlab.ui.guest_driver import Sheet, guest_driver
from termlab.wire.guest import Docked, Drawn, Output
from termlab.wire.messages import Message, VitalsSeen


def played(scene: Callable[[Sheet, list[Message]], Awaitable[None]]) -> None:
    sent: list[Message] = []
    asyncio.run(_run(scene, sent))


async def _run(
    scene: Callable[[Sheet, list[Message]], Awaitable[None]], sent: list[Message]
) -> None:
    await scene(Sheet(sent.append, lambda: False), sent)


async def turn() -> None:
    await asyncio.sleep(0)


def test_the_writes_of_a_turn_go_together_and_answer_the_first_rows() -> None:
    async def scene(sheet: Sheet, sent: list[Message]) -> None:
        sheet.take(3, 7)
        sheet.write("a")
        sheet.write("ß")
        assert sent == []
        await turn()
        assert sent == [Output(3, 7, "aß".encode()), Drawn()]
        sheet.write("b")
        await turn()
        assert sent[2:] == [Output(3, 7, b"b")]

    played(scene)


def test_more_rows_are_answered_behind_what_they_drew_or_at_once() -> None:
    async def scene(sheet: Sheet, sent: list[Message]) -> None:
        sheet.take(1, 1)
        sheet.write("a")
        await turn()
        sent.clear()
        sheet.write("b")
        sheet.drawn()
        await turn()
        assert sent == [Output(1, 1, b"b"), Drawn()]
        sheet.drawn()
        await turn()
        assert sent[2:] == [Drawn()]

    played(scene)


def test_without_a_claim_everything_is_drawn_for_nobody() -> None:
    async def scene(sheet: Sheet, sent: list[Message]) -> None:
        sheet.write("a")
        await turn()
        sheet.take(1, 1)
        assert sheet.ours
        sheet.write("b")
        sheet.let_go()
        sheet.write("c")
        await turn()
        assert sent == []
        assert not sheet.ours

    played(scene)


def test_what_was_drawn_under_one_claim_is_not_sent_under_the_next() -> None:
    async def scene(sheet: Sheet, sent: list[Message]) -> None:
        sheet.take(1, 1)
        sheet.write("old")
        sheet.let_go()
        sheet.take(2, 1)
        sheet.write("new")
        await turn()
        assert sent == [Output(2, 1, b"new"), Drawn()]

    played(scene)


def test_before_a_client_that_does_not_read_nothing_piles_up() -> None:
    async def play() -> None:
        sent: list[Message] = []
        full = True
        sheet = Sheet(sent.append, lambda: full)
        sheet.take(1, 1)
        sheet.write("a")
        await turn()
        assert (sent, sheet.missed) == ([], True)
        full = sheet.missed = False
        sheet.write("all of it")
        await turn()
        assert sent == [Output(1, 1, b"all of it"), Drawn()]

    asyncio.run(play())


def test_modes_bells_and_pointers_are_not_passed_on() -> None:
    async def scene(sheet: Sheet, sent: list[Message]) -> None:
        sheet.take(1, 1)
        for order in ("\x1b[?2026h", "\x1b]22;text\x07", "\a", "\x1b]52;c;eA==\a"):
            sheet.write(order)
        await turn()
        assert sent == []

    played(scene)


def test_an_app_with_this_driver_starts_and_ends_without_a_word_to_the_terminal() -> None:
    written: list[str] = []

    class Small(App[None]):
        def on_ready(self) -> None:
            self.bell()
            self.exit()

    app = Small(driver_class=guest_driver(written.append))
    asyncio.run(app.run_async(size=(10, 3)))
    assert app.return_code == 0
    assert not [data for data in written if "\x1b[?" in data]


def test_without_a_claim_the_dock_may_be_drawn_with_the_cursor_where_it_is() -> None:
    async def play() -> None:
        sent: list[Message] = []
        sheet = Sheet(sent.append, lambda: False, lambda: Cursor(1, 2))
        sheet.beside(7)
        assert not sheet.ours
        sheet.write("dock")
        sheet.answer(Docked())
        await turn()
        assert sent == [Output(0, 7, b"dock"), Docked()]
        sheet.take(1, 7)
        sheet.write("help")
        await turn()
        assert sent[2:] == [Output(1, 7, b"help", Cursor(1, 2)), Drawn()]

    asyncio.run(play())


def test_what_was_drawn_under_a_claim_is_not_sent_as_the_docks_nor_the_other_way() -> None:
    async def scene(sheet: Sheet, sent: list[Message]) -> None:
        sheet.take(1, 7)
        sheet.write("panes")
        sheet.beside(7)
        sheet.write("dock")
        sheet.flush()
        assert sent == [Output(0, 7, b"dock")]
        sheet.write("dock")
        sheet.let_go()
        sheet.write("nobody's")
        await turn()
        assert sent == [Output(0, 7, b"dock")]

    played(scene)


def test_an_answer_for_the_dock_is_given_whatever_became_of_the_drawing() -> None:
    async def play() -> None:
        sent: list[Message] = []
        sheet = Sheet(sent.append, lambda: True)
        sheet.beside(7)
        sheet.write("dock")
        sheet.answer(VitalsSeen(3))
        await turn()
        assert sent == [VitalsSeen(3)]
        assert sheet.missed

    asyncio.run(play())


def test_rows_are_drawn_with_what_is_drawn_first_and_not_before() -> None:
    async def scene(sheet: Sheet, sent: list[Message]) -> None:
        sheet.beside(7)
        sheet.answer(Docked())
        sheet.take(1, 7)
        await turn()
        assert sent == [Docked()]
        sheet.write("help")
        await turn()
        assert sent[1:] == [Output(1, 7, b"help"), Drawn()]

    played(scene)


def test_the_cursor_goes_with_what_is_drawn_where_it_stands_by_then() -> None:
    async def play() -> None:
        sent, at = list[Message](), list[Cursor | None]([None])
        sheet = Sheet(sent.append, lambda: False, lambda: at[-1])
        sheet.take(3, 7)
        sheet.write("a")
        at.append(Cursor(4, 2))
        await turn()
        assert sent == [Output(3, 7, b"a", Cursor(4, 2)), Drawn()]

    asyncio.run(play())
