"""`termlab config`: where the configuration is, what is wrong with it, what holds, its schema.

The code is the server's; no server is asked, so it tells what one that starts now would use.
"""

import json
import os
import re
from typing import Final

from termlab.cli.answer import print_text
from termlab.commands.parse import Call, parse
from termlab.config.loader import DEFAULTS, load_defaults
from termlab.config.options import OPTIONS, SHELL_COMMANDS, value_of
from termlab.config.personal import Overlaid
from termlab.config.schema import schema
from termlab.config.settings import Settings
from termlab.errors import UsageError
from termlab.server.config_file import config_path, read_config
from termlab.server.configured import laid_over
from termlab.wire.jsontext import to_json

_DEFAULT: Final = os.path.basename(DEFAULTS)
_BARE: Final = re.compile("[A-Za-z0-9_-]+")


def configure(words: list[str]) -> int:
    """Do what the words say. Raises ``UsageError`` (exit code 2) with every mistake there is."""
    call = parse(words)
    what, path = call.text("what"), config_path(os.environ)
    if call.text("file") and what != "check":
        raise UsageError(f"config {what} takes no FILE: set TERMLAB_CONFIG to name another one")
    if what == "path":
        print_text(f"{path}\n")
    elif what == "schema":
        print_text(to_json(schema()))
    elif what == "check":
        named = call.text("file")
        _read(named or path, must_exist=bool(named))
        there = os.path.exists(named or path)
        print_text(f"{named or path}: {'no mistakes' if there else 'there is none, as is fine'}\n")
    else:
        print_text(_shown(_read(path, must_exist=False), path, call))
    return 0


def _read(path: str, must_exist: bool) -> Overlaid:
    """The settings that hold with the file at ``path``."""
    defaults = load_defaults()
    text = read_config(path)
    if text is None:
        if must_exist:
            raise UsageError(f"{path} can't be read: there is no such file")
        return Overlaid(defaults)
    found = laid_over(defaults, text)
    if found.mistakes:
        told = [f"{path}:{line}: {what}" for line, what in found.mistakes]
        raise UsageError("\n".join([f"{len(told)} mistakes" if told[1:] else "a mistake", *told]))
    return found


def _shown(found: Overlaid, path: str, call: Call) -> str:
    rows = _rows(found.settings)
    if call.flag("origin"):
        where = {name: _origin(name, path, found) for name in rows}
        if call.flag("json"):
            return to_json({n: {"value": v, "origin": where[n]} for n, v in rows.items()})
        return "".join(f"{_path(n)} = {_word(v)}  # {where[n]}\n" for n, v in rows.items())
    if call.flag("json"):
        return to_json(rows)
    return "".join(f"{_path(name)} = {_word(value)}\n" for name, value in rows.items())


def _rows(settings: Settings) -> dict[str, object]:
    """Every option and key by its path, in the order of the record and the tables."""
    rows = {name: value_of(settings, name) for name in OPTIONS}
    rows |= {f"{SHELL_COMMANDS}.{name}": line for name, line in settings.shell_commands.items()}
    for table, bindings in settings.keys.items():
        rows |= {f"keys.{table}.{row.key}": row.command for row in bindings}
    return rows


def _origin(name: str, path: str, found: Overlaid) -> str:
    from termlab.model.keyname import parse_key, spell

    if name.startswith("keys."):
        _, table, key = name.split(".", 2)
        name = f"keys.{table}.{spell(parse_key(key))}"
    line = found.lines.get(name)
    return _DEFAULT if line is None else f"{path}:{line}"


def _path(name: str) -> str:
    """An option's name as TOML has it: a key that is more than a bare word is quoted."""
    *tables, last = name.split(".", 2)
    return ".".join([*tables, last if _BARE.fullmatch(last) else _word(last)])


def _word(value: object) -> str:
    """As TOML has it, and JSON."""
    return json.dumps(value, ensure_ascii=False)
