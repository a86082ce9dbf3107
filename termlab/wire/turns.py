"""Whose turn it is: what a client may say at each point, as a table, and what it is told otherwise.

Pure; the server's end of a connection asks it about each message before it acts on it.
"""

from typing import Final, NamedTuple, get_args

from termlab.wire.messages import (
    Attach,
    FromClient,
    Hello,
    Message,
    Pong,
    Request,
    Subscribe,
)

# A client: first a stranger, then greeted, and from one `Attach` on attached.
STRANGER: Final = "stranger"
GREETED: Final = "greeted"
ATTACHED: Final = "attached"

_AT_ANY_TIME: Final[frozenset[type[Message]]] = frozenset({Request, Subscribe, Pong})
# All else is of an attached client's hands and screen.
_ALL: Final[frozenset[type[Message]]] = frozenset(get_args(FromClient))
_HANDS: Final = _ALL - _AT_ANY_TIME - {Hello, Attach}
MAY_SAY: Final[dict[str, frozenset[type[Message]]]] = {
    STRANGER: frozenset({Hello}),
    GREETED: _AT_ANY_TIME | {Attach},
    ATTACHED: _AT_ANY_TIME | _HANDS,
}
# Requests that are answered later, as those of `wait` are. A program that asks for more does not
# read its answers.
MAX_UNDER_WAY: Final = 256

_INSTEAD: Final = {
    STRANGER: "say hello first",
    GREETED: "attach first",
    ATTACHED: "this connection has greeted and attached already",
}


class TurnStats(NamedTuple):
    """Where a connection is, the ``requests`` that used it, those of them ``under_way``, and what
    came out of turn and was ``refused``."""

    state: str
    requests: int
    under_way: int
    refused: int


class Turns:
    """Of one connection."""

    __slots__ = ("_may_say", "_requests", "_under_way", "refused", "state")

    def __init__(self) -> None:
        self.refused = self._requests = 0
        self._under_way: set[int] = set()
        self._go(STRANGER)

    def _go(self, state: str) -> None:
        self.state = state
        self._may_say = MAY_SAY[state]

    def greeted(self) -> None:
        self._go(GREETED)

    def attached(self) -> None:
        self._go(ATTACHED)

    def refusal(self, message: FromClient) -> str:
        """Why this message comes out of turn; "" if it doesn't."""
        if type(message) in self._may_say:
            return ""
        self.refused += 1
        name = type(message).__name__
        said = "this connection has greeted already" if isinstance(message, Hello) else ""
        return f"a {name} is out of turn: {said or _INSTEAD[self.state]}"

    def asked(self, number: int) -> str:
        """A request or subscription of that number comes: why it can't; "" if it is under way."""
        if number in self._under_way:
            why = f"request {number} is under way already: give each a number of its own"
        elif len(self._under_way) >= MAX_UNDER_WAY:
            why = f"{MAX_UNDER_WAY} requests are under way: wait for an answer before the next"
        else:
            self._under_way.add(number)
            self._requests += 1
            return ""
        self.refused += 1
        return why

    def stats(self) -> TurnStats:
        return TurnStats(self.state, self._requests, len(self._under_way), self.refused)

    def answered(self, number: int) -> None:
        """The last part of the answer has gone."""
        self._under_way.discard(number)
