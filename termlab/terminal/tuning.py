"""Moving the coalescer's thresholds by what a wake-up brings: what ``flush = "auto"`` does.

A wake-up is a read that a pane was woken for. Those that came under load are looked at, `WINDOW` of
them together. Rules, first match wins:

1. bulk: a wake-up brings `BULK_BYTES` or more. ``flush_bytes`` goes up to `MOST_FLUSH_BYTES`: there
   are fewer calls of the engine and pictures in a flood that nobody can read.
2. pieces: so little at a time that `REST_WAKES` wake-ups or more fit into a rest. The pane is not
   read for that long; one read then brings what the others would have.
3. sparse: wake-ups are half of ``flush_ms`` or more apart, so waiting would bring one or two
   together. ``flush_ms`` goes down to `LEAST_FLUSH_MS`.
4. mixed: all is as configured.

The configured ``flush_ms`` stays the longest that a byte waits, a rest ends with it at the latest,
and nothing rests after a key. A rest is so short that the kernel can hold what comes meanwhile: if
one fills it, the program was held, and that is not tried again for longer and longer.

Pure: time comes in as the gaps between reads. Knows no bytes, so switching can lose none.
"""

import sys
from typing import Final, NamedTuple

from termlab.terminal.flushing import Thresholds

WINDOW: Final = 64
BULK_BYTES: Final = 2048
MOST_FLUSH_BYTES: Final = 32 * 1024
LEAST_FLUSH_MS: Final = 1.0
# What a rest is to gather, and from where on there may have been no room for more: what the kernel
# holds of a terminal's output ready to be read is 4 KiB on Linux, 1 KiB on other Unixes.
REST_BYTES: Final = 2048 if sys.platform in ("linux", "win32") else 512
FULL_BYTES: Final = 2 * REST_BYTES - 1
REST_WAKES: Final = 4
# After so many rests, about a second, a window is looked at without: the stream may be another.
RESTS: Final = 200
MOST_WINDOW: Final = 64 * WINDOW

START: Final = "start"
BULK: Final = "bulk"
PIECES: Final = "pieces"
SPARSE: Final = "sparse"
MIXED: Final = "mixed"


class Learned(NamedTuple):
    """What the last window told: its kind, in a sentence, and the figures it follows from."""

    kind: str = START
    why: str = "nothing yet: the thresholds are as configured"
    bytes_per_wake: float = 0.0
    wakes_per_s: float = 0.0


class TunerStats(NamedTuple):
    """``switches`` from one kind to another, ``rests`` taken, ``held`` those that were full."""

    judged: int
    switches: int
    rests: int
    held: int


class Tuner:
    """One stream's. ``thresholds`` hold now, ``rest_s`` is how long a read may be put off."""

    __slots__ = (
        "_bytes",
        "_configured",
        "_elapsed_s",
        "_held",
        "_judged",
        "_most_bytes",
        "_rested",
        "_rests",
        "_switches",
        "_wakes",
        "_window",
        "learned",
        "rest_s",
        "thresholds",
    )

    def __init__(self, configured: Thresholds, room: int) -> None:
        """``room`` is the ring's: half of it is left for what comes while the rest is fed."""
        self.thresholds = self._configured = configured
        self._most_bytes = max(min(MOST_FLUSH_BYTES, room // 2), configured.flush_bytes)
        self.learned = Learned()
        self.rest_s = 0.0
        self._window = WINDOW
        self._judged = self._switches = 0
        self._rested = self._rests = self._held = 0
        self._bytes = self._wakes = 0
        self._elapsed_s = 0.0

    def woke(self, count: int, gap_s: float) -> None:
        """A wake-up brought ``count`` bytes, ``gap_s`` after the one before."""
        if gap_s >= self._configured.flush_s or self.rest_s:
            return  # no load, or what a rest has made of it
        self._bytes += count
        self._wakes += 1
        self._elapsed_s += gap_s
        if self._wakes >= self._window:
            self._judge()

    def rested(self, count: int) -> None:
        """``count`` bytes came in a rest."""
        self._rests += 1
        self._rested += 1
        if count >= FULL_BYTES:
            self._held += 1
            self._window = min(self._window * 2, MOST_WINDOW)
            self.rest_s = 0.0
        elif self._rested >= RESTS:
            self._window = WINDOW
            self.rest_s = 0.0

    def stats(self) -> TunerStats:
        return TunerStats(self._judged, self._switches, self._rests, self._held)

    def _judge(self) -> None:
        mean = self._bytes / self._wakes
        per_s = self._wakes / max(self._elapsed_s, 1e-6)
        self._judged += 1
        self._rested = self._bytes = self._wakes = 0
        self._elapsed_s = 0.0
        # What is bulk stays it until it is clearly none: at the edge there is no gain in switching.
        edge = BULK_BYTES // 2 if self.learned.kind == BULK else BULK_BYTES
        rest_s = self._rest(mean * per_s)
        kind, why = MIXED, "the thresholds are as configured"
        thresholds = self._configured
        if mean >= edge:
            kind, rest_s = BULK, 0.0
            thresholds = thresholds._replace(flush_bytes=self._most_bytes)
            why = f"the screen follows after {self._most_bytes:,} bytes, with fewer pictures unseen"
        elif rest_s * per_s >= REST_WAKES:
            kind = PIECES
            why = f"reads rest for {rest_s * 1000:g} ms, and one brings what many would have"
        elif per_s * thresholds.flush_s <= 2:
            kind, rest_s = SPARSE, 0.0
            thresholds = thresholds._replace(flush_s=min(thresholds.flush_s, LEAST_FLUSH_MS / 1000))
            why = f"the screen follows after {thresholds.flush_s * 1000:g} ms: little would gather"
        else:
            rest_s = 0.0
        self.rest_s, self.thresholds = rest_s, thresholds
        if kind != PIECES:
            self._window = WINDOW
        self._switches += kind != self.learned.kind
        said = f"a wake-up brings {mean:,.0f} bytes, there are {per_s:,.0f} a second: {why}"
        self.learned = Learned(kind, said, mean, per_s)

    def _rest(self, bytes_per_s: float) -> float:
        """How long a rest may be for the kernel to hold what comes; 0 for none."""
        s = min(self._configured.flush_s, REST_BYTES / max(bytes_per_s, 1.0))
        return int(s * 1000 + 1e-6) / 1000  # the loop's timers are of whole milliseconds
