"""The lab dock's cells as the client sees them: the guest's while the dock is shown, open or not.

The guest is told of the newest state that matters for the dock, and passed what was measured: one
message of each kind under way, so that a guest that stops costs nothing. What it draws there is
written only in the epoch that holds. Knows no process and no keys.
"""

import sys
from collections.abc import Callable
from typing import Final

from termlab.model.state import State
from termlab.wire.guest import Dock, Output
from termlab.wire.messages import Message, VitalsUpdate

if sys.platform != "win32":
    from termlab.client.display import Display

assert sys.platform != "win32"

# What is drawn for the dock while nothing is open.
DOCK: Final = 0
# Whoever draws once a second is stuck when it has not for so long.
STUCK_S: Final = 5.0


class Docking:
    """One guest's. ``tell`` takes messages for it."""

    def __init__(self, display: Display, tell: Callable[[Message], None]) -> None:
        self._display = display
        self._tell = tell
        self._told: object = None  # what it was told of last; None: that there is no dock
        self._placing = False  # a `Dock` is under way
        self._showing = False  # what was measured is
        self._since: float | None = None  # when the one under way was first left alone

    # The guest is told

    def follow(self) -> None:
        """There may be another state: tell it, if the dock looks different in it."""
        state = self._display.replica.state
        if self._placing or state is None or not self._display.placed:
            return
        due = self._seen(state)
        if due != self._told:
            self._told = due
            self._placing = True
            self._tell(Dock(self._display.size, state))

    def _seen(self, state: State) -> object:
        """What the dock shows of a state, besides what is measured."""
        dock = self._display.replica.dock
        if dock is None:
            return None
        return (
            state.epoch,
            self._display.size,
            state.lab,
            [(pane.id, pane.command) for pane in state.view.panes],
        )

    def measured(self, update: VitalsUpdate) -> None:
        """What the dock is to show; dropped where it does not keep up."""
        if self.keeps_up:
            self._showing = True
            self._tell(update)

    @property
    def keeps_up(self) -> bool:
        """Whether all that it was told is drawn."""
        return not (self._placing or self._showing)

    # The guest says

    def docked(self) -> None:
        """It stands where it was told to."""
        self._placing = False
        self._since = None
        self.follow()

    def shown(self) -> None:
        """It shows what was measured."""
        self._showing = False
        self._since = None

    def output(self, output: Output) -> None:
        """What it draws there; not what it meant for another geometry."""
        replica = self._display.replica
        if replica.state is None or replica.dock is None or not self._display.placed:
            return
        if output.epoch == replica.state.epoch:
            self._display.beside(output.data)

    # Time

    def deadline(self) -> float | None:
        """When it counts as stuck; None while nothing is under way."""
        return None if self._since is None else self._since + STUCK_S

    def stuck(self, now: float) -> bool:
        """Whether it has left for too long what it was told. Asked after each turn."""
        if self.keeps_up:
            self._since = None
        elif self._since is None:
            self._since = now
        return self._since is not None and now >= self._since + STUCK_S

    def heard_again(self) -> None:
        """Nobody listened until now: it did not leave anything alone."""
        self._since = None
