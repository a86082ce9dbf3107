"""How much of the waiting output the engine gets in one turn: what fits a time budget.

Hostile output is up to a thousand times slower to interpret than text (one call with 8 KiB of
repeats holds for 96 ms), so bytes are measured out by the pane's last rate. Long turns while nobody
types, short ones for a second after a key anywhere, so that a flood never delays a key.

A program that synchronises its output is nearly always inside its next picture when a call ends.
Calls end behind the end of a picture instead, and `picture` tells whoever shows it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from termlab.terminal.coalescer import Coalescer, Flush
from termlab.terminal.emulator import Emulator
from termlab.terminal.marks import Marks
from termlab.terminal.ring import Ring

if TYPE_CHECKING:
    from termlab.terminal.lines import Lines

# Measured beside a flooding pane: 4 ms a turn let a key wait 16 ms at p99, 0.3 ms only 2.8.
QUIET_BUDGET_S: Final = 0.004
TYPING_BUDGET_S: Final = 0.0003
TYPING_S: Final = 1.0
LEAST_BYTES: Final = 64
FIRST_BYTES: Final = 512
# Text may turn hostile at any byte: one call at the rate of text must not hold for seconds. Calls
# of this size cost text 1-2 %, of half of it 15 %.
MOST_BYTES: Final = 16384
END_OF_PICTURE: Final = b"\x1b[?2026l"


def budget(now: float, last_key: float) -> float:
    """Seconds one pane may hold the loop in a turn; ``last_key`` is that of any pane."""
    return TYPING_BUDGET_S if now - last_key < TYPING_S else QUIET_BUDGET_S


class Feeder:
    """Moves bytes from a ring to an engine when the coalescer says so."""

    __slots__ = (
        "_clock",
        "_holds",
        "_rate",
        "coalescer",
        "emulator",
        "marks",
        "pending",
        "picture",
        "ring",
    )

    def __init__(
        self, ring: Ring, coalescer: Coalescer, emulator: Emulator, clock: Callable[[], float]
    ) -> None:
        self.ring = ring
        self.marks: Marks | None = None  # what a shell says by the way, if anybody wants to know
        self.coalescer = coalescer
        self.emulator = emulator
        self.pending = False  # a flush was decided and some of its bytes still wait
        self.picture: Callable[[], None] = _nothing  # called when a synchronised picture is whole
        self._clock = clock
        self._holds = False  # the program has synchronised its output
        self._rate = 0.0  # bytes a second, of the last call

    @property
    def lines(self) -> "Lines | None":
        """What the shell has told of its lines; None if it never did."""
        return None if self.marks is None else self.marks.lines

    def turn(self, now: float, last_key: float) -> int:
        """Feed what is due, within the budget: how many bytes were fed. ``last_key`` is when
        anybody last typed.

        Afterwards `pending` tells that another turn is wanted at once, and the coalescer's
        `deadline` when the next is due otherwise.
        """
        if not self.pending:
            reason = self.coalescer.check(self.ring.waiting, not self.ring.free, now)
            if reason is None:
                return 0
            self.coalescer.flushed(reason)
        return self._feed(now, last_key)

    def finish(self, now: float, last_key: float) -> int:
        """The child's output has ended: feed the rest, one budget at a time."""
        if self.ring.waiting and not self.pending:
            self.coalescer.flushed(Flush.END)
        return self._feed(now, last_key)

    def _feed(self, now: float, last_key: float) -> int:
        if 0 < self.ring.waiting <= LEAST_BYTES and not self._holds:
            return self._feed_little()
        fed, budget_s = 0, budget(now, last_key)
        start = before = self._clock()
        while True:
            left = budget_s - (before - start)
            limit = min(int(left * self._rate), MOST_BYTES) if self._rate else FIRST_BYTES
            count = self._interpret(self._whole_pictures(max(limit, LEAST_BYTES)))
            if not count:
                self.pending = False
                self.coalescer.drained()
                return fed
            fed += count
            if self.emulator.holding:
                self._holds = True
            elif self._holds:
                self.picture()
            after = self._clock()
            self._rate = count / max(after - before, 1e-6)
            before = after
            if after - start >= budget_s and self.ring.waiting:
                self.pending = True
                return fed

    def _feed_little(self) -> int:
        """A key's echo: there is nothing to measure out."""
        fed = 0
        while count := self._interpret(self.ring.peek(LEAST_BYTES)):
            fed += count
        self.pending = False
        self._holds = self.emulator.holding
        self.coalescer.drained()
        return fed

    def _interpret(self, chunk: memoryview) -> int:
        """Feed ``chunk``, or what of it is before the next mark: how many bytes that were."""
        marks = self.marks
        if marks is not None:
            chunk = marks.cut(chunk)
        count = len(chunk)
        if count:
            self.emulator.feed(chunk)
            self.ring.consume(count)
        if marks is not None:
            marks.fed()
        return count

    def _whole_pictures(self, limit: int) -> memoryview:
        """What waits, up to ``limit`` bytes, no further than the last end of a picture there."""
        if self._holds:
            end = self.ring.rfind(END_OF_PICTURE, limit)
            limit = limit if end < 0 else end + len(END_OF_PICTURE)
        return self.ring.peek(limit)


def _nothing() -> None: ...
