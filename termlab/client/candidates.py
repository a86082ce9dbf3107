"""What the word at the cursor of a command may become: commands, options, targets, known values.

Pure: the line and what there is to name go in. Which parameter a word is for says the command's
row; a word is cut out as a shell would, and a candidate with blanks in it comes quoted.
"""

import re
import shlex
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from termlab.commands.row import CommandRow, Parameter
from termlab.commands.table import COMMANDS, find
from termlab.commands.usage import takes_value
from termlab.model.listing import SessionListing
from termlab.model.presets import PRESETS
from termlab.model.state import State

# More are no help to anybody.
MAX_CANDIDATES: Final = 200
_WORD: Final = re.compile(r"""(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+|['"\\].*""")
_TARGETS: Final = frozenset({"SESSION", "WINDOW", "PANE"})


class Candidate(NamedTuple):
    """What the word may become, and what that is."""

    value: str
    help: str = ""


class Completion(NamedTuple):
    """Candidates for the part of the line from ``start`` to ``end``."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


class World(NamedTuple):
    """What can be named: this client's session, and all of them once the server has listed them."""

    state: State | None = None
    sessions: tuple[SessionListing, ...] = ()


def complete(text: str, cursor: int, world: World) -> Completion:
    """What the word that ends at the cursor may become."""
    before = text[:cursor]
    words = [(found.start(), found[0]) for found in _WORD.finditer(before)]
    start, raw = cursor, ""
    if words and words[-1][0] + len(words[-1][1]) == cursor:
        start, raw = words.pop()
    typed = bare(raw)
    found: list[Candidate] = []
    for candidate in _possible([bare(word) for _, word in words], typed, world):
        if candidate.value.startswith(typed) and len(found) < MAX_CANDIDATES:
            found.append(candidate._replace(value=quote(candidate.value)))
    return Completion(start, cursor, tuple(found))


def bare(raw: str) -> str:
    """A word without its quotes, closed or not."""
    for closing in ("", "'", '"'):
        try:
            return "".join(shlex.split(raw + closing))
        except ValueError:
            continue
    return raw


def quote(value: str) -> str:
    """A word as it must be typed: quoted only where that changes what it means."""
    return value if re.fullmatch(r"[^\s'\"\\]+", value) else shlex.quote(value)


def parameter_at(before: str) -> tuple[CommandRow | None, Parameter | None]:
    """The command of a line, and which parameter's value is typed at its end, if that is told by
    the option before it."""
    words = [bare(found[0]) for found in _WORD.finditer(before)]
    row = find(words[0]) if words else None
    if row is None or len(words) < 2:
        return row, None
    blank = before[-1:].isspace()
    option = words[-1] if blank else words[-2] if len(words) > 2 else ""
    return row, takes_value(row, option)


def _possible(words: list[str], typed: str, world: World) -> Iterator[Candidate]:
    """Everything the next word may be, in the order it is offered."""
    if not words:
        yield from _commands()
        return
    row = find(words[0])
    if row is None:
        return
    awaited = takes_value(row, words[-1]) if len(words) > 1 else None
    if awaited is not None:
        yield from _values(row, awaited, world)
        return
    if not typed.startswith("-"):
        yield from _positional(row, words, world)
    if not typed.startswith("-") and typed:
        return
    for parameter in row.parameters:
        if parameter.flags and not set(parameter.flags) & set(words):
            yield from (Candidate(flag, parameter.help) for flag in _flags(parameter, typed))


def _flags(parameter: Parameter, typed: str) -> Iterable[str]:
    """Both spellings only to who has begun one."""
    return parameter.flags if typed else parameter.flags[:1]


def _commands() -> Iterator[Candidate]:
    rows = [row for row in COMMANDS if row.where != "local"]
    yield from (Candidate(row.name, row.summary) for row in rows)
    yield from (Candidate(alias, row.summary) for row in rows for alias in row.aliases)


def _positional(row: CommandRow, words: list[str], world: World) -> Iterator[Candidate]:
    """Values of the parameters without an option, each in its turn."""
    places = [parameter for parameter in row.parameters if not parameter.flags]
    given, skip = 0, False
    for word in words[1:]:
        if skip:
            skip = False
        elif takes_value(row, word) is not None:
            skip = True
        elif not word.startswith("-"):
            given += 1
    if given < len(places):
        yield from _values(row, places[given], world)


def _values(row: CommandRow, parameter: Parameter, world: World) -> Iterator[Candidate]:
    yield from (Candidate(choice) for choice in parameter.choices)
    if row.name == "select-layout" and parameter.name == "name":
        yield from (Candidate(name) for name in PRESETS)
    if row.name == "confirm-before" and parameter.name == "command":
        yield from _commands()
    if parameter.name in ("target", "source"):
        what = parameter.metavar if parameter.metavar in _TARGETS else "PANE"
        yield from _targets(what, world)


def _targets(what: str, world: World) -> Iterator[Candidate]:
    """Sessions, windows or panes: this client's own window and session first."""
    seen = set()
    for candidate in (*_near(what, world.state), *_far(what, world.sessions)):
        if candidate.value not in seen:
            seen.add(candidate.value)
            yield candidate


def _near(what: str, state: State | None) -> Iterator[Candidate]:
    """What the client knows by itself."""
    if state is None:
        return
    if what == "SESSION":
        yield Candidate(state.session, "this one")
    elif what == "WINDOW":
        yield from (Candidate(f"{state.session}:{tab.index}", tab.name) for tab in state.tabs)
    else:
        yield from (Candidate(f"%{p.id}", p.title or p.command) for p in state.view.panes)


def _far(what: str, sessions: tuple[SessionListing, ...]) -> Iterator[Candidate]:
    for session in sessions:
        if what == "SESSION":
            yield Candidate(session.name, ", ".join(window.name for window in session.windows))
        for window in session.windows:
            place = f"{session.name}:{window.index}"
            if what == "WINDOW":
                yield Candidate(place, window.name)
            elif what == "PANE":
                yield from (Candidate(p.id, f"{place} {p.command}") for p in window.panes)
