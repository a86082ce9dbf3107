"""Lines as they were before they wrapped: which rows of a pane are one, and where in them is what.

Pure but for what it reads of the emulator. A line longer than `MAX_LINE_CHARS` is taken in parts.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from termlab.server.cells import Span, texts
from termlab.server.motions import Spot
from termlab.server.pattern import MAX_LINE_CHARS, Pattern
from termlab.terminal.emulator import Emulator

# A row's number in its line, and the columns there.
Piece = tuple[int, Span]


class Found(NamedTuple):
    """A hit in a pane: its first cell, and the columns of it in each row it is on."""

    spot: Spot
    pieces: tuple[Piece, ...]


def longest(emulator: Emulator) -> int:
    """How many rows are taken for one line at most."""
    return max(MAX_LINE_CHARS // emulator.size.cols, 1)


def first_of(emulator: Emulator, row: int) -> int:
    """The first row of the line that ``row`` is part of."""
    lowest = max(row - longest(emulator), 0)
    while row > lowest and emulator.wraps(row - 1):
        row -= 1
    return row


def last_of(emulator: Emulator, row: int) -> int:
    """The last row of the line that ``row`` is part of."""
    highest = row + longest(emulator)
    while row < highest and emulator.wraps(row):
        row += 1
    return row


def lines_of(emulator: Emulator, first: int, count: int) -> Iterator[tuple[int, list[bytes]]]:
    """These rows by lines: the number of each line's first row, and its rows."""
    start, line = first, list[bytes]()
    for row, data in enumerate(emulator.rows_at(first, count), first):
        line.append(data)
        if not emulator.wraps(row):
            yield start, line
            start, line = row + 1, []
    if line:
        yield start, line


def found_in(emulator: Emulator, first: int, count: int, pattern: Pattern) -> list[Found]:
    """Every hit in these rows, the topmost first."""
    return [
        Found(
            Spot(start + pieces[0][0], pieces[0][1][0]),
            tuple((start + row, span) for row, span in pieces),
        )
        for start, rows in lines_of(emulator, first, count)
        for pieces in hits([texts(row) for row in rows], pattern)
    ]


def hits(rows: Sequence[Sequence[str]], pattern: Pattern) -> list[list[Piece]]:
    """The cells of each hit in a line of these rows of cells. Blanks at its end are no part."""
    parts = ["".join(row) for row in rows]
    spans = pattern.spans("".join(parts).rstrip(" "))
    if not spans:
        return []
    starts = [0, *accumulate(map(len, parts))]
    columns = [_columns(row, part) for row, part in zip(rows, parts, strict=True)]
    return [_pieces(span, starts, columns) for span in spans]


def _columns(row: Sequence[str], part: str) -> Sequence[int]:
    """The column of each character of a row."""
    if len(part) == len(row) and "" not in row:
        return range(len(row))
    return [at for at, text in enumerate(row) for _ in text]


def _pieces(span: Span, starts: list[int], columns: list[Sequence[int]]) -> list[Piece]:
    at, end = span
    pieces = []
    row = bisect_right(starts, at) - 1
    while at < end:
        stop = min(end, starts[row + 1])
        if at < stop:
            first, last = columns[row][at - starts[row]], columns[row][stop - 1 - starts[row]]
            pieces.append((row, (first, last + 1)))
        at = stop
        row += 1
    return pieces
