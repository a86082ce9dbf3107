"""`wait`: requests that are answered when a pane shows a text, falls quiet, or ends.

Nothing polls. A text is looked for after output, at most once each 20 ms; quiet is one timer, set
anew only when it runs out; a limit is one more.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from termlab.errors import TargetError, TermlabError, WaitTimeout
from termlab.server.loop import Loop, Timer
from termlab.server.pane import Pane

LOOK_S: Final = 0.02

Done = Callable[[str | TermlabError, int | None], None]


class Wait:
    """One request. ``done`` gets what happened ("text", "quiet", "exit") and the exit status.
    With ``since`` quiet counts only behind output that came later than that."""

    def __init__(
        self,
        pane: Pane,
        done: Done,
        pattern: re.Pattern[str] | None = None,
        quiet_s: float | None = None,
        for_exit: bool = False,
        asker: object = None,
        since: float = float("-inf"),
    ) -> None:
        self.pane = pane
        self.done = done
        self.pattern = pattern
        self.quiet_s = quiet_s
        self.for_exit = for_exit
        self.asker = asker
        self.since = since
        self.limit: Timer | None = None
        self.silence: Timer | None = None
        self.look: Timer | None = None

    def matches(self) -> bool:
        """Whether the pane's screen shows the text."""
        if self.pattern is None:
            return False
        emulator = self.pane.emulator
        rows = emulator.text_at(emulator.history_rows(), emulator.size.rows)
        return self.pattern.search("\n".join(rows)) is not None

    def describe(self) -> str:
        if self.pattern is not None:
            return f"to show {self.pattern.pattern!r}"
        return "to end" if self.for_exit else f"to be quiet for {self.quiet_s:g} s"

    def tell_end(self, status: int | None) -> None:
        """Nothing more comes from the pane: for two of three that is an answer."""
        if self.pattern is None:
            self.done("exit", status)
        else:
            error = f"pane %{self.pane.id} ended before it came {self.describe()}"
            self.done(TargetError(error), status)


class Waits:
    """All requests under way."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._waits: list[Wait] = []

    def add(self, wait: Wait, timeout_s: float) -> None:
        """Begin; it may be done at once."""
        if wait.matches():
            wait.done("text", None)
            return
        if wait.pane.ended:
            wait.tell_end(wait.pane.exit_status)
            return
        self._waits.append(wait)
        now = self._loop.now
        wait.limit = self._loop.call_at(now + timeout_s, lambda: self._expired(wait))
        if wait.quiet_s is not None:
            self._watch_quiet(wait)

    def __len__(self) -> int:
        return len(self._waits)

    def cancel(self, asker: object) -> None:
        """Whoever asked has gone."""
        for wait in [each for each in self._waits if each.asker is asker]:
            self._end(wait)

    def pane_output(self, pane: Pane) -> None:
        """The pane's screen may show something else."""
        for wait in tuple(self._waits):
            if wait.pane is pane and wait.pattern is not None and wait.look is None:
                wait.look = self._loop.call_at(self._loop.now + LOOK_S, partial(self._look, wait))
            elif wait.pane is pane and wait.quiet_s is not None and wait.silence is None:
                self._watch_quiet(wait)

    def pane_gone(self, pane: Pane, status: int | None) -> None:
        """The pane has ended, with its child's status if it ended by itself."""
        for wait in [each for each in self._waits if each.pane is pane]:
            self._end(wait)
            wait.tell_end(status)

    def _look(self, wait: Wait) -> None:
        wait.look = None
        if wait in self._waits and wait.matches():
            self._end(wait)
            wait.done("text", None)

    def _watch_quiet(self, wait: Wait) -> None:
        if wait not in self._waits or wait.quiet_s is None:
            return
        wait.silence = None
        if wait.pane.output_at <= wait.since:
            return  # output will tell
        due = wait.pane.output_at + wait.quiet_s
        if due <= self._loop.now:
            self._end(wait)
            wait.done("quiet", None)
        else:
            wait.silence = self._loop.call_at(due, lambda: self._watch_quiet(wait))

    def _expired(self, wait: Wait) -> None:
        if wait in self._waits:
            self._end(wait)
            wait.done(
                WaitTimeout(f"pane %{wait.pane.id} did not come {wait.describe()} in time"), None
            )

    def _end(self, wait: Wait) -> None:
        self._waits.remove(wait)
        for timer in (wait.limit, wait.silence, wait.look):
            if timer is not None:
                timer.cancel()
