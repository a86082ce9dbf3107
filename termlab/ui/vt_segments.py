"""A row of VT bytes as segments with rich styles: for pictures, where nobody writes bytes.

Slow, and asked for by screenshots only. Colours stay indices of the terminal's palette; a piece of
text is made as wide as the columns it has in the row.
"""

import re
from typing import Final

from rich.ansi import AnsiDecoder
from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

_PIECES: Final = re.compile(r"\x1b\[[0-9;:?]*[A-Za-z]|\x1b\].*?\x1b\\|[^\x1b]+", re.DOTALL)
_MOVE: Final = re.compile(r"\x1b\[(\d+)([CG])")


def to_segments(row: bytes, cols: int) -> list[Segment]:
    """The segments of ``cols`` cells."""
    pen = AnsiDecoder()
    segments: list[Segment] = []
    column = 0
    for match in _PIECES.finditer(row.decode("utf-8", "replace")):
        piece = match[0]
        if move := _MOVE.fullmatch(piece):
            goal = column + int(move[1]) if move[2] == "C" else int(move[1]) - 1
            column = _move(segments, column, goal)
        elif piece.startswith("\x1b"):
            pen.decode_line(_known(piece))
        else:
            segments.append(Segment(piece, pen.style))
            column += cell_len(piece)
    _move(segments, column, cols)
    return segments


def _move(segments: list[Segment], column: int, goal: int) -> int:
    """Blanks up to column ``goal``; or, where a text took more than it has, a shorter text."""
    if goal > column:
        segments.append(Segment(" " * (goal - column), Style.null()))
    while goal < column and segments:
        last = segments.pop()
        column -= last.cell_length
        if column < goal:
            segments.append(Segment(set_cell_size(last.text, goal - column), last.style))
            column = goal
    return goal


def _known(sequence: str) -> str:
    """``sequence`` without what rich takes for something else: shapes of underlines, and their
    colours."""
    if not sequence.endswith("m"):
        return sequence
    known = []
    words = iter(sequence[2:-1].split(";"))
    for word in words:
        if word == "58":
            for _ in range(1 if next(words, "") == "5" else 3):
                next(words, "")
        elif word.startswith("4:"):
            known.append("24" if word == "4:0" else "4")
        elif not word.startswith("58:"):
            known.append(word)
    return f"\x1b[{';'.join(known)}m" if known else ""
