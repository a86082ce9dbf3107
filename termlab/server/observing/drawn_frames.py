"""When an output stood on somebody's terminal: the frame that first carried it, and the client's
word when it had drawn that.

A client's stamp is of its own monotonic clock, which on one machine is everybody's. One that lies
outside of the time between the frame and the word about it is of another clock, and is none.
"""

from collections import deque
from collections.abc import Callable
from typing import Final, NamedTuple

# Outputs that wait for their frame, and frames for their word; the oldest are given up.
MAX_WAITING: Final = 64


class _Output(NamedTuple):
    name: int
    position: int


class DrawnFrames:
    """One pane's. ``drawn`` is told the name of an output and when it was drawn; None if whoever
    got it can't say."""

    def __init__(
        self, clock: Callable[[], float], drawn: Callable[[int, float | None], None]
    ) -> None:
        self._clock = clock
        self._drawn = drawn
        self._outputs: deque[_Output] = deque(maxlen=MAX_WAITING)
        self._frames: dict[tuple[int, int], tuple[float, list[int]]] = {}

    def wait_for(self, name: int, position: int) -> None:
        """An output ends at byte ``position`` of all that came."""
        self._outputs.append(_Output(name, position))

    def framed(self, client: int, serial: int, shown: int) -> bool:
        """A frame has what came up to byte ``shown``: whether anybody waits for its word."""
        names = [each.name for each in self._outputs if each.position <= shown]
        if not names:
            return False
        for _ in names:
            self._outputs.popleft()
        if len(self._frames) >= MAX_WAITING:
            del self._frames[next(iter(self._frames))]
        self._frames[client, serial] = self._clock(), names
        return True

    def seen(self, client: int, serial: int, at_s: float | None) -> None:
        """The client's word on a frame, of whatever pane."""
        sent_at, names = self._frames.pop((client, serial), (0.0, ()))
        known = at_s if at_s is not None and sent_at <= at_s <= self._clock() else None
        for name in names:
            self._drawn(name, known)
