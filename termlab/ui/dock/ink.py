"""What a row of the lab dock is made of: parts of text, each with the role it plays.

What a role looks like is the style sheet's. Drawing is pure: figures and a width in, rows out.
"""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from rich.cells import cell_len, set_cell_size

Role = Literal["plain", "title", "dim", "good", "warn", "bad"]
ROLES: Final[tuple[Role, ...]] = ("plain", "title", "dim", "good", "warn", "bad")


class Part(NamedTuple):
    """A piece of a row."""

    text: str
    role: Role = "plain"


Row = tuple[Part, ...]

BLANK: Final[Row] = ()


def width(row: Row) -> int:
    """The cells a row takes."""
    return sum(cell_len(part.text) for part in row)


def cut(row: Row, cols: int) -> Row:
    """The first ``cols`` cells of a row; a wide character that would stick out is a blank."""
    kept: list[Part] = []
    for part in row:
        room = cols - width(tuple(kept))
        if room <= 0:
            break
        kept.append(part if cell_len(part.text) <= room else part._replace(text=sized(part, room)))
    return tuple(kept)


def sized(part: Part, cols: int) -> str:
    """The text of a part in exactly so many cells."""
    return set_cell_size(part.text, cols)


def spread(left: Row, right: Row, cols: int) -> Row:
    """``left``, and at the end of ``cols`` cells ``right``, unless that has no room."""
    gap = cols - width(left) - width(right)
    return (*left, Part(" " * gap), *right) if right and gap > 0 else cut(left, cols)


def wrapped(text: str, cols: int, role: Role = "plain", indent: int = 0) -> list[Row]:
    """A sentence as rows, broken between words, or inside those that are longer than a row."""
    room = max(cols - indent, 1)
    rows: list[str] = [""]
    for word in _words(text, room):
        if rows[-1] and cell_len(rows[-1]) + 1 + cell_len(word) > room:
            rows.append("")
        rows[-1] += f" {word}" if rows[-1] else word
    return [cut((Part(" " * indent), Part(row, role)), cols) for row in rows]


def _words(text: str, room: int) -> Iterable[str]:
    for word in text.split():
        while cell_len(word) > room:
            yield word[:room]
            word = word[room:]
        yield word


def exactly(rows: list[Row], count: int) -> list[Row]:
    """``rows`` filled up to ``count``, or cut off there: what has a fixed height."""
    return [*rows, *[BLANK] * (count - len(rows))][:count]
