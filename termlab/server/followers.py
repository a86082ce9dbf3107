"""`stats --follow`: requests that are answered when a counter has changed, at most once a second.

Nothing polls: panes, keys and ends stir, and only that sets a timer; so a follower of a quiet
server costs nothing. Each request is one answer; whoever goes on following asks again, and is told
what changed since the last answer, which is remembered until its connection ends.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from termlab.model.counted import Counted, Snapshot, document
from termlab.server.counter_text import changes, heading
from termlab.server.loop import Loop, Timer
from termlab.server.pane import Pane
from termlab.wire.jsontext import to_line

EVERY_S: Final = 1.0

Gather = Callable[[Iterable[Pane] | None], Snapshot]


class Follower(NamedTuple):
    """One request. ``asker`` is the connection, ``pane`` what it follows: None is everything."""

    asker: Any
    pane: Pane | None
    as_json: bool
    reply: Callable[[int, str], None]


class Followers:
    """All of a server's. A reply that is empty says that the pane followed has ended."""

    def __init__(self, loop: Loop, gather: Gather) -> None:
        self._loop = loop
        self._gather = gather
        self._waiting: dict[object, Follower] = {}
        self._told: dict[object, tuple[float, Snapshot]] = {}  # when, and what
        self._timer: Timer | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, follower: Follower) -> None:
        """The first answer of a connection comes at once, the next when something has changed."""
        if follower.asker not in self._told:
            self._tell(follower, self._look(follower), first=True)
            return
        self._waiting[follower.asker] = follower
        self.stirred()  # what came since the last answer is due as well

    def cancel(self, asker: object) -> None:
        """Its connection has ended."""
        self._waiting.pop(asker, None)
        self._told.pop(asker, None)

    def stirred(self) -> None:
        """Something may have been counted."""
        if self._waiting and self._timer is None:
            due = min(self._told[asker][0] for asker in self._waiting) + EVERY_S
            self._timer = self._loop.call_at(max(due, self._loop.now), self._due)

    def pane_gone(self, pane: Pane) -> None:
        """It has ended: who followed it alone is told that there is no more."""
        for follower in [each for each in self._waiting.values() if each.pane is pane]:
            self._end(follower)
        self.stirred()

    def _due(self) -> None:
        """Answer those whose second has passed and who have something new; the others wait on."""
        self._timer = None
        later = False
        for follower in list(self._waiting.values()):
            told_at, before = self._told[follower.asker]
            if told_at + EVERY_S > self._loop.now:
                later = True
                continue
            if follower.pane is not None and follower.pane.closed:
                self._end(follower)
                continue
            now = self._look(follower)
            if _what_counts(now) != _what_counts(before):
                del self._waiting[follower.asker]
                self._tell(follower, now)
        if later:
            self.stirred()

    def _look(self, follower: Follower) -> Snapshot:
        return self._gather(None if follower.pane is None else [follower.pane])

    def _end(self, follower: Follower) -> None:
        self.cancel(follower.asker)
        follower.reply(0, "")

    def _tell(self, follower: Follower, now: Snapshot, first: bool = False) -> None:
        before = now if first else self._told[follower.asker][1]
        self._told[follower.asker] = self._loop.now, now
        if follower.as_json:
            text = to_line(document(now))
        else:
            nothing = Snapshot(now.at_s, now.counted_s, now.resets, None, (), ())
            text = heading() + changes(nothing, now) if first else changes(before, now)
        follower.reply(0, text)


def _what_counts(snapshot: Snapshot) -> tuple[Counted, ...]:
    """The panes: that the server turned, and answered a follower, is no news."""
    return snapshot.panes
