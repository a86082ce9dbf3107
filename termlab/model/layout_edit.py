"""Changing a layout tree: split, remove, move a border, find a neighbour. Pure, as the tree is.

Used by the server alone; what it makes is placed by `layout.arrange`.
"""

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


def resize_pane(
    node: Node, cols: int, rows: int, pane: int, direction: Direction, cells: int
) -> Node:
    """Move the pane's border by ``cells``: the right or lower one, else the left or upper one.

    Stops where a neighbour would fall below its least size; the tree itself if nothing can move.
    """
    if pane not in panes_of(node):
        raise TargetError(f"pane %{pane} is not in this window: see `termlab ls`")
    area = tree_area(node, cols, rows)
    return _move_border(node, area.cols, area.rows, pane, direction, cells)[0]


def _move_border(
    node: Node, cols: int, rows: int, pane: int, direction: Direction, cells: int
) -> tuple[Node, bool]:
    """The tree after the move, and whether a border was found: the innermost one moves."""
    if isinstance(node, Leaf):
        return node, False
    extents = child_sizes(node, cols, rows)
    index = next(i for i, child in enumerate(node.children) if pane in panes_of(child))
    inner = (extents[index], rows) if node.axis == "row" else (cols, extents[index])
    child, moved = _move_border(node.children[index], *inner, pane, direction, cells)
    children = (*node.children[:index], child, *node.children[index + 1 :])
    if moved:
        return Split(node.axis, children, tuple(extents)), True
    if AXIS_OF[direction] != node.axis:
        return node, False
    border = min(index, len(extents) - 2)
    along = 0 if node.axis == "row" else 1
    floors = [least_size(c)[along] for c in node.children]
    change = cells if direction in ("right", "down") else -cells
    change = min(change, extents[border + 1] - floors[border + 1])
    change = max(change, floors[border] - extents[border])
    extents[border] += change
    extents[border + 1] -= change
    return Split(node.axis, node.children, tuple(extents)), True


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
