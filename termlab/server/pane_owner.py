"""Whom a pane tells what happened to it: the contract of the server, or whoever has panes."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from termlab.server.pane import Pane


class Owner(Protocol):
    """Whom a pane tells what happened. All are called within the loop's turn."""

    last_key: float  # when anybody last typed anything

    def pane_output(self, pane: "Pane", count: int) -> None:
        """``count`` bytes were interpreted and may be shown."""

    def pane_changed(self, pane: "Pane") -> None:
        """Its title, directory or command changed."""

    def pane_rang(self, pane: "Pane") -> None:
        """Its program rang the bell."""

    def pane_drained(self, pane: "Pane") -> None:
        """All queued input was taken."""

    def pane_ended(self, pane: "Pane") -> None:
        """Its child has ended and all its output was interpreted."""
