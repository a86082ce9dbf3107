"""The published formats of others, as far as termlab writes them, as JSON schemas.

Speedscope's is what https://www.speedscope.app/file-format-schema.json asks of a file with profiles
of the kind "sampled". That of traces follows Chrome's "Trace Event Format", by kinds of events.
"""

import json
from typing import Any, Final

import jsonschema

_NUMBER: Final = {"type": "number"}
_TEXT: Final = {"type": "string"}

SPEEDSCOPE: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["$schema", "profiles", "shared"],
    "properties": {
        "$schema": {"enum": ["https://www.speedscope.app/file-format-schema.json"]},
        "activeProfileIndex": _NUMBER,
        "exporter": _TEXT,
        "name": _TEXT,
        "shared": {
            "type": "object",
            "required": ["frames"],
            "properties": {
                "frames": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["name"],
                        "properties": {"name": _TEXT, "file": _TEXT, "line": _NUMBER},
                    },
                }
            },
        },
        "profiles": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [
                    "endValue",
                    "name",
                    "samples",
                    "startValue",
                    "type",
                    "unit",
                    "weights",
                ],
                "properties": {
                    "type": {"enum": ["sampled"]},
                    "name": _TEXT,
                    "unit": {
                        "enum": [
                            "bytes",
                            "microseconds",
                            "milliseconds",
                            "nanoseconds",
                            "none",
                            "seconds",
                        ]
                    },
                    "startValue": _NUMBER,
                    "endValue": _NUMBER,
                    "samples": {"type": "array", "items": {"type": "array", "items": _NUMBER}},
                    "weights": {"type": "array", "items": _NUMBER},
                },
            },
        },
    },
}


def _event(kind: str, *needed: str, **more: Any) -> dict[str, Any]:
    return {
        "properties": {"ph": {"const": kind}} | more,
        "required": ["ph", "name", "pid", "tid", *needed],
    }


_TIME: Final = {"type": "number", "minimum": 0}
TRACE: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["traceEvents"],
    "properties": {
        "displayTimeUnit": {"enum": ["ms", "ns"]},
        "traceEvents": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "name": _TEXT,
                    "pid": {"type": "integer"},
                    "tid": {"type": "integer"},
                },
                "oneOf": [
                    _event("M", "args"),
                    _event(
                        "C",
                        "ts",
                        "args",
                        ts=_TIME,
                        args={"type": "object", "additionalProperties": _NUMBER},
                    ),
                    _event("X", "ts", "dur", ts=_TIME, dur=_TIME),
                    _event("i", "ts", "s", ts=_TIME, s={"enum": ["g", "p", "t"]}),
                    _event("b", "ts", "id", "cat", ts=_TIME),
                    _event("e", "ts", "id", "cat", ts=_TIME),
                ],
            },
        },
    },
}


def valid(document: object, schema: dict[str, Any]) -> None:
    """Raises where the document, once encoded, is not as the schema says."""
    jsonschema.validate(json.loads(json.dumps(document)), schema)
