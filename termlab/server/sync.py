"""Synchronised input: the panes that get what is typed, and a paste that waits for all of them."""

from collections.abc import Iterable

from termlab.server.attachment import Attachment
from termlab.server.pane import Pane
from termlab.server.pouring import Room, Taker
from termlab.wire.messages import Message, Took


def receivers(attachment: Attachment, pane: Pane) -> list[Pane]:
    """Who gets what a client types for ``pane``: in a synchronised window all that still run, shown
    or not, with ``pane`` the first."""
    for window in attachment.session.windows:
        if window.synchronised and window.panes.get(pane.id) is pane:
            others = [each for each in window.ordered() if each is not pane and not each.ended]
            return [pane, *others]
    return [pane]


def await_room(room: Room, panes: Iterable[Pane], taker: Taker) -> None:
    """Tell ``taker`` once, when each of the panes has taken its input or is gone."""
    _All(room, list(panes), taker).tell(Took())


class _All:
    """Waits for one pane after the other; by the time one is asked it may long be ready."""

    def __init__(self, room: Room, panes: list[Pane], taker: Taker) -> None:
        self._room = room
        self._panes = panes
        self._taker = taker

    def tell(self, message: Message) -> None:
        while self._panes:
            pane = self._panes.pop()
            if pane.input_waiting and not pane.closed and not pane.ended:
                self._room.paste_wants_room(pane, self)
                return
        self._taker.tell(message)
