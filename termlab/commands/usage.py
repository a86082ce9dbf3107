"""How a command is written, from its row, in one line: what is shown while it is being typed."""

from termlab.commands.row import CommandRow, Parameter


def usage(row: CommandRow) -> str:
    """The parameters of a command: ``[-t PANE] [-h] [CMD]...``."""
    return " ".join(_written(parameter) for parameter in row.parameters)


def explain(parameter: Parameter) -> str:
    """One parameter and what it is for: ``-l PERCENT: its share of the pane (50%)``."""
    named = f"{parameter.flags[0]} " if parameter.flags else ""
    value = "|".join(parameter.choices) or parameter.metavar or parameter.name.upper()
    shown = named.rstrip() if parameter.kind == "flag" else f"{named}{value}"
    return f"{shown}: {parameter.help}" if parameter.help else shown


def takes_value(row: CommandRow, word: str) -> Parameter | None:
    """The parameter whose value follows the word ``word``; None if nothing does."""
    for parameter in row.parameters:
        if parameter.kind != "flag" and word in parameter.flags:
            return parameter
    return None


def _written(parameter: Parameter) -> str:
    value = parameter.metavar or parameter.name.upper()
    if not parameter.flags:
        known = "|".join(parameter.choices)
        value = known if known and value == parameter.name.upper() else value
        return value if parameter.required or value.startswith("[") else f"[{value}]"
    return f"[{parameter.flags[0]}{'' if parameter.kind == 'flag' else f' {value}'}]"
