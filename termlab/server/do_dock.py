"""Commands about a client's lab dock."""

from termlab.commands.parse import Call
from termlab.errors import UsageError
from termlab.model.lab import RATES, Lab, folded, paced, paused, sorted_by, viewed
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


def pause_dock(caller: Caller, call: Call) -> str:
    lab = caller.screen().dock.lab
    return _change(caller, paused(lab, not lab.paused))


def fold_dock(caller: Caller, call: Call) -> str:
    return _change(caller, folded(caller.screen().dock.lab, call.text("panel")))


def sort_dock(caller: Caller, call: Call) -> str:
    return _change(caller, sorted_by(caller.screen().dock.lab, call.text("key")))


def view_dock(caller: Caller, call: Call) -> str:
    return _change(caller, viewed(caller.screen().dock.lab, call.text("view")))


def pace_dock(caller: Caller, call: Call) -> str:
    rate = call.values.get("rate")
    lab = paced(caller.screen().dock.lab, rate if isinstance(rate, int) else None)
    least, most = RATES[0], RATES[-1]
    if not least <= lab.rate <= most:
        raise UsageError(f"pace-dock: {lab.rate} looks a second can't be: {least} to {most} can")
    return _change(caller, lab)


def _change(caller: Caller, lab: Lab) -> str:
    docks.change(caller.server, caller.screen(), lab)
    return ""
