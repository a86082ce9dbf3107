"""The rows of the commands for scripts: many commands at once, and what happens meanwhile."""

from typing import Final

from termlab.commands.row import CommandRow, Parameter, flag, text

SCRIPTING: Final[tuple[CommandRow, ...]] = (
    CommandRow(
        "events",
        "Tell what happens, a line each, until interrupted.",
        (
            flag("json", "--json", help="print an object a line for programs"),
            Parameter("kinds", (), "rest", "only these, as bell or pane-closed (all)", "[KIND]..."),
        ),
        where="local",
    ),
    CommandRow(
        "batch",
        "Perform commands, one a line, over one connection.",
        (
            Parameter("jobs", ("-j", "--jobs"), "number", "so many at a time (1)", "JOBS"),
            flag("keep_going", "-k", "--keep-going", help="go on behind one that failed"),
            text("file", help="where the lines are (stdin)", metavar="[FILE]"),
        ),
        where="local",
    ),
)
