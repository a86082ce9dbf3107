"""Cells of a row to the bytes that paint it, and to its text. Pure functions.

The bytes keep the emulator contract: plain on an erased line, gaps skipped, columns said again
behind clusters whose width terminals disagree about.
"""

import functools
import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from pyte.screens import Char, wcwidth

from termlab.terminal.disputed import LONE_DISPUTED, REGIONAL_INDICATORS

PLAIN: Final = ""
BLANK: Final = Char(" ", PLAIN, PLAIN)
END: Final = "\x1b[0m"
_GAP: Final = re.compile(" {3,}")
_SKIP: Final = re.compile(rb"\x1b\[(\d+)C")
_OTHER: Final = re.compile(rb"\x1b\[[0-9;:]*[mG]")


def blank(look: str) -> Char:
    """What an erased cell shows."""
    return Char(" ", look, look) if look else BLANK


@functools.lru_cache(maxsize=4096)
def char_width(char: str) -> int:
    """The columns a character takes, -1 if it is none; as the other engine counts."""
    width = wcwidth(char)
    return 1 if width == 0 and unicodedata.category(char) == "Mc" else width


def is_wide(cell: Char) -> bool:
    """Whether it takes two columns."""
    return bool(cell.data) and not cell.data.isascii() and char_width(cell.data[0]) == 2


def mend(cells: list[Char]) -> list[Char]:
    """The row with the halves of wide characters that lost the other half made blank."""
    if all(cell.data.isascii() and cell.data for cell in cells):
        return cells
    last = len(cells) - 1
    for x, cell in enumerate(cells):
        orphan = not cell.data and not (x and is_wide(cells[x - 1]))
        if orphan or (is_wide(cell) and (x == last or cells[x + 1].data)):
            cells[x] = BLANK
    return cells


def text(cells: Sequence[Char]) -> str:
    """The row's characters, trailing blanks trimmed."""
    return "".join([cell.data for cell in cells]).rstrip(" ")


def render(cells: Sequence[Char]) -> bytes:
    """The row's bytes."""
    looks = {cell.fg for cell in cells}
    if not looks or looks == {PLAIN}:
        plain = text(cells)
        if plain.isascii():
            return plain.encode()
        end = _end(cells)
        return _run(cells[:end], 0, end).encode()
    parts, column = [], 0
    end = _end(cells)
    for look, group in groupby(cells[:end], lambda cell: cell.fg):
        run = list(group)
        body = _run(run, column, end)
        parts.append(f"{look}{body}{END}" if look else _GAP.sub(_skip, body))
        column += len(run)
    return "".join(parts).encode()


def row_text(row: bytes) -> str:
    """The text in a row's bytes."""
    if b"\x1b" in row:
        row = _OTHER.sub(b"", _SKIP.sub(lambda skip: b" " * int(skip[1]), row))
    return row.decode().rstrip(" ")


def _end(cells: Sequence[Char]) -> int:
    """The column behind the last cell that shows something."""
    end = len(cells)
    while end and cells[end - 1].data == " " and not cells[end - 1].fg:
        end -= 1
    return end


def _run(cells: Sequence[Char], column: int, end: int) -> str:
    """The characters of cells of one look, which start at ``column`` of a row that ends at ``end``.

    Behind a disputed one the next column is said, unless the row ends there.
    """
    joined = "".join([cell.data for cell in cells])
    if joined.isascii():
        return joined
    parts = []
    flag = False  # the first half of a flag: nothing may come between the two
    for x, cell in enumerate(cells):
        parts.append(cell.data)
        following = cells[x + 1] if x + 1 < len(cells) else None
        if not cell.data:
            cell = cells[x - 1] if x else BLANK
        elif following is not None and not following.data:
            continue  # its second column comes
        half = _is_flag_half(cell)
        flag = half and not flag and following is not None and _is_flag_half(following)
        if _is_disputed(cell) and not flag and column + x + 1 < end:
            parts.append(f"\x1b[{column + x + 2}G")
    return "".join(parts)


def _is_disputed(cell: Char) -> bool:
    return len(cell.data) > 1 or (bool(cell.data) and ord(cell.data) in LONE_DISPUTED)


def _is_flag_half(cell: Char) -> bool:
    return len(cell.data) == 1 and ord(cell.data) in REGIONAL_INDICATORS


def _skip(gap: re.Match[str]) -> str:
    return f"\x1b[{len(gap[0])}C"
