"""The rows of the commands of a client's lab dock, and of the task manager."""

from typing import Final

from termlab.commands.row import CommandRow, Parameter, flag
from termlab.model.lab import PANELS, RATES, SORTS, VIEWS

DOCK_ROWS: Final = (
    CommandRow("toggle-dock", "Show the lab dock, or hide it.", where="attached"),
    CommandRow(
        "resize-dock",
        "Give the lab dock a width, or move its border.",
        (
            flag("left", "-L", help="its border to the left"),
            flag("right", "-R", help="its border to the right"),
            Parameter("cols", (), "number", "its columns; with a flag, by how many (1)", "[COLS]"),
        ),
        where="attached",
    ),
    CommandRow("dock-keys", "Let the next key be one of the lab dock's.", where="client"),
    CommandRow("pause-dock", "Stop measuring for the lab dock, or go on.", where="attached"),
    CommandRow(
        "fold-dock",
        "Fold a panel of the lab dock, or open it again.",
        (Parameter("panel", (), "text", "which", "PANEL", PANELS, True),),
        where="attached",
    ),
    CommandRow(
        "sort-dock",
        "List the system calls of the lab dock by something.",
        (Parameter("key", (), "text", "by what (the next)", "[KEY]", SORTS),),
        where="attached",
    ),
    CommandRow(
        "view-dock",
        "Show system calls at all times, in silence, or a key.",
        (Parameter("view", (), "text", "which (the next)", "[VIEW]", VIEWS),),
        where="attached",
    ),
    CommandRow(
        "pace-dock",
        "Have the lab dock look so many times a second.",
        (Parameter("rate", (), "number", f"{RATES[0]} to {RATES[-1]} (the next)", "[RATE]"),),
        where="attached",
    ),
    CommandRow(
        "scroll-dock",
        "Scroll the panels of the lab dock.",
        (
            flag("up", "-U", help="up"),
            flag("down", "-D", help="down (so it is)"),
            flag("page", "-p", help="by a page, not by a row or two"),
        ),
        where="client",
    ),
    CommandRow("task-manager", "Show what all panes use, and go to one.", where="client"),
)
