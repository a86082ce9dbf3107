"""The rows of the commands that place panes anew, in their window or in another. As tmux's."""

from typing import Final

from termlab.commands.row import CommandRow, Parameter, flag, target, text

_SOURCE: Final = text(
    "source", "-s", "--source", help="the pane to move (the focused one)", metavar="PANE"
)
_STAY: Final = flag("stay", "-d", "--no-focus", help="leave the focus where it is")

LAYOUTS: Final = (
    CommandRow(
        "select-layout",
        "Lay out a window's panes by name or as written.",
        (
            target("window"),
            flag("spread", "-E", help="make the pane and those beside it even"),
            flag("next", "-n", help="the next layout"),
            flag("previous", "-p", help="the layout before"),
            flag("undo", "-o", help="back to how the panes stood before"),
            Parameter(
                "name",
                (),
                "text",
                "even-horizontal, even-vertical, main-horizontal, main-vertical, tiled, or a "
                "layout that `ls --json` wrote",
                "[NAME]",
            ),
        ),
    ),
    CommandRow("next-layout", "Place the panes by the next layout.", (target("window"),)),
    CommandRow("previous-layout", "Place the panes by the layout before.", (target("window"),)),
    CommandRow(
        "swap-pane",
        "Let two panes take each other's places.",
        (
            text("source", "-s", "--source", help="one (the focused one)", metavar="PANE"),
            text("target", "-t", "--target", help="the other (the focused one)", metavar="PANE"),
            flag("up", "-U", help="with the pane before it"),
            flag("down", "-D", help="with the pane after it"),
            _STAY,
        ),
    ),
    CommandRow(
        "rotate-window",
        "Let each pane take the place of the one before.",
        (
            target("window"),
            flag("up", "-U", help="of the one before it (so it is)"),
            flag("down", "-D", help="of the one after it"),
        ),
    ),
    CommandRow(
        "join-pane",
        "Move a pane beside another one, in whatever window.",
        (
            _SOURCE,
            text("target", "-t", "--target", help="beside which (the focused one)", metavar="PANE"),
            flag("horizontal", "-h", help="to the right of it"),
            flag("vertical", "-v", help="below it (so it is)"),
            flag("before", "-b", help="to the left of it, or above"),
            text("size", "-l", "--size", help="its share of the pane (50%)", metavar="PERCENT"),
            _STAY,
        ),
        ("move-pane",),
    ),
    CommandRow(
        "break-pane",
        "Move a pane to a window of its own.",
        (
            _SOURCE,
            text("name", "-n", "--name", help="the window's name", metavar="NAME"),
            _STAY,
        ),
    ),
    CommandRow(
        "synchronize-panes",
        "Send what is typed to all panes of a window: on, off or the other way.",
        (
            target("window"),
            Parameter("state", (), "text", "on or off", "[on|off]", ("on", "off")),
        ),
    ),
)
