"""Key tables: lists of bindings checked, and turned into one dictionary for each table.

Knows which words are commands only by being told. The server builds the tables to check a
configuration, the client to look keys up.
"""

import shlex
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from termlab.errors import UsageError
from termlab.model.bindings import Binding
from termlab.model.keyname import parse_key, spell

# Table name -> spelled key -> what it does.
KeyTables = Mapping[str, Mapping[str, Binding]]

CONFIRM: Final = "confirm-before"
PROMPT: Final = "command-prompt"


def build_tables(bindings: Mapping[str, Iterable[Binding]], commands: Collection[str]) -> KeyTables:
    """The tables of ``bindings``; ``UsageError`` for an unknown key or command, or a key twice."""
    return {name: _table(name, rows, commands) for name, rows in bindings.items()}


def split_command(command: str) -> list[str]:
    """The words of a command, quoted as in a shell; ``UsageError`` if there are none."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(
            f"can't read the command {command!r}: {error}; check the quotes"
        ) from error
    if not words:
        raise UsageError("a command is empty: give a command word such as new-window")
    return words


def asks_first(binding: Binding) -> tuple[str, Binding] | None:
    """The question and the rest of ``confirm-before [-p QUESTION] COMMAND``; else None."""
    words = split_command(binding.command)
    if words[0] != CONFIRM:
        return None
    rest, question = words[1:], ""
    if rest[:1] == ["-p"]:
        question, rest = "".join(rest[1:2]), rest[2:]
    if not rest:
        raise UsageError(f"{binding.command!r} confirms nothing: end it with a command")
    # tmux takes the command as one quoted word; as separate words it means the same.
    command = rest[0] if len(rest) == 1 else shlex.join(rest)
    return question or f"{command}? (y/n)", Binding(binding.key, command, binding.note)


class Asked(NamedTuple):
    """What a prompt is for: the words before each answer, what stands there at first, and the words
    of the command that the answers are put into; () asks for a command."""

    labels: tuple[str, ...] = (":",)
    initials: tuple[str, ...] = ("",)
    template: tuple[str, ...] = ()


def read_prompt(argv: Sequence[str]) -> Asked:
    """The words behind ``command-prompt``: ``[-I TEXTS] [-p PROMPTS] [TEMPLATE]``. Several texts
    or prompts are separated by commas."""
    given = {"-I": "", "-p": ""}
    rest = list(argv)
    while len(rest) > 1 and rest[0] in given:
        given[rest[0]] = rest[1]
        rest = rest[2:]
    if rest[:1] == ["--"]:
        rest = rest[1:]
    elif rest and rest[0].startswith("-"):
        raise UsageError(f"{PROMPT}: there is no option {rest[0]!r}, or its text is missing")
    template = tuple(split_command(rest[0]) if len(rest) == 1 else rest)
    labels = tuple(given["-p"].split(",")) if given["-p"] else ()
    if not labels:
        labels = (f"({template[0]})",) if template else (":",)
    initials = (*given["-I"].split(","), *[""] * len(labels))[: len(labels)]
    return Asked(labels, initials, template)


def _table(name: str, rows: Iterable[Binding], commands: Collection[str]) -> dict[str, Binding]:
    table: dict[str, Binding] = {}
    for row in rows:
        try:
            key = spell(parse_key(row.key))
            _check_command(row, commands)
        except UsageError as error:
            raise UsageError(f"binding {row.key!r} in the key table {name!r}: {error}") from error
        if key in table:
            raise UsageError(
                f"the key table {name!r} binds one key twice, as {table[key].key!r} and as "
                f"{row.key!r}: keep one of them"
            )
        table[key] = row
    return table


def _check_command(binding: Binding, commands: Collection[str]) -> None:
    asked = asks_first(binding)
    for command in (binding.command, *([asked[1].command] if asked else [])):
        words = split_command(command)
        template = read_prompt(words[1:]).template if words[0] == PROMPT else ()
        for word in (words[0], *template[:1]):
            if word not in commands:
                raise UsageError(f"there is no command {word!r}: see `termlab --help`")
