"""When a pane's terminal is silent: nothing was typed and nothing came for `SILENCE_S`.

What a program does in silence is idle work. Whoever wants to tell busy from idle is told of both
edges; between them there is no timer.
"""

from collections.abc import Callable
from typing import Final

from termlab.server.loop import Loop, Timer

# A program's picture has no longer pauses.
SILENCE_S: Final = 0.25

# Told ``True`` when silence has begun, `SILENCE_S` behind the last byte, and ``False`` when the
# first byte ends it.
Edge = Callable[[bool], None]


class Silence:
    """One observed pane's. ``last_at`` is when it was last heard of by the loop's clock."""

    def __init__(self, loop: Loop, last_at: float, edge: Edge) -> None:
        self.silent = False
        self.last_at = last_at
        self._loop = loop
        self._edge = edge
        self._timer: Timer | None = loop.call_at(last_at + SILENCE_S, self._due)

    def stirred(self) -> None:
        """Something was typed, or came."""
        self.last_at = self._loop.now
        if self.silent:
            self.silent = False
            self._edge(False)
        if self._timer is None:
            self._timer = self._loop.call_at(self.last_at + SILENCE_S, self._due)

    def _due(self) -> None:
        """So long after the first of what stirred; what came behind it counts anew."""
        self._timer = None
        if self._loop.now < self.last_at + SILENCE_S:
            self._timer = self._loop.call_at(self.last_at + SILENCE_S, self._due)
        else:
            self.silent = True
            self._edge(True)

    def close(self) -> None:
        """Nobody looks any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
