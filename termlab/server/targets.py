"""Targets: which session, window or pane a command means.

``%3``, ``@2``, ``$1`` are ids; else ``name:window.pane``, each part optional, where a window is an
index or a name, a pane its place in the window or its ``%id``, and ``+``/``-`` is the next or the
previous one. Without a target it is what the asker looks at: the attached client's focus, the pane
the command was typed in, else the session used last.
"""

from typing import NamedTuple

from termlab.errors import TargetError
from termlab.server.attachment import Attachment
from termlab.server.pane import Pane
from termlab.server.sessions import Session, Sessions, Window


class Place(NamedTuple):
    """A pane and what it is in."""

    session: Session
    window: Window
    pane: Pane


def resolve(sessions: Sessions, target: str, attachment: Attachment | None, asked_in: str) -> Place:
    """The place ``target`` means; its window and session when those are wanted.

    Raises ``TargetError`` saying what there is not, and where to look.
    """
    here = _here(sessions, attachment, asked_in)
    if target[:1] in ("%", "@", "$"):
        return _by_id(sessions, target)
    name, _, rest = target.partition(":")
    session = _session(sessions, name, here)
    window_part, _, pane_part = rest.partition(".")
    window = _window(session, window_part, here)
    return Place(session, window, _pane(window, pane_part, here))


def resolve_window(
    sessions: Sessions, target: str, attachment: Attachment | None, asked_in: str
) -> Place:
    """As `resolve`, but a bare index or name is first looked for among the session's windows."""
    here = _here(sessions, attachment, asked_in)
    if here is not None and target and ":" not in target and target[0] not in "%@$":
        for window in here.session.windows:
            if target in (str(window.index), window.name):
                return Place(here.session, window, window.panes[window.active])
    return resolve(sessions, target, attachment, asked_in)


def _here(sessions: Sessions, attachment: Attachment | None, asked_in: str) -> Place | None:
    """What the asker looks at; None when there is no session at all."""
    if attachment is not None:
        return Place(attachment.session, attachment.window, attachment.focused())
    if asked_in:
        for session, window, pane in sessions.panes():
            if f"%{pane.id}" == asked_in:
                return Place(session, window, pane)
    latest = sessions.latest()
    if latest is None:
        return None
    return Place(latest, latest.current, latest.current.panes[latest.current.active])


def _by_id(sessions: Sessions, target: str) -> Place:
    for session, window, pane in sessions.panes():
        if target == f"%{pane.id}":
            return Place(session, window, pane)
        if target == f"@{window.id}":
            return Place(session, window, window.panes[window.active])
        if target == f"${session.id}":
            current = session.current
            return Place(session, current, current.panes[current.active])
    kind = {"%": "pane", "@": "window", "$": "session"}[target[0]]
    raise TargetError(f"there is no {kind} {target}: see `termlab ls --json`")


def _session(sessions: Sessions, name: str, here: Place | None) -> Session:
    if name:
        session = sessions.named(name)
        if session is None:
            raise TargetError(f"there is no session {name!r}: see `termlab ls`")
        return session
    if here is None:
        raise TargetError("there is no session: start one with `termlab new`")
    return here.session


def _window(session: Session, part: str, here: Place | None) -> Window:
    current = session.current if here is None or here.session is not session else here.window
    if not part:
        return current
    if part in ("+", "-"):
        at = session.windows.index(current) + (1 if part == "+" else -1)
        return session.windows[at % len(session.windows)]
    for window in session.windows:
        if part in (str(window.index), window.name, f"@{window.id}"):
            return window
    raise TargetError(f"there is no window {part!r} in session {session.name!r}: see `termlab ls`")


def _pane(window: Window, part: str, here: Place | None) -> Pane:
    active = window.panes[window.active] if here is None or here.window is not window else here.pane
    if not part:
        return active
    panes = window.ordered()
    if part in ("+", "-"):
        return panes[(panes.index(active) + (1 if part == "+" else -1)) % len(panes)]
    if part.isdecimal() and int(part) < len(panes):
        return panes[int(part)]
    for pane in panes:
        if part == f"%{pane.id}":
            return pane
    raise TargetError(
        f"there is no pane {part!r} in window {window.index}: it has {len(panes)}, counted from 0"
    )
