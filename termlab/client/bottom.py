"""What the status row shows: a question, the hint line, a message, or the session. Pure.

The painter and a widget show the same line; time comes in as ``now``.
"""

from typing import Final

from termlab.client.chrome import Scroll, hints, message, status
from termlab.client.router import Router
from termlab.client.style import Line
from termlab.model.layout import Arrangement
from termlab.model.state import State

# Somebody who has never seen the status row takes so many times as long to read it.
GREETING_TIMES: Final = 3


class Bottom:
    """One client's status row. ``message_ms`` is how long a message stands."""

    def __init__(self) -> None:
        self.message_ms = 0
        # What stands in place of the session, the first that is set.
        self._question = ""
        self._hints: list[tuple[str, str]] = []
        self._said = ""
        self._said_is_error = False
        self._said_until = 0.0
        self._greeting = ""

    def prompt(self, router: Router, now: float) -> bool:
        """What the router waits for, an answer or the key after the prefix, and what it has to
        say; whether the row may look different."""
        before = self._question, self._hints
        self._question = router.question
        self._hints = router.hints() if router.hinting else []
        if said := router.take_message():
            self.say(said, now, error=True)
            return True
        return (self._question, self._hints) != before

    def say(self, text: str, now: float, error: bool = False) -> None:
        """One line, for a while."""
        self._said, self._said_is_error = text, error
        self._said_until = now + self.message_ms / 1000

    def greet(self, text: str, now: float) -> None:
        """One line for somebody new, for longer; "" ends it, and nothing said since."""
        if text:
            self.say(text, now)
            self._said_until += (GREETING_TIMES - 1) * self.message_ms / 1000
        elif self._said == self._greeting:
            self._said = ""
        self._greeting = text

    def deadline(self) -> float | None:
        """When the message goes; None while there is none."""
        return self._said_until if self._said else None

    def expire(self, now: float) -> bool:
        """Let time pass; whether the row may look different."""
        if not self._said or now < self._said_until:
            return False
        self._said = ""
        return True

    def line(self, state: State, placed: Arrangement, cols: int, scroll: Scroll | None) -> Line:
        """The row, ``cols`` cells wide."""
        if self._question:
            return message(self._question, cols, error=False)
        if self._hints:
            return hints(self._hints, cols)
        if self._said:
            return message(self._said, cols, self._said_is_error)
        return status(state, placed, cols, scroll)
