"""The stand-alone app attached to a server in the same process: typed into, and looked at.

All of the client's own parts; only the terminal is Textual's headless one, and nothing happens but
by turns.
"""

import asyncio
import socket
import time
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from termlab.client.bottom import Bottom
from termlab.client.capabilities import Capabilities
from termlab.client.connection import Connection
from termlab.client.dialogue import Dialogue
from termlab.client.handover import Hand
from termlab.client.input import InputParser
from termlab.model.geometry import Size
from termlab.server.peer import Peer
from termlab.ui.app import TermlabApp
from termlab.ui.app_face import AppFace
from termlab.ui.asker import Asker
from termlab.ui.feed import Feed
from termlab.ui.host import Painted
from termlab.ui.overlay import Overlay
from termlab.ui.pane_view import PaneView
from termlab.ui.scene import Scene
from termlab.ui.workspace import rows_above
from termlab.wire import codec
from termlab.wire.link import Link
from termlab.wire.messages import Attach, ClientOptions, FromServer, Looks, Outer
from tests.server.fakes import Clock
from tests.server.world import PLACE, World
from tests.ui.projector import Projector

PATIENCE_S: Final = 20.0
PREFIX: Final = "\x02"


class Nowhere:
    """A terminal nobody looks at: the picture is taken from the app."""

    def take(self, options: ClientOptions) -> None: ...

    def write(self, data: bytes) -> None: ...

    def motion(self, wanted: bool) -> None: ...

    def capable(self, found: Capabilities) -> None: ...

    def keys(self, asked: int) -> None: ...

    def title(self, text: str) -> None: ...

    def settled(self) -> None: ...

    def bell(self) -> None: ...


class CountedFeed(Feed):
    """Knows whether something it was given has not been dealt with yet."""

    given = 0
    done = 0

    def give(self, number: int, event: Hand) -> None:
        self.given = number
        super().give(number, event)


class AttachedApp:
    """One client of one server, on a terminal of ``size``."""

    def __init__(self, directory: Path, size: Size) -> None:
        self.size = size
        self._clock = Clock()
        self._projector = Projector()
        self.world = World(directory, self._projector, self._clock)
        ours, theirs = socket.socketpair()
        Peer(Link(ours, codec.from_client()), self.world.server, self.world.journal, _anybody)
        self._connection = Connection(theirs)
        self._standing = asyncio.Event()
        self._scene, bottom = Scene(), Bottom()
        self._asker = Asker(self._ask, self._look)
        self.app = TermlabApp(
            self._scene, Painted(), bottom, ready=self._standing.set, asker=self._asker
        )
        self.app.title = "termlab"
        self._feed = CountedFeed(self.app, self._consumed, self._released)
        self._face = AppFace(self.app, self._scene, bottom, Nowhere(), size)
        self._dialogue = Dialogue(self._connection, self._face, InputParser(), size, self._feed)

    def __enter__(self) -> Self:
        self.world.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._connection.close()
        self.world.__exit__(kind, error, at)

    # What others do

    def ask(self, *argv: str) -> None:
        """Somebody's short command, until all that it started has been played."""
        reply = self.world.greet().run(*argv)
        assert reply.code == 0, reply.text
        self.rest()

    # What the person does

    async def attach(self, read_only: bool = False) -> None:
        await asyncio.wait_for(self._standing.wait(), PATIENCE_S)
        self._face.resize(self.size)
        self._connection.send(Attach(Outer(self.size), PLACE, read_only=read_only))
        self.rest()
        await self._drawn()

    async def type(self, *keys: str) -> None:
        """Keys, each dealt with to the end."""
        for key in keys:
            self._dialogue.typed(key.encode(), self._clock())
            self.turn()
            await self._drawn()

    # Turns

    def pass_time(self, seconds: float) -> None:
        """Time goes by, and what is due happens."""
        self._clock.advance(seconds)
        self._dialogue.expire(self._clock())
        self.turn()

    def turn(self) -> None:
        for _ in range(8):
            self.world.turn(1)
            for message in self._connection.receive() or ():
                self.hear(message)
            self._dialogue.give_credit()

    def hear(self, message: FromServer) -> None:
        """What the server said."""
        self._dialogue.heard(message, self._clock())

    def rest(self) -> None:
        """Until all that plays has been played, past every threshold, and is in the scene."""
        deadline = time.monotonic() + PATIENCE_S
        while self._projector.speaking():
            assert time.monotonic() < deadline, "a recording did not come to its end"
            self.turn()
        for _ in range(8):
            self.pass_time(0.05)

    async def _drawn(self) -> None:
        """Until every widget stands where it belongs, and has handled what it was given."""
        async with asyncio.timeout(PATIENCE_S):
            while not self._stands():
                self.turn()  # what is open may ask the server
                await asyncio.sleep(0)

    def _stands(self) -> bool:
        busy = self._feed.open_now and self._feed.given != self._feed.done
        opening = self.app.overlay_open and not any(
            each.visible for each in self.app.query(Overlay)
        )
        seen = {view.pane: view.region.bottom_right for view in self.app.query(PaneView)}
        cols, rows = self.size.cols, rows_above(self.size.rows)
        placed = all(
            seen.get(pane) == (min(rect.right, cols), min(rect.bottom, rows))
            for pane, rect in self._scene.replica.placed.panes.items()
        )
        starting = self._feed.open_now and not self.app.overlay_open
        return placed and not busy and not opening and not starting

    def _consumed(self, number: int) -> None:
        self._feed.done = number
        self._dialogue.consumed(number, self._clock())

    def _released(self, number: int, run: tuple[str, ...]) -> None:
        self._feed.done = number
        self._dialogue.released(number, self._clock(), run)

    def _ask(self, number: int, argv: tuple[str, ...]) -> None:
        self._dialogue.questions.ask(argv, partial(self._asker.answered, number))

    def _look(self, message: Looks) -> None:
        self._dialogue.peeking.tell(message)


def _anybody(token: str) -> str:
    """Everybody is let in."""
    return ""
