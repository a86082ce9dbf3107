"""What happens, told to whoever subscribed: sessions, windows and panes that come and go or are
called otherwise, programs that end, bells, clients.

Made with the first subscriber. While there is one it looks on like any onlooker: whatever changed
in a turn is found once, by comparing with what was known before. Each kind is a topic of its own.
"""

import time
from collections.abc import Callable
from typing import Final, NamedTuple

from termlab.errors import UsageError
from termlab.model.happening import KINDS, Happening
from termlab.server.attachment import Attachment
from termlab.server.loop import Loop
from termlab.server.onlooker import Onlookers
from termlab.server.pane import Pane
from termlab.wire.publisher import Listening, Publisher, PublisherStats

# Titles and the like are the child's: as much of them as a person reads.
TEXT_CHARS: Final = 1024


class _KnownPane(NamedTuple):
    """A pane as it was told last."""

    pane: Pane
    session: str
    window: int
    title: str
    directory: str
    command: str
    status: int | None
    finished: int  # commands at its shell's prompt


class _Known(NamedTuple):
    """All there was, by number: names of sessions; of windows their session's, their own and what
    they are called without one."""

    sessions: dict[int, str]
    windows: dict[int, tuple[str, str, str]]
    panes: dict[int, _KnownPane]
    clients: dict[int, str]


class Happenings:
    """The one of a server."""

    pane = -1  # as an onlooker: no pane's output is listened to

    def __init__(
        self,
        onlookers: Onlookers,
        attachments: list[Attachment],
        loop: Loop,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._onlookers = onlookers
        self._attachments = attachments
        self._loop = loop
        self._wall = wall
        self._publisher = Publisher(KINDS, loop.soon)
        self._known = _Known({}, {}, {}, {})
        self._queued = False

    # Who listens

    def subscribe(self, link: Listening, kinds: tuple[str, ...]) -> None:
        """Tell ``link`` of these kinds from now on. Raises ``UsageError`` for one there is not."""
        if unknown := sorted(set(kinds) - set(KINDS)):
            raise UsageError(
                f"there is no event {unknown[0]!r}: choose from {', '.join(sorted(KINDS))}"
            )
        if self._publisher.idle:
            self._known = self._look()
        self._publisher.subscribe(link, frozenset(kinds))
        self._watch()

    def leave(self, link: Listening) -> None:
        self._publisher.leave(link)
        self._watch()

    def drained(self, link: Listening) -> None:
        self._publisher.drained(link)

    def close(self) -> None:
        """The server ends: what it did last is told still."""
        self.compare()
        self._publisher.flush()

    def stats(self) -> PublisherStats:
        return self._publisher.stats()

    def reset_stats(self) -> None:
        self._publisher.reset_stats()

    def _watch(self) -> None:
        """Look on while anybody listens."""
        looking = self._onlookers.looking
        if self._publisher.idle == (self in looking):
            if self._publisher.idle:
                looking.remove(self)
            else:
                looking.append(self)

    # What happened

    def rang(self, pane: Pane) -> None:
        self._about(pane, "bell")

    def reloaded(self) -> None:
        """The configuration was read again."""
        self._tell("config-reloaded")

    def list_anew(self) -> None:
        """Something changed in this turn."""
        if not self._queued:
            self._queued = True
            self._loop.soon(self.compare)

    def due(self, count: int) -> None:
        """Output is no event."""

    def compare(self) -> None:
        """Tell what is not as it was."""
        self._queued = False
        if self._publisher.idle:
            return
        old, new = self._known, self._look()
        self._known = new
        self._gone(old, new)
        self._came(old, new)
        for number, name in new.sessions.items():
            if old.sessions.get(number, name) != name:
                self._tell("session-renamed", name, text=name)
        for number, (session, name, _) in new.windows.items():
            if old.windows.get(number, ("", name))[1] != name:
                self._tell("window-renamed", session, f"@{number}", text=name)
        for number, pane in new.panes.items():
            if number in old.panes:
                self._changed(old.panes[number], pane)

    def _gone(self, old: _Known, new: _Known) -> None:
        for number, pane in old.panes.items():
            if number not in new.panes:
                self._ended(pane, pane.pane.exit_status)
                self._of(pane, "pane-closed", pane.command)
        for number, (session, _, label) in old.windows.items():
            if number not in new.windows:
                self._tell("window-closed", session, f"@{number}", text=label)
        for number, name in old.sessions.items():
            if number not in new.sessions:
                self._tell("session-closed", name, text=name)
        for number, session in old.clients.items():
            if number not in new.clients:
                self._tell("client-detached", session, text=str(number))

    def _came(self, old: _Known, new: _Known) -> None:
        for number, name in new.sessions.items():
            if number not in old.sessions:
                self._tell("session-opened", name, text=name)
        for number, (session, _, label) in new.windows.items():
            if number not in old.windows:
                self._tell("window-opened", session, f"@{number}", text=label)
        for number, pane in new.panes.items():
            if number not in old.panes:
                self._of(pane, "pane-opened", pane.command)
        for number, session in new.clients.items():
            if number not in old.clients:
                self._tell("client-attached", session, text=str(number))

    def _changed(self, old: _KnownPane, new: _KnownPane) -> None:
        if new.window != old.window:
            self._of(new, "pane-moved", f"@{old.window}")
        if new.command != old.command:
            self._of(new, "command-changed", new.command)
        if new.title != old.title:
            self._of(new, "title-changed", new.title)
        if new.directory != old.directory:
            self._of(new, "directory-changed", new.directory)
        if (lines := new.pane.lines) is not None and new.finished > old.finished:
            for status in list(lines.statuses)[old.finished - new.finished :]:
                self._of(new, "command-ended", "", status)
        self._ended(old, new.status)

    def _ended(self, known: _KnownPane, status: int | None) -> None:
        """Its program did, if that was not told before."""
        if known.status is None and status is not None:
            code = status if status >= 0 else 128 - status  # -N for a signal, as a shell tells it
            self._of(known, "program-ended", known.command, code)

    def _look(self) -> _Known:
        sessions = self._onlookers.sessions
        found = _Known({}, {}, {}, {})
        for session in sessions.all.values():
            found.sessions[session.id] = session.name
        for session, window in sessions.windows():
            found.windows[window.id] = session.name, window.name, window.label()
        for session, window, pane in sessions.panes():
            finished = 0 if pane.lines is None else pane.lines.finished
            facts = (pane.title, pane.directory, pane.command, pane.exit_status, finished)
            found.panes[pane.id] = _KnownPane(pane, session.name, window.id, *facts)
        for attachment in self._attachments:
            found.clients[attachment.id] = attachment.session.name
        return found

    def _about(self, pane: Pane, kind: str, text: str = "", status: int | None = None) -> None:
        where = self._onlookers.sessions.where(pane)
        if where is not None:
            session, window = where
            self._tell(kind, session.name, f"@{window.id}", f"%{pane.id}", text, status)

    def _of(self, known: _KnownPane, kind: str, text: str, status: int | None = None) -> None:
        number = known.pane.id
        self._tell(kind, known.session, f"@{known.window}", f"%{number}", text, status)

    def _tell(
        self,
        kind: str,
        session: str = "",
        window: str = "",
        pane: str = "",
        text: str = "",
        status: int | None = None,
    ) -> None:
        if self._publisher.wanted(kind):
            at_s = round(self._wall(), 3)
            happening = Happening(kind, at_s, session, window, pane, text[:TEXT_CHARS], status)
            self._publisher.publish(kind, happening)
