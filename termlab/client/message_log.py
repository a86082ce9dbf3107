"""What was said in the status row, the newest messages: those that went away can be read again.

One client's, kept in its memory alone. Bounded in number and in length; the oldest go first.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from termlab.client.width import printable

MAX_MESSAGES: Final = 100
MAX_CHARS: Final = 1000


class Said(NamedTuple):
    """One message: when, in seconds since 1970, and what. A failure is an ``error``."""

    at: float
    text: str
    error: bool = False

    def time_of_day(self) -> str:
        """When it was said, as a clock on the wall shows it here: "14:05:09"."""
        return time.strftime("%H:%M:%S", time.localtime(self.at))


class MessageLog:
    """``clock`` tells the time of day in seconds since 1970."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._kept: deque[Said] = deque(maxlen=MAX_MESSAGES)

    def add(self, text: str, error: bool = False) -> None:
        """Keep a message, as it can be shown: on one line, and not longer than `MAX_CHARS`."""
        shown = printable(text.strip())
        if len(shown) > MAX_CHARS:
            shown = f"{shown[: MAX_CHARS - 1]}…"
        self._kept.append(Said(self._clock(), shown, error))

    def replace(self, messages: Iterable[Said]) -> None:
        """Have these, the oldest first, and no others: those of another process."""
        self._kept = deque(messages, maxlen=MAX_MESSAGES)

    def messages(self) -> tuple[Said, ...]:
        """What is kept, the oldest first."""
        return tuple(self._kept)
