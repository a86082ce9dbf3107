"""Which rows of the screen a program writes, and how often it scrolls, told from its bytes.

Not a terminal: it follows the row of the cursor, by what moves it from row to row, and no column.
So a line that wraps is taken for one row. Whoever has an engine says where the cursor is (`place`)
when it knows; between two such words, which are a burst of output, this is good enough.
"""

import re
from typing import Final

# What moves the cursor to another row, or the rows themselves: two numbers and the final byte.
_VERTICAL: Final = re.compile(
    rb"\x1b(?:\[([0-9]{0,4})(?:;([0-9]{0,4})[0-9;]*)?([HfdABEFrSTLMJ])|([cDEM78]))"
)
_PLACES: Final = frozenset((b"H", b"f", b"d"))
_CONTROLS: Final = bytes(range(32)) + b"\x7f"
# Sequences and strings, which are no text.
_SEQUENCE: Final = re.compile(
    rb"\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)?|\[[0-?]*[ -/]*[@-~]|[ -/]+[0-~]|[0-Z\\^-~])"
)
# What erases, inserts or deletes cells of a row.
_EDITS: Final = re.compile(rb"\x1b\[[0-9]*[KXP@]")


class WrittenRows:
    """One screen's. ``written`` are the rows that got text since `place`, ``erased`` those of which
    cells were erased, and ``scrolled`` is by how many rows the screen, or a part, was moved."""

    def __init__(self, rows: int) -> None:
        self.written: set[int] = set()
        self.erased: set[int] = set()
        self.scrolled = 0
        self._row = self._saved = 0
        self._rows = rows
        self._top, self._bottom = 0, rows - 1

    def place(self, row: int, rows: int) -> None:
        """The cursor is in ``row`` of ``rows``; what was told before is forgotten."""
        if rows != self._rows:
            self._rows = rows
            self._top, self._bottom = 0, rows - 1
            self._saved = 0
        self._row = min(row, rows - 1)
        self.written = set()
        self.erased = set()
        self.scrolled = 0

    def take(self, data: bytes) -> None:
        """The next bytes, sequences whole."""
        if b"\x1b" not in data:
            self._text(data)
            return
        parts = _VERTICAL.split(data)
        for text, first, second, csi, short in zip(*(parts[n::5] for n in range(5)), strict=False):
            if text:
                if text[0] > 32 and b"\n" not in text:
                    self.written.add(self._row)
                else:
                    self._text(text)
            if csi in _PLACES:
                self._row = min(int(first or 1) or 1, self._rows) - 1
            elif csi is not None:
                self._move(int(first or 0), int(second or 0), csi)
            else:
                self._short(short)
        self._text(parts[-1])

    def _text(self, data: bytes) -> None:
        """What has no sequence in it that moves up or down: text, colours and line feeds."""
        feeds = data.count(b"\n")
        if feeds == 0:
            self._mark(data)
            return
        start = 0
        while self._row != self._bottom and self._row < self._rows - 1:
            end = data.find(b"\n", start)
            if end < 0:
                break
            self._mark(data[start:end])
            self._down()
            feeds -= 1
            start = end + 1
        self.scrolled += feeds if self._row == self._bottom else 0
        self._mark(data[start:])

    def _mark(self, data: bytes) -> None:
        """What stays in the row."""
        if not data:
            return
        if b"\x1b" in data:
            if _EDITS.search(data):
                self.erased.add(self._row)
            data = _SEQUENCE.sub(b"", data)
        if data.strip(_CONTROLS):
            self.written.add(self._row)

    def _down(self) -> None:
        if self._row == self._bottom:
            self.scrolled += 1
        else:
            self._row = min(self._row + 1, self._rows - 1)

    def _up(self) -> None:
        if self._row == self._top:
            self.scrolled += 1
        else:
            self._row = max(self._row - 1, 0)

    def _move(self, given: int, other: int, csi: bytes) -> None:
        count = max(given, 1)
        if csi in b"AF":
            self._row = max(self._row - count, 0)
        elif csi in b"BE":
            self._row = min(self._row + count, self._rows - 1)
        elif csi in b"STLM":
            self.scrolled += min(count, self._rows)
        elif csi == b"J":
            self._erase(given)
        else:
            self._region(count, other)

    def _short(self, final: bytes) -> None:
        """ESC and one letter."""
        if final in b"DE":
            self._down()
        elif final == b"M":
            self._up()
        elif final == b"7":
            self._saved = self._row
        elif final == b"8":
            self._row = min(self._saved, self._rows - 1)
        else:  # c: all begins anew
            self._row, self._top, self._bottom = 0, 0, self._rows - 1
            self.erased = set(range(self._rows))

    def _erase(self, what: int) -> None:
        if what == 0:
            self.erased.update(range(self._row, self._rows))
        elif what == 1:
            self.erased.update(range(self._row + 1))
        elif what == 2:
            self.erased.update(range(self._rows))

    def _region(self, top: int, bottom: int) -> None:
        """``CSI top ; bottom r``, which takes the cursor home."""
        first, last = top - 1, min(bottom or self._rows, self._rows) - 1
        self._top, self._bottom = (first, last) if first < last else (0, self._rows - 1)
        self._row = 0
