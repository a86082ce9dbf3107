"""How many cells a text takes, for our own lines and for rows cut at a terminal's edge.

The rows of panes are the engine's and already have their cells; this is for titles and names, which
are short. East Asian width and combining classes from the standard library decide.
"""

import re
import unicodedata
from typing import Final

_PIECES: Final = re.compile(rb"\x1b\[[0-9;:?]*[A-Za-z]|\x1b\].*?\x1b\\|[^\x1b]+", re.DOTALL)
_FORWARD: Final = re.compile(rb"\x1b\[(\d+)C")
_COLUMN: Final = re.compile(rb"\x1b\[(\d+)G")
# The last text of a row, and the plain pen and the end of a link behind it.
_END: Final = re.compile(rb"([\x80-\xff]+)((?:\x1b\[[0-9;:]*m|\x1b\]8;;\x1b\\)*)\Z")
# What makes a cluster wider on some terminals: the emoji form, and the fillers of Korean.
_EMOJI_FORM: Final = "\ufe0f".encode()
_FILLERS: Final = ("\u115f".encode(), "\u3164".encode(), "\uffa0".encode())
_WIDENING: Final = (_EMOJI_FORM, *_FILLERS)
# One column in a pane's row, none by the standard library: signs drawn around what follows them.
_DRAWN_FORMAT: Final = re.compile(
    "[\u00ad\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U00013438]"
)
# Two columns in a pane's row, one by the standard library.
_FLAG_HALF: Final = re.compile("[\U0001f1e6-\U0001f1ff]")


def char_width(char: str) -> int:
    """0, 1 or 2 cells; nothing that is shown moves the cursor back."""
    if char.isascii():
        return 1 if char.isprintable() else 0
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def printable(text: str) -> str:
    """``text`` with a blank for each character that could be an order to a terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " for char in text)


def text_width(text: str) -> int:
    """The cells ``text`` takes; `printable` comes first."""
    if text.isascii():
        return len(text)
    return sum(char_width(char) for char in text)


def clip_text(text: str, cols: int) -> str:
    """The longest beginning of ``text`` that fits ``cols`` cells."""
    if text.isascii():
        return text[: max(cols, 0)]
    used = 0
    for at, char in enumerate(text):
        used += char_width(char)
        if used > cols:
            return text[:at]
    return text


def clip_row(row: bytes, cols: int) -> bytes:
    """The cells of a pane's row left of column ``cols``: for a terminal smaller than its window."""
    kept: list[bytes] = []
    used = 0
    for match in _PIECES.finditer(row):
        piece = match[0]
        if forward := _FORWARD.fullmatch(piece):
            used += int(forward[1])
        elif column := _COLUMN.fullmatch(piece):
            used = int(column[1]) - 1
        elif not piece.startswith(b"\x1b"):
            text = piece.decode("utf-8", "replace")
            piece = clip_text(text, cols - used).encode()
            used += text_width(text)
        if used > cols and piece.startswith((b"\x1b[", b"\x1b]")) and piece[-1:] in b"CG":
            continue
        kept.append(piece)
    return b"".join(kept)


def tame_end(row: bytes, cols: int) -> bytes:
    """A row of a pane ``cols`` wide that reaches no further on any terminal. In the last column a
    terminal may draw what asks for its emoji form twice as wide, over the separator: there it is
    drawn in its plain form. Fillers, which show nothing, take two columns on some: none is left."""
    if not any(mark in row for mark in _WIDENING):
        return row
    for filler in _FILLERS:
        row = row.replace(filler, b"")
    found = _END.search(row) if _EMOJI_FORM in row else None
    if found is None:
        return row
    text = found[1].decode("utf-8", "replace")
    start = len(text)
    while start and char_width(text[start - 1]) == 0:
        start -= 1
    marks = text[start:].encode()
    if _EMOJI_FORM not in marks or _row_width(row) < cols:
        return row
    kept = text[:start].encode() + marks.replace(_EMOJI_FORM, b"")
    return row[: found.start()] + kept + found[2]


def _row_width(row: bytes) -> int:
    """The column a pane's row ends at."""
    used = 0
    for match in _PIECES.finditer(row):
        piece = match[0]
        if forward := _FORWARD.fullmatch(piece):
            used += int(forward[1])
        elif column := _COLUMN.fullmatch(piece):
            used = int(column[1]) - 1
        elif not piece.startswith(b"\x1b"):
            text = piece.decode("utf-8", "replace")
            more = len(_FLAG_HALF.findall(text)) + len(_DRAWN_FORMAT.findall(text))
            used += text_width(text) + more
    return used
