"""The borders between panes: which one is at a cell, moving it, sharing evenly across it. Pure.

A border has a name that outlives changes elsewhere in the tree: a pane, and whether it is the line
to the right of it or the one below it. Client and server read the same name from the same tree.
"""

from typing import NamedTuple

from termlab.errors import TargetError
from termlab.model.geometry import Rect
from termlab.model.layout import (
    Axis,
    Leaf,
    Node,
    Split,
    child_sizes,
    least_size,
    panes_of,
    tree_area,
)


class Border(NamedTuple):
    """The line after ``pane`` along ``axis``: to the right of it ("row"), or below ("column")."""

    pane: int
    axis: Axis


class _Place(NamedTuple):
    """Where a border stands: behind child ``child`` of the split at ``path``, in ``area``."""

    path: tuple[int, ...]
    split: Split
    area: Rect
    child: int


def border_at(node: Node, cols: int, rows: int, x: int, y: int) -> Border | None:
    """The border at a cell of a window that is not zoomed; where two meet, the outer one.

    A border of a column is the line of titles of the pane below it; the topmost is none.
    """
    area = tree_area(node, cols, rows)
    while isinstance(node, Split):
        rects = _rects(node, area)
        for child, after in zip(node.children, rects[1:], strict=False):
            if _line(node.axis, after, area).contains(x, y):
                return Border(_beside(child, node.axis), node.axis)
        # The titles at the top of a part belong to it, though they stand above it.
        inside = [i for i, rect in enumerate(rects) if _with_titles(rect).contains(x, y)]
        if not inside:
            return None
        node, area = node.children[inside[-1]], rects[inside[-1]]
    return None


def move_border(node: Node, cols: int, rows: int, border: Border, to: int) -> Node:
    """The tree with a border at column, or row, ``to`` of the window; as near as its two sides
    can be made. Raises ``TargetError`` if there is no such border."""
    place = _find(node, cols, rows, border)
    along = _start(_rects(place.split, place.area)[place.child], place.split.axis)
    return _with_extent(node, place, to - along)


def even_border(node: Node, cols: int, rows: int, border: Border) -> Node:
    """The tree with the same extent on both sides of a border, or one cell more before it."""
    place = _find(node, cols, rows, border)
    extents = child_sizes(place.split, place.area.cols, place.area.rows)
    return _with_extent(node, place, (sum(extents[place.child : place.child + 2]) + 1) // 2)


def _find(node: Node, cols: int, rows: int, border: Border) -> _Place:
    """The innermost split along the border's axis in which something follows the pane."""
    area = tree_area(node, cols, rows)
    path: tuple[int, ...] = ()
    found: _Place | None = None
    while isinstance(node, Split):
        index = next((i for i, c in enumerate(node.children) if border.pane in panes_of(c)), None)
        if index is None:
            break
        if node.axis == border.axis and index + 1 < len(node.children):
            found = _Place(path, node, area, index)
        area = _rects(node, area)[index]
        path, node = (*path, index), node.children[index]
    if found is None or node != Leaf(border.pane):
        side = "to the right of" if border.axis == "row" else "below"
        raise TargetError(f"there is no border {side} pane %{border.pane} any more")
    return found


def _with_extent(node: Node, place: _Place, extent: int) -> Node:
    """The tree with the child before the border ``extent`` cells long, within what both can be."""
    split, index = place.split, place.child
    extents = child_sizes(split, place.area.cols, place.area.rows)
    along = 0 if split.axis == "row" else 1
    least, least_after = (least_size(child)[along] for child in split.children[index : index + 2])
    both = extents[index] + extents[index + 1]
    extents[index] = max(min(extent, both - least_after), least)
    extents[index + 1] = both - extents[index]
    return _replaced(node, place.path, Split(split.axis, split.children, tuple(extents)))


def _replaced(node: Node, path: tuple[int, ...], new: Split) -> Node:
    if not path or isinstance(node, Leaf):
        return new
    index, rest = path[0], path[1:]
    child = _replaced(node.children[index], rest, new)
    children = (*node.children[:index], child, *node.children[index + 1 :])
    return Split(node.axis, children, node.weights)


def _rects(split: Split, area: Rect) -> list[Rect]:
    """Where the children of a split stand."""
    rects = []
    at = 0
    for size in child_sizes(split, area.cols, area.rows):
        if split.axis == "row":
            rects.append(Rect(area.x + at, area.y, size, area.rows))
        else:
            rects.append(Rect(area.x, area.y + at, area.cols, size))
        at += size + 1
    return rects


def _line(axis: Axis, after: Rect, area: Rect) -> Rect:
    """The cells of the border before a child; a vertical one reaches up into the titles."""
    if axis == "row":
        return Rect(after.x - 1, area.y - 1, 1, area.rows + 1)
    return Rect(area.x, after.y - 1, area.cols, 1)


def _with_titles(rect: Rect) -> Rect:
    return Rect(rect.x, rect.y - 1, rect.cols, rect.rows + 1)


def _start(rect: Rect, axis: Axis) -> int:
    return rect.x if axis == "row" else rect.y


def _beside(node: Node, axis: Axis) -> int:
    """A pane of ``node`` that touches its end along ``axis``: nothing of ``node`` follows it."""
    while isinstance(node, Split):
        node = node.children[-1 if node.axis == axis else 0]
    return node.pane
