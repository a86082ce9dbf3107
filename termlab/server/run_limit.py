"""The end of a run that does not end by itself: hung up, asked, killed, as a pane that is closed.

The group in front is hung up, for a shell would keep what it runs; what comes later is for the
pane's first process, whose end ends the run.
"""

from collections.abc import Callable
from typing import Final

from termlab.server.departing import KILL_S, TERM_S
from termlab.server.loop import Loop, Timer
from termlab.server.pane import Pane

_HUP: Final = 1  # Windows has no names for them
_TERM: Final = 15
_KILL: Final = 9


class RunLimit:
    """One run's. ``why`` is "" until it was ended, then the sentence for it."""

    def __init__(self, pane: Pane, loop: Loop) -> None:
        self.why = ""
        self._pane = pane
        self._loop = loop
        self._timers: list[Timer] = []

    def after(self, seconds: float, why: str) -> None:
        """End it so long after now, if it runs then."""
        self._call(self._loop.now + seconds, lambda: self.end(why))

    def at(self, seconds: float) -> None:
        """End it so long after its program's start."""
        why = f"ended after {seconds:g} s, as was asked"
        self._call(self._pane.started_at + seconds, lambda: self.end(why))

    def end(self, why: str) -> None:
        """End it, at once; only the first one who asks is heard."""
        if self.why or self._pane.exit_status is not None:
            return
        self.why = why
        self._pane.pty.signal(_HUP)
        now = self._loop.now
        self._call(now + TERM_S, lambda: self._insist(_TERM))
        self._call(now + KILL_S, lambda: self._insist(_KILL))

    def close(self) -> None:
        """It has ended."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def _insist(self, number: int) -> None:
        if self._pane.exit_status is None and not self._pane.closed:
            self._pane.pty.insist(number)

    def _call(self, when: float, action: Callable[[], None]) -> None:
        self._timers.append(self._loop.call_at(when, action))
