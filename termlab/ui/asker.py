"""What is open asks the server here, the same in both placements: a command's words, its reply.

As a guest the words go to the client (`Ask`, `Answered`); stand-alone the client is in the same
process (`client.questions`). Which of the two, ``send`` decides.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from termlab.wire.messages import Looks, Reply

Send = Callable[[int, tuple[str, ...]], None]
"""Sends the words on; their reply is told to `Asker.answered` with the same number, once."""


Look = Callable[[Looks], None]
"""Sends on what is looked at and what was seen; what is new comes to the overlay."""


def _unseen(message: Looks) -> None:
    """There is nothing to look at."""


class Asker:
    """One app's. The number under way is bounded by the client, which answers with an error."""

    def __init__(self, send: Send, look: Look = _unseen) -> None:
        self._send = send
        self.look = look
        self._last = 0
        self._under_way: dict[int, asyncio.Future[Reply]] = {}

    async def ask(self, *argv: str) -> Reply:
        """Have the server do ``argv``, as a key's command of this client: its reply, whose ``code``
        is not 0 where it failed. Whoever is cancelled meanwhile hears nothing."""
        self._last += 1
        number = self._last
        reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._under_way[number] = reply
        try:
            self._send(number, argv)
            return await reply
        finally:
            self._under_way.pop(number, None)

    def answered(self, number: int, reply: Reply) -> None:
        """The reply has come."""
        waiting = self._under_way.get(number)
        if waiting is not None and not waiting.done():
            waiting.set_result(reply)


def _nowhere(number: int, argv: tuple[str, ...]) -> None:
    """There is no server: nothing is ever answered."""


NOBODY: Final = Asker(_nowhere)
