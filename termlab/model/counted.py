"""What `termlab stats` tells: the counters of the server, its panes, its connections, as records.

A *part* is what one piece of the machinery has counted; its fields have their units in their names.
A value that can't be told is the reason why (`metrics.Missing`), never a zero in its place.
Counting and printing are others'.
"""

from collections.abc import Mapping
from typing import Final

from termlab.model.figure import Missing
from termlab.model.records import msgspec

# Raised whenever a field of the JSON changes its meaning; new ones may come at any time.
VERSION: Final = 1

Value = bool | int | float | str | Missing


class Counter(msgspec.Struct, frozen=True):
    """``level``: as it is now, a size or a mean; else counted since the last reset."""

    name: str
    value: Value
    level: bool = False


class PartCounters(msgspec.Struct, frozen=True):
    """All of one part; ``missing`` is why there are none."""

    name: str
    counters: tuple[Counter, ...]
    missing: str = ""


class Counted(msgspec.Struct, frozen=True):
    """One thing with its parts: ``id`` as commands name it, ``about`` what a person knows it by."""

    id: str
    about: str
    parts: tuple[PartCounters, ...]


class Snapshot(msgspec.Struct, frozen=True):
    """Everything at one moment. ``at_s`` is the wall clock, in seconds of the epoch; what was
    counted was so over ``counted_s``, since the server's start or the last of ``resets``."""

    at_s: float
    counted_s: float
    resets: int
    server: Counted | None
    panes: tuple[Counted, ...]
    connections: tuple[Counted, ...]


def document(snapshot: Snapshot) -> Mapping[str, object]:
    """As JSON tells it: each part an object of its numbers, null where there is none, with the
    reasons by ``PART.NAME`` beside them in ``missing``."""
    found: dict[str, object] = {
        "version": VERSION,
        "at_s": snapshot.at_s,
        "counted_s": snapshot.counted_s,
        "resets": snapshot.resets,
    }
    if snapshot.server is not None:
        found["server"] = _thing(snapshot.server)
    found["panes"] = [_thing(each) for each in snapshot.panes]
    found["connections"] = [_thing(each) for each in snapshot.connections]
    return found


def _thing(thing: Counted) -> dict[str, object]:
    told: dict[str, object] = {"id": thing.id, "about": thing.about}
    missing: dict[str, str] = {}
    for part in thing.parts:
        if part.missing:
            missing[part.name] = part.missing
        values: dict[str, object] = {}
        for counter in part.counters:
            value = counter.value
            if isinstance(value, Missing):
                missing[f"{part.name}.{counter.name}"] = value.reason
            values[counter.name] = None if isinstance(value, Missing) else value
        told[part.name] = None if part.missing else values
    return told | {"missing": missing}
