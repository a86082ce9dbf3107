"""The rows of a view with what is selected or found in them lit.

Most rows are as they were in the last frame, and cutting them into cells again is dear: what was
made for the last frame is kept for the next, and nothing longer.
"""

from collections.abc import Sequence

from termlab.server.cells import Span, light, texts
from termlab.server.pattern import Pattern
from termlab.server.selection import Selection
from termlab.server.unwrapped import first_of, hits, last_of
from termlab.terminal.emulator import Emulator

# The rows of a line, and what is looked for in them.
_Looked = tuple[tuple[bytes, ...], Pattern]


class Lighting:
    """One view's."""

    def __init__(self) -> None:
        self._lit: dict[tuple[bytes, tuple[Span, ...]], bytes] = {}
        self._cut: dict[bytes, Sequence[str]] = {}
        self._hits: dict[_Looked, list[list[Span]]] = {}

    def lighted(
        self,
        emulator: Emulator,
        top: int,
        rows: list[bytes],
        selection: Selection | None,
        pattern: Pattern | None,
    ) -> list[bytes]:
        """``rows`` as they are shown, the first of which is row ``top`` of the pane."""
        found = self._found(emulator, top, rows, pattern) if pattern is not None else {}
        lit, self._lit = self._lit, {}
        cut, self._cut = self._cut, {}
        shown = []
        for row, data in enumerate(rows, top):
            spans = found.get(row, [])
            if selection is not None and row in selection.rows:
                line = cut[data] if data in cut else texts(data)
                self._cut[data] = line
                if span := selection.span(row, line):
                    spans = [span]
            key = data, tuple(spans)
            self._lit[key] = lit.get(key) or (light(data, spans) if spans else data)
            shown.append(self._lit[key])
        return shown

    def _found(
        self, emulator: Emulator, top: int, rows: list[bytes], pattern: Pattern
    ) -> dict[int, list[Span]]:
        """The columns of the hits in each row that has any."""
        known, self._hits = self._hits, {}
        found = {}
        for start, line in _lines(emulator, top, rows):
            key = tuple(line), pattern
            spans = known.get(key)
            if spans is None:
                spans = _spans(line, pattern)
            self._hits[key] = spans
            found.update({start + at: each for at, each in enumerate(spans) if each})
        return found


def _lines(emulator: Emulator, top: int, rows: list[bytes]) -> list[tuple[int, list[bytes]]]:
    """The lines that these rows are of, with the rows of them that are not among these."""
    bottom = top + len(rows) - 1
    first, last = first_of(emulator, top), last_of(emulator, bottom)
    above = emulator.rows_at(first, top - first) if first < top else []
    below = emulator.rows_at(bottom + 1, last - bottom) if last > bottom else []
    lines: list[tuple[int, list[bytes]]] = []
    goes_on = False
    for row, data in enumerate([*above, *rows, *below], first):
        if goes_on:
            lines[-1][1].append(data)
        else:
            lines.append((row, [data]))
        goes_on = emulator.wraps(row)
    return lines


def _spans(line: list[bytes], pattern: Pattern) -> list[list[Span]]:
    """The columns of the hits in each row of a line."""
    spans: list[list[Span]] = [[] for _ in line]
    for pieces in hits([texts(row) for row in line], pattern):
        for row, span in pieces:
            spans[row].append(span)
    return spans
