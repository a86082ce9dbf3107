"""Rows as self-contained VT bytes: cut at columns, and made to stand anywhere on a terminal.

The format is `terminal.emulator`'s: the pen is plain before, cells are erased; ``CSI n C`` skips
blank ones, ``CSI n G`` names a column of the row where terminals disagree about a width. No
character is measured where the row itself says its column.
"""

import re
from typing import Final

from termlab.client.style import Line, encode_run
from termlab.client.width import char_width, tame_end, text_width

_PIECES: Final = re.compile(rb"\x1b\[[0-9;:?]*[A-Za-z]|\x1b\].*?\x1b\\|[^\x1b]+", re.DOTALL)
_MOVE: Final = re.compile(rb"\x1b\[(\d+)([CG])")
_COLUMN: Final = re.compile(rb"\x1b\[(\d+)G")
_RESETS: Final = (b"\x1b[m", b"\x1b[0m")
_NO_LINK: Final = b"\x1b]8;;\x1b\\"


def at_column(row: bytes, x: int, cols: int) -> bytes:
    """``row`` for a cursor at column ``x`` of the terminal: erased, drawn, the pen plain, and the
    cursor behind its ``cols`` cells (on the last one where the terminal ends there)."""
    if not cols:
        return b""
    row = tame_end(row, cols)
    if x and b"G" in row:
        row = _COLUMN.sub(lambda found: b"\x1b[%dG" % (int(found[1]) + x), row)
    tail = b"\x1b[m" if b"\x1b" in row else b""
    return b"\x1b[%dX%b%b\x1b[%dG" % (cols, row, tail, x + cols + 1)


def cut_row(row: bytes, start: int, end: int) -> bytes:
    """The row of the cells ``start`` up to ``end``. Of a wide character cut in two nothing is left;
    the pen that was set before reaches into the part."""
    kept: list[bytes] = []
    pens: list[bytes] = []  # set, and nothing drawn with them yet
    column = 0  # where the row stands
    placed = 0  # where what is kept stands
    pieces = _PIECES.findall(row)
    for i, piece in enumerate(pieces):
        if column >= end and not piece.startswith(b"\x1b]"):
            break
        if move := _MOVE.fullmatch(piece):
            column = column + int(move[1]) if move[2] == b"C" else int(move[1]) - 1
            continue
        if piece.startswith(b"\x1b"):
            if piece in _RESETS:
                pens = [pen for pen in pens if not pen.startswith(b"\x1b[")]
            pens.append(piece)
            continue
        ends = _COLUMN.match(pieces[i + 1]) if i + 1 < len(pieces) else None
        sure_end = int(ends[1]) - 1 if ends else -1
        for text, at, after in _clusters(piece.decode("utf-8", "replace"), column, sure_end):
            column = after
            if at < start or after > end:
                continue
            kept += pens
            pens.clear()
            if at - start != placed:
                kept.append(b"\x1b[%dG" % (at - start + 1))
            kept.append(text.encode())
            placed = after - start if text.isascii() or len(text) == 1 else -1
    if b"\x1b]8;" in row:
        kept.append(_NO_LINK)
    return b"".join(kept)


def _clusters(text: str, column: int, sure_end: int) -> list[tuple[str, int, int]]:
    """The characters of a text, each with what combines with it and the columns it begins and ends
    at; the last ends at ``sure_end``, unless that is -1."""
    if text.isascii():
        return [(char, column + i, column + i + 1) for i, char in enumerate(text)]
    found: list[tuple[str, int, int]] = []
    for char in text:
        width = char_width(char)
        if width == 0 and found:
            before, at, after = found[-1]
            found[-1] = (before + char, at, after)
            continue
        found.append((char, column, column + width))
        column += width
    last, at, after = found[-1]
    found[-1] = (last, at, sure_end if sure_end > at else after)
    return found


def line_row(line: Line, x: int) -> bytes:
    """A line of styled runs that stands at column ``x``, as part of a row. Behind what terminals
    may give another width the column is set anew."""
    parts = []
    sure = x == 0
    for run in line:
        parts.append(encode_run(run) if sure else b"\x1b[%dG%b" % (x + 1, encode_run(run)))
        x += text_width(run.text)
        sure = run.text.isascii() or len(run.text) == 1
    return b"".join(parts)
