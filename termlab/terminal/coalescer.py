"""When waiting output goes on to the engine: at once if nobody can gain from waiting, else in lots.

Rules, first match wins:

1. full: the ring has no room left;
2. size: ``flush_bytes`` are waiting;
3. key: a key was sent to the pane within ``key_s``: somebody waits for this;
4. quiet: nothing had come for ``flush_s`` before the first waiting byte;
5. time: the first waiting byte has waited ``flush_s``;
6. otherwise wait, until the deadline of rule 5 at most.

With ``auto``, `tuning` moves the thresholds by what it learns, and in case 6 may have the reads
rest. That moves no byte, so a switch at any moment loses none.

For output only: input is never held (a threshold on input is where keys get stuck). Takes ``now``
in seconds of any steady clock; owns no timer and no bytes.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from termlab.terminal.flushing import DEFAULT_THRESHOLDS, Thresholds
from termlab.terminal.ring import DEFAULT_CAPACITY

if TYPE_CHECKING:  # a server without panes needs none
    from termlab.terminal.tuning import Tuner

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


class CoalescerStats(NamedTuple):
    """Counted since the start. ``saved`` are engine calls and frames spared: reads less flushes.
    ``flush_bytes`` and ``flush_ms`` hold now; what follows is what `tuning` learned and did."""

    reads: int
    bytes: int
    flushes: dict[str, int]
    mean_flush_bytes: float
    saved: int
    auto: bool
    flush_bytes: int
    flush_ms: float
    rest_ms: float
    learned: str
    why: str
    bytes_per_wake: float
    wakes_per_s: float
    judged: int
    switches: int
    rests: int
    held: int


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
        "_gathered",
        "_key_at",
        "_last_at",
        "_quiet_before",
        "_reads",
        "_rest_from",
        "_room",
        "_tuner",
        "thresholds",
    )

    def __init__(
        self, thresholds: Thresholds = DEFAULT_THRESHOLDS, room: int = DEFAULT_CAPACITY
    ) -> None:
        """``room`` is the capacity of the ring the bytes wait in."""
        self._room = room
        self._tuner: Tuner | None
        self.configure(thresholds)
        self._first_at: float | None = None
        self._last_at = _LONG_AGO
        self._quiet_before = 0.0
        self._key_at = _LONG_AGO
        self._rest_from: float | None = None
        self._gathered = 0  # in the rest that is under way
        self._reads = 0
        self._bytes = 0
        self._flushes = dict.fromkeys(REASONS, 0)

    def configure(self, thresholds: Thresholds) -> None:
        """Go by these from here on, what waits already too; `tuning` learns anew."""
        self.thresholds = thresholds.checked()
        self._tuner = None
        if thresholds.auto:
            from termlab.terminal.tuning import Tuner

            self._tuner = Tuner(thresholds, self._room)

    def key_sent(self, now: float) -> None:
        """A key went to the child: what it answers is wanted at once."""
        self._key_at = now

    def arrived(self, count: int, now: float) -> None:
        """One read brought ``count`` bytes."""
        gap_s = now - self._last_at
        if self._first_at is None:
            # What comes at the end of a rest may be as old as that.
            self._first_at = now if self._rest_from is None else self._rest_from
            self._quiet_before = gap_s
        self._last_at = now
        if self._rest_from is not None:
            self._gathered += count
        elif self._tuner is not None:
            self._tuner.woke(count, gap_s)
            self.thresholds = self._tuner.thresholds
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

    def rest(self, now: float) -> float | None:
        """Until when reads may be put off, for `check` has said to wait; then all that has come is
        to be read, and `rested` to be called. None: the next read is wanted at once."""
        tuner, deadline = self._tuner, self.deadline()
        if tuner is None or not tuner.rest_s or deadline is None:
            return None
        if now - self._key_at <= self.thresholds.key_s:
            return None
        self._rest_from, self._gathered = now, 0
        return min(now + tuner.rest_s, deadline)

    def rested(self) -> None:
        """The rest is over, and nothing is left of what came in it."""
        if self._rest_from is not None and self._tuner is not None:
            self._tuner.rested(self._gathered)
        self._rest_from = None

    def flushed(self, reason: str) -> None:
        """The waiting bytes were handed on."""
        self._flushes[reason] += 1
        self._first_at = None

    def drained(self) -> None:
        """No byte waits: those that came while a flush was under way went with it."""
        self._first_at = None

    def stats(self) -> CoalescerStats:
        count = sum(self._flushes.values())
        tuner = self._tuner
        return CoalescerStats(
            self._reads,
            self._bytes,
            dict(self._flushes),
            self._bytes / count if count else 0.0,
            max(self._reads - count, 0),
            tuner is not None,
            self.thresholds.flush_bytes,
            self.thresholds.flush_s * 1000,
            tuner.rest_s * 1000 if tuner else 0.0,
            *(tuner.learned if tuner else ("fixed", "as configured", 0.0, 0.0)),
            *(tuner.stats() if tuner else (0, 0, 0, 0)),
        )
