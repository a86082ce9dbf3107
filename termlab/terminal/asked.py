"""What the shells of a pane ask for by OSC 51;E, until somebody takes it: bounded, in its arena.

Nothing is read of it here. Full, or where nobody takes any, a further one is refused and counted.
"""

from collections import deque
from collections.abc import Callable
from typing import Final

from termlab.terminal.arena import Persistent

MAX_WAITING: Final = 16
MAX_BYTES: Final = 4096
# Rows of so many more commands come and go before what is kept here may go with them.
_SPARED: Final = 1024


class Asked:
    """``taking`` says whether anybody takes them now, ``came`` is called with each that waits.
    ``refused``: not taken, or too many; ``denied`` by whoever took them."""

    __slots__ = ("_arena", "_came", "_taking", "_waiting", "asked", "denied", "refused")

    def __init__(
        self, arena: Persistent, taking: Callable[[], bool], came: Callable[[], object]
    ) -> None:
        self.asked = self.refused = self.denied = 0
        self._arena = arena
        self._taking = taking
        self._came = came
        self._waiting: deque[int] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, value: bytes, generation: int) -> None:
        """One more; ``generation`` is that of the rows of now."""
        self.asked += 1
        if not self._taking() or len(self._waiting) >= MAX_WAITING or len(value) > MAX_BYTES:
            self.refused += 1
            return
        self._waiting.append(self._arena.store(value, generation + _SPARED))
        self._came()

    def take(self) -> bytes | None:
        """The oldest; None if nothing waits."""
        while self._waiting:
            try:
                return self._arena.data(self._waiting.popleft())
            except LookupError:
                self.refused += 1
        return None
