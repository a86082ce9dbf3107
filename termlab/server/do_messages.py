"""A text for the person: in the status row of who is attached, or printed."""

from termlab.commands.parse import Call
from termlab.commands.templates import expand
from termlab.server.caller import Caller
from termlab.server.targets import Place
from termlab.wire.messages import Notice


def display_message(caller: Caller, call: Call) -> str:
    """Shown to the attached client that asks, else to all that show the target's session."""
    target = caller.target(call)
    text = expand(" ".join(call.rest("text")), names(target))
    if call.flag("print"):
        return f"{text}\n"
    shown = [caller.attachment] if caller.attachment is not None else caller.audience(target)
    for attachment in shown:
        attachment.tell(Notice(text))
    return ""


def names(place: Place) -> dict[str, str]:
    """What texts may name of a pane and what it is in."""
    session, window, pane = place
    return {
        "session_name": session.name,
        "session_id": f"${session.id}",
        "window_name": window.label(),
        "window_index": str(window.index),
        "window_id": f"@{window.id}",
        "pane_index": str(window.ordered().index(pane)),
        "pane_id": f"%{pane.id}",
        "pane_title": pane.title,
        "pane_current_command": pane.command,
        "pane_current_path": pane.directory,
    }
