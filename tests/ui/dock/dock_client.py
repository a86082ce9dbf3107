"""A small client whose guest draws the lab dock: it tells of the dock, passes records, and takes
what is drawn there as a client does."""

import msgspec

from termlab.model.dock import free_cols, place_dock
from termlab.model.geometry import Rect, Size
from termlab.model.layout import Leaf, Node, Split
from termlab.model.state import State
from termlab.model.vitals import Vitals
from termlab.wire.guest import Dock, Docked, Output
from termlab.wire.messages import VitalsSeen, VitalsUpdate
from tests.terminal.cells import Cell, screen
from tests.ui.guest_client import GuestClient, state

TWO: Node = Split("row", (Leaf(1), Leaf(2)), (1, 1))
DOCK = 0


def docked_state(size: Size, dock: int, epoch: int = 1, tree: Node = TWO) -> State:
    """A session beside a dock of so many columns."""
    free = Size(free_cols(dock, size.cols, size.rows - 1), size.rows)
    return msgspec.structs.replace(state(tree, free, epoch), dock=dock)


class DockClient(GuestClient):
    """Its panes are patterns as well: whatever is drawn over them shows."""

    def __init__(self, size: Size) -> None:
        super().__init__(size, TWO)
        self._looks = 0

    @property
    def area(self) -> Rect:
        """The dock's cells."""
        place = place_dock(self.state.dock, self.size.cols, self.size.rows - 1)
        assert place is not None
        return place.area

    def dock(self, cols: int, epoch: int = 1, tree: Node = TWO) -> None:
        """Show the dock, or hide it, until the guest says that it stands."""
        self.tell_dock(cols, epoch, tree)
        self.until(Docked)

    def tell_dock(self, cols: int, epoch: int = 1, tree: Node = TWO) -> None:
        self.state = docked_state(self.size, cols, epoch, tree)
        self.link.send(Dock(self.size, self.state))

    def show(self, *records: Vitals) -> None:
        """Pass records, each once the one before is shown."""
        for record in records:
            self._looks += 1
            self.link.send(VitalsUpdate(self._looks, record))
            assert self.until(VitalsSeen).number == self._looks

    def settle(self) -> None:
        """Until the guest sleeps, and all that it drew is here."""
        self.asleep()
        while self.rest(0):
            self.asleep()

    def drawn(self) -> list[str]:
        """The dock's rows, when nothing comes any more."""
        self.settle()
        area = self.area
        rows = [row.ljust(self.size.cols) for row in self.text()]
        return [row[area.x : area.right].rstrip() for row in rows[area.y : area.bottom]]

    def cells(self) -> list[list[Cell]]:
        """The dock's cells, when nothing comes any more."""
        self.settle()
        area = self.area
        return [row[area.x : area.right] for row in screen(self.shown)[area.y : area.bottom]]

    def untouched(self) -> bool:
        """Whether every cell outside the dock is as it was."""
        area = self.area
        rows = [row.ljust(self.size.cols) for row in self.text()]
        left = [row[: area.x] for row in rows[: area.bottom]]
        return left == ["E" * area.x] * len(left) and rows[-1] == "E" * self.size.cols

    def _holds(self, output: Output) -> bool:
        if output.number == DOCK:
            return bool(self.state.dock) and output.epoch == self.state.epoch
        return super()._holds(output)
