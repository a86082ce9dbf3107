"""A person's `config.toml` over the defaults: what is right of it, and every mistake with its line.

Whether a command exists is for whoever asks: it gives the checks. Nothing here reads a file.
"""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Final, NamedTuple

import msgspec

from termlab.config.loader import TABLES
from termlab.config.settings import Settings
from termlab.config.statements import Mistake, Statement, read_statements
from termlab.errors import UsageError
from termlab.model.bindings import Binding
from termlab.model.keyname import parse_key, spell

_FIELDS: Final = {field.name: field for field in msgspec.structs.fields(Settings)}
_OPTIONS: Final = tuple(name for name in _FIELDS if name != "keys")
_PARTS: Final = {"command": str, "note": str, "repeat": bool}
_NAMES: Final[dict[type, str]] = {str: "text in quotes", bool: "true or false"}


class Checks(NamedTuple):
    """Each raises ``UsageError``: for a binding of a table whose command can't be, for a prefix."""

    binding: Callable[[str, Binding], None]
    prefix: Callable[[str], object]


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
    options: dict[str, object] = {}
    lines: dict[str, int] = {}
    rows: dict[tuple[str, str], _Row] = {}
    for each in statements:
        try:
            if each.path == ("keys",) and each.value == {}:
                continue
            if each.path[0] == "keys":
                _key(each, rows)
            else:
                name = _option(each, checks)
                options[name], lines[name] = each.value, each.line
        except UsageError as error:
            mistakes.append(Mistake(each.line, str(error)))
    changed: dict[str, dict[str, Binding | None]] = {name: {} for name in TABLES}
    for (table, key), row in rows.items():
        try:
            changed[table][key] = _binding(table, row, checks)
            lines[f"keys.{table}.{key}"] = row.line
        except UsageError as error:
            mistakes.append(Mistake(row.line, str(error)))
    if mistakes:
        return Overlaid(defaults, tuple(sorted(mistakes)))
    keys = {name: _merged(defaults.keys.get(name, ()), changed[name]) for name in TABLES}
    return Overlaid(msgspec.structs.replace(defaults, **options, keys=keys), (), lines)


def allowed(name: str) -> str:
    """What an option may be, in words."""
    kind = _FIELDS[name].type
    if kind in _NAMES:
        return _NAMES[kind]
    (meta,) = kind.__metadata__
    return f"a whole number from {meta.ge} to {meta.le}"


def _option(each: Statement, checks: Checks) -> str:
    name = each.path[0]
    if name not in _OPTIONS:
        raise UsageError(f"there is no option {name!r}{_near(name, _OPTIONS)}")
    try:
        msgspec.convert(each.value if len(each.path) == 1 else {}, _FIELDS[name].type)
    except msgspec.ValidationError as error:
        raise UsageError(f"{name} can't be {_shown(each)}: it is {allowed(name)}") from error
    if name == "prefix":
        checks.prefix(str(each.value))
    return name


def _key(each: Statement, rows: dict[tuple[str, str], _Row]) -> None:
    """Note one key's binding, or one part of it."""
    table = each.path[1] if len(each.path) > 1 else ""
    if table not in TABLES:
        raise UsageError(f"there is no key table {table!r}{_near(table, TABLES)}")
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
                f'{written!r} can\'t be {_shown(each)}: it is "COMMAND", '
                '{ command = "COMMAND", note = "...", repeat = true }, or false to unbind it'
            )
        row.parts["command"] = each.value or ""
        return
    part = each.path[3]
    if part not in _PARTS:
        raise UsageError(f"a binding has no {part!r}{_near(part, _PARTS)}")
    if len(each.path) > 4 or type(each.value) is not _PARTS[part]:
        raise UsageError(f"{part} can't be {_shown(each)}: it is {_NAMES[_PARTS[part]]}")
    row.parts[part] = each.value


def _binding(table: str, row: _Row, checks: Checks) -> Binding | None:
    """What a key does; None: nothing any more."""
    if not row.parts:
        return None  # its only part is a mistake that was told
    if "command" not in row.parts:
        raise UsageError(f'the binding of {row.key!r} has no command: add command = "..."')
    if not row.parts["command"]:
        return None
    binding = msgspec.convert(
        [row.key, row.parts["command"], row.parts.get("note", ""), row.parts.get("repeat", False)],
        Binding,
    )
    checks.binding(table, binding)
    return binding


def _merged(rows: Iterable[Binding], changed: Mapping[str, Binding | None]) -> tuple[Binding, ...]:
    """The rows with some replaced in their place, some gone, and new ones behind."""
    left = dict(changed)
    merged = [left.pop(spell(parse_key(row.key)), row) for row in rows]
    return tuple(row for row in (*merged, *left.values()) if row is not None)


def _near(name: str, known: Iterable[str]) -> str:
    """The nearest that there is, or all."""
    known = list(known)
    near = get_close_matches(name, known, 1)
    return f": did you mean {near[0]!r}?" if near else f": there are {', '.join(known)}"


def _shown(each: Statement) -> str:
    text = repr(each.value)
    return text if len(text) <= 40 else f"{text[:37]}..."
