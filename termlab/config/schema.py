"""The JSON schema of a `config.toml`, for editors that complete and check one."""

from typing import Final

import msgspec

from termlab.config.loader import TABLES
from termlab.config.settings import Settings

_BINDING: Final = {
    "anyOf": [
        {"type": "string", "description": 'the command; "" unbinds the key'},
        {"const": False, "description": "the key is unbound"},
        {
            "type": "object",
            "properties": {
                "command": {"type": "string"},
                "note": {"type": "string"},
                "repeat": {"type": "boolean"},
            },
            "required": ["command"],
            "additionalProperties": False,
        },
    ]
}


def schema() -> dict[str, object]:
    """Every option with its type and bounds; none of them has to be there."""
    options = dict(msgspec.json.schema(Settings)["$defs"]["Settings"]["properties"])
    table = {"type": "object", "additionalProperties": _BINDING}
    options["keys"] = {
        "type": "object",
        "properties": dict.fromkeys(TABLES, table),
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "termlab",
        "type": "object",
        "properties": options,
        "additionalProperties": False,
    }
