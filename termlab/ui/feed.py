"""Input events given to the app one by one: the next only once the one before has been dealt with.

Textual handles an event by passing messages between widgets, each with a queue and a task of its
own: what a key does may come long after the key behind it was queued. But the key behind the one
that closes what is open belongs to a pane. So each event is followed to its end before the next is
posted, and what is left when the overlay closes is dropped here: the client keeps what was not
consumed, and routes it. The guest and the stand-alone app both feed this way.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

from textual import events
from textual.message_pump import MessagePump

from termlab.client.handover import MAX_WAITING, Hand
from termlab.client.router import RESTART_UI, UI_COMMANDS
from termlab.model.keys import Key, Mouse, Paste
from termlab.model.vitals import Vitals
from termlab.ui.app import TermlabApp
from termlab.ui.events import to_textual_key, to_textual_mouse
from termlab.wire.messages import ClientOptions, News, VitalsUpdate

# What a field of one line can have any use for; the rest of a paste is left out.
MAX_PASTE_BYTES: Final = 1 << 20
# How often messages may cause messages against the direction events bubble in.
_MAX_ROUNDS: Final = 16
_QUIET_ROUNDS: Final = 2

Consumed = Callable[[int], None]
Released = Callable[[int, tuple[str, ...]], None]


class Feed:
    """One app's `client.handover.Ui`. ``consumed`` and ``released`` are told the number of the
    last event that was for what is open; ``released`` also of the command it closed with, if any.
    """

    def __init__(self, app: TermlabApp, consumed: Consumed, released: Released) -> None:
        self._app = app
        self.vitals: Vitals | None = None
        self._consumed = consumed
        self._released = released
        # A client has no more than so many unconsumed; what is beyond can't be one of them.
        self._queue: deque[tuple[int, Hand]] = deque(maxlen=MAX_WAITING)
        self._arrived = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._mouse = (0, 0)
        app.when_closed = self._arrived.set
        self._pasted = bytearray()

    @property
    def open_now(self) -> bool:
        """Whether events are taken."""
        return self._task is not None

    def open(self, number: int, argv: tuple[str, ...]) -> str:
        """Open what a command asks for: "", or why it can't be opened. Replaces what is open."""
        if argv[0] == RESTART_UI:
            return f"{argv[0]}: the ui draws the panes too here: detach and attach to start it anew"
        if argv[0] not in UI_COMMANDS:
            return f"{argv[0]}: nothing of that name opens over the panes"
        self.close()
        self._task = asyncio.get_running_loop().create_task(self._run(number, argv))
        self._task.add_done_callback(self._ended)
        return ""

    def give(self, number: int, event: Hand) -> None:
        """The next event. Where nothing is open the mouse is in the lab dock, which nothing waits
        for; the rest is dropped, for it is not ours then."""
        if self._task is not None:
            self._queue.append((number, event))
            self._arrived.set()
        elif isinstance(event, Mouse):
            if (message := self._textual(event)) is not None:
                self._app.post_message(message.set_sender(self._app))
            asyncio.get_running_loop().call_soon(self._consumed, number)

    def measured(self, update: VitalsUpdate) -> None:
        """What was measured of the focused pane, for the dock: the newest is all that counts."""
        self.vitals = update.vitals
        self._app.show_vitals(update.vitals)

    def peeked(self, news: News) -> None:
        """What is new for what is open, if it looks at all there is."""
        if self._task is not None:
            self._app.peeked(news)

    def reload(self, options: ClientOptions) -> None:
        """The app's face has told it."""

    @property
    def available(self) -> bool:
        """Whether the app stands."""
        return self._app.standing

    @property
    def keeps_up(self) -> bool:
        """Whether the app stands: what it is told is shown."""
        return self._app.standing

    def close(self) -> None:
        """Close what is open; nobody is told."""
        if self._task is not None:
            self._task.cancel()
            self._forget()
            self._app.close_overlay()

    def _forget(self) -> None:
        self._task = None
        self._queue.clear()
        self._pasted.clear()

    def _ended(self, task: asyncio.Task[None]) -> None:
        """An app that can't open or close what it has is of no more use; who runs it says so."""
        if not task.cancelled() and task.exception() is not None:
            self._app.exit(return_code=1)
            task.result()

    async def _run(self, number: int, argv: tuple[str, ...]) -> None:
        """From opening to closing; ``number`` is that of the last event consumed."""
        await self._settle()  # views that are being made for panes that are new
        opening = asyncio.ensure_future(self._app.open_overlay(argv))
        await asyncio.wait((opening,))
        if not opening.cancelled():  # it is where the overlay is closed while it opens
            opening.result()
            await self._settle()
        while self._app.overlay_open:
            if not self._queue:
                self._arrived.clear()
                await self._arrived.wait()
                continue
            number, event = self._queue.popleft()
            await self._process(event)
            if self._app.overlay_open:
                self._consumed(number)
        self._forget()
        self._released(number, self._app.closed_with)

    async def _process(self, event: Hand) -> None:
        """Let Textual handle an event, to the end."""
        if isinstance(event, Mouse):
            await self._shown()
        message = self._textual(event)
        if message is not None:
            self._app.post_message(message.set_sender(self._app))
            await self._settle()

    def _textual(self, event: Hand) -> events.Event | None:
        if isinstance(event, Key):
            return to_textual_key(event)
        if isinstance(event, Paste):
            return self._paste(event)
        before, self._mouse = self._mouse, (event.x, event.y)
        return to_textual_mouse(event, before)

    def _paste(self, paste: Paste) -> events.Paste | None:
        """A paste once all its parts are there."""
        if paste.first:
            self._pasted.clear()
        self._pasted += paste.data[: MAX_PASTE_BYTES - len(self._pasted)]
        if not paste.last:
            return None
        text = self._pasted.decode("utf-8", "replace").replace("\0", "")
        self._pasted.clear()
        return events.Paste(text)

    # Waiting for Textual

    async def _shown(self) -> None:
        """Until what is to be drawn has been: the mouse hits what the person sees."""
        drawn = asyncio.get_running_loop().create_future()
        if self._app.screen.call_after_refresh(_resolve, drawn):
            await drawn

    async def _settle(self) -> None:
        """Until everything that was posted has been handled, and everything that this posted.

        A callback put into a pump's queue (`MessagePump.call_later`) runs when all before it has
        been handled. Pumps are passed in the direction messages take: the app, which hands an event
        to a widget, then each widget before its parent, for events and messages bubble, then the
        app again. Messages that went another way may be left: in a queue, or already taken from it
        and under way. So it takes two rounds that leave no queue filled, of which the second waits
        for what was under way in the first.
        """
        quiet = 0
        for _ in range(_MAX_ROUNDS):
            for pump in self._pumps():
                passed = asyncio.get_running_loop().create_future()
                if pump.call_later(_resolve, passed):
                    await passed
            quiet = 0 if any(pump.message_queue_size for pump in self._pumps()) else quiet + 1
            if quiet == _QUIET_ROUNDS:
                return

    def _pumps(self) -> Iterator[MessagePump]:
        app = self._app
        yield app
        # Breadth first, from its end: every widget comes before its parent.
        yield from app.screen.walk_children(with_self=True, method="breadth", reverse=True)
        yield app


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
