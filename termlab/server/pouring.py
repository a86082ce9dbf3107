"""A paste that comes from the server itself, brought to a pane in parts as its program takes them.

Each part waits until the one before was taken, so that no length of it fills the pane's queue. C-c
typed into the pane ends it.
"""

from typing import Final, Protocol

from termlab.server.pane import Pane
from termlab.wire.messages import Message

PART_BYTES: Final = 16 * 1024


class Taker(Protocol):
    """Whom to tell that a pane has taken what was pasted."""

    def tell(self, message: Message) -> None: ...


class Room(Protocol):
    """Who knows when a pane has taken its input: the server."""

    def paste_wants_room(self, pane: Pane, taker: Taker) -> None: ...


class Pouring:
    """One paste. `pour` begins it; the rest follows by itself, or is dropped with the pane."""

    def __init__(self, room: Room, pane: Pane, data: bytes) -> None:
        self._room = room
        self._pane = pane
        self._data = data
        self._at = 0

    def tell(self, message: Message) -> None:
        self.pour()

    def end(self) -> None:
        """Nothing more of it; what was begun is closed."""
        pane = self._pane
        if not (pane.closed or pane.ended) and self._at < len(self._data):
            self._at = len(self._data)
            pane.write(pane.emulator.encode_paste(b"", first=False, last=True))
        pane.pouring = tuple(each for each in pane.pouring if each is not self)

    def pour(self) -> None:
        """Give the pane what it takes now."""
        pane, data = self._pane, self._data
        while not pane.closed and not pane.ended and self._at < len(data):
            if pane.input_waiting:
                if self not in pane.pouring:
                    pane.pouring = (*pane.pouring, self)
                self._room.paste_wants_room(pane, self)
                return
            part = data[self._at : self._at + PART_BYTES]
            first, self._at = self._at == 0, self._at + len(part)
            if not pane.type(pane.emulator.encode_paste(part, first, self._at >= len(data))):
                break
        self.end()
