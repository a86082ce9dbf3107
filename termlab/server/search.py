"""A search through a pane's history and screen, a slice of a millisecond in each turn of the loop.

First the nearest hit in the asked direction, going on from the other end if there is none; then all
hits are counted, newest lines first. Lines are searched as they were before they wrapped. It shows
nothing; whoever starts it is told.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final, NamedTuple

from termlab.server.loop import Loop
from termlab.server.motions import Spot
from termlab.server.pane import Pane
from termlab.server.pattern import MAX_LINE_CHARS, Pattern
from termlab.server.unwrapped import Found, first_of, found_in, last_of, longest

SLICE_S: Final = 0.001
# A key that was typed into a pane is answered first: for so long a slice is one batch.
ANSWER_S: Final = 0.006
# About so many cells are read between two looks at the clock, 0.2 ms. Fewer cost more in all: the
# engine looks for the first row of each batch.
BATCH_CELLS: Final = 25_000
MAX_BATCH_ROWS: Final = 512
# Where a batch has a hit, it is looked for in so many rows at a time.
NEAR_ROWS: Final = 16
# How often it is told how far the count has come.
PROGRESS_S: Final = 0.1


class Tally(NamedTuple):
    """All hits: how many in total, and which of them, counted from the top, the hit at ``spot`` is.
    ``output`` is how many bytes the pane had shown by then."""

    total: int
    ordinal: int
    spot: Spot
    output: int


class Batch(NamedTuple):
    """Rows ``first`` to ``end``, the last one not among them, and their lines."""

    first: int
    end: int
    data: bytes


class Search:
    """One search from ``spot``; ``wrapped`` once it went on from the other end, ``cut`` if lines
    were too long for an expression of this size.

    ``found`` gets the hit; ``changed`` is called when there is more to say, last once it has ended.
    ``known`` is the count of the search before, if it was for this; ``typed_at`` tells when anybody
    last typed into a pane.
    """

    def __init__(
        self,
        pane: Pane,
        loop: Loop,
        pattern: Pattern,
        backward: bool,
        spot: Spot,
        found: Callable[[Spot], None],
        changed: Callable[[], None],
        known: Tally | None = None,
        typed_at: Callable[[], float] = lambda: float("-inf"),
    ) -> None:
        self.count = 0
        self.running, self.ended = True, False  # ended: by itself, nothing is left to search
        self.hit: Spot | None = None
        self.wrapped = self.cut = False
        self.tally: Tally | None = None
        self._pane = pane
        self._emulator = pane.emulator
        self._size = pane.emulator.size
        self._loop = loop
        self._pattern = pattern
        self.backward = backward
        self._spot = spot
        self._known = known
        self._typed_at = typed_at
        self._empty: range | None = None  # rows without a hit
        self._last = pane.emulator.history_rows() + self._size.rows - 1
        # Rows are counted as they were when it began: this tells how far they have moved since.
        self._anchor = pane.emulator.track(self._last)
        self._found = found
        self._changed = changed
        self._told_at = loop.now
        self._work = chain(self._jump(), self._count())
        loop.soon(self._slice)

    def cancel(self) -> None:
        """Stop; nobody is told any more."""
        if self.running:
            self.running = False
            if not self._pane.closed:
                self._emulator.untrack(self._anchor)
                self._pane.read_through()

    def _slice(self) -> None:
        answering = self._loop.now - self._typed_at() < ANSWER_S
        until = self._loop.clock() + (0 if answering else SLICE_S)
        while self.running and not self._pane.closed:
            if next(self._work, self) is self:
                self.ended = True
                self.cancel()
                self._changed()
            elif (now := self._loop.clock()) >= until:
                if self.hit and now - self._told_at >= PROGRESS_S:
                    self._told_at = now
                    self._changed()
                self._loop.soon(self._slice)
                return

    # The nearest hit

    def _jump(self) -> Iterator[None]:
        """Find the nearest hit; stops for a look at the clock between batches."""
        spot, down = self._spot, not self.backward
        low, high = first_of(self._emulator, spot.row), last_of(self._emulator, spot.row)
        below, above = (low, self._last), (0, high)
        for wrapped, rows in enumerate((below, above) if down else (above, below)):
            self.wrapped = bool(wrapped)
            for hit in self._all(*rows, down):
                if hit is None:
                    yield
                elif hit.spot == spot:
                    if wrapped:  # it is the only one
                        self._stop_at(hit.spot)
                        return
                elif (hit.spot > spot) == (down != bool(wrapped)):
                    self._stop_at(hit.spot)
                    return
        self.wrapped = False

    def _stop_at(self, spot: Spot) -> None:
        self.hit = spot
        self._found(Spot(spot.row + (self._moved() or 0), spot.column))

    def _all(self, first: int, last: int, down: bool) -> Iterator[Found | None]:
        """The hits of these rows in that order; None wherever the clock may be looked at."""
        for batch in self._batches(first, last, down, self._batch_rows()):
            for piece in self._pieces(batch.data):
                if self._pattern.found(piece):
                    yield from self._near(batch, down)
                    break
                yield None
            else:
                self._add_empty(batch)
            yield None

    def _add_empty(self, batch: Batch) -> None:
        """Before the first hit there is nothing to count. Where it went on from the other end, that
        is not told."""
        if self.wrapped:
            return
        rows = self._empty or range(batch.first, batch.end)
        self._empty = range(min(rows.start, batch.first), max(rows.stop, batch.end))

    def _near(self, batch: Batch, down: bool) -> Iterator[Found | None]:
        for part in self._batches(batch.first, batch.end - 1, down, NEAR_ROWS):
            if any(map(self._pattern.found, self._pieces(part.data))):
                found = self._hits(part)
                yield from found if down else reversed(found)
            yield None

    def _hits(self, batch: Batch) -> list[Found]:
        moved = self._moved()
        if moved is None:
            return []
        first = max(batch.first + moved, 0)
        count = batch.end + moved - first
        found = found_in(self._emulator, first, count, self._pattern)
        return [Found(Spot(hit.spot.row - moved, hit.spot.column), hit.pieces) for hit in found]

    # All of them

    def _count(self) -> Iterator[None]:
        if self.hit is None:
            return
        if self._known is not None and self._step(self._known):
            return
        before, hit = 0, self.hit
        empty = self._empty or range(0)
        for batch in chain(
            self._batches(max(empty.stop, 0), self._last, False, self._batch_rows()),
            self._batches(0, empty.start - 1, False, self._batch_rows()),
        ):
            parts = [batch]
            if batch.first <= hit.row < batch.end:
                parts = list(self._batches(batch.first, batch.end - 1, False, NEAR_ROWS))
            for part in parts:
                for counted in self._counts(part.data):
                    self.count += counted
                    before += counted if part.end <= hit.row else 0
                    yield
                if part.first <= hit.row < part.end:
                    before += sum(1 for found in self._hits(part) if found.spot < hit)
        if self._moved() is not None:
            self._finish(before + 1)

    def _step(self, known: Tally) -> bool:
        """Whether the hit is the one beside that of the search before, so that its place follows
        from there."""
        if known.output != self._output() or known.spot != self._spot or not known.total:
            return False
        self.count = known.total
        step = -1 if self.backward else 1
        self._finish((known.ordinal - 1 + step) % known.total + 1)
        return True

    def _finish(self, ordinal: int) -> None:
        if self.hit is not None:
            moved = self._moved() or 0
            spot = Spot(self.hit.row + moved, self.hit.column)
            self.tally = Tally(self.count, min(ordinal, self.count), spot, self._output())

    def _counts(self, data: bytes) -> Iterator[int]:
        return (count for part in self._pieces(data) for count in self._pattern.counts(part))

    # Text

    def _output(self) -> int:
        return self._emulator.stats().bytes_fed

    def _batch_rows(self) -> int:
        return min(max(BATCH_CELLS // self._size.cols, 1), MAX_BATCH_ROWS)

    def _moved(self) -> int | None:
        """How far rows have moved since it began; None if that can't be said any more."""
        if self._pane.closed or self._emulator.size != self._size:
            return None
        now = self._emulator.tracked_row(self._anchor)
        return None if now is None else now - self._last

    def _batches(self, first: int, last: int, down: bool, rows: int) -> Iterator[Batch]:
        """Rows ``first`` to ``last`` in batches of whole lines, downwards or upwards."""
        low, end = first, last + 1
        spare = longest(self._emulator)
        while low < end and (moved := self._moved()) is not None:
            if down:
                start, stop = low, min(low + rows, end)
                most = min(stop + spare, end)
                while stop < most and self._wraps(stop - 1 + moved):
                    stop += 1
                low = stop
            else:
                start, stop = max(end - rows, low), end
                least = max(start - spare, low)
                while start > least and self._wraps(start - 1 + moved):
                    start -= 1
                end = start
            kept = max(start, -moved)  # rows above have been dropped
            if kept < stop:
                yield Batch(kept, stop, self._emulator.joined_at(kept + moved, stop - kept))
            elif not down:
                return

    def _wraps(self, row: int) -> bool:
        return row >= 0 and self._emulator.wraps(row)

    def _pieces(self, data: bytes) -> Iterator[bytes]:
        """Lines as many at a time as the expression may be given. Of a longer one it gets the
        beginning."""
        limit, at = self._pattern.limit, 0
        while len(data) - at > limit:
            end = data.rfind(b"\n", at, at + limit)
            yield data[at : end if end >= 0 else at + limit]
            if end < 0:
                self.cut = True
                end = data.find(b"\n", at + limit)
            if end < 0:
                return
            at = end + 1
        yield data[at:]


def cut_at(pattern: Pattern) -> int:
    """So many characters of a line are searched."""
    return min(pattern.limit, MAX_LINE_CHARS)
