"""Showing an attached client another session: what it shows is its own, so who only looks may."""

from termlab.commands.parse import Call
from termlab.errors import TargetError, UsageError
from termlab.server.attachment import Attachment
from termlab.server.caller import Caller
from termlab.server.do_panes import focus
from termlab.server.do_sessions import show
from termlab.server.sessions import Session
from termlab.server.targets import Place

_WAYS = ("next", "previous", "last")


def switch_client(caller: Caller, call: Call) -> str:
    attachment = caller.screen()
    asked = [way for way in _WAYS if call.flag(way)]
    if len(asked) + bool(call.text("target")) != 1:
        raise UsageError("switch-client: give one of -t, -n, -p and -l")
    if not asked:
        _go(caller, attachment, caller.target(call))
        return ""
    session = _session(caller, attachment, asked[0])
    window = session.current
    if session is not attachment.session:
        _go(caller, attachment, Place(session, window, window.panes[window.active]))
    return ""


def _session(caller: Caller, attachment: Attachment, way: str) -> Session:
    """The one before, behind, or shown before what the client shows."""
    sessions = list(caller.server.sessions.all.values())
    if way != "last":
        at = sessions.index(attachment.session) + (1 if way == "next" else -1)
        return sessions[at % len(sessions)]
    last = attachment.last_session
    if last is None or last not in sessions:
        raise TargetError("switch-client: no other session was shown here before")
    return last


def _go(caller: Caller, attachment: Attachment, place: Place) -> None:
    """Show a place, and its pane with the focus."""
    server, before = caller.server, attachment.session
    if place.session is not before:
        attachment.enter(place.session)
        place.session.used_at = server.loop.now
        server.session_changed(before)
    if attachment.read_only:  # its own focus is all it may move
        attachment.focus_in(place.window, place.pane)
        show(caller, place)
    else:
        focus(caller, place)
