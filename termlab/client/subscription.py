"""What a server tells who subscribed, one record after the other, and what was lost of it.

Blocks, on a connection that asks for nothing else meanwhile.
"""

from collections.abc import Iterator
from typing import Generic, NamedTuple, TypeVar

from termlab.client.connection import Connection
from termlab.errors import ServerError, TermlabError, UsageError
from termlab.wire.codec import record_decoder
from termlab.wire.messages import Bye, FromServer, Notice, Published, Reply

R = TypeVar("R")


class Lost(NamedTuple):
    """So many of a topic went because they were not read in time."""

    topic: str
    messages: int


class Subscription(Generic[R]):
    """To topics whose records are of one ``kind``."""

    def __init__(self, connection: Connection, topics: tuple[str, ...], kind: type[R]) -> None:
        self._connection = connection
        self._read = record_decoder(kind)
        self._numbers: dict[str, int] = {}
        self._asked = connection.subscribe(topics)

    def told(self) -> Iterator[R | Lost | None]:
        """Each record, or what was lost before it; None once the subscription stands. Ends when the
        server has gone. Raises ``TermlabError`` if there is no such topic."""
        while (messages := self._connection.listen("subscribe")) is not None:
            for message in messages:
                if isinstance(message, Published):
                    yield from self._published(message)
                elif self._stands(message):
                    yield None

    def _published(self, message: Published) -> Iterator[R | Lost]:
        before = self._numbers.get(message.topic, message.number - 1)
        self._numbers[message.topic] = message.number
        if (lost := message.number - before - 1) > 0:
            yield Lost(message.topic, lost)
        yield self._read(message.body)

    def _stands(self, message: FromServer) -> bool:
        """Whether this is the answer to having subscribed."""
        if isinstance(message, Reply) and message.id == self._asked:
            if message.code:
                kinds = {kind.exit_code: kind for kind in (UsageError, ServerError)}
                raise kinds.get(message.code, TermlabError)(message.text)
            return True
        if isinstance(message, Bye) or (isinstance(message, Notice) and message.error):
            raise ServerError(message.text)
        return False
