"""Whether a key can be bound to a command, or a shell ask for it: words, options, where it runs."""

from difflib import get_close_matches

from termlab.commands.keytable import asks_first, split_command
from termlab.commands.parse import parse
from termlab.commands.table import names
from termlab.commands.templates import fill
from termlab.errors import UsageError
from termlab.model.bindings import Binding


def check_binding(table: str, binding: Binding) -> None:
    """Raises ``UsageError`` that says what is wrong with the command of a key."""
    try:
        asked = asks_first(binding)
        _check(split_command(binding.command if asked is None else asked[1].command))
    except UsageError as error:
        raise UsageError(f"{binding.key!r}: {error}") from error


def _check(words: list[str]) -> None:
    if words[0] not in names():
        near = get_close_matches(words[0], sorted(names()), 1)
        hint = f"did you mean {near[0]!r}?" if near else "see `termlab --help`"
        raise UsageError(f"there is no command {words[0]!r}: {hint}")
    call = parse(words)
    if call.row.where == "local":
        raise UsageError(f"{call.row.name} runs on the command line only, no key can")


def check_shell_command(command: str) -> None:
    """Raises ``UsageError`` that says what is wrong with the command of a name that shells may ask
    for; any argument stands for those that will be."""
    words = fill(split_command(command), ("1",) * 9, {})
    _check(list(words))
    row = parse(words).row
    if row.where != "server":
        raise UsageError(f"{row.name} acts on an attached client, and a shell is none")
