"""A recorded terminal: asciicast v2 and v3 to frozen events. Pure: bytes in, records out.

Whole (`decode`), or line by line (`read_header`, `read_events`) for a file that need not be kept.
A line that can't be is an error that names the file and the line; an event of an unknown code is
left out, as the format asks, but its time passes.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from termlab.errors import PtyError, RecordingError
from termlab.model.geometry import Size, check_size
from termlab.model.records import msgspec

OUTPUT: Final = "o"
INPUT: Final = "i"
RESIZE: Final = "r"
MARKER: Final = "m"
EXIT: Final = "x"
_CODES: Final = frozenset({OUTPUT, INPUT, RESIZE, MARKER, EXIT})

# One event is what one read of a terminal brought, tens of KiB; escaped it may be six times that.
MAX_LINE_BYTES: Final = 4 << 20
MAX_FILE_BYTES: Final = 256 << 20
# A year: what is waited for stays far below what the system's timers can count.
MAX_TIME_S: Final = 366 * 24 * 3600.0
MAX_TITLE_CHARS: Final = 256
# How far from as recorded it may be played.
MIN_SPEED: Final = 1 / 128
MAX_SPEED: Final = 1024.0
MAX_EXIT_CODE: Final = 255
_SHOWN_CHARS: Final = 40


class Playing(NamedTuple):
    """How to play one: so many times as fast (0 and infinity: all at once), with pauses of
    ``idle_limit_s`` at the most (None: what the recording asks for)."""

    speed: float = 1.0
    idle_limit_s: float | None = None


class Event(NamedTuple):
    """What happened, ``at_s`` seconds after the start; times never go back."""

    at_s: float
    code: str
    data: str


class Header(NamedTuple):
    """What a recording says of itself. ``idle_limit_s`` caps its pauses, if it asks for that."""

    version: int
    size: Size
    title: str = ""
    idle_limit_s: float | None = None


class Recording(NamedTuple):
    """A whole one."""

    header: Header
    events: tuple[Event, ...]


def decode(data: bytes, name: str) -> Recording:
    """The recording that a file called ``name`` holds. Raises ``RecordingError``."""
    if len(data) > MAX_FILE_BYTES:
        raise too_long(name)
    lines = data.split(b"\n")
    header = read_header(lines[0], name)
    return Recording(header, tuple(read_events(lines[1:], header, name)))


def read_header(line: bytes, name: str) -> Header:
    """The first line's meaning. Raises ``RecordingError``."""
    if not line.strip():
        raise _failure(name, 1, "it is empty, and a recording begins with a header")
    try:
        found = _HEADER.decode(_short(line, name, 1))
    except msgspec.MsgspecError as error:
        raise _failure(name, 1, f"it is no header of an asciicast ({error})") from error
    if found.version not in (2, 3):
        raise _failure(name, 1, f"it is asciicast v{found.version}, and v2 and v3 can be played")
    term = found.term if found.version == 3 else _Term(found.width, found.height)
    try:
        size = check_size(Size(term.cols, term.rows))
    except PtyError as error:
        raise _failure(name, 1, f"its size can't be ({error})") from error
    limit = found.idle_time_limit
    if limit is not None and not 0 <= limit <= MAX_TIME_S:
        raise _failure(name, 1, f"its idle_time_limit can't be {limit:g}")
    return Header(found.version, size, (found.title or "")[:MAX_TITLE_CHARS], limit)


def read_events(lines: Iterable[bytes], header: Header, name: str) -> Iterator[Event]:
    """The events of the lines behind the header, each as soon as its line is there.

    Raises ``RecordingError`` at the line that is none.
    """
    relative = header.version == 3
    now = 0.0
    for number, line in enumerate(lines, start=2):
        if not line.strip() or (relative and line.startswith(b"#")):
            continue
        time, code, data = _event(line, name, number)
        # What was written out of order by some recorders plays at once.
        now = now + time if relative else max(now, time)
        if not 0 <= time <= MAX_TIME_S or now > MAX_TIME_S:
            raise _failure(name, number, f"the time {time:g} can't be")
        if code in (RESIZE, EXIT):
            _check(code, data, name, number)
        if code in _CODES:
            yield Event(now, code, data)


def resized(event: Event) -> Size:
    """The size in a resize event."""
    cols, _, rows = event.data.partition("x")
    return Size(int(cols), int(rows))


def exit_code(event: Event) -> int:
    """The code in an exit event."""
    return int(event.data)


def too_long(name: str) -> RecordingError:
    """The error for a file beyond `MAX_FILE_BYTES`."""
    return RecordingError(
        f"can't play {name}: it is longer than {MAX_FILE_BYTES >> 20} MiB: cut it into parts"
    )


class _Term(msgspec.Struct):
    """v3's ``term``."""

    cols: int
    rows: int


class _Found(msgspec.Struct):
    """A header as it is written, of either version."""

    version: int
    width: int = 0
    height: int = 0
    term: _Term = msgspec.field(default_factory=lambda: _Term(0, 0))
    title: str | None = None
    idle_time_limit: float | None = None


_HEADER: Final = msgspec.json.Decoder(_Found)
_EVENT: Final = msgspec.json.Decoder(tuple[float, str, Any])


def _event(line: bytes, name: str, number: int) -> tuple[float, str, str]:
    try:
        time, code, data = _EVENT.decode(_short(line, name, number))
    except msgspec.MsgspecError as error:
        raise _failure(name, number, f"it is no event ({error})") from error
    if code in _CODES and not isinstance(data, str):
        raise _failure(name, number, f"the data of {code!r} must be a text")
    return time, code, data


def _check(code: str, data: str, name: str, number: int) -> None:
    """Whether the text of a resize or an exit says what it must."""
    shown = repr(data[:_SHOWN_CHARS])
    numbers = data.split("x") if code == RESIZE else [data]
    if not all(part.isascii() and part.isdecimal() and len(part) < 6 for part in numbers):
        raise _failure(name, number, f"{shown} can't be the data of {code!r}")
    if code == EXIT and int(data) > MAX_EXIT_CODE:
        raise _failure(name, number, f"{shown} can't be an exit code")
    if code == RESIZE:
        try:
            cols, rows = map(int, numbers)
            check_size(Size(cols, rows))
        except (PtyError, ValueError) as error:
            raise _failure(name, number, f"{shown} can't be a size") from error


def _short(line: bytes, name: str, number: int) -> bytes:
    if len(line) > MAX_LINE_BYTES:
        raise _failure(name, number, f"it is longer than {MAX_LINE_BYTES >> 20} MiB")
    return line


def _failure(name: str, number: int, why: str) -> RecordingError:
    return RecordingError(
        f"can't play {name}, line {number}: {why}: give an asciicast v2 or v3, "
        "as `asciinema rec` makes"
    )
