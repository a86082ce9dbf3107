"""The guest's driver: what Textual draws goes to the client, once for each turn of the loop.

It sets no modes, takes nothing over and gives nothing back, for the terminal is the client's. No
thread, and no input: events come by the feed.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from textual.driver import Driver

from termlab.model.screen import Cursor
from termlab.wire.guest import Docked, Drawn, Output
from termlab.wire.messages import Message, VitalsSeen

# Drawing begins with a move of the cursor. What else Textual writes rings, changes the pointer's
# shape or sets the clipboard: none of it is the guest's to do.
_NO_DRAWING: Final = ("\x1b]", "\x1b[?", "\a")
# In place of a claim's number: what is drawn is the lab dock's (`wire.guest.Output`).
_DOCK: Final = 0


class Sheet:
    """What is drawn under the claim that holds, or in the lab dock beside the panes; without either
    it is drawn for nobody.

    Nothing piles up before a client that does not read (``full``): what is drawn then is ``missed``
    and must be drawn again, by then the newest, once there is room. ``cursor`` says where the
    terminal's belongs; None hides it.
    """

    def __init__(
        self,
        send: Callable[[Message], None],
        full: Callable[[], bool],
        cursor: Callable[[], Cursor | None] = lambda: None,
    ) -> None:
        self._send = send
        self._full = full
        self._cursor = cursor
        self.missed = False
        self._claim: tuple[int, int] | None = None  # its number and epoch
        self._parts: list[str] = []
        self._first = False  # nothing was drawn yet under a claim
        self._answer = False
        self._owed: list[Docked | VitalsSeen] = []

    @property
    def ours(self) -> bool:
        """Whether a claim holds."""
        return self._claim is not None and self._claim[0] != _DOCK

    def take(self, number: int, epoch: int) -> None:
        """The claim holds from here on. With what is drawn first its rows are drawn."""
        self._claim = number, epoch
        self._first = True

    def let_go(self) -> None:
        """It holds no longer, and what was not sent was drawn for nobody."""
        self._claim = None
        self._parts.clear()
        self._first = self._answer = self.missed = False

    def beside(self, epoch: int) -> None:
        """From here on nothing is drawn but the dock. What was not sent was drawn for nobody."""
        self.let_go()
        self._claim = _DOCK, epoch

    def answer(self, message: Docked | VitalsSeen) -> None:
        """What was told for the dock has been drawn: say so, behind what was drawn in this turn."""
        self._owed.append(message)
        asyncio.get_running_loop().call_soon(self.flush)

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

    def flush(self) -> None:
        """Send what was drawn."""
        self._turn()
        owed, self._owed = self._owed, []
        for message in owed:
            self._send(message)

    def _turn(self) -> None:
        if self._claim is not None and self._parts:
            data = "".join(self._parts).encode("utf-8", "replace")
            self._parts.clear()
            if self._full():
                self.missed = True
                return
            cursor = self._cursor() if self.ours else None
            self._send(Output(*self._claim, data, cursor))
            self._answer |= self._first
            self._first = False
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
