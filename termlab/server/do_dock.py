"""Commands about a client's lab dock."""

from termlab.commands.parse import Call
from termlab.errors import UsageError
from termlab.server import docks
from termlab.server.caller import Caller


def toggle_dock(caller: Caller, call: Call) -> str:
    docks.toggle(caller.server, caller.screen())
    return ""


def resize_dock(caller: Caller, call: Call) -> str:
    """To so many columns, or by so many: as with panes, the border moves where the flag says."""
    attachment = caller.screen()
    left, right, cols = call.flag("left"), call.flag("right"), call.values.get("cols")
    if left and right:
        raise UsageError("resize-dock: say one of -L and -R")
    if left or right:
        by = cols if isinstance(cols, int) else 1
        docks.resize(caller.server, attachment, docks.width(attachment) + (by if left else -by))
    elif isinstance(cols, int):
        docks.resize(caller.server, attachment, cols)
    else:
        raise UsageError("resize-dock: give its columns, or -L or -R to move its border")
    return ""
