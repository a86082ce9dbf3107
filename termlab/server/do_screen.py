"""Commands about an attached client's own screen: leaving it, and scrolling back in a pane."""

from collections.abc import Callable

from termlab.commands.parse import Call
from termlab.server.caller import Caller
from termlab.server.view import View


def detach_client(caller: Caller, call: Call) -> str:
    attachment = caller.screen()
    caller.server.detach(attachment, f"[detached (from session {attachment.session.name})]")
    return ""


def copy_mode(caller: Caller, call: Call) -> str:
    attachment = caller.screen()
    pane = attachment.focused()
    view = attachment.view_of(pane)
    if call.flag("page_up"):
        view.scroll(-pane.emulator.size.rows)
    attachment.state_changed()
    return ""


def cancel(caller: Caller, call: Call) -> str:
    attachment = caller.screen()
    attachment.leave_view(attachment.focused())
    attachment.state_changed()
    return ""


def scroller(move: Callable[[View, int], None]) -> Callable[[Caller, Call], str]:
    """A command that moves the view of the focused pane; ``move`` gets it and the pane's rows."""

    def perform(caller: Caller, call: Call) -> str:
        attachment = caller.screen()
        pane = attachment.focused()
        if pane.id in attachment.views:
            view = attachment.views[pane.id]
            view.still()
            move(view, pane.emulator.size.rows)
            attachment.state_changed()
        return ""

    return perform
