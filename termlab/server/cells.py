"""A row's VT bytes as cells, and rows with some of their cells lit. Pure functions.

The format is `terminal.emulator`'s. A wide character is one cell's text with "" in the cell behind
it, so whatever is cut by columns keeps it whole. Knows no view and no selection.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

_PIECES: Final = re.compile(rb"\x1b\[[0-9;:?]*[A-Za-z]|\x1b\].*?\x1b\\|[^\x1b]+", re.DOTALL)
_MOVE: Final = re.compile(rb"\x1b\[(\d+)([CG])")
_LINK: Final = b"\x1b]8;;"
_LINK_END: Final = b"\x1b\\"
_INVISIBLE: Final = frozenset({"Mn", "Me", "Cf", "Cc"})

# First and last column of cells, the last one not among them.
Span = tuple[int, int]


class Cell(NamedTuple):
    """One cell: its text ("" behind a wide character), the pen it was drawn with, its link."""

    text: str
    pen: bytes = b""
    link: bytes = b""


BLANK: Final = Cell(" ")


def cells(row: bytes) -> list[Cell]:
    """The cells of a row up to its last one that shows something."""
    found: list[Cell] = []
    pen = link = b""
    for piece in _PIECES.findall(row):
        if move := _MOVE.fullmatch(piece):
            goal = len(found) + int(move[1]) if move[2] == b"C" else int(move[1]) - 1
            # A cluster took more or fewer columns than its characters say.
            padding = BLANK if move[2] == b"C" else Cell("", pen, link)
            found[goal:] = []
            found += [padding] * (goal - len(found))
        elif piece.startswith(_LINK):
            link = b"" if piece == _LINK + _LINK_END else piece
        elif piece.startswith(b"\x1b"):
            pen = _pen_after(pen, piece)
        else:
            _add(found, piece.decode("utf-8", "replace"), pen, link)
    return found


def texts(row: bytes) -> list[str]:
    """The text of each cell."""
    if b"\x1b" not in row and row.isascii():
        return list(row.decode())
    return [cell.text for cell in cells(row)]


def whole(line: Sequence[str], start: int, end: int) -> Span:
    """``start`` to ``end`` widened to the whole of the wide characters at both edges."""
    while 0 < start < len(line) and not line[start]:
        start -= 1
    while end < len(line) and not line[end]:
        end += 1
    return start, end


def light(row: bytes, spans: Iterable[Span]) -> bytes:
    """The row with these cells reversed, blank ones as well; each is lit once."""
    found = cells(row)
    line = [cell.text for cell in found]
    lit: set[int] = set()
    for start, end in spans:
        lit.update(range(*whole(line, max(start, 0), end)))
    if not lit:
        return row
    found += [BLANK] * (max(lit) + 1 - len(found))
    return b"".join(_drawn(found, lit))


def _drawn(found: list[Cell], lit: set[int]) -> Iterator[bytes]:
    column, link = 0, b""
    for (on, pen, new), group in groupby(
        range(len(found)), lambda at: (at in lit, found[at].pen, found[at].link)
    ):
        run = [found[at] for at in group]
        if new != link:
            yield new or _LINK + _LINK_END
            link = new
        if not on and all(cell == BLANK for cell in run):
            yield b"\x1b[m\x1b[%dC" % len(run)
        else:
            yield b"\x1b[m" + pen + (_opposite(pen) if on else b"")
            yield from _placed(run, column)
        column += len(run)
    yield b"\x1b[m" + (_LINK + _LINK_END if link else b"")


def _placed(run: list[Cell], column: int) -> Iterator[bytes]:
    """The characters; behind one whose width may be disputed, its column."""
    for at, cell in enumerate(run, column + 1):
        yield cell.text.encode()
        if not cell.text.isascii() or not cell.text:
            following = run[at - column :]
            if not following or following[0].text:
                yield b"\x1b[%dG" % (at + 1)


def _opposite(pen: bytes) -> bytes:
    """What makes a cell stand out from others of its pen."""
    words = pen.replace(b"\x1b[", b";").replace(b"m", b";").split(b";")
    return b"\x1b[27m" if b"7" in words and words[-1:] != [b"27"] else b"\x1b[7m"


def _pen_after(pen: bytes, piece: bytes) -> bytes:
    if not piece.endswith(b"m"):
        return pen
    if piece in (b"\x1b[m", b"\x1b[0m"):
        return b""
    return piece if piece.startswith(b"\x1b[0;") else pen + piece


def _add(found: list[Cell], text: str, pen: bytes, link: bytes) -> None:
    if text.isascii():
        found += [Cell(char, pen, link) for char in text]
        return
    for char in text:
        width = _width(char)
        if width == 0 and found:
            at = len(found) - 1
            while at and not found[at].text:
                at -= 1
            found[at] = found[at]._replace(text=found[at].text + char)
        else:
            found.append(Cell(char, pen, link))
            found += [Cell("", pen, link)] * (width - 1)


def _width(char: str) -> int:
    if char.isascii():
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in _INVISIBLE:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
