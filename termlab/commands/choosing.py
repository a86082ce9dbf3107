"""The rows of the commands that go somewhere else: another session, or what a tree of all shows.
As tmux's."""

from typing import Final

from termlab.commands.row import CommandRow, flag, target

CHOOSING: Final = (
    CommandRow(
        "choose-tree",
        "Choose from a tree of sessions, windows and panes.",
        (
            flag("sessions", "-s", help="the sessions closed"),
            flag("windows", "-w", help="the sessions open, the windows closed (so it is)"),
        ),
        where="client",
    ),
    CommandRow(
        "switch-client",
        "Show another session, or a window or pane of it.",
        (
            target("session"),
            flag("next", "-n", help="the next session"),
            flag("previous", "-p", help="the session before"),
            flag("last", "-l", help="the session shown before"),
        ),
        where="attached",
    ),
)
