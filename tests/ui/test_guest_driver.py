"""What a turn of the loop draws is one message, under the claim it was drawn under."""

import asyncio
from collections.abc import Awaitable, Callable

from textual.app import App

from termlab.ui.guest_driver import Sheet, guest_driver
from termlab.wire.guest import Drawn, Output
from termlab.wire.messages import Message


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
