"""Looking at everything there is: the listing of all sessions, and the screen of one pane that the
client need not show. For a client that asks (`Peek`), until it asks no more or has gone.

Each gets the newest only: one message is under way, what changes meanwhile is not kept. A pane that
floods costs no more than its own frames, whoever looks.
"""

from typing import Protocol

from termlab.model.listing import SessionListing
from termlab.server.attachment import Attachment
from termlab.server.loop import Loop, Timer
from termlab.server.pacer import Pacer
from termlab.server.pane import Pane
from termlab.server.sessions import Sessions
from termlab.wire.messages import PaneRows, Peek, Peeked, PeekSeen


class Looking(Protocol):
    """Who looks: at the output of ``pane`` (-1: of none), and at what there is."""

    @property
    def pane(self) -> int: ...

    def due(self, count: int) -> None:
        """``count`` bytes of its output were interpreted."""

    def list_anew(self) -> None:
        """Something came, went, or is another now."""


class Onlookers:
    """Those who look now. Whoever changes something tells it here."""

    def __init__(self, loop: Loop, sessions: Sessions, attachments: list[Attachment]) -> None:
        self.loop = loop
        self.sessions = sessions
        self.looking: list[Looking] = []
        self._attachments = attachments

    def pane_output(self, pane: Pane, count: int) -> None:
        """``count`` bytes of output were interpreted."""
        for each in self.looking:
            if each.pane == pane.id:
                each.due(count)

    def changed(self) -> None:
        """A session, window, pane or client came, went, or is another now."""
        for each in list(self.looking):
            each.list_anew()

    def all(self) -> tuple[SessionListing, ...]:
        """Everything there is."""
        from termlab.server.listings import listing  # nobody looks while a server starts

        shown = [attachment.session for attachment in self._attachments]
        return tuple(listing(each, shown.count(each)) for each in self.sessions.all.values())

    def find(self, number: int) -> Pane | None:
        """A pane by its number."""
        return next((pane for _, _, pane in self.sessions.panes() if pane.id == number), None)


class Onlooker:
    """One attached client's. ``pane`` is the number of the pane it looks at, or -1."""

    def __init__(self, all_of_them: Onlookers, attachment: Attachment) -> None:
        self.pane = -1
        self._all = all_of_them
        self._loop = all_of_them.loop
        self._attachment = attachment
        self._pacer = Pacer()
        self._timer: Timer | None = None
        self._queued = False
        self._serial = 0
        self._under_way = 0  # the serial that was not seen yet; 0: none
        self._list_due = False
        self._listed: tuple[SessionListing, ...] = ()
        self._seen = 0  # the version of the pane's rows
        self._size = (0, 0)

    def look(self, message: Peek) -> None:
        """Look at a pane from now on, at its whole screen first; or no more."""
        if not message.open:
            self._end()
            return
        if self not in self._all.looking:
            self._all.looking.append(self)
            self._listed = ()
            self._list_due = True
        self.pane, self._seen = message.pane, 0
        self.due(0)

    def saw(self, message: PeekSeen) -> None:
        """The client has what it was sent; an answer to what was sent before it began anew is
        none."""
        if message.serial == self._under_way:
            self._under_way = 0
            self._pacer.seen()
            if self._pacer.wanted:
                self._send()

    def list_anew(self) -> None:
        """The listing may be another, and the pane have another size or be gone."""
        if self._attachment.closed:
            self._end()
            return
        self._list_due = True
        self.due(0)

    def due(self, count: int) -> None:
        """Something may look different by ``count`` bytes of output."""
        self._pacer.changed(count)
        if not self._queued:
            self._queued = True
            self._loop.soon(self._send)

    def _end(self) -> None:
        if self in self._all.looking:
            self._all.looking.remove(self)
        if self._timer is not None:
            self._timer.cancel()
        self.pane, self._under_way = -1, 0
        self._pacer = Pacer()

    def _send(self) -> None:
        """Send what is new if it may go now; else see that it goes when it may."""
        self._queued = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._attachment.closed or self._attachment.link.closed:
            self._end()
        when = self._pacer.earliest()
        if not self._pacer.wanted or when is None:
            return
        if when > self._loop.now:
            self._timer = self._loop.call_at(when, self._send)
            return
        start = self._loop.clock()
        news = self._news()
        if news is None:
            self._pacer.nothing_new()
            return
        self._under_way = news.serial
        self._attachment.tell(news)
        now = self._loop.clock()
        self._pacer.sent(now, now - start)

    def _news(self) -> Peeked | None:
        """What is not as it was sent last; None if all is."""
        sessions = self._sessions()
        number = self.pane
        pane = self._all.find(number) if number >= 0 else None
        gone = number >= 0 and pane is None
        rows = self._rows(pane) if pane is not None else None
        if gone:
            self.pane = -1
        if sessions is None and rows is None and not gone:
            return None
        self._serial += 1
        return Peeked(self._serial, sessions, number, rows, *self._size, gone)

    def _sessions(self) -> tuple[SessionListing, ...] | None:
        """The listing, where it is another one."""
        if not self._list_due:
            return None
        self._list_due = False
        sessions = self._all.all()
        if sessions == self._listed:
            return None
        self._listed = sessions
        return sessions

    def _rows(self, pane: Pane) -> PaneRows | None:
        """What has changed on its screen."""
        size = pane.emulator.size
        cache = pane.refresh()
        rows = cache.since(self._seen)
        if not rows and (size.cols, size.rows) == self._size and self._seen:
            return None
        self._seen = cache.version
        self._size = (size.cols, size.rows)
        return PaneRows(pane.id, rows, pane.cursor())
