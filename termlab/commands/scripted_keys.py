"""Scripts of keys, as they are written and as they were recorded, to steps. Pure.

One step a line; blank lines and those that begin with ``#`` say nothing::

    type "text"             each character a key; \\n is Enter, \\t Tab, \\e Escape
    key Down 5              a key by its name as in bindings, so many times
    wait /regex/ [10s]      until the screen shows it, at most so long (30s)
    quiet 200ms             until nothing was printed for so long, at most 30s
    pause 100ms             this long
    pace 50ms | auto        the time between two keys from here on

The pace is ``auto`` at first: the next key comes when the program has answered and was quiet for
60 ms, or after a second. A file that begins with ``{`` is an asciicast: its input events are typed
at the times at which they were recorded, and nothing else of it counts.
"""

import re
from collections.abc import Callable
from typing import Final

from termlab.errors import TermlabError, UsageError
from termlab.model.key_script import MAX_STEPS, KeyScript, Step
from termlab.model.keyname import parse_key
from termlab.model.recording import INPUT, decode

DEFAULT_WAIT_S: Final = 30.0
MAX_WAIT_S: Final = 24 * 3600.0
MAX_PRESSES: Final = 100_000
MAX_SCRIPT_BYTES: Final = 1 << 20
_UNITS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0}
_ESCAPES: Final = {"n": "\n", "r": "\n", "t": "\t", "e": "\x1b", "\\": "\\", '"': '"'}
_STEPS: Final = "a step is type, key, wait, quiet, pause or pace"
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WAIT: Final = re.compile(r"/((?:[^/\\]|\\.)+)/(?:\s+(\S+))?")


def read_script(data: bytes, name: str) -> KeyScript:
    """The script that a file called ``name`` holds. Raises ``UsageError`` with its line."""
    if data.lstrip()[:1] == b"{":
        return KeyScript(name, _recorded(data, name))
    if len(data) > MAX_SCRIPT_BYTES:
        raise UsageError(f"{name} is longer than {MAX_SCRIPT_BYTES >> 20} MiB: it is no script")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        at = data[: error.start].count(b"\n") + 1
        raise UsageError(f"{name}:{at}: this is not UTF-8: a script of keys is text") from error
    steps = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                steps.append(_step(number, line.strip()))
            except UsageError as error:
                raise UsageError(f"{name}:{number}: {error}") from error
    if not steps:
        raise UsageError(f"{name} has no step in it: {_STEPS}, one a line")
    return KeyScript(name, tuple(steps))


def _recorded(data: bytes, name: str) -> tuple[Step, ...]:
    try:
        events = decode(data, name).events
    except TermlabError as error:
        raise UsageError(str(error)) from error
    typed = [
        Step(number, "input", event.data, seconds=event.at_s)
        for number, event in enumerate(events, 2)
        if event.code == INPUT and event.data
    ]
    if not typed:
        raise UsageError(
            f"{name} has no keys in it: record some with `termlab profile --record-keys FILE`"
        )
    if len(typed) > MAX_STEPS:
        raise UsageError(f"{name} has {len(typed)} keys in it: at most {MAX_STEPS} can be typed")
    return tuple(typed)


def _step(number: int, line: str) -> Step:
    deed, _, rest = line.partition(" ")
    read = _READERS.get(deed)
    if read is None:
        raise UsageError(f"there is no step {deed[:40]!r}: {_STEPS}")
    return read(number, rest.strip())


def _type(number: int, rest: str) -> Step:
    found = _QUOTED.fullmatch(rest)
    if found is None:
        raise UsageError('write the text in double quotes, as in: type "hello\\n"')
    text = re.sub(r"\\(.)", _unescaped, found[1])
    if not text:
        raise UsageError("there is nothing to type between the quotes")
    for char in text:
        if not char.isprintable() and char not in "\n\t\x1b":
            raise UsageError(f"{char!r} can't be typed: press it with `key`, for example key C-a")
    return Step(number, "type", text)


def _unescaped(found: re.Match[str]) -> str:
    char = _ESCAPES.get(found[1])
    if char is None:
        raise UsageError(f'\\{found[1]} means nothing: there are \\n \\t \\e \\\\ and \\"')
    return char


def _key(number: int, rest: str) -> Step:
    words = rest.split()
    if not 1 <= len(words) <= 2:
        raise UsageError("write one key and how often, as in: key Down 5")
    parse_key(words[0])
    count = words[1] if len(words) == 2 else "1"
    if not (count.isascii() and count.isdigit() and 1 <= int(count[:9]) <= MAX_PRESSES):
        raise UsageError(f"{count[:20]!r} can't be how often: give 1 to {MAX_PRESSES}")
    return Step(number, "key", words[0], int(count))


def _wait(number: int, rest: str) -> Step:
    found = _WAIT.fullmatch(rest)
    if found is None:
        raise UsageError("write the regular expression between slashes, as in: wait /ready/ 10s")
    text = found[1].replace("\\/", "/")
    try:
        re.compile(text)
    except re.error as error:
        raise UsageError(f"/{text}/ is no regular expression: {error}") from error
    limit = seconds(found[2]) if found[2] else DEFAULT_WAIT_S
    return Step(number, "wait", text, seconds=limit)


def _quiet(number: int, rest: str) -> Step:
    return Step(number, "quiet", seconds=seconds(rest))


def _pause(number: int, rest: str) -> Step:
    return Step(number, "pause", seconds=seconds(rest))


def _pace(number: int, rest: str) -> Step:
    return Step(number, "pace", seconds=0.0 if rest == "auto" else seconds(rest))


_READERS: Final[dict[str, Callable[[int, str], Step]]] = {
    "type": _type,
    "key": _key,
    "wait": _wait,
    "quiet": _quiet,
    "pause": _pause,
    "pace": _pace,
}


def seconds(text: str) -> float:
    """A time such as 200ms, 1.5s or 2m. Raises ``UsageError``."""
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m)", text)
    if found is None:
        raise UsageError(f"{text[:20]!r} is no time: write it as 200ms, 1.5s or 2m")
    value = float(found[1]) * _UNITS[found[2]]
    if not 0 < value <= MAX_WAIT_S:
        raise UsageError(f"{text[:20]!r} can't be: give more than 0 and at most a day")
    return value
