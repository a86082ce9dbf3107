"""What is noted of the memory of a program under measurement while it runs, and when it has ended.

A pane has one only while it is profiled; it is told of each read and wakes nothing by itself.
"""

from collections.abc import Callable
from typing import Final

# A sample of a program's memory takes 20-60 µs.
MEMORY_S: Final = 0.1

Clock = Callable[[], float]


class Meter:
    """``peak_bytes`` samples the memory the program has had at most, and ``ended`` is called
    once by `finish`."""

    __slots__ = ("_clock", "_ended", "_peak_bytes", "_sampled_at", "memory_bytes")

    def __init__(
        self,
        clock: Clock,
        peak_bytes: Callable[[], int] = lambda: 0,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self._clock = clock
        self._peak_bytes = peak_bytes
        self._ended = ended
        self._sampled_at = float("-inf")
        self.memory_bytes = 0

    def arrived(self) -> None:
        """A read brought output."""
        now = self._clock()
        if now - self._sampled_at >= MEMORY_S:
            self._sampled_at = now
            self.sample()

    def sample(self) -> None:
        """Look at the program's memory."""
        self.memory_bytes = max(self.memory_bytes, self._peak_bytes())

    def finish(self) -> None:
        """Nothing more comes."""
        ended, self._ended = self._ended, lambda: None
        ended()
