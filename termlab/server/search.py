"""A search through a pane's history and screen, a slice of a millisecond in each turn of the loop.

First the nearest hit in the asked direction, going on from the other end if there is none; then all
hits are counted, newest rows first. Rows are matched one by one: what wraps from one row into the
next is not found. It shows nothing; whoever starts it is told.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from termlab.errors import UsageError
from termlab.server.cells import Span, texts
from termlab.server.loop import Loop
from termlab.server.motions import Spot
from termlab.server.pane import Pane

SLICE_S: Final = 0.001
# So many rows are read between two looks at the clock.
BATCH_ROWS: Final = 32
MAX_PATTERN_CHARS: Final = 500
# A repeat of what repeats: on some rows it would take for ever.
_NESTED: Final = re.compile(r"[*+}][?+]?\)+[*+{]")


def pattern_of(text: str, regex: bool) -> re.Pattern[str]:
    """What to look for. Without a capital in it, case does not matter. Raises ``UsageError``."""
    if not text or len(text) > MAX_PATTERN_CHARS:
        raise UsageError(
            f"can't search for {len(text)} characters: give 1 to {MAX_PATTERN_CHARS} of them"
        )
    if regex and _NESTED.search(text):
        raise UsageError(f"{text!r} repeats what repeats, which may never end: take one of the two")
    flags = re.NOFLAG if any(char.isupper() for char in text) else re.IGNORECASE
    try:
        return re.compile(text if regex else re.escape(text), flags)
    except re.error as error:
        raise UsageError(f"{text!r} is no regular expression: {error}") from error


def hits(line: Sequence[str], pattern: re.Pattern[str]) -> list[Span]:
    """The columns of each hit in a line of cells."""
    columns = [at for at, text in enumerate(line) for _ in text]
    columns.append(len(line))
    return [
        (columns[found.start()], columns[found.end() - 1] + 1)
        for found in pattern.finditer("".join(line))
        if found.end() > found.start()
    ]


class Search:
    """One search from ``spot``. ``found`` gets the hit; ``ended`` is called once all is counted."""

    def __init__(
        self,
        pane: Pane,
        loop: Loop,
        pattern: re.Pattern[str],
        backward: bool,
        spot: Spot,
        found: Callable[[Spot], None],
        ended: Callable[[], None],
    ) -> None:
        self.count = 0
        self.running = True
        self.hit = False
        self._pane = pane
        self._emulator = pane.emulator
        self._loop = loop
        self._pattern = pattern
        self._backward = backward
        self._spot = spot
        self._rows = pane.emulator.history_rows() + pane.emulator.size.rows
        # Rows are counted as they were when it began: this tells how far they have moved since.
        self._anchor = pane.emulator.track(spot.row)
        self._found = found
        self._ended = ended
        self._work = chain(self._jump(), self._count())
        loop.soon(self._slice)

    def cancel(self) -> None:
        """Stop; nobody is told any more."""
        if self.running:
            self.running = False
            if not self._pane.closed:
                self._emulator.untrack(self._anchor)

    def _slice(self) -> None:
        until = self._loop.clock() + SLICE_S
        while self.running and not self._pane.closed:
            if next(self._work, self) is self:
                self.cancel()
                self._ended()
            elif self._loop.clock() >= until:
                self._loop.soon(self._slice)
                return

    def _jump(self) -> Iterator[None]:
        """Find the nearest hit; stops for a look at the clock between batches."""
        row, last = self._spot.row, self._rows - 1
        ahead: Iterable[range] = (_up(row, 0), _up(last, row))
        if not self._backward:
            ahead = (_down(row, last), _down(0, row))
        first = True
        for batch in (each for part in ahead for each in _batches(part)):
            for at, line in self._read(batch):
                spot = self._nearest(at, first) if self._pattern.search(line) else None
                first = False
                if spot is not None:
                    self.hit = True
                    self._found(spot)
                    return
            first = False
            yield

    def _count(self) -> Iterator[None]:
        if not self.hit:
            return
        for batch in _batches(_up(self._rows - 1, 0)):
            for _, line in self._read(batch):
                self.count += sum(1 for hit in self._pattern.finditer(line) if hit[0])
            yield

    def _nearest(self, row: int, first: bool) -> Spot | None:
        """The hit of a row that comes first; on the first row, beyond where the search began."""
        line = texts(self._emulator.rows_at(row, 1)[0])
        columns = [start for start, _ in hits(line, self._pattern)]
        if first and self._backward:
            columns = [column for column in columns if column < self._spot.column]
        elif first:
            columns = [column for column in columns if column > self._spot.column]
        if not columns:
            return None
        return Spot(row, columns[-1] if self._backward else columns[0])

    def _read(self, batch: range) -> Iterator[tuple[int, str]]:
        """The rows of a batch with their numbers of now, in its order."""
        now = self._emulator.tracked_row(self._anchor)
        moved = 0 if now is None else now - self._spot.row
        low = min(batch) + moved
        first = max(low, 0)
        lines = self._emulator.text_at(first, max(low + len(batch) - first, 0))
        numbered = list(enumerate(lines, first))
        return iter(numbered if batch.step > 0 else numbered[::-1])


def _up(start: int, end: int) -> range:
    return range(start, end - 1, -1)


def _down(start: int, end: int) -> range:
    return range(start, end + 1)


def _batches(rows: range) -> Iterator[range]:
    return (rows[at : at + BATCH_ROWS] for at in range(0, len(rows), BATCH_ROWS))
