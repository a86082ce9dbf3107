"""The command of who lets termlab look deeper than an ordinary user may."""

from typing import Final

from termlab.commands.row import CommandRow, text

PROBE_ROWS: Final[tuple[CommandRow, ...]] = (
    CommandRow(
        "probe-helper",
        "As root: let a user's termlab count system calls.",
        (text("user", "--user", help="whose (who called sudo)", metavar="NAME"),),
        where="local",
    ),
)
