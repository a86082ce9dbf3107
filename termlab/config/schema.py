"""The JSON schema of a `config.toml`, for editors that complete and check one."""

from typing import Any, Final, Literal, get_args, get_origin

from termlab.config.docs import default_docs
from termlab.config.loader import TABLES as KEY_TABLES
from termlab.config.loader import load_defaults
from termlab.config.options import DOCK_PANELS, OPTIONS, SHELL_COMMANDS, TABLES, value_of
from termlab.model.lab import PANELS
from termlab.model.records import msgspec
from termlab.model.status_row import SEGMENTS
from termlab.model.theme import theme_names

_BINDING: Final = {
    "anyOf": [
        {"type": "string", "description": 'the command; "" unbinds the key'},
        {"const": False, "description": "the key is unbound"},
        {
            "type": "object",
            "properties": {
                "command": {"type": "string", "description": "the command and its options"},
                "note": {"type": "string", "description": "what help and the hint line say"},
                "repeat": {
                    "type": "boolean",
                    "description": "whether it works again without the prefix",
                },
            },
            "required": ["command"],
            "additionalProperties": False,
        },
    ]
}
_SEGMENT: Final = {
    "anyOf": [
        *({"const": name, "description": what} for name, what in SEGMENTS.items()),
        {"type": "string", "pattern": "^'.+'$", "description": "text that stands for itself"},
    ]
}


def schema() -> dict[str, object]:
    """Every option with its type, bounds, default and meaning; none of them has to be there."""
    docs, defaults = default_docs(), load_defaults()
    options: dict[str, Any] = {}
    for table in TABLES:
        options[table] = _table({}, docs.get(table, ""))
    for name, kind in OPTIONS.items():
        table, _, option = name.rpartition(".")
        there = options[table]["properties"] if table else options
        there[option] = {
            "description": docs.get(name, ""),
            "default": value_of(defaults, name),
            **_kind(name, kind),
        }
    options[SHELL_COMMANDS] = {
        "type": "object",
        "description": docs.get(SHELL_COMMANDS, ""),
        "additionalProperties": {"type": "string", "description": "a command of termlab's"},
    }
    tables = {}
    for table in KEY_TABLES:
        what = docs.get(f"keys.{table}", "")
        tables[table] = {"type": "object", "description": what, "additionalProperties": _BINDING}
    options["keys"] = _table(tables, "What each key does, by key table.")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "termlab",
        **_table(options, "The options and keys of termlab."),
    }


def _table(properties: dict[str, Any], what: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": what,
        "properties": properties,
        "additionalProperties": False,
    }


def _kind(name: str, kind: Any) -> dict[str, Any]:
    """What a value may be."""
    if name in ("theme", "theme_light"):
        return {"enum": [*theme_names(), *([""] if name == "theme_light" else [])]}
    if get_origin(kind) is Literal:
        return {"enum": list(get_args(kind))}
    found = msgspec.json.schema(kind)
    if name == DOCK_PANELS:
        return {**found, "items": {"enum": list(PANELS)}, "uniqueItems": True}
    return {**found, "items": _SEGMENT} if found["type"] == "array" else found
