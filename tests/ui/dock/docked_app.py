"""An attached app whose lab dock shows records of the test's own.

They come the way of all records: the server looks, its message crosses the wire, and only what it
found is exchanged for the test's. So what paces them, and what brings them, is the product's.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from termlab.model.geometry import Size
from termlab.model.profile_asked import ProfileAsked, pack_asked
from termlab.model.vitals import Vitals
from termlab.ui.dock.lab_dock import Figures, LabDock
from termlab.ui.dock.panel import Panel
from termlab.wire.messages import Attach, FromServer, Outer, VitalsUpdate
from tests.server.world import PLACE
from tests.ui.attached_app import PATIENCE_S, PREFIX, AttachedApp
from tests.ui.dock.figures import unknown

TOGGLE: Final = (PREFIX, "P")
KEYS: Final = (PREFIX, "D")
PAUSE: Final = (*KEYS, "p")
LOOK_S: Final = 1.0
WHEEL_DOWN: Final = 65
WHEEL_UP: Final = 64


class DockedApp(AttachedApp):
    """``shown`` counts the records that reached the app."""

    def __init__(self, directory: Path, size: Size) -> None:
        super().__init__(directory, size)
        self._records: deque[Vitals] = deque()
        self._last = unknown()  # shown again when there are no more
        self.shown = 0

    def hear(self, message: FromServer) -> None:
        if isinstance(message, VitalsUpdate):
            self.shown += 1
            self._last = self._records.popleft() if self._records else self._last
            record = msgspec.structs.replace(self._last, pane=message.vitals.pane)
            message = VitalsUpdate(message.number, record)
        super().hear(message)

    @property
    def dock(self) -> LabDock:
        return self.app.query_one(LabDock)

    @property
    def figures(self) -> Figures:
        return self.app.query_one(Figures)

    async def show(self, *records: Vitals) -> None:
        """Open the dock, and have it show these, one look after the other."""
        self._records.extend(records)
        await self.type(*TOGGLE)
        await self._shown()

    async def profile(self, argv: tuple[str, ...], asked: ProfileAsked, *records: Vitals) -> None:
        """Attach to a profile of a program, whose dock shows these."""
        await asyncio.wait_for(self._standing.wait(), PATIENCE_S)
        self._face.resize(self.size)
        self._records.extend(records)
        outer, packed = Outer(self.size), pack_asked(asked)
        self._connection.send(
            Attach(outer, PLACE, create=True, fresh=True, argv=argv, profile=packed)
        )
        self.rest()
        await self._shown()

    async def _shown(self) -> None:
        await self.until(lambda: bool(self.app.query(LabDock)) and self.dock.settled)
        while self._records:
            self.pass_time(LOOK_S)
            await self.until(lambda: self.dock.settled)

    async def wheel(self, x: int, y: int, turns: int = 1, button: int = WHEEL_DOWN) -> None:
        """Turn the wheel over a cell."""
        before = self.figures.scroll_y
        await self.type(*(f"\x1b[<{button};{x + 1};{y + 1}M" for _ in range(turns)))
        await self.until(lambda: self.figures.scroll_y != before)

    async def until(self, true: Callable[[], bool]) -> None:
        """Let the app go on until something is true."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not true():
                    self.turn()
                    await asyncio.sleep(0)
        except TimeoutError:
            found = [f"{each!r} {each.region} {each.settled}" for each in self.app.query(Panel)]
            raise AssertionError(f"{self.shown} looks; {found}") from None
        await self._drawn()
