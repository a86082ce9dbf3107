"""When waiting output goes on to the engine: at once if nobody can gain from waiting, else in lots.

Rules, first match wins:

1. full: the ring has no room left;
2. size: ``flush_bytes`` are waiting;
3. key: a key was sent to the pane within ``key_s``: somebody waits for this;
4. quiet: nothing had come for ``flush_s`` before the first waiting byte;
5. time: the first waiting byte has waited ``flush_s``;
6. otherwise wait, until the deadline of rule 5 at most.

For output only: input is never held (a threshold on input is where keys get stuck). Takes ``now``
in seconds of any steady clock; owns no timer and no bytes.
"""

from typing import Final, NamedTuple

from termlab.errors import UsageError

FLUSH_BYTES: Final = 8192
FLUSH_MS: Final = 5.0
# How long after a key its answer is expected. Programs draw within one or two screen refreshes;
# beyond that the quiet rule catches the first byte anyway.
KEY_MS: Final = 100.0

_LONG_AGO: Final = float("-inf")


class Flush:
    """Why waiting bytes went on to the engine: plain words, an Enum's hash is Python code."""

    FULL: Final = "full"
    SIZE: Final = "size"
    KEY: Final = "key"
    QUIET: Final = "quiet"
    TIME: Final = "time"
    END: Final = "end"  # the child's output ended: whatever waits goes


REASONS: Final = (Flush.FULL, Flush.SIZE, Flush.KEY, Flush.QUIET, Flush.TIME, Flush.END)


class Thresholds(NamedTuple):
    """Bytes and seconds of the rules above."""

    flush_bytes: int = FLUSH_BYTES
    flush_s: float = FLUSH_MS / 1000
    key_s: float = KEY_MS / 1000


class CoalescerStats(NamedTuple):
    """Counted since the start. ``saved`` are engine calls and frames spared: reads less flushes."""

    reads: int
    bytes: int
    flushes: dict[str, int]
    mean_flush_bytes: float
    saved: int


DEFAULT_THRESHOLDS: Final = Thresholds()


def decide(
    thresholds: Thresholds,
    waiting: int,
    full: bool,
    first_at: float,
    quiet_before: float,
    key_at: float,
    now: float,
) -> str | None:
    """The rules at the top of this file; ``quiet_before`` is the silence before ``first_at``."""
    if full:
        return Flush.FULL
    if waiting >= thresholds.flush_bytes:
        return Flush.SIZE
    if now - key_at <= thresholds.key_s:
        return Flush.KEY
    if quiet_before >= thresholds.flush_s:
        return Flush.QUIET
    if now >= first_at + thresholds.flush_s:  # the very sum that `deadline` gives
        return Flush.TIME
    return None


class Coalescer:
    """The times and counters of one stream; `decide` is the rule."""

    __slots__ = (
        "_bytes",
        "_first_at",
        "_flushes",
        "_key_at",
        "_last_at",
        "_quiet_before",
        "_reads",
        "thresholds",
    )

    def __init__(self, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> None:
        if thresholds.flush_bytes < 1 or thresholds.flush_s < 0:
            raise UsageError(
                f"flush_bytes = {thresholds.flush_bytes}, flush_ms = {thresholds.flush_s * 1000:g} "
                "can't be: give flush_bytes of 1 or more and flush_ms of 0 or more"
            )
        self.thresholds = thresholds
        self._first_at: float | None = None
        self._last_at = _LONG_AGO
        self._quiet_before = 0.0
        self._key_at = _LONG_AGO
        self._reads = 0
        self._bytes = 0
        self._flushes = dict.fromkeys(REASONS, 0)

    def key_sent(self, now: float) -> None:
        """A key went to the child: what it answers is wanted at once."""
        self._key_at = now

    def arrived(self, count: int, now: float) -> None:
        """One read brought ``count`` bytes."""
        if self._first_at is None:
            self._first_at = now
            self._quiet_before = now - self._last_at
        self._last_at = now
        self._reads += 1
        self._bytes += count

    def check(self, waiting: int, full: bool, now: float) -> str | None:
        """Whether to flush the ``waiting`` bytes now, and why; None: not before `deadline`."""
        if self._first_at is None:
            return None
        return decide(
            self.thresholds,
            waiting,
            full,
            self._first_at,
            self._quiet_before,
            self._key_at,
            now,
        )

    def deadline(self) -> float | None:
        """When the waiting bytes must go at the latest; None while none wait."""
        return None if self._first_at is None else self._first_at + self.thresholds.flush_s

    def flushed(self, reason: str) -> None:
        """The waiting bytes were handed on."""
        self._flushes[reason] += 1
        self._first_at = None

    def drained(self) -> None:
        """No byte waits: those that came while a flush was under way went with it."""
        self._first_at = None

    def stats(self) -> CoalescerStats:
        count = sum(self._flushes.values())
        return CoalescerStats(
            self._reads,
            self._bytes,
            dict(self._flushes),
            self._bytes / count if count else 0.0,
            max(self._reads - count, 0),
        )
