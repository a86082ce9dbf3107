"""What a raw cell of the engine means for a row that must repaint cell for cell. Pure functions.

A cell is a packed 64-bit number (`ghostty_type_json` describes it; a test compares). The engine's
formatter turns a *run* of cells into VT bytes, but it fills never-written cells with spaces in the
style of the text before them, leaves cells out that have nothing but a background, and knows
neither links nor that terminals disagree about the width of a cluster. So a row is cut here into
gaps, backgrounds and runs, and only the runs are left to the formatter.
"""

import re
from collections.abc import Callable
from itertools import groupby

from termlab.terminal.disputed import LONE_DISPUTED, REGIONAL_INDICATORS

TAG = 3  # of the content: 0 a codepoint, 1 a cluster, 2 and 3 a background without text
CLUSTER = 1
POINT = 0x1FFFFF
BACKGROUND_PALETTE = 2
WIDE = 1
SPACER_HEAD = 3  # a wide character did not fit into the last column: shows nothing
HYPERLINK = 1 << 45

# What makes a cell show something: content, or being the second half of a wide character. A cell
# without these is blank even if it has a style, a link or a mark of OSC 133: erasing leaves none of
# them, only a wide character's place at the end of a row does, once it is written over.
SHOWN = TAG | POINT << 2 | 1 << 43

# Bounds what one cell can add to a row; longer than any address a browser opens reliably.
MAX_URI_BYTES = 2048
CLEAN_URI = re.compile(rb"[\x20-\x7e]+")  # OSC 8 allows no more; the rest could end the sequence

FormatRun = Callable[[int, int], bytes]
LinkAt = Callable[[int], bytes]


def repaint(
    cells: list[int], format_run: FormatRun, disputed: bool, link_at: LinkAt | None
) -> bytes:
    """The bytes of one row. ``disputed`` says a cluster may be in it, ``link_at`` a link.

    ``format_run`` takes the first and last column of a run; ``link_at`` a column with a link.
    """
    if has_blanks(cells):
        cells = _without_blank_tail([cell if cell & SHOWN else 0 for cell in cells])
    parts = []
    column, width = 0, len(cells)
    while column < width:
        if not cells[column]:
            start = column
            while not cells[column]:
                column += 1
            parts.append(b"\x1b[%dC" % (column - start))
        try:
            end = cells.index(0, column)
        except ValueError:
            end = width
        if disputed or link_at:
            parts.extend(_cut_run(cells, column, end, format_run, link_at))
        else:
            parts.append(format_run(column, end - 1) or background(cells[column:end]))
        column = end
    return b"".join(parts)


def has_blanks(cells: list[int]) -> bool:
    """Whether any cell shows nothing. 5 µs for 200 cells, by way of the distinct ones."""
    return not all(map(SHOWN.__and__, set(cells)))


def background(cells: list[int]) -> bytes:
    """Cells without text: their own backgrounds as spaces; b"" if one has text."""
    parts = []
    for cell, same in groupby(cells):
        width, value = sum(1 for _ in same), cell >> 2
        if cell & TAG == BACKGROUND_PALETTE:
            colour = b"5;%d" % (value & 255)
        elif cell & TAG > BACKGROUND_PALETTE:
            colour = b"2;%d;%d;%d" % (value & 255, value >> 8 & 255, value >> 16 & 255)
        else:
            return b""
        parts.append(b"\x1b[48;%bm%b\x1b[m" % (colour, b" " * width))
    return b"".join(parts)


def link(text: bytes, uri: bytes) -> bytes:
    """``text`` as an OSC 8 link; as it is where the address could not be one."""
    if not uri or len(uri) > MAX_URI_BYTES or not CLEAN_URI.fullmatch(uri):
        return text
    return b"\x1b]8;;%b\x1b\\%b\x1b]8;;\x1b\\" % (uri, text)


def _without_blank_tail(cells: list[int]) -> list[int]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _cut_run(
    cells: list[int], start: int, end: int, format_run: FormatRun, link_at: LinkAt | None
) -> list[bytes]:
    """The run ``start`` to ``end`` cut after each disputed cluster and at each change of link."""
    parts = []
    column = start
    while column < end:
        uri = _link_of(cells, column, link_at)
        first = column
        disputed = False
        while not disputed and column < end and _link_of(cells, column, link_at) == uri:
            width = _width(cells, column)
            disputed = _is_disputed(cells[column])
            column += width
            if disputed and _is_flag(cells, column - width, column, link_at):
                column += width
        column = min(column, end)
        text = format_run(first, column - 1) or background(cells[first:column])
        parts.append(link(text, uri))
        if disputed and column < len(cells):
            parts.append(b"\x1b[%dG" % (column + 1))
    return parts


def _link_of(cells: list[int], column: int, link_at: LinkAt | None) -> bytes:
    return link_at(column) if link_at and cells[column] & HYPERLINK else b""


def _width(cells: list[int], column: int) -> int:
    return 2 if cells[column] >> 42 & 3 == WIDE else 1


def _is_disputed(cell: int) -> bool:
    return cell & TAG == CLUSTER or cell >> 2 & POINT in LONE_DISPUTED


def _is_flag(cells: list[int], left: int, right: int, link_at: LinkAt | None) -> bool:
    """Whether two cells are one flag where clusters are drawn: nothing may come between them."""
    if right >= len(cells) or not (_is_flag_half(cells[left]) and _is_flag_half(cells[right])):
        return False
    return _link_of(cells, left, link_at) == _link_of(cells, right, link_at)


def _is_flag_half(cell: int) -> bool:
    return not cell & TAG and cell >> 2 & POINT in REGIONAL_INDICATORS
