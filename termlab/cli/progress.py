"""How far a profile of several runs has come: a line on a terminal's stderr that is written over
and wiped at the end. Where stderr is no terminal nothing is said.
"""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

from termlab.model.profile_asked import ProfileAsked
from termlab.runs.plan import Turn


class Progress:
    """Of all the runs that are asked for, of one command or of several in turns."""

    def __init__(
        self,
        asked: ProfileAsked,
        commands: list[tuple[str, ...]],
        out: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._out = out or sys.stderr
        self._asked = asked
        self._commands = len(commands)
        self._total = (asked.runs + asked.warmup) * self._commands
        self._clock = clock
        self._began = clock()
        self._begun = 0
        self._shown = 0
        self._quiet = self._total == 1 or self._out is None or not self._out.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._show("")

    def begins(self, turn: Turn) -> None:
        """The next run does."""
        done, self._begun = self._begun, self._begun + 1
        what, of = ("run", self._asked.runs) if turn.counts else ("warm-up", self._asked.warmup)
        text = f"{what} {turn.number} of {of}"
        if self._commands > 1:
            text += f" of command {turn.command + 1}"
        if done:
            left_s = (self._clock() - self._began) / done * (self._total - done)
            text += f", about {_words(left_s)} left"
        self._show(text)

    def _show(self, text: str) -> None:
        if self._quiet or not (text or self._shown):
            return
        wiped = f"\r{text.ljust(self._shown)}"
        self._out.write(wiped if text else f"{wiped}\r")
        self._out.flush()
        self._shown = len(text)


def _words(seconds: float) -> str:
    if seconds < 1:
        return "a second"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
