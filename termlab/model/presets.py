"""The five layouts that have a name, tmux's: the same panes, in the same order, placed anew.

Pure, as the tree is; used by the server alone. The weights are the cells each pane has in a window
of the size given, so they hold in any other: where there is no room for all, `layout.arrange` shows
the active pane and a window that grows again shows the layout.
"""

from collections.abc import Callable, Sequence
from typing import Final

from termlab.errors import UsageError
from termlab.model.layout import MIN_PANE_COLS, MIN_PANE_ROWS, Axis, Leaf, Node, Split, share

# What tmux gives the main pane; in a window too small for that it has two thirds.
MAIN_COLS: Final = 80
MAIN_ROWS: Final = 24


def preset(name: str, panes: Sequence[int], cols: int, rows: int) -> Node:
    """The layout of that name (one of `PRESETS`) of ``panes`` in a window of that size."""
    if len(panes) == 1:
        return Leaf(panes[0])
    return _MAKERS[name](panes, cols, rows - 1)  # less the line of titles at the top


def find_preset(word: str) -> str:
    """The name ``word`` is, or the only one it begins. Raises ``UsageError``."""
    found = [name for name in PRESETS if name.startswith(word)]
    if word in found:
        return word
    if word and len(found) == 1:
        return found[0]
    said = "could be " + " or ".join(found) if word and found else "is no layout"
    raise UsageError(f"{word!r} {said}: the layouts are {', '.join(PRESETS)}")


def step_preset(last: str, by: int) -> str:
    """The preset ``by`` places after ``last``, around the end; ``last`` is "" before the first."""
    if not last:
        return PRESETS[0 if by > 0 else -1]
    return PRESETS[(PRESETS.index(last) + by) % len(PRESETS)]


def _even(axis: Axis, panes: Sequence[int], extent: int) -> Node:
    """The panes side by side, or one above the other, all of a size."""
    leaves = tuple(Leaf(pane) for pane in panes)
    return Split(axis, leaves, tuple(_even_cells(axis, len(panes), extent)))


def _even_cells(axis: Axis, count: int, extent: int) -> list[int]:
    """``extent`` less the separators in ``count`` even parts, none below the least."""
    least = MIN_PANE_COLS if axis == "row" else MIN_PANE_ROWS
    inner = max(extent - (count - 1), count * least)
    return share(inner, [1] * count, [least] * count)


def _even_horizontal(panes: Sequence[int], cols: int, rows: int) -> Node:
    return _even("row", panes, cols)


def _even_vertical(panes: Sequence[int], cols: int, rows: int) -> Node:
    return _even("column", panes, rows)


def _main_horizontal(panes: Sequence[int], cols: int, rows: int) -> Node:
    """The first pane at the top, the others side by side below it."""
    below = _row_of(panes[1:], cols)
    return Split("column", (Leaf(panes[0]), below), _main_cells(rows, MAIN_ROWS))


def _main_vertical(panes: Sequence[int], cols: int, rows: int) -> Node:
    """The first pane at the left, the others one above the other beside it."""
    rest = panes[1:]
    beside = Leaf(rest[0]) if len(rest) == 1 else _even("column", rest, rows)
    return Split("row", (Leaf(panes[0]), beside), _main_cells(cols, MAIN_COLS))


def _main_cells(extent: int, wanted: int) -> tuple[int, int]:
    """What the main pane and the others have of ``extent`` cells and the separator's."""
    inner = max(extent - 1, 3)
    main = min(wanted, 2 * inner // 3)
    return main, inner - main


def _row_of(panes: Sequence[int], cols: int) -> Node:
    return Leaf(panes[0]) if len(panes) == 1 else _even("row", panes, cols)


def _tiled(panes: Sequence[int], cols: int, rows: int) -> Node:
    """As many rows as columns, or one more; the last row's last pane has what the row has left."""
    down = across = 1
    while down * across < len(panes):
        down += 1
        if down * across < len(panes):
            across += 1
    widths = _even_cells("row", across, cols)
    lines = []
    for first in range(0, len(panes), across):
        line = panes[first : first + across]
        own = [*widths[: len(line) - 1], sum(widths[len(line) - 1 :]) + across - len(line)]
        leaves = tuple(Leaf(pane) for pane in line)
        lines.append(leaves[0] if len(line) == 1 else Split("row", leaves, tuple(own)))
    heights = _even_cells("column", len(lines), rows)
    return lines[0] if len(lines) == 1 else Split("column", tuple(lines), tuple(heights))


_MAKERS: Final[dict[str, Callable[[Sequence[int], int, int], Node]]] = {
    "even-horizontal": _even_horizontal,
    "even-vertical": _even_vertical,
    "main-horizontal": _main_horizontal,
    "main-vertical": _main_vertical,
    "tiled": _tiled,
}
# In the order in which `next-layout` goes through them.
PRESETS: Final = tuple(_MAKERS)
