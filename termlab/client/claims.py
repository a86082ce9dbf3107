"""Who paints the panes: claims of the guest, the rows it gets for them, what it draws over them.

A claim holds for one geometry. While one holds, the panes' rows go to the guest: one message under
way, what changes meanwhile kept as numbers of rows, so that a guest that stops reading costs
nothing. A new geometry ends the claim at once; the guest is told the state and claims anew. Knows
no process and no keys.
"""

import sys
from collections.abc import Callable

from termlab.model.geometry import Size
from termlab.wire.guest import Claim, OuterSize, Output, Rows
from termlab.wire.messages import Frame, Message

if sys.platform != "win32":
    from termlab.client.display import Display

assert sys.platform != "win32"


class Claims:
    """One guest's. ``tell`` takes messages for it."""

    def __init__(self, display: Display, tell: Callable[[Message], None]) -> None:
        self._display = display
        self._tell = tell
        self._claim: Claim | None = None
        self._number = 0  # of the last claim, in force or not
        self._told_size: Size | None = None
        self._under_way = False  # rows the guest has not drawn yet
        self._state_due = False
        self._changed: dict[int, set[int]] = {}  # rows of claimed panes

    def open(self) -> None:
        """The guest gets the state and may claim: tell it how large the terminal is by now."""
        size = self._display.size
        if size != self._told_size:
            self._told_size = size
            self._tell(OuterSize(size))
        self._under_way = self._state_due = False

    def claim(self, claim: Claim) -> None:
        """The guest wants to paint panes. Answered by what they show, or by the newer state."""
        state = self._display.replica.state
        self._number = claim.number
        self._under_way = False
        if state is None or not self._display.placed:
            return  # a new geometry is on its way, and will be told
        if claim.epoch != state.epoch:
            self._state_due = True
        else:
            self._claim = claim
            self._display.cover(claim.panes, claim.frame)
            self._changed.clear()
        self._send(whole=self._claim is claim)

    def drawn(self) -> None:
        """The guest is ready for more."""
        self._under_way = False
        if self._changed or self._state_due:
            self._send()

    def output(self, output: Output) -> None:
        """What the guest draws; not what it meant for another geometry or an ended claim."""
        claim = self._claim
        if claim is not None and (output.number, output.epoch) == (claim.number, claim.epoch):
            self._display.overlay(output.data, output.cursor)

    def frame(self, frame: Frame) -> None:
        """A frame from the server was painted, but for the claimed panes."""
        state = self._display.replica.state
        if state is None or frame.epoch != state.epoch:
            return
        if frame.state is not None:
            self._state_due = True
        if self._claim is not None and self._claim.epoch != frame.epoch:
            self.lost()
        if self._claim is not None:
            for update in frame.panes:
                if update.pane in self._claim.panes:
                    changed = self._changed.setdefault(update.pane, set())
                    changed.update(y for y, _ in update.rows)
        if (self._changed or self._state_due) and not self._under_way:
            self._send()

    def lost(self) -> None:
        """There is another geometry, or none for now: the display has let go of the old one."""
        self._claim = None
        self._changed.clear()

    def end(self) -> None:
        """The guest has closed, or has ended: its claim as well."""
        if self._claim is not None:
            self.lost()
            self._display.uncover()
        self._under_way = self._state_due = False

    def _send(self, whole: bool = False) -> None:
        """The newest of what changed, or all of the claimed panes."""
        replica = self._display.replica
        if replica.state is None:
            return
        if self._state_due:
            size = self._display.size
            if size != self._told_size:
                self._told_size = size
                self._tell(OuterSize(size))
        kept = self._display.kept
        if whole and self._claim is not None:
            panes = tuple(kept(pane) for pane in self._claim.panes)
        else:
            panes = tuple(kept(pane, rows) for pane, rows in self._changed.items())
        state = replica.state if self._state_due else None
        self._changed.clear()
        self._state_due = False
        self._under_way = True
        self._tell(Rows(self._number, replica.state.epoch, panes, state))
