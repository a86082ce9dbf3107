"""What is selected: between two spots, by character, whole lines, or a block. Pure.

Tells which cells of a row that are, and their text. Rows reach it as numbers and texts only.
"""

from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

from termlab.server.cells import Span, whole
from termlab.server.motions import Read, Spot, end_of

Kind = Literal["char", "line", "block"]
# More could not be read within a turn that others would not notice.
MAX_ROWS: Final = 20_000


class Selection(NamedTuple):
    """From ``anchor`` to ``cursor``, both selected."""

    kind: Kind
    anchor: Spot
    cursor: Spot

    @property
    def first(self) -> Spot:
        return min(self.anchor, self.cursor)

    @property
    def last(self) -> Spot:
        return max(self.anchor, self.cursor)

    @property
    def rows(self) -> range:
        return range(self.first.row, self.last.row + 1)

    def span(self, row: int, line: Sequence[str]) -> Span | None:
        """The columns of ``row`` that are selected; None if none are. Empty rows have one."""
        if row not in self.rows:
            return None
        end = end_of(line) + 1
        if self.kind == "line":
            return 0, max(end, 1)
        if self.kind == "block":
            columns = sorted((self.anchor.column, self.cursor.column))
            return whole(line, columns[0], columns[1] + 1)
        first = self.first.column if row == self.first.row else 0
        last = self.last.column + 1 if row == self.last.row else max(end, first + 1)
        return whole(line, first, last)

    def text(self, read: Read, wraps: Callable[[int], bool]) -> str:
        """The selected text. Rows that the engine says go on in the next are joined, but in a
        block; blanks at the end of a line are left out."""
        parts: list[str] = []
        for row in self.rows:
            line = read(row)
            span = self.span(row, line)
            joined = self.kind != "block" and wraps(row)
            last = row == self.last.row
            if span and joined and not last:  # blanks there are within the line
                span = span[0], len(line)
            part = "".join(line[slice(*span)]) if span else ""
            parts.append(part if joined and not last else part.rstrip(" "))
            if not joined and not last:
                parts.append("\n")
        if self.kind == "line":
            parts.append("\n")
        return "".join(parts)
