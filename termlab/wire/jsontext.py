"""Records to JSON for programs: what ``--json`` prints."""

import msgspec


def to_json(record: object) -> str:
    """One JSON document, a line break at its end."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2).decode() + "\n"
