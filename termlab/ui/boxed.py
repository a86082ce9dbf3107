"""A text in a box over the panes: title, the mark that closes it, what is found, hints. Pure.

Where there is little room the box has no border, only a row for the title. The edge below says
what keys do, or holds the line that is being typed to look for something.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from termlab.client.chrome import ACTIVE, ACTIVE_TITLE
from termlab.client.line_editor import window
from termlab.client.style import DIM, PLAIN, Line, Run, Style, clip_line, fit, line_width
from termlab.client.width import clip_text, text_width

CLOSE: Final = " x "
# What is smaller has no border, only a title row.
_MIN_BOXED: Final = (24, 6)
# With less room hints are the first thing that can be done without.
_MIN_HINTS: Final = 34
# A line being typed has so many cells at least, where the box has them.
_MIN_TYPED: Final = 12


class Spot(NamedTuple):
    """Cells of a line, up to ``end``, that run a command when they are clicked."""

    start: int
    end: int
    run: tuple[str, ...]


class Text(NamedTuple):
    """Lines of the width of the box's room; ``spots`` of them by their number. Of ``total`` things
    ``hits`` are said."""

    lines: Sequence[Line]
    hits: int
    total: int
    spots: Mapping[int, tuple[Spot, ...]]


class Looking(NamedTuple):
    """What is looked for; ``cursor`` is an index into it, -1 where nobody types any more."""

    text: str
    cursor: int


class Hints(NamedTuple):
    """What keys do: shortly, and where there is more room and more than fits."""

    short: str
    long: str


def room(cols: int, rows: int) -> tuple[int, int]:
    """The cells for the text, of a box of ``cols`` x ``rows``."""
    return (cols - 4, rows - 2) if is_boxed(cols, rows) else (cols, max(rows - 1, 0))


def closes(x: int, y: int, cols: int) -> bool:
    """Whether a cell of the box is the mark that closes it."""
    return y == 0 and cols - len(CLOSE) - 1 <= x < cols


def is_boxed(cols: int, rows: int) -> bool:
    """Whether a box of that size has a border."""
    return cols >= _MIN_BOXED[0] and rows >= _MIN_BOXED[1]


def line_at(x: int, y: int, cols: int, rows: int, top: int) -> tuple[int, int] | None:
    """The line of the text that stands in a cell of the box, and the cell of that line."""
    left = 2 if is_boxed(cols, rows) else 0
    wide, tall = room(cols, rows)
    inside = left <= x < left + wide and 1 <= y <= tall
    return (y - 1 + top, x - left) if inside else None


def draw(
    title: str,
    text: Text,
    cols: int,
    rows: int,
    top: int,
    hints: Hints,
    looking: Looking | None = None,
) -> list[Line]:
    """The whole box: ``rows`` lines of ``cols`` cells, of the text from line ``top`` on."""
    wide, tall = room(cols, rows)
    shown = [*text.lines[top : top + tall]]
    shown += [()] * (tall - len(shown))
    whole = [fit(clip_line(line, wide), (), wide) for line in shown]
    scrolls = len(text.lines) > tall
    said = hints.long if scrolls and cols >= _MIN_HINTS else hints.short
    if not is_boxed(cols, rows):
        return [_head(title, said, text, cols, looking), *whole][:rows]
    foot: Line = (Run(said, PLAIN),)
    right = f" {top + 1}-{min(top + tall, len(text.lines))} of {len(text.lines)} "
    if looking is not None:
        right = _found(text)
        foot = _typed(looking, _typed_cols(cols - 4, right))
    elif not scrolls:
        right = ""
    side = Run("│", ACTIVE)
    return [
        _edge("┌", (Run(title, ACTIVE_TITLE),), Run(CLOSE, ACTIVE_TITLE), "┐", cols),
        *((side, Run(" ", PLAIN), *line, Run(" ", PLAIN), side) for line in whole),
        _edge("└", foot, Run(right, PLAIN), "┘", cols),
    ]


def cursor_at(text: Text, cols: int, rows: int, looking: Looking) -> tuple[int, int] | None:
    """The cell of the box in which the cursor stands; None while nobody types."""
    if looking.cursor < 0:
        return None
    if is_boxed(cols, rows):
        part = window(looking.text, looking.cursor, _typed_cols(cols - 4, _found(text)) - 3)
        return 2 + 2 + part.cursor, rows - 1
    part = window(looking.text, looking.cursor, _typed_cols(cols - len(CLOSE), _found(text)) - 2)
    return min(1 + part.cursor, cols - 1), 0


def _head(title: str, said: str, text: Text, cols: int, looking: Looking | None) -> Line:
    """The title row where there is no border."""
    mark = Run(CLOSE, ACTIVE_TITLE)
    if looking is None:
        return fit((Run(title, ACTIVE_TITLE), Run(said, DIM)), (mark,), cols)
    found = _found(text)
    left = _typed_cols(cols - len(CLOSE), found)
    typed = _typed(looking, left + 1)[0]
    line: Line = (typed._replace(text=typed.text[1:]),)
    if left + text_width(found) <= cols - len(CLOSE):
        return fit(line, (Run(found, PLAIN), mark), cols)
    return fit(line, (mark,), cols)


def _found(text: Text) -> str:
    return f" {text.hits} of {text.total} "


def _typed_cols(cols: int, right: str) -> int:
    """The cells for the line that is typed, of ``cols`` beside what stands right of it."""
    left = cols - text_width(right)
    return left if left >= _MIN_TYPED else max(cols, 0)


def _typed(looking: Looking, cols: int) -> Line:
    """The line that is typed."""
    cursor = looking.cursor if looking.cursor >= 0 else 0
    shown = f" /{window(looking.text, cursor, max(cols - 3, 0)).text} "
    return (Run(clip_text(shown, cols), PLAIN),)


def _edge(left: str, first: Line, second: Run, right: str, cols: int) -> Line:
    """An edge of the box with two texts set into it; the second gives way."""
    first = clip_line(first, cols - 4)
    line = cols - 4 - line_width(first) - text_width(second.text)
    if line < 0:
        second, line = Run("", Style()), max(cols - 4 - line_width(first), 0)
    return (
        Run(f"{left}─", ACTIVE),
        *first,
        Run("─" * line, ACTIVE),
        second,
        Run(f"─{right}", ACTIVE),
    )
