"""When a client gets its next frame: by credit, and no more often than it can use.

One frame may be under way; after a key one more, so that the answer never waits for a picture
of something else. A frame goes at once if it is small or answers a key; large ones come at most
60 times a second and take at most a fifth of the server's time. What is not sent now is not
queued: the next frame shows the newest rows. Pure: ``now`` is an argument.
"""

from typing import Final

FRAME_S: Final = 1 / 60
SMALL_BYTES: Final = 1024
COST_FACTOR: Final = 4
FRAMES_UNDER_WAY: Final = 1


class Pacer:
    """The credit and the clock of one client's frames."""

    __slots__ = ("_answer", "_cost_s", "_due_bytes", "_key", "_sent_at", "_under_way", "wanted")

    def __init__(self) -> None:
        self.wanted = False  # something changed since the last frame
        self._key = False  # one was typed and not answered yet
        self._answer = False  # what changed may be its answer
        self._due_bytes = 0
        self._sent_at = float("-inf")
        self._cost_s = 0.0
        self._under_way = 0

    def key(self) -> None:
        """The person typed: the next frame is for them."""
        self._key = True

    def changed(self, count: int, focused: bool = True) -> None:
        """``count`` bytes more of output, or 0 for any other change, want to be seen.

        Only what changes in the focused pane can answer a key: the frame kept for it is no
        other pane's.
        """
        self.wanted = True
        self._answer = self._answer or (focused and self._key)
        self._due_bytes += count

    @property
    def answering(self) -> bool:
        """Whether the next frame answers a key: it should hold nothing else."""
        return self._answer

    def earliest(self) -> float | None:
        """When the next frame may go; None: not before one under way was seen."""
        if self._under_way >= FRAMES_UNDER_WAY + self._answer:
            return None
        if self._answer:
            return float("-inf")
        gap = COST_FACTOR * self._cost_s
        if self._due_bytes > SMALL_BYTES:
            gap = max(gap, FRAME_S)
        return self._sent_at + gap

    def sent(self, now: float, cost_s: float) -> None:
        """A frame with all that changed went out; making it took ``cost_s``."""
        self._under_way += 1
        self._sent_at = now
        self._cost_s = cost_s
        self._clear()

    def answered(self) -> None:
        """A frame with the focused pane alone went out; what else changed is still wanted."""
        self._under_way += 1
        self._key = self._answer = False

    def unanswered(self) -> None:
        """What changed in the focused pane cannot be seen: the key still waits for its answer."""
        self._answer = False

    def nothing_new(self) -> None:
        """There was nothing to send after all."""
        self._clear()

    def seen(self) -> None:
        """The client showed a frame."""
        self._under_way = max(self._under_way - 1, 0)

    def _clear(self) -> None:
        self.wanted = False
        self._key = self._key and not self._answer
        self._answer = False
        self._due_bytes = 0
