"""The guest's side of its conversation with the client: what comes is told the app, what the app
does is said.

It draws nothing but under a claim whose rows have come, and says nothing while nothing is open.
"""

import asyncio
import gc
from collections.abc import Callable, Sequence
from typing import Any

from termlab.client.bottom import Bottom
from termlab.client.message_log import Said
from termlab.model.geometry import Size
from termlab.model.state import State
from termlab.ui import private
from termlab.ui.app import TermlabApp
from termlab.ui.asker import Asker
from termlab.ui.feed import Feed
from termlab.ui.guest_driver import Sheet, guest_driver
from termlab.ui.host import Holes
from termlab.ui.scene import Changed, Scene
from termlab.wire.guest import (
    Answered,
    Ask,
    Begin,
    Claim,
    Consumed,
    Dock,
    Docked,
    Given,
    NewOptions,
    Open,
    OuterSize,
    Ready,
    Release,
    Rows,
    ToGuest,
    Told,
)
from termlab.wire.link import Link
from termlab.wire.messages import PaneRows, Peeked, TasksUpdate, VitalsSeen, VitalsUpdate


class Guest:
    """One client's. ``read`` takes what has come on the link; ``broken`` hears of an error that
    nobody caught; ``early`` came with the beginning."""

    def __init__(
        self,
        link: Link[ToGuest],
        read: Callable[[], Sequence[ToGuest]],
        broken: Callable[[BaseException], None],
        begin: Begin,
        early: Sequence[ToGuest],
    ) -> None:
        self._link = link
        self._read = read
        self._broken = broken
        self._size = (begin.size.cols, begin.size.rows)
        self._early = early
        self._dock_due = False  # a `Dock` is to be answered once it stands
        self._scene = Scene()
        self._host = Holes(self._claim)
        self._sheet = Sheet(
            link.send, lambda: bool(link.queued_bytes), lambda: self.app.overlay_cursor
        )
        self._asker = Asker(lambda number, argv: link.send(Ask(number, argv)), link.send)
        self.app = TermlabApp(
            self._scene,
            self._host,
            Bottom(),
            begin.options,
            driver_class=guest_driver(self._write),
            ready=self._ready,
            asker=self._asker,
        )
        private.errors(self.app, broken)
        private.all_colours(self.app)  # what the terminal can't show, the client reduces
        self.app.when_laid_out = self._laid_out
        self._feed = Feed(self.app, self._consumed, self._released)

    async def run(self) -> int:
        """Until the app ends, which it never does by itself."""
        asyncio.get_running_loop().set_exception_handler(self._uncaught)
        await self.app.run_async(size=self._size)
        return self.app.return_code or 1

    def _uncaught(self, loop: asyncio.AbstractEventLoop, said: dict[str, Any]) -> None:
        error = said.get("exception")
        if error is not None:
            self._broken(error)
        else:
            loop.default_exception_handler(said)

    def _ready(self) -> None:
        loop = asyncio.get_running_loop()
        self._link.on_blocked = lambda: loop.add_writer(self._link, self._flush)
        loop.add_reader(self._link, self._receive)
        self._link.send(Ready())
        for message in self._early:
            self._hear(message)
        # What the app is made of stays: no collection needs to look at it again.
        gc.collect()
        gc.freeze()

    # The client

    def _receive(self) -> None:
        for message in self._read():
            self._hear(message)

    def _flush(self) -> None:
        if not self._link.flush():
            return
        asyncio.get_running_loop().remove_writer(self._link)
        if self._sheet.missed:
            self._sheet.missed = False
            self.app.repaint()

    def _hear(self, message: ToGuest) -> None:
        if isinstance(message, Given):
            event = message.key or message.mouse or message.paste
            if event is not None:
                self._feed.give(message.number, event)
        elif isinstance(message, Dock):
            self._dock(message)
        elif isinstance(message, Rows):
            self._rows(message)
        elif isinstance(message, Open):
            self._open(message)
        elif isinstance(message, OuterSize):
            self._resize(message.size)
        elif isinstance(message, Answered):
            self._asker.answered(message.id, message.reply)
        elif isinstance(message, NewOptions):
            self.app.reload(message.options)
        elif isinstance(message, Peeked | TasksUpdate):
            self._feed.peeked(message)
        elif isinstance(message, VitalsUpdate):
            self._feed.measured(message)
            self._sheet.answer(VitalsSeen(message.number))

    def _resize(self, size: Size) -> None:
        if (size.cols, size.rows) != self._size:
            self._size = size.cols, size.rows
            self._sheet.let_go()
            self.app.resize(*self._size)

    def _dock(self, message: Dock) -> None:
        """The dock is shown, or hidden, or its pane is another one."""
        self._resize(message.size)
        self._dock_due = True
        if not self._take(message.state, message.state.epoch, ()).geometry:
            self._laid_out()

    def _take(self, state: State | None, epoch: int, panes: tuple[PaneRows, ...]) -> Changed:
        """What has come, into the scene and onto the screen. A new geometry is drawn for nobody
        until everything stands in it."""
        changed = self._scene.take(state, epoch, panes)
        if changed.geometry:
            self._sheet.let_go()
        self.app.refresh_scene(changed)
        return changed

    def _laid_out(self) -> None:
        """Everything stands where it belongs."""
        self._beside()
        if self._dock_due:
            self._dock_due = False
            self._sheet.answer(Docked())

    def _open(self, message: Open) -> None:
        self._take(message.state, message.state.epoch, ())
        self.app.message_log.replace(Said(*each) for each in message.said)
        why = self._feed.open(message.number, message.argv)
        if why:
            self._link.send(Told(why, error=True))
            self._link.send(Release(message.number))

    def _rows(self, message: Rows) -> None:
        """What the claimed panes show by now; after a claim, all of it."""
        self._take(message.state, message.epoch, message.panes)
        if message.number != self._host.number or not self._feed.open_now:
            return
        if message.epoch != self._host.epoch:
            self._sheet.let_go()
        elif self._sheet.ours:
            self._sheet.drawn()
        else:
            self._sheet.take(message.number, message.epoch)
        # Who waits for this draws everything anew.
        self._host.granted(message.number, message.epoch)

    # The app

    def _claim(self, number: int, epoch: int, panes: tuple[int, ...], frame: bool) -> None:
        self._sheet.let_go()
        self.app.forget_views()
        self._beside()
        self._link.send(Claim(number, epoch, panes, frame))

    def _beside(self) -> None:
        """Nothing is open, or not yet: what is drawn from here on is the dock."""
        state = self._scene.replica.state
        if self._host.claimed or state is None:
            return
        if self.app.dock_shown:
            self._sheet.beside(state.epoch)
            self.app.repaint_dock()
        else:
            self._sheet.let_go()

    def _write(self, data: str) -> None:
        """Once the overlay has closed, which is before its `Release`, nothing is drawn any more."""
        if self._sheet.ours and not self._host.claimed:
            self._sheet.let_go()
        self._sheet.write(data)

    def _consumed(self, number: int) -> None:
        self._link.send(Consumed(number))

    def _released(self, number: int, run: tuple[str, ...]) -> None:
        self._sheet.let_go()
        self._beside()
        self._sheet.flush()  # not a cell of what was open is left in the dock
        self._link.send(Release(number, run))
