"""What is noted of a pane under measurement while it runs: keys and what answers them, its memory.

A pane has one only while it is profiled or a lab dock shows it; it is told of each key and each
read, and wakes nothing by itself. The output paired with a key is the first that comes behind it,
the kernel's echo included.

Left out, and counted: keys typed while the program was printing anyway (what follows is not their
answer), and keys that nothing answered in time. A key typed while one waits belongs to that one.
"""

from collections.abc import Callable
from typing import Final

# Output this short before a key makes what follows nobody's answer.
NOISE_S: Final = 0.05
ANSWER_S: Final = 1.0
# The longest a single key encodes to is about this; more at once is a paste.
KEY_BYTES: Final = 12
# A person types a hundred thousand keys in some hours; what comes then is counted only.
MAX_SAMPLES: Final = 100_000
# A sample of a program's memory takes 20-60 µs.
MEMORY_S: Final = 0.1

Clock = Callable[[], float]


class Meter:
    """``peak_bytes`` samples the memory the program has had at most, and ``ended`` is called
    once by `finish`."""

    __slots__ = (
        "_clock",
        "_ended",
        "_key_at",
        "_output_at",
        "_peak_bytes",
        "_sampled_at",
        "latencies_s",
        "memory_bytes",
        "noisy",
        "overflow",
        "unanswered",
    )

    def __init__(
        self,
        clock: Clock,
        peak_bytes: Callable[[], int] = lambda: 0,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self._clock = clock
        self._peak_bytes = peak_bytes
        self._ended = ended
        self._key_at: float | None = None
        self._output_at = self._sampled_at = float("-inf")
        self.latencies_s: list[float] = []
        self.memory_bytes = 0
        self.noisy = 0
        self.unanswered = 0
        self.overflow = 0

    def typed(self, count: int) -> None:
        """``count`` bytes of input are about to be written."""
        now = self._clock()
        if self._key_at is not None and now - self._key_at > ANSWER_S:
            self._key_at = None
            self.unanswered += 1
        if not 0 < count <= KEY_BYTES or self._key_at is not None:
            return
        if now - self._output_at < NOISE_S:
            self.noisy += 1
        else:
            self._key_at = now

    def arrived(self) -> None:
        """A read brought output."""
        now = self._clock()
        self._output_at = now
        if self._key_at is not None:
            self._answered(now - self._key_at)
            self._key_at = None
        if now - self._sampled_at >= MEMORY_S:
            self._sampled_at = now
            self.sample()

    def sample(self) -> None:
        """Look at the program's memory."""
        self.memory_bytes = max(self.memory_bytes, self._peak_bytes())

    def finish(self) -> None:
        """Nothing more comes: a key that waits has no answer."""
        if self._key_at is not None:
            self._key_at = None
            self.unanswered += 1
        ended, self._ended = self._ended, lambda: None
        ended()

    def _answered(self, latency_s: float) -> None:
        if latency_s > ANSWER_S:
            self.unanswered += 1
        elif len(self.latencies_s) < MAX_SAMPLES:
            self.latencies_s.append(latency_s)
        else:
            self.overflow += 1
