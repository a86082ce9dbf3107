"""What a pane's program sends to its terminal while somebody looks: in which pieces, and how much
of it for nothing.

A burst is output without a pause of `PAUSE_S`: for a program that draws, one of its pictures. The
rows that a burst has written are held against what they showed before it. That is done when the
next one begins, when somebody asks behind its end, or in the silence of the terminal, so there is
no timer for it. A burst that scrolls, or comes too fast to be judged, has no rows for nothing. Of
what is read nothing is kept.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from termlab.model.calls import SMALL_BYTES
from termlab.server.observing.silence import SILENCE_S
from termlab.terminal.census import ByteCounts, Census
from termlab.terminal.written_rows import WrittenRows

if TYPE_CHECKING:
    from termlab.server.pane import Pane

# A program draws no picture in pieces with longer pauses, nor pictures with shorter ones.
PAUSE_S: Final = 0.005
# Bytes with sequences that are judged a second: 60 pictures of 8 KiB, which takes 4 to 12 % of a
# CPU (`benchmarks/observing.py`). What comes faster is skimmed.
JUDGED_PER_S: Final = 1 << 19


class OutputSums(NamedTuple):
    """Since the watch began. ``busy_s`` is the time between reads, pauses of the silence left out;
    ``small_reads`` brought fewer than `SMALL_BYTES`."""

    counts: ByteCounts = ByteCounts()
    reads: int = 0
    small_reads: int = 0
    busy_s: float = 0.0
    bursts: int = 0
    rows_touched: int = 0
    rows_unchanged: int = 0
    rows_scrolled: int = 0


class OutputWatch:
    """One pane's."""

    def __init__(self, pane: "Pane", clock: Callable[[], float]) -> None:
        self._pane = pane
        self._clock = clock
        self._census = Census()
        self._tracker = WrittenRows(pane.emulator.size.rows)
        self._last_at = float("-inf")
        self._reads = self._small = self._bursts = 0
        self._busy_s = 0.0
        self._touched = self._unchanged = self._scrolled = 0
        self._open = False  # a burst that was not judged yet
        self._skimmed = False  # a part of it was
        self._allowance = float(JUDGED_PER_S)
        self._before: list[bytes] = []  # the rows in front of it
        self._history = 0

    def arrived(self, spans: Sequence[memoryview], count: int) -> None:
        """A read brought the first ``count`` bytes of ``spans``, which nobody has taken yet."""
        now = self._clock()
        pause, self._last_at = now - self._last_at, now
        if pause < SILENCE_S:
            self._busy_s += pause
        # What waits in front of it belongs to the burst that is still being shown.
        if pause >= PAUSE_S and self._pane.ring.waiting <= count and not self._holding():
            self._judge()
            self._begin()
        self._reads += 1
        self._small += count < SMALL_BYTES
        self._take(_joined(spans, count), pause)

    def _take(self, data: bytes, pause: float) -> None:
        """Judge it, as far as that is allowed by now; text is no effort."""
        self._allowance = min(self._allowance + pause * JUDGED_PER_S, JUDGED_PER_S)
        if b"\x1b" in data:
            if len(data) > self._allowance:
                self._skimmed = True
                self._census.skim(data)
                self._scrolled += data.count(b"\n")
                return
            self._allowance -= len(data)
        judged = self._census.take(data)
        if self._skimmed:
            self._scrolled += data.count(b"\n")
        else:
            self._tracker.take(judged)

    def edge(self, silent: bool) -> None:
        """The silence of the terminal begins: what came last is over."""
        if silent:
            self._judge()

    def read(self) -> OutputSums:
        """By now; a burst that still goes on is in it by its bytes alone."""
        over = self._clock() - self._last_at >= PAUSE_S or self._pane.exit_status is not None
        if over and not self._pane.ring.waiting:
            self._judge()
        return OutputSums(
            self._census.counts(),
            self._reads,
            self._small,
            self._busy_s,
            self._bursts,
            self._touched,
            self._unchanged,
            self._scrolled,
        )

    def close(self) -> None:
        """Nobody looks any more."""

    def _holding(self) -> bool:
        return self._pane.emulator.holding

    def _begin(self) -> None:
        """A burst: where it begins, and what the screen shows."""
        pane, rows = self._pane, self._pane.refresh().rows
        self._open = True
        self._skimmed = False
        self._bursts += 1
        self._before = list(rows)
        self._history = pane.emulator.history_rows()
        self._tracker.place(pane.cursor().y, len(rows))

    def _judge(self) -> None:
        """The burst is over, if one is open: what became of the rows that it wrote."""
        if not self._open or self._pane.closed:
            return
        self._open = False
        self._tracker.take(self._census.settle())
        before, rows = self._before, self._pane.refresh().rows
        grown = self._pane.emulator.history_rows() - self._history
        scrolled = max(self._tracker.scrolled, grown)
        written, erased = self._tracker.written, self._tracker.erased
        self._scrolled += scrolled
        self._touched += len(written) + scrolled
        if scrolled or len(rows) != len(before) or self._skimmed:
            return
        self._unchanged += sum(rows[y] == before[y] for y in written)
        # To erase what is blank, as `clear` does, is nothing to be blamed for.
        self._touched += sum(rows[y] != before[y] for y in erased - written)


def _joined(spans: Sequence[memoryview], count: int) -> bytes:
    """Their first ``count`` bytes: of two spans where the ring wraps."""
    first = bytes(spans[0][:count])
    return first if len(first) == count else first + bytes(spans[1][: count - len(first)])
