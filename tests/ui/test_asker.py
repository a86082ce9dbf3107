"""Questions of what is open, and their answers, in whatever order those come."""

import asyncio

from termlab.ui.asker import Asker
from termlab.wire.messages import Reply


def test_each_answer_reaches_its_question() -> None:
    async def play() -> None:
        sent: list[tuple[int, tuple[str, ...]]] = []
        asker = Asker(lambda number, argv: sent.append((number, argv)))
        first = asyncio.ensure_future(asker.ask("ls", "--json"))
        second = asyncio.ensure_future(asker.ask("show-buffer"))
        await asyncio.sleep(0)
        assert sent == [(1, ("ls", "--json")), (2, ("show-buffer",))]
        asker.answered(2, Reply(20, 3, "none"))
        asker.answered(9, Reply(21, 0, "nobody's"))
        asker.answered(1, Reply(22, 0, "[]"))
        asker.answered(1, Reply(23, 0, "twice"))
        assert await first == Reply(22, 0, "[]")
        assert await second == Reply(20, 3, "none")

    asyncio.run(play())


def test_an_answer_may_come_at_once_and_one_that_nobody_waits_for_is_dropped() -> None:
    async def play() -> None:
        asker = Asker(lambda number, argv: asker.answered(number, Reply(0, 0, argv[0])))
        assert (await asker.ask("ls")).text == "ls"
        silent = Asker(lambda number, argv: None)
        waiting = asyncio.ensure_future(silent.ask("ls"))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        silent.answered(1, Reply(1, 0))
        assert waiting.cancelled()

    asyncio.run(play())
