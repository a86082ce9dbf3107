"""How the panes of a window share its cells: a tree, and the pure function that places it.

A *leaf* is a pane. A *split* lays its children out in a ``row`` (left to right) or a ``column``
(top to bottom) with one separator cell between two of them; `weights` say how they share what is
left, so a window that shrinks and grows back looks as before. A window of several panes has a line
above each pane that carries its title: the separators of a column, and one more line at the top.

Geometry has this one source: server, client and ui call `arrange` with the same tree and size and
get the same rectangles. Editing the tree (split, remove, resize) is in `layout_edit`.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from termlab.model.geometry import Rect
from termlab.model.records import msgspec

# Less can't show a prompt. A window that can't give each pane this much shows its active pane only.
MIN_PANE_COLS: Final = 2
MIN_PANE_ROWS: Final = 1

Axis = Literal["row", "column"]


class Leaf(msgspec.Struct, frozen=True, tag="leaf"):
    """A pane's place in the tree."""

    pane: int


class Split(msgspec.Struct, frozen=True, tag="split"):
    """Two or more neighbours along an axis; ``weights`` are relative, one for each child."""

    axis: Axis
    children: tuple["Node", ...]
    weights: tuple[int, ...]


Node = Leaf | Split


class Arrangement(msgspec.Struct, frozen=True):
    """Where everything is: panes in tree order, the line above each (its title's place, empty if
    it has none), the vertical separators, and how many panes found no room."""

    panes: dict[int, Rect]
    titles: dict[int, Rect]
    separators: tuple[Rect, ...]
    hidden: int = 0


def panes_of(node: Node) -> Iterator[int]:
    """The panes of a tree, in order."""
    if isinstance(node, Leaf):
        yield node.pane
    else:
        for child in node.children:
            yield from panes_of(child)


def least_size(node: Node) -> tuple[int, int]:
    """Columns and rows below which a tree can't be placed (without the title line at the top)."""
    if isinstance(node, Leaf):
        return MIN_PANE_COLS, MIN_PANE_ROWS
    sizes = [least_size(child) for child in node.children]
    gaps = len(sizes) - 1
    if node.axis == "row":
        return sum(cols for cols, _ in sizes) + gaps, max(rows for _, rows in sizes)
    return max(cols for cols, _ in sizes), sum(rows for _, rows in sizes) + gaps


def share(extent: int, weights: Sequence[int], least: Sequence[int]) -> list[int]:
    """Split ``extent`` cells by weight, nobody below its least; the sum is exact."""
    total = sum(weights) or 1
    sizes = [extent * weight // total for weight in weights]
    by_fraction = sorted(range(len(sizes)), key=lambda i: -(extent * weights[i] % total))
    for i in by_fraction[: extent - sum(sizes)]:
        sizes[i] += 1
    for i, floor in enumerate(least):
        while sizes[i] < floor:
            richest = max(range(len(sizes)), key=lambda j: sizes[j] - least[j])
            if sizes[richest] <= least[richest]:
                break
            sizes[richest] -= 1
            sizes[i] += 1
    return sizes


def child_sizes(split: Split, cols: int, rows: int) -> list[int]:
    """The extents of a split's children along its axis when it has ``cols`` x ``rows``."""
    along = 0 if split.axis == "row" else 1
    extent = (cols, rows)[along] - (len(split.children) - 1)
    return share(extent, split.weights, [least_size(child)[along] for child in split.children])


def tree_area(node: Node, cols: int, rows: int) -> Rect:
    """The part of a window its tree is laid out in: all of it, less the line of titles."""
    return Rect(0, 0, cols, rows) if isinstance(node, Leaf) else Rect(0, 1, cols, rows - 1)


def arrange(node: Node, cols: int, rows: int, active: int, zoomed: bool = False) -> Arrangement:
    """Place a window's panes in ``cols`` x ``rows``.

    Zoomed, or where the panes don't all fit, the active pane has the whole window.
    """
    area = tree_area(node, cols, rows)
    least_cols, least_rows = least_size(node)
    crowded = area.cols < least_cols or area.rows < least_rows
    if zoomed or crowded or isinstance(node, Leaf):
        others = sum(1 for _ in panes_of(node)) - 1
        whole = Rect(0, 0, cols, rows)
        return Arrangement({active: whole}, {}, (), others if crowded and not zoomed else 0)
    panes: dict[int, Rect] = {}
    separators: list[Rect] = []
    _place(node, area, panes, separators)
    titles = {pane: Rect(r.x, r.y - 1, r.cols, 1) for pane, r in panes.items()}
    return Arrangement(panes, titles, tuple(separators))


def _place(node: Node, area: Rect, panes: dict[int, Rect], separators: list[Rect]) -> None:
    """Fill in the rectangles; a vertical separator reaches up into the line of titles above."""
    if isinstance(node, Leaf):
        panes[node.pane] = area
        return
    x, y = area.x, area.y
    for i, size in enumerate(child_sizes(node, area.cols, area.rows)):
        if node.axis == "row":
            if i:
                separators.append(Rect(x - 1, area.y - 1, 1, area.rows + 1))
            _place(node.children[i], Rect(x, y, size, area.rows), panes, separators)
            x += size + 1
        else:
            _place(node.children[i], Rect(x, y, area.cols, size), panes, separators)
            y += size + 1
