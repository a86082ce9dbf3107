"""What the status row shows: a question, the hint line, a message, or the session. Pure.

The painter and a widget show the same line; time comes in as ``now``.
"""

from typing import Final

from termlab.client.chrome import Scroll, hints, message
from termlab.client.look import Look
from termlab.client.message_log import MessageLog
from termlab.client.prompt_line import PromptView, prompt_cursor, prompt_line, question_line
from termlab.client.router import Router
from termlab.client.segments import status
from termlab.client.style import Line
from termlab.model.geometry import Size
from termlab.model.layout import Arrangement
from termlab.model.screen import Cursor
from termlab.model.state import State
from termlab.model.status_row import LEFT, RIGHT
from termlab.wire.messages import ClientOptions

# Somebody who has never seen the status row takes so many times as long to read it.
GREETING_TIMES: Final = 3


class Bottom:
    """One client's status row. ``message_ms`` is how long a message stands."""

    def __init__(self) -> None:
        self.message_ms = 0
        self.log = MessageLog()  # what was said, to be read again
        self._look = Look()
        self._segments: tuple[tuple[str, ...], tuple[str, ...]] = LEFT, RIGHT
        # What stands in place of the session, the first that is set.
        self._prompt: PromptView | None = None
        self._question = ""
        self._hints: list[tuple[str, str]] = []
        self._said = ""
        self._said_is_error = False
        self._said_until = 0.0
        self._greeting = ""

    def follow(self, options: ClientOptions) -> None:
        """These options hold from here on."""
        self.message_ms = options.message_ms
        self._look = Look(options.theme)
        self._segments = options.status_left, options.status_right

    def prompt(self, router: Router, now: float) -> bool:
        """What the router waits for, an answer or the key after the prefix, and what it has to
        say; whether the row may look different."""
        before = self._prompt, self._question, self._hints
        failed = self._prompt.error if self._prompt is not None else ""
        self._prompt, self._question = router.prompt_view, router.question
        if self._prompt is not None and self._prompt.error not in ("", failed):
            self.log.add(self._prompt.error, error=True)
        self._hints = router.hints() if router.hinting else []
        if said := router.take_message():
            self.say(said, now, error=True)
            return True
        return (self._prompt, self._question, self._hints) != before

    def say(self, text: str, now: float, error: bool = False) -> None:
        """One line, for a while."""
        self.log.add(text, error)
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

    def caret(self, size: Size) -> Cursor | None:
        """Where on a terminal of this size the prompt is typed; None if none is there."""
        if self._prompt is None or size.rows < 2:
            return None
        return Cursor(prompt_cursor(self._prompt, size.cols), size.rows - 1)

    def line(self, state: State, placed: Arrangement, cols: int, scroll: Scroll | None) -> Line:
        """The row, ``cols`` cells wide."""
        return self._look.row(self._plain(state, placed, cols, scroll))

    def _plain(self, state: State, placed: Arrangement, cols: int, scroll: Scroll | None) -> Line:
        """The row in the terminal's own colours."""
        if self._prompt is not None:
            return prompt_line(self._prompt, cols)
        if self._question:
            return question_line(self._question, cols)
        if self._hints:
            return hints(self._hints, cols)
        if self._said:
            return message(self._said, cols, self._said_is_error)
        return status(state, placed, cols, scroll, *self._segments)
