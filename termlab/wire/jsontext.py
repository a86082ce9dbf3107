"""Records to JSON for programs, what ``--json`` prints, and back."""

from typing import TypeVar

from termlab.errors import WireError
from termlab.model.records import msgspec

T = TypeVar("T")


def to_json(record: object) -> str:
    """One JSON document, a line break at its end."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2).decode() + "\n"


def to_line(record: object) -> str:
    """One JSON document in one line, for those who read many, one after the other."""
    return msgspec.json.encode(record).decode() + "\n"


def from_json(text: str, kind: type[T]) -> T:
    """The record of such a document. Raises ``WireError`` if it is another thing."""
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.MsgspecError as error:
        raise WireError(f"this is not the JSON expected: {error}") from error
