"""Changing a layout tree: split, remove, swap, resize, find a neighbour. Pure, as the tree is.

Used by the server alone; what it makes is placed by `layout.arrange`.
"""

from collections.abc import Callable, Mapping
from typing import Literal

from termlab.errors import TargetError, UsageError
from termlab.model.geometry import Rect
from termlab.model.layout import (
    Arrangement,
    Axis,
    Leaf,
    Node,
    Split,
    child_sizes,
    least_size,
    panes_of,
    tree_area,
)

Direction = Literal["left", "right", "up", "down"]

AXIS_OF: dict[Direction, Axis] = {
    "left": "row",
    "right": "row",
    "up": "column",
    "down": "column",
}


def split_pane(
    node: Node, target: int, new: int, direction: Direction, percent: int, sizes: dict[int, Rect]
) -> Node:
    """``node`` with pane ``new`` beside ``target``, which gives it ``percent`` of its cells.

    ``sizes`` is where the panes stand now: it fixes the other panes' cells. Raises ``UsageError``
    when the target is too small to share.
    """
    axis = AXIS_OF[direction]
    rect = sizes.get(target, Rect(0, 0, 0, 0))
    extent = (rect.cols if axis == "row" else rect.rows) - 1
    least = least_size(Leaf(new))[0 if axis == "row" else 1]
    if extent < 2 * least:
        raise UsageError(
            f"pane %{target} ({rect.cols}x{rect.rows}) is too small to split {direction}: "
            "enlarge it, zoom out or close another pane"
        )
    share = min(max(round(extent * percent / 100), least), extent - least)
    first = direction in ("left", "up")
    pair = (Leaf(new), Leaf(target)) if first else (Leaf(target), Leaf(new))
    weights = (share, extent - share) if first else (extent - share, share)
    return _replace(node, target, Split(axis, pair, weights), sizes)


def _replace(node: Node, target: int, pair: Split, sizes: dict[int, Rect]) -> Node:
    """Put ``pair`` where ``target`` was; a split along the same axis takes the two in."""
    if isinstance(node, Leaf):
        return pair if node.pane == target else node
    children: list[Node] = []
    weights: list[int] = []
    for child, weight in zip(node.children, _extents(node, sizes), strict=True):
        if child == Leaf(target) and node.axis == pair.axis:
            children += pair.children
            weights += pair.weights
        else:
            children.append(_replace(child, target, pair, sizes))
            weights.append(weight)
    return Split(node.axis, tuple(children), tuple(weights))


def _extents(split: Split, sizes: dict[int, Rect]) -> list[int]:
    """The cells each child of ``split`` has now; its weights where it isn't on the screen."""
    extents = []
    for child in split.children:
        rects = [sizes[pane] for pane in panes_of(child) if pane in sizes]
        if not rects:
            return list(split.weights)
        if split.axis == "row":
            extents.append(max(r.right for r in rects) - min(r.x for r in rects))
        else:
            extents.append(max(r.bottom for r in rects) - min(r.y for r in rects))
    return extents


def remove_pane(node: Node, pane: int) -> Node | None:
    """``node`` without ``pane``; its neighbour takes its cells. None when it was the last."""
    if isinstance(node, Leaf):
        return None if node.pane == pane else node
    children: list[Node] = []
    weights: list[int] = []
    freed = 0
    for child, weight in zip(node.children, node.weights, strict=True):
        rest = remove_pane(child, pane)
        if rest is None:
            if weights:
                weights[-1] += weight + 1
            else:
                freed = weight + 1
        elif isinstance(rest, Split) and rest.axis == node.axis and rest is not child:
            children += rest.children
            weights += _scaled(rest.weights, weight + freed)
            freed = 0
        else:
            children.append(rest)
            weights.append(weight + freed)
            freed = 0
    return children[0] if len(children) == 1 else Split(node.axis, tuple(children), tuple(weights))


