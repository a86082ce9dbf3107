"""The guest's driver: what Textual draws goes to the client, once for each turn of the loop.

It sets no modes, takes nothing over and gives nothing back, for the terminal is the client's. No
thread, and no input: events come by the feed.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from textual.driver import Driver

from termlab.wire.guest import Drawn, Output
from termlab.wire.messages import Message

# Drawing begins with a move of the cursor. What else Textual writes rings, changes the pointer's
# shape or sets the clipboard: none of it is the guest's to do.
_NO_DRAWING: Final = ("\x1b]", "\x1b[?", "\a")


class Sheet:
    """What is drawn under the claim that holds; where none does, it is drawn for nobody.

    Nothing piles up before a client that does not read (``full``): what is drawn then is ``missed``
    and must be drawn again, by then the newest, once there is room.
    """

    def __init__(self, send: Callable[[Message], None], full: Callable[[], bool]) -> None:
        self._send = send
        self._full = full
        self.missed = False
        self._claim: tuple[int, int] | None = None  # its number and epoch
        self._parts: list[str] = []
        self._answer = False

    @property
    def ours(self) -> bool:
        """Whether a claim holds."""
        return self._claim is not None

    def take(self, number: int, epoch: int) -> None:
        """The claim holds from here on. With what is drawn first its rows are drawn."""
        self._claim = number, epoch
        self._answer = True

    def let_go(self) -> None:
        """It holds no longer, and what was not sent was drawn for nobody."""
        self._claim = None
        self._parts.clear()
        self._answer = self.missed = False

    def drawn(self) -> None:
        """More rows have been drawn: say so, behind what was drawn in this turn."""
        self._answer = True
        asyncio.get_running_loop().call_soon(self._turn)

    def write(self, data: str) -> None:
        """Part of what is drawn in this turn."""
        if self._claim is None or data.startswith(_NO_DRAWING):
            return
        if not self._parts:
            asyncio.get_running_loop().call_soon(self._turn)
        self._parts.append(data)

    def _turn(self) -> None:
        if self._claim is not None and self._parts:
            data = "".join(self._parts).encode("utf-8", "replace")
            self._parts.clear()
            if self._full():
                self.missed = True
                return
            self._send(Output(*self._claim, data))
        if self._answer:
            self._answer = False
            self._send(Drawn())


def guest_driver(write: Callable[[str], None]) -> type[Driver]:
    """A driver class for one app, which gives what is drawn to ``write``."""

    class GuestDriver(Driver):
        def write(self, data: str) -> None:
            write(data)

        def start_application_mode(self) -> None: ...

        def disable_input(self) -> None: ...

        def stop_application_mode(self) -> None: ...

    return GuestDriver
