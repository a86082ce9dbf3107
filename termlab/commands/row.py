"""What a row of the command table is made of, and the short forms rows are written in."""

from typing import Literal, NamedTuple

# "many": words, and options anywhere among them; "rest": options end where its first word is.
# "texts": an option that may be given more than once.
Kind = Literal["flag", "text", "texts", "number", "many", "rest"]
# Where a command runs: in the server for anybody; in the server for the attached client that asks;
# in the attached client itself; in the program on the command line.
Where = Literal["server", "attached", "client", "local"]


class Parameter(NamedTuple):
    """One parameter. ``flags`` empty means positional; ``metavar`` is what help calls its value."""

    name: str
    flags: tuple[str, ...]
    kind: Kind
    help: str = ""
    metavar: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False


class CommandRow(NamedTuple):
    """One command."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...] = ()
    aliases: tuple[str, ...] = ()
    where: Where = "server"


def flag(name: str, *flags: str, help: str) -> Parameter:
    return Parameter(name, flags, "flag", help)


def text(name: str, *flags: str, help: str, metavar: str, required: bool = False) -> Parameter:
    return Parameter(name, flags, "text", help, metavar, required=required)


def target(what: str) -> Parameter:
    return text("target", "-t", "--target", help=f"the {what}", metavar=what.upper())
