"""TOML as a list of statements, each with its line: `[header]`s and `key = value`s.

``tomllib`` knows values but no lines, and tomlkit keeps its lines to itself. A TOML statement ends
with a line, though, unless a value is still open: so lines are taken until ``tomllib`` reads them.
One that it never reads is a mistake of its own, and the next line is tried: all are found at once.
"""

import tomllib
from typing import Final, NamedTuple

# Lines of one value that is to be told from one that never ends.
MAX_VALUE_LINES: Final = 200
# Longer ones cost time that grows with the square of it.
MAX_LINE_CHARS: Final = 4096
# Who has made so many mistakes has opened the wrong file, and a server has more to do.
MAX_MISTAKES: Final = 100
# Tables and keys within each other: the deepest option is three deep.
MAX_DEPTH: Final = 16
_DEEP: Final = f"tables are nested more than {MAX_DEPTH} deep: no option is"
_OPENS: Final = ('"""', "'''", "[")


class Mistake(NamedTuple):
    """What is wrong on a line (from 1), and what would be right."""

    line: int
    what: str


class Statement(NamedTuple):
    """``value`` is assigned to ``path`` on ``line``."""

    path: tuple[str, ...]
    value: object
    line: int


def read_statements(text: str) -> tuple[list[Statement], list[Mistake]]:
    """Every assignment, inline tables flattened, and every line that is no TOML."""
    lines = text.replace("\r\n", "\n").split("\n")
    header: tuple[str, ...] = ()
    found: list[Statement] = []
    mistakes: list[Mistake] = []
    seen: dict[tuple[str, ...], int] = {}
    at = 0
    while at < len(lines):
        if len(mistakes) >= MAX_MISTAKES:
            mistakes.append(Mistake(at + 1, "from here on it was not read: too much is wrong"))
            break
        value, taken, why = _statement(lines, at)
        if value is None:
            mistakes.append(Mistake(at + 1, why))
        elif lines[at].lstrip().startswith("[["):
            header = _header(value)
            why = f"[[{'.'.join(header)}]] begins a list of tables: write [{'.'.join(header)}]"
            mistakes.append(Mistake(at + 1, why))
        elif lines[at].lstrip().startswith("["):
            header = _header(value)
            if len(header) <= 2:  # what holds nothing may still be called wrong
                found.append(Statement(header, {}, at + 1))
        else:
            for each in _flat(header, value, at + 1):
                if each.path in seen:
                    mistakes.append(Mistake(at + 1, _twice(each, seen[each.path])))
                seen.setdefault(each.path, at + 1)
                found.append(each)
        at += taken
    return found, mistakes or _whole(text)


def _statement(lines: list[str], at: int) -> tuple[dict[str, object] | None, int, str]:
    """The statement that begins on a line, how many lines it takes, and why it is none."""
    if len(lines[at]) > MAX_LINE_CHARS:
        return None, 1, f"a line of {len(lines[at])} characters: keep it below {MAX_LINE_CHARS}"
    first = lines[at].partition("=")[2]
    longest = MAX_VALUE_LINES if any(mark in first for mark in _OPENS) else 1
    why = ""
    for count in range(1, min(longest, len(lines) - at) + 1):
        if len(lines[at + count - 1]) > MAX_LINE_CHARS:
            break
        try:
            value = tomllib.loads("\n".join(lines[at : at + count]))
        except (ValueError, RecursionError) as error:
            why = why or f"this is not TOML: {_without_place(error)}"
        else:
            return (None, count, _DEEP) if _depth(value) > MAX_DEPTH else (value, count, "")
    return None, 1, why


def _depth(value: dict[str, object]) -> int:
    """How many tables are within each other."""
    deepest, level = 0, [value]
    while level:
        deepest += 1
        level = [v for table in level for v in table.values() if isinstance(v, dict)]
    return deepest


def _without_place(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error).partition(" (at ")[0]


def _header(value: dict[str, object]) -> tuple[str, ...]:
    path: tuple[str, ...] = ()
    while value:
        name, inner = next(iter(value.items()))
        path += (name,)
        value = inner if isinstance(inner, dict) else {}
    return path


def _flat(path: tuple[str, ...], value: dict[str, object], line: int) -> list[Statement]:
    found = []
    for name, inner in value.items():
        here = (*path, name)
        found += (
            _flat(here, inner, line)
            if isinstance(inner, dict) and inner
            else [Statement(here, inner, line)]
        )
    return found


def _twice(each: Statement, before: int) -> str:
    return f"{each.path[-1]!r} is set on line {before} already: keep one of them"


def _whole(text: str) -> list[Mistake]:
    """What only shows when all of it is read: a key or a table twice."""
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        place = str(error).partition("(at line ")[2].partition(",")[0]
        line = int(place) if place.isdecimal() else text.count("\n") + 1
        return [Mistake(line, f"{_without_place(error)}: give each key and table once")]
    return []
