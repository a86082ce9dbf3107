"""The frame around the panes: separators, titles, messages. A pure function of the state.

Widgets show the same runs where a Textual app paints. Every cell of a terminal is a pane's or one
of these lines'.
"""

from typing import Final, NamedTuple

from termlab.client.style import DIM, PLAIN, Line, Run, Style, clip_line, fit, line_width
from termlab.client.width import clip_text, printable, text_width
from termlab.model.geometry import Rect
from termlab.model.layout import Arrangement
from termlab.model.state import PaneInfo, State, WindowView

ACTIVE: Final = Style(colour=2)
ACTIVE_TITLE: Final = Style(colour=2, bold=True)
SESSION: Final = Style(colour=0, background=2)
CURRENT: Final = Style(bold=True)
ALERT: Final = Style(colour=0, background=3)
FAILURE: Final = Style(colour=7, background=1)
DOT: Final = "·"
# What is typed goes to all panes of the window: first wherever it stands.
SYNC: Final = " SYNC "
# In the lab dock's place.
# From here on the status row has room for a sentence beside the windows' names.
WIDE_COLS: Final = 60

# Which neighbours a line reaches: up, down, left, right.
_CORNERS: Final = {
    (0, 0, 1, 1): "─",
    (0, 0, 0, 1): "─",
    (0, 0, 1, 0): "─",
    (0, 0, 0, 0): "─",
    (1, 1, 0, 0): "│",
    (1, 0, 0, 0): "│",
    (0, 1, 0, 0): "│",
    (0, 1, 1, 1): "┬",
    (1, 0, 1, 1): "┴",
    (1, 1, 0, 1): "├",
    (1, 1, 1, 0): "┤",
    (1, 1, 1, 1): "┼",
    (0, 1, 0, 1): "┌",
    (0, 1, 1, 0): "┐",
    (1, 0, 0, 1): "└",
    (1, 0, 1, 0): "┘",
}


class Placed(NamedTuple):
    """A line at a cell of the terminal."""

    x: int
    y: int
    line: Line


class Scroll(NamedTuple):
    """How far the focused pane is scrolled back."""

    above: int
    history: int
    note: str = ""


def borders(state: State, placed: Arrangement) -> list[Placed]:
    """Separators and titles of the panes shown."""
    horizontal = {(x, r.y) for r in placed.titles.values() for x in range(r.x, r.right)}
    vertical = {(r.x, y) for r in placed.separators for y in range(r.y, r.bottom)}
    lit = _around(placed, state.view.active)
    cells = {
        cell: Run(_corner(cell, horizontal, vertical), ACTIVE if cell in lit else DIM)
        for cell in horizontal | vertical
    }
    names = {pane.id: pane for pane in state.view.panes}
    lines = [
        Placed(r.x, r.y, _title(names[pane], r, cells, state.view))
        for pane, r in placed.titles.items()
        if pane in names
    ]
    lines += [Placed(x, y, (cells[x, y],)) for x, y in sorted(vertical)]
    return lines


def _around(placed: Arrangement, pane: int) -> set[tuple[int, int]]:
    """The border cells of one pane."""
    r = placed.panes.get(pane)
    if r is None:
        return set()
    ring = Rect(r.x - 1, r.y - 1, r.cols + 2, r.rows + 2)
    columns = {(x, y) for x in (ring.x, ring.right - 1) for y in range(ring.y, ring.bottom)}
    return columns | {(x, y) for y in (ring.y, ring.bottom - 1) for x in range(ring.x, ring.right)}


def _corner(
    cell: tuple[int, int], horizontal: set[tuple[int, int]], vertical: set[tuple[int, int]]
) -> str:
    """The line character that joins a border cell to those beside it."""
    x, y = cell
    in_vertical = cell in vertical
    up, down = (x, y - 1) in vertical, (x, y + 1) in vertical
    left, right = (x - 1, y) in horizontal, (x + 1, y) in horizontal
    if not in_vertical:
        left = right = True
    return _CORNERS[int(up), int(down), int(left), int(right)]


def _title(pane: PaneInfo, rect: Rect, cells: dict[tuple[int, int], Run], view: WindowView) -> Line:
    """The line above a pane, its title set into it behind the alert that it gets all keys."""
    name = printable(pane.title or pane.command)
    title: Line = ()
    if rect.cols > 4 and name.strip():
        title = (Run(f" {name} ", ACTIVE_TITLE if pane.id == view.active else PLAIN),)
    ended = (Run(f" {pane.ended} ", ALERT),) if pane.ended else ()
    sync = (Run(SYNC, ALERT),) if view.synchronised and not pane.ended else ()
    title = clip_line(title, max(rect.cols - 2 - line_width((*sync, *ended)), 0))
    title = clip_line((*sync, *title, *ended), max(rect.cols - 2, 0))
    end = rect.x + 1 + line_width(title)
    return (cells[rect.x, rect.y], *title, *(cells[x, rect.y] for x in range(end, rect.right)))


def dock_line(separator: Rect, placed: Arrangement) -> list[Placed]:
    """The line between the panes and the lab dock, joined to the titles that reach it."""
    joined = {r.y for r in placed.titles.values() if r.right == separator.x}
    return [
        Placed(separator.x, y, (Run("┤" if y in joined else "│", DIM),))
        for y in range(separator.y, separator.bottom)
    ]


def dock_blank(area: Rect, text: str) -> list[Placed]:
    """The lab dock's cells while nobody draws it, and why that is."""
    from textwrap import wrap  # needed in a moment between two others, if ever

    words = [clip_text(f" {row}", area.cols) for row in wrap(text, max(area.cols - 1, 1))]
    texts = [f"{row}{' ' * (area.cols - text_width(row))}" for row in words[: area.rows]]
    texts += [" " * area.cols] * (area.rows - len(texts))
    return [Placed(area.x, area.y + y, (Run(row, DIM),)) for y, row in enumerate(texts)]


def margins(cols: int, rows: int, used_cols: int, used_rows: int) -> list[Placed]:
    """Dots where the terminal is larger than the window."""
    lines = [
        Placed(used_cols, y, (Run(DOT * (cols - used_cols), DIM),))
        for y in range(min(used_rows, rows))
        if cols > used_cols
    ]
    lines += [Placed(0, y, (Run(DOT * cols, DIM),)) for y in range(used_rows, rows)]
    return lines


def message(text: str, cols: int, error: bool) -> Line:
    """One line in place of the status row."""
    words = f" {printable(text)}"
    shown = f"{words} " if text_width(words) <= cols else f"{clip_text(words, cols - 1)}…"
    return fit(clip_line((Run(shown, FAILURE if error else ALERT),), cols), (), cols)


def hints(pairs: list[tuple[str, str]], cols: int) -> Line:
    """What can follow the prefix: keys and what they do, as many as fit."""
    runs: list[Run] = []
    for key, note in pairs:
        more = [Run(f" {key}", CURRENT), Run(f" {note} ", PLAIN)]
        if line_width((*runs, *more)) <= cols:
            runs += more
    return fit(tuple(runs), (), cols)
