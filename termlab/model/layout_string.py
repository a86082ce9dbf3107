"""A layout as one word, in the form of tmux's ``#{window_layout}``: written and read. Pure.

``CHECKSUM,CELL``, a cell being ``COLSxROWS,X,Y`` and then ``,PANE``, or its parts side by side in
``{…}`` or one above another in ``[…]``. Cells are those of the tree, without the line of titles.
Read, the sizes are shares of whatever size the window has; the panes' numbers are not looked at, as
in tmux: a window's own panes take the places in order.
"""

import re
from typing import Final, NamedTuple

from termlab.errors import UsageError
from termlab.model.layout import Axis, Leaf, Node, Split, child_sizes, least_size, tree_area

# Far beyond any screen; deeper ones would be built by nobody's hands.
MAX_CHARS: Final = 16_384
MAX_DEPTH: Final = 50
MAX_EXTENT: Final = 10_000
_CHECKSUM: Final = re.compile(r"([0-9a-fA-F]{4}),")
_CELL: Final = re.compile(r"([0-9]{1,5})x([0-9]{1,5}),([0-9]{1,5}),([0-9]{1,5})")
_PANE: Final = re.compile(r",([0-9]{1,9})(?![0-9x])")
_BRACKETS: Final[dict[str, tuple[Axis, str]]] = {"{": ("row", "}"), "[": ("column", "]")}


class _Cell(NamedTuple):
    cols: int
    rows: int
    node: Node


def write_layout(tree: Node, cols: int, rows: int) -> str:
    """The layout of a window of ``cols`` x ``rows``."""
    area = tree_area(tree, cols, rows)
    least_cols, least_rows = least_size(tree)
    text = _written(tree, max(area.cols, least_cols), max(area.rows, least_rows), 0, 0)
    return f"{checksum(text):04x},{text}"


def looks_like_layout(text: str) -> bool:
    """Whether this means a layout written out, not the name of one."""
    return bool(_CHECKSUM.match(text)) or "," in text


def read_layout(text: str, panes: list[int]) -> Node:
    """The tree a written layout describes, with ``panes`` in its places. Raises ``UsageError``."""
    if len(text) > MAX_CHARS:
        raise _wrong(f"it has {len(text)} characters, at most {MAX_CHARS} are read")
    head = _CHECKSUM.match(text)
    if head is None:
        raise _wrong("it does not begin with a checksum of four digits and a comma")
    body = text[head.end() :]
    reader = _Reader(body, head.end())
    cell = reader.cell(1)
    reader.end()
    if int(head[1], 16) != checksum(body):
        raise _wrong(f"its checksum is {head[1]}, but what follows has {checksum(body):04x}")
    if reader.places != len(panes):
        raise _wrong(f"it has {_panes(reader.places)}, but the window has {_panes(len(panes))}")
    return _filled(cell.node, panes)


def checksum(body: str) -> int:
    """tmux's, of what follows it."""
    total = 0
    for char in body:
        total = (total >> 1) + ((total & 1) << 15)
        total = (total + ord(char)) & 0xFFFF
    return total


def _written(node: Node, cols: int, rows: int, x: int, y: int) -> str:
    cell = f"{cols}x{rows},{x},{y}"
    if isinstance(node, Leaf):
        return f"{cell},{node.pane}"
    parts = []
    for size in zip(node.children, child_sizes(node, cols, rows), strict=True):
        child, extent = size
        if node.axis == "row":
            parts.append(_written(child, extent, rows, x, y))
            x += extent + 1
        else:
            parts.append(_written(child, cols, extent, x, y))
            y += extent + 1
    opening = next(key for key, (axis, _) in _BRACKETS.items() if axis == node.axis)
    return f"{cell}{opening}{','.join(parts)}{_BRACKETS[opening][1]}"


class _Reader:
    """Reads cells from the beginning of ``text``; ``places`` counts the panes' numbers, which
    stand for the places in order."""

    def __init__(self, text: str, offset: int) -> None:
        self.places = 0
        self._text = text
        self._offset = offset  # of the text in what was given
        self._at = 0

    def end(self) -> None:
        if self._at < len(self._text):
            raise self._unexpected("the end")

    def cell(self, depth: int) -> _Cell:
        if depth > MAX_DEPTH:
            raise _wrong(f"it is nested more than {MAX_DEPTH} deep")
        start = self._at
        found = _CELL.match(self._text, start)
        if found is None:
            raise self._unexpected("a cell as 80x24,0,0")
        cols, rows = int(found[1]), int(found[2])
        if not (0 < cols <= MAX_EXTENT and 0 < rows <= MAX_EXTENT):
            raise _wrong(f"a cell can't have {cols}x{rows}: from 1x1 to {MAX_EXTENT}x{MAX_EXTENT}")
        self._at = found.end()
        opening = self._text[self._at : self._at + 1]
        if opening in _BRACKETS:
            self._at += 1
            return _Cell(cols, rows, self._split(cols, rows, *_BRACKETS[opening], depth))
        pane = _PANE.match(self._text, self._at)
        if pane is None:
            raise self._unexpected("a pane's number, '{' or '['")
        self._at = pane.end()
        self.places += 1
        return _Cell(cols, rows, Leaf(self.places - 1))

    def _split(self, cols: int, rows: int, axis: Axis, closing: str, depth: int) -> Split:
        """The cells up to ``closing``, which must fill ``cols`` x ``rows``."""
        cells = [self.cell(depth + 1)]
        while self._text[self._at : self._at + 1] == ",":
            self._at += 1
            cells.append(self.cell(depth + 1))
        if self._text[self._at : self._at + 1] != closing:
            raise self._unexpected(f"',' or {closing!r}")
        self._at += 1
        if len(cells) < 2:
            raise _wrong(f"the cell of {cols}x{rows} is parted, but has one part only")
        along, across = (cols, rows) if axis == "row" else (rows, cols)
        extents = [(cell.cols, cell.rows)[:: 1 if axis == "row" else -1] for cell in cells]
        sizes = [size for size, _ in extents]
        widths = {width for _, width in extents}
        if sum(sizes) + len(sizes) - 1 != along or widths != {across}:
            raise _wrong(f"the parts of the cell of {cols}x{rows} don't fill it")
        return _joined(axis, [cell.node for cell in cells], sizes)

    def _unexpected(self, wanted: str) -> UsageError:
        found = self._text[self._at : self._at + 10]
        there = repr(found) if found else "its end"
        return _wrong(f"at character {self._offset + self._at + 1} {wanted} is due, not {there}")


def _joined(axis: Axis, nodes: list[Node], sizes: list[int]) -> Split:
    """A split; one along the same axis within it is part of it."""
    children: list[Node] = []
    weights: list[int] = []
    for node, size in zip(nodes, sizes, strict=True):
        if isinstance(node, Split) and node.axis == axis:
            children += node.children
            weights += node.weights
        else:
            children.append(node)
            weights.append(size)
    return Split(axis, tuple(children), tuple(weights))


def _filled(node: Node, panes: list[int]) -> Node:
    if isinstance(node, Leaf):
        return Leaf(panes[node.pane])
    return Split(node.axis, tuple(_filled(child, panes) for child in node.children), node.weights)


def _panes(count: int) -> str:
    return f"{count} pane{'s' * (count != 1)}"


def _wrong(why: str) -> UsageError:
    return UsageError(f"this layout can't be selected: {why}; `termlab ls --json` writes layouts")
