"""What differs between the app's two placements: who paints the cells of panes and frame.

Stand-alone every cell is ours (`Painted`). As the client's guest what we did not claim is a hole:
a part of the screen that we step over, for the client paints it (`Holes`).
"""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

from textual.strip import Strip

from termlab.ui.strips import HoleStrip, VtStrip

Claiming = Callable[[int, int, tuple[int, ...], bool], None]
"""Tells the client of a claim: its number, the epoch, the panes, the frame around them."""

_NONE: Final[frozenset[int]] = frozenset()


class PaneHost(Protocol):
    """Lines come as VT bytes for an erased line that starts in column ``x`` of the terminal."""

    def pane_line(self, pane: int, row: bytes, x: int, cols: int) -> Strip:
        """A line of a pane."""

    def frame_line(self, row: bytes, cols: int) -> Strip:
        """A line of what is around the panes."""

    def status_line(self, row: bytes, cols: int) -> Strip:
        """The status row."""

    async def cover(self, epoch: int, panes: frozenset[int]) -> bool:
        """Wait until ``panes`` and the frame around all panes are ours, their rows in the scene:
        something will be drawn over them. Replaces what was covered before. False when it has
        become pointless: the geometry is a new one, or `cover` or `uncover` was called again."""

    def uncover(self) -> None:
        """Nothing is drawn over them any more."""


class Painted:
    """Stand-alone: all is ours, always."""

    def pane_line(self, pane: int, row: bytes, x: int, cols: int) -> Strip:
        return VtStrip(row, x, cols)

    def frame_line(self, row: bytes, cols: int) -> Strip:
        return VtStrip(row, 0, cols)

    def status_line(self, row: bytes, cols: int) -> Strip:
        return VtStrip(row, 0, cols)

    async def cover(self, epoch: int, panes: frozenset[int]) -> bool:
        return True

    def uncover(self) -> None: ...


class Holes:
    """As a guest. ``claim`` sends a claim; `granted` tells that the rows for it have come."""

    def __init__(self, claim: Claiming) -> None:
        self.number = 0  # of the last claim; nothing before it is of use
        self.epoch = 0  # the one it was made in
        self._claim = claim
        self.claimed = False  # whether anything is ours to paint: the frame is, even with no pane
        self._claimed = _NONE
        self._asked: tuple[frozenset[int], asyncio.Future[bool]] | None = None

    def pane_line(self, pane: int, row: bytes, x: int, cols: int) -> Strip:
        return VtStrip(row, x, cols) if pane in self._claimed else HoleStrip(cols)

    def frame_line(self, row: bytes, cols: int) -> Strip:
        return VtStrip(row, 0, cols) if self.claimed else HoleStrip(cols)

    def status_line(self, row: bytes, cols: int) -> Strip:
        return HoleStrip(cols)

    async def cover(self, epoch: int, panes: frozenset[int]) -> bool:
        self.uncover()
        self.number += 1
        self.epoch = epoch
        ours: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._asked = (panes, ours)
        self._claim(self.number, epoch, tuple(sorted(panes)), True)
        return await ours

    def granted(self, number: int, epoch: int) -> None:
        """The rows for claim ``number`` are in the scene; or, with another ``epoch`` than the
        claim's, there is a new geometry, in which the app covers anew."""
        if self._asked is None or number != self.number:
            return
        if epoch == self.epoch:
            self.claimed = True
            self._claimed = self._asked[0]
        self._answer(epoch == self.epoch)

    def uncover(self) -> None:
        self.claimed = False
        self._claimed = _NONE
        self._answer(False)

    def _answer(self, ours: bool) -> None:
        if self._asked is not None and not self._asked[1].done():
            self._asked[1].set_result(ours)
        self._asked = None
