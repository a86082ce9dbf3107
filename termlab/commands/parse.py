"""A command's words to its parameters, by click, from the command's row.

Used by the command line and, for the words of key bindings and requests, by the server. The client
never imports it: click costs 13 ms.
"""

from collections.abc import Sequence
from typing import NamedTuple

import click

from termlab.commands.spelling import unknown_command
from termlab.commands.table import CommandRow, Parameter, find
from termlab.errors import UsageError


class Call(NamedTuple):
    """A command with its parameters, ready to perform."""

    row: CommandRow
    values: dict[str, object]

    def text(self, name: str) -> str:
        """The text given, "" if none was."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool:
        return bool(self.values.get(name))

    def number(self, name: str, default: int) -> int:
        value = self.values.get(name)
        return value if isinstance(value, int) else default

    def rest(self, name: str) -> tuple[str, ...]:
        value = self.values.get(name)
        return value if isinstance(value, tuple) else ()


def parse(argv: Sequence[str]) -> Call:
    """The call these words mean. Raises ``UsageError`` naming the word that is wrong."""
    row = find(argv[0]) if argv else None
    if row is None:
        raise UsageError(unknown_command(argv[0] if argv else ""))
    command = click_command(row, help_option=False)
    try:
        context = command.make_context(row.name, list(argv[1:]), resilient_parsing=False)
    except click.ClickException as error:
        said = " ".join(error.format_message().split()).rstrip(".")  # choices come a line each
        raise UsageError(f"{row.name}: {said}. See `termlab {row.name} --help`.") from error
    return Call(row, context.params)


def click_command(row: CommandRow, help_option: bool = True) -> click.Command:
    """The row as a click command: for parsing here, for help and completion on the command line."""
    rest = any(parameter.kind == "rest" for parameter in row.parameters)
    return click.Command(
        row.name,
        params=[_click_parameter(parameter) for parameter in row.parameters],
        help=row.summary,
        add_help_option=help_option,
        # What follows the first word of a command to run belongs to that command.
        context_settings={"allow_interspersed_args": not rest},
    )


def _click_parameter(parameter: Parameter) -> click.Parameter:
    kind: click.ParamType[object] = click.INT if parameter.kind == "number" else click.STRING
    if parameter.choices:
        kind = click.Choice(parameter.choices)
    if not parameter.flags:
        return click.Argument(
            [parameter.name],
            type=kind,
            nargs=-1 if parameter.kind in ("many", "rest") else 1,
            required=parameter.required,
            metavar=parameter.metavar,
        )
    if parameter.kind == "flag":
        return click.Option([*parameter.flags, parameter.name], is_flag=True, help=parameter.help)
    return click.Option(
        [*parameter.flags, parameter.name],
        type=kind,
        multiple=parameter.kind == "texts",
        metavar=parameter.metavar or None,
        help=parameter.help,
    )
