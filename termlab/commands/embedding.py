"""The command for whoever embeds a terminal: a program on a PTY behind two plain streams."""

from typing import Final

from termlab.commands.row import CommandRow, Parameter, text

EMBEDDING: Final[tuple[CommandRow, ...]] = (
    CommandRow(
        "bridge",
        "Run a program on a terminal joined to stdin and stdout, or resize one that runs.",
        (
            Parameter("what", (), "text", "what to do", "WHAT", ("new", "resize"), required=True),
            text("id", help="the bridge's name", metavar="ID", required=True),
            Parameter("cols", (), "number", "its columns", "COLS", required=True),
            Parameter("rows", (), "number", "its rows", "ROWS", required=True),
            Parameter("command", (), "rest", "new: the program and its words", "[CMD]..."),
        ),
        where="local",
    ),
)
