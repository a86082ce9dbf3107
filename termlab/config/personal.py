"""A person's `config.toml` over the defaults: what is right of it, and every mistake with its line.

Whether a command exists is for whoever asks: it gives the checks. Nothing here reads a file.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from termlab.config import options
from termlab.config.loader import TABLES
from termlab.config.options import near, shown
from termlab.config.settings import Settings
from termlab.config.statements import Mistake, Statement, read_statements
from termlab.errors import UsageError
from termlab.model.bindings import Binding
from termlab.model.keyname import parse_key, spell
from termlab.model.records import msgspec

_PARTS: Final = {"command": str, "note": str, "repeat": bool}
_NAMES: Final[dict[type, str]] = {str: "text in quotes", bool: "true or false"}
# Whatever the file has: a message is read by a person.
MAX_MISTAKE_CHARS: Final = 400
# What may stand at the top of a file.
_FREE: Final = (options.SHELL_COMMANDS, "keys")  # tables of names that are a person's
_TOP: Final = (*(name for name in options.OPTIONS if "." not in name), *options.TABLES, *_FREE)
_NAME: Final = re.compile("[A-Za-z0-9_.-]{1,64}")
MAX_SHELL_COMMANDS: Final = 64


class Checks(NamedTuple):
    """Each raises ``UsageError``: for a binding of a table whose command can't be, for a prefix,
    for a command that shells may ask for."""

    binding: Callable[[str, Binding], None]
    prefix: Callable[[str], object]
    shell_command: Callable[[str], object] = str


class Overlaid(NamedTuple):
    """``settings`` are the defaults where there are ``mistakes``. ``lines``: where the file sets
    "escape_ms" or "keys.prefix.C-a"."""

    settings: Settings
    mistakes: tuple[Mistake, ...] = ()
    lines: Mapping[str, int] = {}


class _Row(NamedTuple):
    key: str  # as the file spells it
    line: int
    parts: dict[str, object]


def overlay(defaults: Settings, text: str, checks: Checks) -> Overlaid:
    """``text`` over ``defaults``, or all that is wrong with it."""
    statements, mistakes = read_statements(text)
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    rows: dict[tuple[str, str], _Row] = {}
    shell: dict[str, str] = {}
    for each in statements:
        try:
            if each.value == {} and each.path[0] in (*options.TABLES, *_FREE) and not each.path[1:]:
                continue  # a header
            if each.path[0] == "keys":
                _key(each, rows)
            elif each.path[0] == options.SHELL_COMMANDS:
                _shell_command(each, shell, checks)
                lines[".".join(each.path)] = each.line
            else:
                name, value = _option(each, checks)
                values[name], lines[name] = value, each.line
        except UsageError as error:
            mistakes.append(Mistake(each.line, str(error)))
    changed = _changed(rows, checks, lines, mistakes)
    if mistakes:
        told = sorted(Mistake(line, what[:MAX_MISTAKE_CHARS]) for line, what in mistakes)
        return Overlaid(defaults, tuple(told))
    keys = {name: _merged(defaults.keys.get(name, ()), changed[name]) for name in TABLES}
    settings = msgspec.structs.replace(
        options.replaced(defaults, values),
        keys=keys,
        shell_commands={**defaults.shell_commands, **shell},
    )
    return Overlaid(settings, (), lines)


def _changed(
    rows: Mapping[tuple[str, str], _Row],
    checks: Checks,
    lines: dict[str, int],
    mistakes: list[Mistake],
) -> dict[str, dict[str, Binding | None]]:
    """The bindings of each key table that the file changes; what is wrong goes to ``mistakes``."""
    changed: dict[str, dict[str, Binding | None]] = {name: {} for name in TABLES}
    for (table, key), row in rows.items():
        try:
            changed[table][key] = _binding(table, row, checks)
            lines[f"keys.{table}.{key}"] = row.line
        except UsageError as error:
            mistakes.append(Mistake(row.line, str(error)))
    return changed


def _option(each: Statement, checks: Checks) -> tuple[str, object]:
    """An option by its name, and its value."""
    first, *rest = each.path
    if first not in _TOP:
        raise UsageError(f"there is no option {first!r}{near(first, _TOP)}")
    name = ".".join(each.path[:2]) if first in options.TABLES else first
    if name not in options.OPTIONS:
        known = [known for known in options.OPTIONS if known.startswith(f"{first}.")]
        what = f"[{first}] has no option {rest[0]!r}" if rest else f"{first} is a table"
        raise UsageError(f"{what}{near(name, known)}")
    below = len(each.path) > name.count(".") + 1  # a table where a value should be
    value = options.checked(name, {} if below else each.value)
    if name == "prefix":
        checks.prefix(str(value))
    return name, value


def _shell_command(each: Statement, shell: dict[str, str], checks: Checks) -> None:
    """Note one command that shells may ask for."""
    name = each.path[1] if each.path[1:] else ""
    if not isinstance(each.value, str) or len(each.path) != 2:
        raise UsageError(
            f"{name or options.SHELL_COMMANDS} can't be {shown(each.value)}: write "
            f'NAME = "COMMAND" under [{options.SHELL_COMMANDS}]'
        )
    if not _NAME.fullmatch(name):
        raise UsageError(f"{shown(name)} is no name: use letters, digits and . _ -, at most 64")
    if len(shell) >= MAX_SHELL_COMMANDS:
        raise UsageError(f"more than {MAX_SHELL_COMMANDS} shell commands: leave some out")
    try:
        checks.shell_command(each.value)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from error
    shell[name] = each.value


def _key(each: Statement, rows: dict[tuple[str, str], _Row]) -> None:
    """Note one key's binding, or one part of it."""
    table = each.path[1] if len(each.path) > 1 else ""
    if table not in TABLES:
        raise UsageError(f"there is no key table {table!r}{near(table, TABLES)}")
    if len(each.path) < 3:
        if each.value == {}:
            return
        raise UsageError(f'{table} is a table of keys: write "x" = "COMMAND" under [keys.{table}]')
    written = each.path[2]
    key = spell(parse_key(written))
    row = rows.setdefault((table, key), _Row(written, each.line, {}))
    if row.key != written:
        raise UsageError(
            f"{written!r} is the key {row.key!r} of line {row.line} again: keep one of them"
        )
    if len(each.path) == 3:
        if each.value is not False and not isinstance(each.value, str):
            raise UsageError(
                f'{written!r} can\'t be {shown(each.value)}: it is "COMMAND", '
                '{ command = "COMMAND", note = "...", repeat = true }, or false to unbind it'
            )
        row.parts["command"] = each.value or ""
        return
    part = each.path[3]
    if part not in _PARTS:
        raise UsageError(f"a binding has no {part!r}{near(part, _PARTS)}")
    if len(each.path) > 4 or type(each.value) is not _PARTS[part]:
        raise UsageError(f"{part} can't be {shown(each.value)}: it is {_NAMES[_PARTS[part]]}")
    row.parts[part] = each.value


def _binding(table: str, row: _Row, checks: Checks) -> Binding | None:
    """What a key does; None: nothing any more."""
    if not row.parts:
        return None  # its only part is a mistake that was told
    if "command" not in row.parts:
        raise UsageError(f'the binding of {row.key!r} has no command: add command = "..."')
    if not row.parts["command"]:
        return None
    note, repeat = row.parts.get("note", ""), row.parts.get("repeat", False)
    binding = msgspec.convert([row.key, row.parts["command"], note, repeat, True], Binding)
    checks.binding(table, binding)
    return binding


def _merged(rows: Iterable[Binding], changed: Mapping[str, Binding | None]) -> tuple[Binding, ...]:
    """The rows with some replaced in their place, some gone, and new ones behind."""
    left = dict(changed)
    merged = [left.pop(spell(parse_key(row.key)), row) for row in rows]
    return tuple(row for row in (*merged, *left.values()) if row is not None)
