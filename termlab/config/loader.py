"""TOML to `Settings`, strictly: an unknown option, a wrong type or a wrong key is an error.

Only the server calls it; a client gets what it needs with the attach reply. Whether a command
exists is for `commands.keytable` to say.
"""

import os
import tomllib
from typing import Final

from termlab.config.settings import Settings
from termlab.errors import UsageError
from termlab.model.bindings import DOCK_TABLE, PREFIX_TABLE, SCROLL_TABLE, Binding
from termlab.model.keyname import parse_key
from termlab.model.records import msgspec

DEFAULTS: Final = os.path.join(os.path.dirname(__file__), "defaults.toml")
TABLES: Final = (PREFIX_TABLE, SCROLL_TABLE, DOCK_TABLE)


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One binding as the file has it; its key is the key of the TOML table."""

    command: str
    note: str = ""
    repeat: bool = False


def load_defaults() -> Settings:
    """The options that ship with termlab."""
    return parse_settings(defaults_text(), DEFAULTS)


def defaults_text() -> str:
    """The file of these, with what it says of each."""
    with open(DEFAULTS, encoding="utf-8") as file:
        return file.read()


def parse_settings(text: str, source: str) -> Settings:
    """The options that ``text`` spells out in full; ``UsageError`` names ``source`` and the place.

    A syntax error is named by its line, any other by its path (``$.keys.prefix``).
    """
    try:
        options = tomllib.loads(text)
        rows = msgspec.convert(options.pop("keys", None), dict[str, dict[str, _Row]])
        keys = {name: _bindings(name, table) for name, table in rows.items()}
        settings = msgspec.convert({**options, "keys": {}}, Settings)
        parse_key(settings.prefix)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UsageError) as error:
        raise UsageError(f"{source}: {error}") from error
    return msgspec.structs.replace(settings, keys=keys)


def _bindings(table: str, rows: dict[str, _Row]) -> tuple[Binding, ...]:
    if table not in TABLES:
        raise UsageError(f"there is no key table {table!r}: there are {' and '.join(TABLES)}")
    for key in rows:
        try:
            parse_key(key)
        except UsageError as error:
            raise UsageError(f"in [keys.{table}]: {error}") from error
    return tuple(Binding(key, row.command, row.note, row.repeat) for key, row in rows.items())
