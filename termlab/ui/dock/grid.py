"""Labels and figures in columns: the labels at the left, each column of figures right-aligned."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len

from termlab.ui.dock.ink import Part, Row, cut, sized

# Between two columns, and before the first.
_GAP: Final = "  "
_INDENT: Final = " "
# A name of fewer cells is none.
LEAST_LABEL: Final = 4


def grid(lines: Sequence[tuple[str, Sequence[Part]]], cols: int) -> list[Row]:
    """A row for each line. Columns from the right are left out where a row would be too long,
    and names are cut where one is left."""
    label = max((cell_len(name) for name, _ in lines), default=0)
    columns = max((len(cells) for _, cells in lines), default=0)
    wide = [
        max((cell_len(cells[i].text) for _, cells in lines if i < len(cells)), default=0)
        for i in range(columns)
    ]
    while columns > 1 and _needs(label, wide[:columns]) > cols:
        columns -= 1
    if columns:  # the figures matter more than all of their names
        label = min(label, max(cols - _needs(0, wide[:columns]), LEAST_LABEL))
    return [cut(_row(name, cells[:columns], label, wide), cols) for name, cells in lines]


def _needs(label: int, wide: Sequence[int]) -> int:
    return len(_INDENT) + label + sum(len(_GAP) + each for each in wide)


def _row(name: str, cells: Sequence[Part], label: int, wide: Sequence[int]) -> Row:
    parts = [Part(f"{_INDENT}{sized(Part(name), label)}", "dim")]
    for cell, cols in zip(cells, wide, strict=False):
        pad = " " * (cols - cell_len(cell.text))
        parts += [Part(_GAP + pad), cell]
    return tuple(parts)
