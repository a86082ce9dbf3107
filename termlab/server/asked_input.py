"""Asking attached clients what they have counted of their input, for `stats`.

Each answers in its own time: who asked gets what there is once all have told, or half a second has
passed. A client that is stopped, or busy, is said to have given no answer; nobody waits for it.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from termlab.model.figure import Missing
from termlab.model.input_counters import InputCounters
from termlab.server.loop import Loop, Timer
from termlab.wire.messages import InputAsked, InputTold, Message

if TYPE_CHECKING:
    from termlab.server.attachment import Attachment

ANSWER_S: Final = 0.5
NO_ANSWER: Final = Missing(f"the client gave no answer in {ANSWER_S:g} s: it is busy or stopped")

Told = dict["Attachment", InputCounters]


class _Question:
    """One, to all clients; ``then`` is called once, with those that told."""

    def __init__(self, waiting: "set[Attachment]", then: Callable[[Told], None]) -> None:
        self.waiting = waiting
        self.told: Told = {}
        self.then = then
        self.limit: Timer | None = None


class AskedInput:
    """All questions under way."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._last = 0
        self._questions: dict[int, _Question] = {}

    def __len__(self) -> int:
        return len(self._questions)

    def ask(
        self, clients: "Iterable[Attachment]", then: Callable[[Told], None], reset: bool = False
    ) -> None:
        """With ``reset`` they count anew behind their answer."""
        question = _Question(set(clients), then)
        if not question.waiting:
            then({})
            return
        self._last += 1
        number = self._last
        self._questions[number] = question
        question.limit = self._loop.call_at(self._loop.now + ANSWER_S, lambda: self._end(number))
        asked: Message = InputAsked(number, reset)
        for client in list(question.waiting):
            client.tell(asked)

    def told(self, client: "Attachment", message: InputTold) -> None:
        """A client's answer. One that comes too late, or twice, is nobody's."""
        question = self._questions.get(message.number)
        if question is None or client not in question.waiting:
            return
        question.told[client] = message.counters
        self._without(message.number, client)

    def gone(self, client: "Attachment") -> None:
        """A client has gone: nothing comes from it any more."""
        for number in list(self._questions):
            self._without(number, client)

    def _without(self, number: int, client: "Attachment") -> None:
        question = self._questions[number]
        question.waiting.discard(client)
        if not question.waiting:
            self._end(number)

    def _end(self, number: int) -> None:
        question = self._questions.pop(number)
        if question.limit is not None:
            question.limit.cancel()
        # In this turn, but not in the middle of a client's leaving.
        self._loop.soon(lambda: question.then(question.told))
