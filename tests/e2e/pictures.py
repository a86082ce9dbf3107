"""Pictures of terminals, cell by cell: a part of one held against another."""

import selectors
import sys
import time
from collections.abc import Sequence
from typing import Final

from termlab.model.geometry import Rect
from termlab.model.screen import Cursor
from tests.terminal.cells import Cell

if sys.platform != "win32":
    from tests.e2e.outer import TIMEOUT_S, OuterTerminal

assert sys.platform != "win32"

Picture = list[list[Cell]]
# More would hide what is the matter.
MAX_SHOWN: Final = 12


def cut(picture: Picture, rect: Rect) -> Picture:
    """The cells of a rectangle."""
    return [row[rect.x : rect.right] for row in picture[rect.y : rect.bottom]]


def whole(outer: OuterTerminal) -> Rect:
    """All of a terminal."""
    return Rect(0, 0, outer.size.cols, outer.size.rows)


def single_pane(outer: OuterTerminal) -> Rect:
    """Where the only pane of a window is: everything above the status row."""
    return Rect(0, 0, outer.size.cols, outer.size.rows - 1)


def differences(expected: Picture, shown: Picture) -> list[str]:
    """The cells that differ, in words."""
    found = [
        f"{x},{y}: expected {wanted} shown {got}"
        for y, rows in enumerate(zip(expected, shown, strict=True))
        for x, (wanted, got) in enumerate(zip(*rows, strict=True))
        if wanted != got
    ]
    return [*found[:MAX_SHOWN], f"{len(found)} cells differ"] if found else []


def wait_for_picture(
    outer: OuterTerminal,
    expected: Picture,
    rect: Rect,
    timeout_s: float = TIMEOUT_S,
    cursor: Cursor | None = None,
) -> None:
    """Until the rectangle shows exactly these cells, and ``cursor``, if given, in it."""
    shown: Picture = []

    def same(rows: Sequence[str]) -> bool:
        shown[:] = cut(outer.cells(), rect)
        return shown == expected and (cursor is None or _alike(outer.cursor(), cursor, rect))

    try:
        outer.wait_for(same, timeout_s)
    except AssertionError as error:
        wanted = [f"cursor expected {cursor}"] if cursor is not None else []
        words = [*differences(expected, shown), *wanted, str(error)]
        raise AssertionError("\n".join(words)) from None


def _alike(got: Cursor, wanted: Cursor, rect: Rect) -> bool:
    """Whether a cursor is ``wanted`` of the rectangle; where a hidden one stands nobody sees."""
    place = (got.x - rect.x, got.y - rect.y) if wanted.visible else (wanted.x, wanted.y)
    return Cursor(*place, got.visible, got.shape) == wanted


def assert_same(outer: OuterTerminal, direct: OuterTerminal, rect: Rect) -> None:
    """Until the rectangle shows what a terminal of its size does, its cursor included."""
    wait_for_same(outer, rect, direct, whole(direct), cursor=True)


def wait_for_same(
    one: OuterTerminal, rect: Rect, other: OuterTerminal, its: Rect, cursor: bool = False
) -> None:
    """Until two terminals show the same in a rectangle of each, hearing both meanwhile."""
    deadline = time.monotonic() + TIMEOUT_S
    with selectors.DefaultSelector() as selector:
        for each in (one, other):
            selector.register(each.fileno(), selectors.EVENT_READ, each)
        while not _same(one, rect, other, its, cursor):
            ready = selector.select(max(deadline - time.monotonic(), 0))
            if not ready:
                shown, wanted = cut(one.cells(), rect), cut(other.cells(), its)
                cursors = f"cursors {one.cursor()} {other.cursor()}"
                raise AssertionError("\n".join([*differences(wanted, shown), cursors]))
            for key, _ in ready:
                key.data.hear()
                if key.data.ended:
                    selector.unregister(key.data.fileno())


def _same(one: OuterTerminal, rect: Rect, other: OuterTerminal, its: Rect, cursor: bool) -> bool:
    if one.holding or other.holding:
        return False
    wanted = other.cursor()
    wanted = Cursor(wanted.x - its.x, wanted.y - its.y, wanted.visible, wanted.shape)
    if cursor and not _alike(one.cursor(), wanted, rect):
        return False
    return cut(one.cells(), rect) == cut(other.cells(), its)
