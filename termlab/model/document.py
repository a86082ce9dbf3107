"""A profile as the JSON document that programs read, and its published schema.

``version`` is raised whenever a field changes its meaning; new fields may come at any time. What
grows with the time measured (samples, keys) is kept by columns. Which profile makes which document
is `runs.export`'s.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from termlab.model.calls import CallTable
from termlab.model.figure import Missing, Unit
from termlab.model.finding import Finding
from termlab.model.metrics import FIGURES
from termlab.model.records import msgspec
from termlab.model.timeline import Sample
from termlab.model.trails import KeyTrail
from termlab.model.wakers import Waker

T = TypeVar("T", bound=msgspec.Struct)

VERSION: Final = 2

Column = tuple[float | int | bool | None, ...]


class FigureSaid(msgspec.Struct, frozen=True, omit_defaults=True):
    """A figure. ``value`` is null where there is none, and ``reason`` says why; ``note`` what it
    holds besides the obvious."""

    unit: Unit
    value: int | float | None
    note: str = ""
    reason: str = ""


class SpreadSaid(msgspec.Struct, frozen=True, omit_defaults=True):
    """A figure over the runs that have it, ``runs`` of them. ``median`` is null where none has, and
    ``reason`` says why."""

    unit: Unit
    median: float | None
    min: int | float | None = None
    max: int | float | None = None
    runs: int = 0
    reason: str = ""


class Environment(msgspec.Struct, frozen=True):
    """Where it ran; ``cols`` and ``rows`` are the terminal's size."""

    host: str
    system: str
    kernel: str
    cpu: str
    cpus: int
    termlab: str
    cols: int
    rows: int


class RunSaid(msgspec.Struct, frozen=True):
    """One run. ``signal`` ended it, if one did; ``cut_short``: the limit on its time, as was asked.
    ``failed_step``: what a script of keys waited for in vain. ``samples`` and ``keys`` are columns
    of the same length, a place in each for a moment, or a key."""

    exit_code: int | None
    signal: str | None
    ending: str
    interrupted: bool
    figures: dict[str, FigureSaid]
    started_at_s: float = 0.0
    cut_short: bool = False
    failed_step: str = ""
    findings: tuple[Finding, ...] = ()
    calls: CallTable | Missing = Missing("system calls were not counted")
    wakers: tuple[Waker, ...] = ()
    samples: dict[str, Column] = msgspec.field(default_factory=dict)
    keys: dict[str, Column] = msgspec.field(default_factory=dict)


class Document(msgspec.Struct, frozen=True):
    """A command and its runs, in order. ``keys`` names the script that typed; ``notes`` what stands
    against comparing it; ``variables`` what was set for the program; ``summary`` has every figure
    over the runs."""

    version: int
    command: tuple[str, ...]
    environment: Environment
    interrupted: bool
    runs_asked: int
    runs: tuple[RunSaid, ...]
    summary: dict[str, SpreadSaid]
    name: str = ""
    tags: tuple[str, ...] = ()
    warmup: int = 0
    keys: str = ""
    notes: tuple[str, ...] = ()
    variables: dict[str, str] = msgspec.field(default_factory=dict)


def encode(document: Document) -> str:
    """The JSON text, a line break at its end."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def decode(data: bytes) -> Document:
    """What was encoded. Raises ``ValueError`` with the reason if it is another thing."""
    try:
        said = msgspec.json.decode(data, type=Document)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error
    if said.version != VERSION:
        raise ValueError(f"it has version {said.version}, and this termlab reads {VERSION}")
    return said


def to_columns(kind: type[msgspec.Struct], records: Sequence[object]) -> dict[str, Column]:
    """Records by their fields; a field that none of them has is left out."""
    columns = {
        name: tuple(getattr(record, name) for record in records) for name in kind.__struct_fields__
    }
    return {
        name: column
        for name, column in columns.items()
        if any(value is not None for value in column)
    }


def from_columns(kind: type[T], columns: Mapping[str, Column]) -> tuple[T, ...]:
    """The records again; fields this version does not know are passed over, those that are not
    there have their defaults. Raises ``ValueError`` where that makes no records."""
    fields = {field.name: field.default for field in msgspec.structs.fields(kind)}
    length = max((len(columns[name]) for name in fields if name in columns), default=0)
    whole = [columns.get(name, (default,) * length) for name, default in fields.items()]
    try:
        return tuple(msgspec.convert(row, kind) for row in zip(*whole, strict=True))
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error


def schema() -> dict[str, Any]:
    """The JSON schema of a document: each figure and column with its unit and meaning."""
    whole: dict[str, Any] = msgspec.json.schema(Document)
    kinds = whole["$defs"]
    run, document = kinds["RunSaid"]["properties"], kinds["Document"]["properties"]
    document["version"] = {"const": VERSION}
    for owner, field in ((run, "figures"), (document, "summary")):
        each = owner[field].pop("additionalProperties")
        names = {row.name: each | {"description": _meaning(row)} for row in FIGURES}
        owner[field] |= {"properties": names, "additionalProperties": each}
    for field, record in (("samples", Sample), ("keys", KeyTrail)):
        column = run[field].pop("additionalProperties")
        names = dict.fromkeys(record.__struct_fields__, column)
        run[field] |= {"properties": names, "additionalProperties": column}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A profile by termlab",
    } | whole


def _meaning(row: Any) -> str:
    return f"{row.group}: {row.label.strip()} ({row.unit})"
