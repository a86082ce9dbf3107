"""The command that puts a border somewhere: what dragging one with the mouse asks for."""

from termlab.commands.parse import Call
from termlab.errors import UsageError
from termlab.model.borders import Border, even_border, move_border
from termlab.server.caller import Caller


def move(caller: Caller, call: Call) -> str:
    """To a column or row of the window, or to the middle of what its two sides have."""
    target = caller.target(call)
    window = target.window
    right, even = call.flag("right"), call.flag("even")
    to = call.values.get("to")
    if right == call.flag("down"):
        raise UsageError("move-border: say which border with either -R or -D")
    if even == isinstance(to, int):
        raise UsageError("move-border: give the column or row to put it at, or --even")
    border = Border(target.pane.id, "row" if right else "column")
    if isinstance(to, int):
        tree = move_border(window.tree, window.cols, window.rows, border, to)
    else:
        tree = even_border(window.tree, window.cols, window.rows, border)
    if (tree, False) != (window.tree, window.zoomed):
        window.tree, window.zoomed = tree, False
        caller.server.layout_changed(window)
    return ""
