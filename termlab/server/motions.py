"""Where a copy cursor goes by words and within its line. Pure functions over a reader of lines.

A line is its cells' texts (`server.cells`). Words are vi's: letters, digits and _ belong together,
and so do other characters that are not blanks. ``wraps`` says of a row whether its line goes on in
the next one, and words with it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

# A longer word is taken in part.
MAX_WORD_ROWS: Final = 100

Read = Callable[[int], Sequence[str]]
Wraps = Callable[[int], bool]


class Spot(NamedTuple):
    """A cell of history and screen: its row, counted from the oldest kept, and its column."""

    row: int
    column: int


def never(row: int) -> bool:
    """Rows are lines."""
    return False


def next_word(read: Read, spot: Spot, last_row: int, wraps: Wraps = never) -> Spot:
    """The beginning of the word behind this one; the end of the last line if there is none."""
    kind = _kind(read(spot.row), spot.column)
    for at, here in _walk(read, spot, last_row):
        if here and (here != kind or _begins(at, wraps)):
            return at
        kind = here
    return Spot(last_row, end_of(read(last_row)))


def next_word_end(read: Read, spot: Spot, last_row: int, wraps: Wraps = never) -> Spot:
    """The last cell of this word or, there already, of the next."""
    found: Spot | None = None
    kind = 0
    for at, here in _walk(read, spot, last_row):
        if found is not None and (here != kind or _begins(at, wraps)):
            return found
        if here:
            found, kind = at, here
    return found or Spot(last_row, end_of(read(last_row)))


def previous_word(read: Read, spot: Spot, first_row: int = 0, wraps: Wraps = never) -> Spot:
    """The beginning of this word or, there already, of the one before."""
    found: Spot | None = None
    kind = 0
    for at, here in _walk_back(read, spot, first_row):
        other_line = found is not None and at.row != found.row and not wraps(at.row)
        if found is not None and (here != kind or other_line):
            return found
        if here:
            found, kind = at, here
    return found or Spot(first_row, 0)


def word_at(read: Read, spot: Spot, wraps: Wraps = never) -> tuple[Spot, Spot]:
    """The first and last cell of the word at ``spot``; of the blanks there, if it is none."""
    kind = _kind(read(spot.row), spot.column)
    first = last = spot
    for at, here in _walk_back(read, spot, max(spot.row - MAX_WORD_ROWS, 0)):
        if here != kind or (at.row != first.row and not wraps(at.row)):
            break
        first = at
    for at, here in _walk(read, spot, spot.row + MAX_WORD_ROWS):
        if here != kind or _begins(at, wraps):
            break
        last = at
    return first, last


def end_of(line: Sequence[str]) -> int:
    """The column of the last character that is not blank; 0 in an empty line."""
    at = len(line) - 1
    while at > 0 and (not line[at] or line[at].isspace()):
        at -= 1
    return max(at, 0)


def indent_of(line: Sequence[str]) -> int:
    """The column of the first character that is not blank."""
    return next((at for at, text in enumerate(line) if text and not text.isspace()), 0)


def _begins(at: Spot, wraps: Wraps) -> bool:
    """Whether a line begins there."""
    return at.column == 0 and not (at.row > 0 and wraps(at.row - 1))


def _walk(read: Read, spot: Spot, last_row: int) -> Iterator[tuple[Spot, int]]:
    """Each cell behind ``spot`` with its kind; an empty line is one blank cell."""
    row, column = spot.row, spot.column + 1
    while row <= last_row:
        line = read(row)
        for at in range(column, max(len(line), 1)):
            if at >= len(line) or line[at]:
                yield Spot(row, at), _kind(line, at)
        row, column = row + 1, 0


def _walk_back(read: Read, spot: Spot, first_row: int) -> Iterator[tuple[Spot, int]]:
    row = spot.row
    line = read(row)
    column = min(spot.column, len(line)) - 1
    while True:
        for at in range(column, -1, -1):
            if line[at]:
                yield Spot(row, at), _kind(line, at)
        row -= 1
        if row < first_row:
            return
        line = read(row)
        column = len(line) - 1


def _kind(line: Sequence[str], column: int) -> int:
    """0 for a blank, 1 for part of a word, 2 for anything else."""
    at = min(column, len(line) - 1)
    while at > 0 and not line[at]:
        at -= 1
    text = line[at] if 0 <= column < len(line) else " "
    if not text or text.isspace():
        return 0
    return 1 if text[0].isalnum() or text[0] == "_" else 2
