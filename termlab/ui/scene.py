"""What the app knows: the client's replica, and of each pane its rows and its cursor.

Fed from the server's frames stand-alone, from the client's `Rows` as a guest; widgets draw straight
from here and keep nothing of their own. Knows no Textual.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from termlab.client.replica import Replica
from termlab.model.screen import Cursor
from termlab.model.state import State
from termlab.wire.messages import PaneRows

_HIDDEN: Final = Cursor(0, 0, visible=False)


class Changed(NamedTuple):
    """What is to be drawn anew. ``geometry``: everything. ``rows``: by pane, those that differ."""

    geometry: bool = False
    state: bool = False
    status: bool = False
    rows: Mapping[int, frozenset[int]] = {}


class Scene:
    """One session's picture, in the newest epoch only."""

    def __init__(self) -> None:
        self.replica = Replica()
        self._rows: dict[int, dict[int, bytes]] = {}
        self._cursors: dict[int, Cursor] = {}

    def take(self, state: State | None, epoch: int, panes: tuple[PaneRows, ...]) -> Changed:
        """What has come; rows of an older geometry are dropped."""
        geometry = False
        if state is not None and self.replica.take(state):
            geometry = True
            self._rows = {pane: {} for pane in self.replica.placed.panes}
            self._cursors = {}
        if self.replica.state is None or epoch != self.replica.state.epoch:
            return Changed(geometry, state is not None, state is not None)
        status = state is not None
        rows = {}
        for update in panes:
            status |= self.replica.note(update) and update.pane == self.replica.active
            self._cursors[update.pane] = update.cursor or _HIDDEN
            if (kept := self._rows.get(update.pane)) is not None:
                rows[update.pane] = frozenset(y for y, row in update.rows if kept.get(y) != row)
                kept.update(update.rows)
        return Changed(geometry, state is not None, status, rows)

    def row(self, pane: int, y: int) -> bytes:
        """A row of a pane as self-contained VT bytes; empty while it has not come."""
        return self._rows.get(pane, {}).get(y, b"")

    def cursor(self, pane: int) -> Cursor:
        """Where a pane's cursor is; hidden while it has not said."""
        return self._cursors.get(pane, _HIDDEN)
