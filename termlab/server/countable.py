"""Counters of what is no part of its own: the server's sessions, a pane's output, what a client
shows. Made of plain attributes when somebody asks; each is a record `server.counters` names.
"""

from typing import TYPE_CHECKING, NamedTuple, Self

from termlab.model.figure import Missing
from termlab.model.input_counters import InputCounters
from termlab.server.listener import ListenerStats
from termlab.server.pane import Pane
from termlab.server.peer import Peer
from termlab.server.server import Server
from termlab.terminal.marks import ScanStats
from termlab.wire.publisher import PublisherStats

if TYPE_CHECKING:
    from termlab.terminal.lines import LineStats

NO_DOOR = Missing("this server runs in one process with its client: it listens nowhere")
NOBODY_LISTENED = Missing("nobody has listened to events so far: `termlab events` does")
NO_MARKS = Missing("no shell here has marked a prompt: `termlab shell-init` says how it would")
NOT_ATTACHED = Missing("it shows no session: a short command, or one that has not attached yet")


class SessionStats(NamedTuple):
    """What there is at this moment."""

    sessions: int
    windows: int
    panes: int
    clients: int
    connections: int
    waiting_requests: int
    copied_texts: int

    @classmethod
    def of(cls, server: Server) -> Self:
        return cls(
            len(server.sessions.all),
            sum(1 for _ in server.sessions.windows()),
            sum(1 for _ in server.sessions.panes()),
            len(server.attachments),
            len(server.presence.connections),
            len(server.waits),
            len(server.buffers),
        )


def listener_stats(server: Server) -> "ListenerStats | Missing":
    found = server.door()
    return NO_DOOR if found is None else found


def publisher_stats(server: Server) -> "PublisherStats | Missing":
    return NOBODY_LISTENED if server.happenings is None else server.happenings.stats()


def reset_publisher(server: Server) -> None:
    if server.happenings is not None:
        server.happenings.reset_stats()


def input_of(peer: Peer) -> "InputCounters | Missing":
    """What its client has just told of its input."""
    return NOT_ATTACHED if peer.attachment is None else peer.attachment.input


class OutputStats(NamedTuple):
    """A pane's way to the screens: ``frames`` that showed it, to all clients together;
    ``rows_bytes`` what its rows take, ready to be sent."""

    frames: int
    rows_bytes: int
    replies_refused: int

    @classmethod
    def of(cls, pane: Pane) -> Self:
        rows = pane.refresh().rows
        return cls(pane.frames, sum(map(len, rows)), pane.replies_refused)


class ScreenStats(NamedTuple):
    """What a client shows: frames sent to it, and looks into history that it holds open."""

    client: int
    session: str
    frames: int
    views: int

    @classmethod
    def of(cls, peer: Peer) -> "Self | Missing":
        attachment = peer.attachment
        if attachment is None:
            return NOT_ATTACHED
        return cls(
            attachment.id, attachment.session.name, attachment.frames_sent, len(attachment.views)
        )


def mark_stats(pane: Pane) -> "ScanStats | Missing":
    """Of the marks in a pane's output."""
    marks = pane.feeder.marks
    return NO_MARKS if marks is None else marks.stats()


def line_stats(pane: Pane) -> "LineStats | Missing":
    """Of what they told."""
    return NO_MARKS if pane.lines is None else pane.lines.stats()
