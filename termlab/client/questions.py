"""What the ui asks the server, over the client's one connection: as a key's command would be.

A bounded number is under way; one beyond that, or an answer too long to be shown, comes back as an
error, so that whoever asks hears exactly once.
"""

from collections.abc import Callable
from typing import Final

from termlab.client.connection import Connection
from termlab.errors import UsageError
from termlab.wire.messages import Reply

# What a person can have waited for at a time: each row they pass asks for a preview.
MAX_UNDER_WAY: Final = 16
# A screen is not larger than a terminal; what is longer is no list for a person.
MAX_ANSWER_CHARS: Final = 4 << 20

Answer = Callable[[Reply], None]


class Questions:
    """One client's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._under_way: dict[int, Answer] = {}

    def ask(self, argv: tuple[str, ...], answer: Answer) -> None:
        """Have the server do ``argv``; ``answer`` is told its reply, maybe at once."""
        if not argv:
            answer(Reply(0, UsageError.exit_code, "an empty command was asked: give its words"))
            return
        if len(self._under_way) >= MAX_UNDER_WAY:
            why = f"{argv[0]}: {MAX_UNDER_WAY} questions wait for the server: ask again later"
            answer(Reply(0, UsageError.exit_code, why))
            return
        try:
            number = self._connection.request(argv, None)
        except UsageError as error:
            answer(Reply(0, error.exit_code, str(error)))
            return
        self._under_way[number] = answer

    def replied(self, reply: Reply) -> bool:
        """The server has replied: whether it was to one of these."""
        answer = self._under_way.pop(reply.id, None)
        if answer is None:
            return False
        if len(reply.text) > MAX_ANSWER_CHARS:
            why = f"the answer is longer than {MAX_ANSWER_CHARS} characters: ask for less"
            reply = Reply(reply.id, UsageError.exit_code, why)
        answer(reply)
        return True