def _scaled(weights: tuple[int, ...], total: int) -> list[int]:
    """``weights`` in the same proportion, their sum close to ``total``."""
    whole = sum(weights) or 1
    return [max(weight * total // whole, 1) for weight in weights]


def rename_panes(node: Node, names: Mapping[int, int]) -> Node:
    """``node`` with other panes in their places: those of ``names`` by its values."""
    if isinstance(node, Leaf):
        return Leaf(names.get(node.pane, node.pane))
    children = tuple(rename_panes(child, names) for child in node.children)
    return Split(node.axis, children, node.weights)


def rotation(node: Node, by: int) -> dict[int, int]:
    """Who comes in whose place when the panes move on: ``by`` 1 for the next pane's coming (each
    moves up, the first to the end), -1 for the previous one's."""
    panes = list(panes_of(node))
    return {pane: panes[(i + by) % len(panes)] for i, pane in enumerate(panes)}


# What the extents along a split become: given them, the child it is about, and each one's least.
_Change = Callable[[list[int], int, list[int]], list[int]]


def resize_pane(
    node: Node, cols: int, rows: int, pane: int, direction: Direction, cells: int
) -> Node:
    """Move the pane's border by ``cells``: the right or lower one, else the left or upper one.

    Stops where a neighbour would fall below its least size; the tree itself if nothing can move.
    """

    def move(extents: list[int], index: int, floors: list[int]) -> list[int]:
        border = min(index, len(extents) - 2)
        change = cells if direction in ("right", "down") else -cells
        change = min(change, extents[border + 1] - floors[border + 1])
        change = max(change, floors[border] - extents[border])
        extents[border] += change
        extents[border + 1] -= change
        return extents

    return _change_split(node, cols, rows, pane, AXIS_OF[direction], move)


def resize_to(node: Node, cols: int, rows: int, pane: int, axis: Axis, cells: int) -> Node:
    """Give the pane ``cells`` columns (``row``) or rows (``column``), as near as can be.

    The panes behind it give or get them, the nearest first, then those before it; the tree itself
    if it has no neighbour along the axis.
    """

    def set_cells(extents: list[int], index: int, floors: list[int]) -> list[int]:
        others = [*range(index + 1, len(extents)), *range(index - 1, -1, -1)]
        wanted = max(cells, floors[index])
        for other in others:
            change = min(wanted - extents[index], extents[other] - floors[other])
            extents[index] += change
            extents[other] -= change
        return extents

    return _change_split(node, cols, rows, pane, axis, set_cells)


def _change_split(node: Node, cols: int, rows: int, pane: int, axis: Axis, change: _Change) -> Node:
    """``node`` with other extents in the innermost split along ``axis`` that holds the pane."""
    if pane not in panes_of(node):
        raise TargetError(f"pane %{pane} is not in this window: see `termlab ls`")
    return _change_inner(node, *_room(node, cols, rows), pane, axis, change)[0]


def _room(node: Node, cols: int, rows: int) -> tuple[int, int]:
    """The cells the tree has, or the least it needs where the window is too small to show it."""
    area = tree_area(node, cols, rows)
    least_cols, least_rows = least_size(node)
    return max(area.cols, least_cols), max(area.rows, least_rows)


def _change_inner(
    node: Node, cols: int, rows: int, pane: int, axis: Axis, change: _Change
) -> tuple[Node, bool]:
    """The tree after the change, and whether a split was found."""
    if isinstance(node, Leaf):
        return node, False
    extents = child_sizes(node, cols, rows)
    index = next(i for i, child in enumerate(node.children) if pane in panes_of(child))
    inner = (extents[index], rows) if node.axis == "row" else (cols, extents[index])
    child, changed = _change_inner(node.children[index], *inner, pane, axis, change)
    children = (*node.children[:index], child, *node.children[index + 1 :])
    if changed:
        return Split(node.axis, children, tuple(extents)), True
    if axis != node.axis:
        return node, False
    along = 0 if node.axis == "row" else 1
    floors = [least_size(c)[along] for c in node.children]
    return Split(node.axis, node.children, tuple(change(extents, index, floors))), True


def spread(node: Node, cols: int, rows: int, pane: int) -> Node:
    """Make the pane and those beside it even: the innermost split around it that is not so yet;
    the tree itself if all are."""
    return _spread(node, *_room(node, cols, rows), pane)


def _spread(node: Node, cols: int, rows: int, pane: int) -> Node:
    if isinstance(node, Leaf):
        return node
    extents = child_sizes(node, cols, rows)
    index = next(i for i, child in enumerate(node.children) if pane in panes_of(child))
    inner = (extents[index], rows) if node.axis == "row" else (cols, extents[index])
    before = node.children[index]
    child = _spread(before, *inner, pane)
    if child is not before:
        children = (*node.children[:index], child, *node.children[index + 1 :])
        return Split(node.axis, children, tuple(extents))
    even = Split(node.axis, node.children, (1,) * len(node.children))
    return node if child_sizes(even, cols, rows) == extents else even


def neighbour(placed: Arrangement, pane: int, direction: Direction) -> int | None:
    """The pane next to ``pane`` in a direction, around the edge if need be; None if it is alone.

    Among several the one that shares most of the border, then the first in order.
    """
    here = placed.panes.get(pane)
    if here is None or len(placed.panes) < 2:
        return None
    others = {p: r for p, r in placed.panes.items() if p != pane and _overlap(here, r, direction)}
    ahead = {p: d for p, r in others.items() if (d := _distance(here, r, direction)) >= 0}
    if ahead:
        nearest = min(ahead.values())
        row = [p for p, d in ahead.items() if d == nearest]
    elif others:  # around the edge: the farthest one behind
        farthest = min(_distance(here, r, direction) for r in others.values())
        row = [p for p, r in others.items() if _distance(here, r, direction) == farthest]
    else:
        return None
    return max(row, key=lambda p: _overlap(here, placed.panes[p], direction))


def _overlap(a: Rect, b: Rect, direction: Direction) -> int:
    """How many cells of border the two would share along the direction."""
    if AXIS_OF[direction] == "row":
        return max(0, min(a.bottom, b.bottom) - max(a.y, b.y))
    return max(0, min(a.right, b.right) - max(a.x, b.x))


def _distance(a: Rect, b: Rect, direction: Direction) -> int:
    """Cells between the facing edges; negative if ``b`` lies the other way."""
    if direction == "right":
        return b.x - a.right
    if direction == "left":
        return a.x - b.right
    if direction == "down":
        return b.y - a.bottom
    return a.y - b.bottom
