"""Options by their dotted names ("escape_ms", "status.left"): types, values, and what one may be.

A person's file says names and values; this is all that it is measured by.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, Literal, get_args, get_origin

from termlab.config.settings import Settings
from termlab.errors import UsageError
from termlab.model.buffer_sizes import preset_named
from termlab.model.cpu_list import parse_cpus
from termlab.model.lab import PANELS
from termlab.model.records import msgspec
from termlab.model.status_row import SEGMENTS, quoted
from termlab.model.theme import theme_names

_NAMES: Final[dict[type, str]] = {str: "text in quotes", bool: "true or false"}
# An option's value in a message: more of it helps nobody.
MAX_SHOWN_CHARS: Final = 40
MAX_SHOWN_BITS: Final = 128
# The list of the lab dock's open panels.
DOCK_PANELS: Final = "dock.panels"
# The table of what shells may ask for: of names that a person chooses, each with its command.
SHELL_COMMANDS: Final = "shell_commands"
# A thread that decodes and calls C needs as much; with less it would end the process.
MIN_STACK_BYTES: Final = 256 * 1024


def _flat(kind: type[msgspec.Struct], lead: str = "") -> Iterator[tuple[str, Any]]:
    for field in msgspec.structs.fields(kind):
        if is_table(field.type):
            yield from _flat(field.type, f"{lead}{field.name}.")
        elif field.name not in ("keys", SHELL_COMMANDS):
            yield lead + field.name, field.type


def is_table(kind: object) -> bool:
    """Whether a field's type is a record: a table of options."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


# Every option's type.
OPTIONS: Final[dict[str, Any]] = dict(_flat(Settings))
# The tables that options stand in.
TABLES: Final = tuple(f.name for f in msgspec.structs.fields(Settings) if is_table(f.type))


def value_of(settings: Settings, name: str) -> object:
    """What an option is set to."""
    value: object = settings
    for part in name.split("."):
        value = getattr(value, part)
    return value


def replaced(settings: Settings, values: Mapping[str, object]) -> Settings:
    """``settings`` with some options of other, checked values."""
    changed: dict[str, Any] = {}
    for name, value in values.items():
        table, _, option = name.rpartition(".")
        if table:
            before: msgspec.Struct = changed.get(table, getattr(settings, table))
            changed[table] = msgspec.structs.replace(before, **{option: value})
        else:
            changed[name] = value
    return msgspec.structs.replace(settings, **changed)


def checked(name: str, value: object) -> object:
    """``value`` as the option has it. Raises ``UsageError`` that says what is allowed."""
    try:
        value = msgspec.convert(value, OPTIONS[name])
    except msgspec.ValidationError as error:
        raise UsageError(f"{name} can't be {shown(value)}: it is {allowed(name)}") from error
    if name in ("theme", "theme_light"):
        _check_theme(name, str(value))
    elif name == "connection_buffers":
        _check_buffers(name, str(value))
    elif name == DOCK_PANELS:
        _check_panels(name, value)
    elif isinstance(value, tuple):
        _check_segments(name, value)
    elif name.endswith(".cpus"):
        _check_cpus(name, str(value))
    elif name.endswith(".thread_stack_bytes") and value and int(str(value)) < MIN_STACK_BYTES:
        raise UsageError(f"{name} can't be {value}: it is 0 or at least {MIN_STACK_BYTES}")
    return value


def _check_theme(name: str, theme: str) -> None:
    known = theme_names()
    if theme not in known and (theme or name == "theme"):
        raise UsageError(f"there is no theme {theme!r}{near(theme, known)}")


def _check_buffers(name: str, words: str) -> None:
    try:
        preset_named(words)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from error


def _check_cpus(name: str, cpus: str) -> None:
    try:
        parse_cpus(cpus)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from error


def _check_panels(name: str, value: object) -> None:
    panels = value if isinstance(value, tuple) else ()
    for at, each in enumerate(panels):
        if each not in PANELS:
            raise UsageError(f"{name}: there is no panel {each!r}{near(each, PANELS)}")
        if each in panels[:at]:
            raise UsageError(f"{name}: {each!r} stands there twice: once is enough")


def _check_segments(name: str, segments: Iterable[str]) -> None:
    for each in segments:
        text = quoted(each)
        if text is None and each not in SEGMENTS:
            raise UsageError(f"{name}: there is no segment {each!r}{near(each, SEGMENTS)}")
        if text is not None and not text.isprintable():
            raise UsageError(f"{name}: {each!r} can't be shown: leave out control characters")


def allowed(name: str) -> str:
    """What an option may be, in words."""
    kind = OPTIONS[name]
    if kind in _NAMES:
        return _NAMES[kind]
    if get_origin(kind) is Literal:
        return " or ".join(f'"{value}"' for value in get_args(kind))
    inner, meta = get_args(kind)
    if inner is str:
        return 'a list of CPUs in quotes, as "0,2-3"'
    if inner is int:
        return f"a whole number from {meta.ge} to {meta.le}"
    what, known = ("panels", PANELS) if name == DOCK_PANELS else ("segments", tuple(SEGMENTS))
    return f"a list of at most {meta.max_length} {what} in quotes: {', '.join(known)}"


def near(name: str, known: Iterable[str]) -> str:
    """The nearest that there is, or all."""
    known = list(known)
    found = get_close_matches(name, known, 1)
    return f": did you mean {found[0]!r}?" if found else f": there are {', '.join(known)}"


def shown(value: object) -> str:
    """A value in a message."""
    if isinstance(value, int) and value.bit_length() > MAX_SHOWN_BITS:
        return "so large a number"  # Python would not write all of its digits
    text = repr(value)
    return text if len(text) <= MAX_SHOWN_CHARS else f"{text[: MAX_SHOWN_CHARS - 3]}..."
