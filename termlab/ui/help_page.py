"""The help as lines of styled runs, drawn from the key tables themselves. Pure.

A key's line says the key, its note from the tables, and where there is room the sentence of its
command. Keys that do the same share a line; those that the person has set are marked. What is not
of a mode can be run by a click on it.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from termlab.client.chrome import ACTIVE_TITLE, CURRENT
from termlab.client.style import DIM, PLAIN, Line, Run, Style, clip_line, fit, line_width
from termlab.client.width import clip_text, printable, text_width
from termlab.commands.keytable import asks_first, split_command
from termlab.commands.prefix import DOCK_KEYS
from termlab.commands.table import find
from termlab.model.bindings import DOCK_TABLE, PREFIX_TABLE, SCROLL_TABLE, Binding
from termlab.model.geometry import Rect
from termlab.ui.boxed import Spot, Text, is_boxed
from termlab.ui.query import Query
from termlab.wire.messages import ClientOptions

TITLE: Final = " Keys "
# Behind a key that the person's own configuration has set.
OWN: Final = "*"
# Wider lists of keys are broken, longer notes cut.
_MAX_KEYS: Final = 14
_MAX_NOTE: Final = 30
_GAP: Final = 2
_COLUMN_GAP: Final = 4
# With less room each of the keys of an entry has a line of its own, so that the note keeps its.
_MIN_JOINED: Final = 34
# Less room than this for a command's sentence is better left empty.
_MIN_MEANING: Final = 24
# A strip of the panes narrower than this beside the box shows nothing of use.
_MIN_MARGIN: Final = 12


class Entry(NamedTuple):
    """Keys that do the same thing, and what: shortly, as a sentence, and as the command. ``run``
    is that command where it means something outside its mode."""

    keys: tuple[str, ...]
    note: str
    meaning: str
    command: str = ""
    run: tuple[str, ...] = ()

    def matches(self, query: Query) -> bool:
        """Whether it has what is looked for."""
        return query.matches((*self.keys, self.note, self.meaning, self.command))


class Section(NamedTuple):
    """One key table."""

    title: str
    entries: tuple[Entry, ...]


class Widths(NamedTuple):
    """The columns of a list: of keys, notes and sentences, and how many such lists stand side by
    side."""

    keys: int
    note: int
    meaning: int
    lists: int

    @property
    def one(self) -> int:
        """The cells of one list."""
        return self.keys + _GAP + self.note + (self.meaning and _GAP + self.meaning)


# What it says


def sections(options: ClientOptions) -> tuple[Section, ...]:
    """The key tables, in the order of the configuration."""
    titles = {
        PREFIX_TABLE: f"After the prefix, {options.prefix}",
        SCROLL_TABLE: "In copy mode",
        DOCK_TABLE: f"Of the lab dock{_behind(options)}",
    }
    return tuple(
        Section(titles.get(name, f"Keys of {name}"), _entries(bindings, name != SCROLL_TABLE))
        for name, bindings in options.tables.items()
        if bindings
    )


def _behind(options: ClientOptions) -> str:
    """Behind which keys those of the dock come."""
    of_prefix = options.tables.get(PREFIX_TABLE, ())
    key = next((each.key for each in of_prefix if each.command == DOCK_KEYS), "")
    return f", after {options.prefix} {key}" if key else ""


def _entries(bindings: Iterable[Binding], runs: bool) -> tuple[Entry, ...]:
    together: dict[tuple[str, str], list[str]] = {}
    for binding in bindings:
        key = printable(binding.key) + (OWN if binding.own else "")
        together.setdefault((binding.command, binding.note), []).append(key)
    return tuple(
        Entry(
            tuple(keys),
            printable(note or command),
            _meaning(Binding("", command)),
            printable(command),
            tuple(split_command(command)) if runs else (),
        )
        for (command, note), keys in together.items()
    )


def _meaning(binding: Binding) -> str:
    """The sentence of a binding's command; of the one it asks about, where it asks first."""
    asked = asks_first(binding)
    row = find(split_command(asked[1].command if asked else binding.command)[0])
    return row.summary if row is not None else ""


# Where it stands


def place(parts: Sequence[Section], cols: int, rows: int) -> Rect:
    """The box in the middle of an area of ``cols`` x ``rows``; all of it where that is small."""
    if not is_boxed(cols, rows):
        return Rect(0, 0, cols, rows)
    widths = measure(parts, cols - 4)
    wide = widths.one * widths.lists + _COLUMN_GAP * (widths.lists - 1) + 4
    if cols - wide < _MIN_MARGIN:
        wide = cols
    tall = min(rows, len(body(parts, wide - 4).lines) + 2)
    return Rect((cols - wide) // 2, (rows - tall) // 2, wide, tall)


# How it looks


def measure(parts: Sequence[Section], cols: int) -> Widths:
    """How the lists are laid out in ``cols`` cells."""
    entries = [entry for part in parts for entry in part.entries]
    longest = max((text_width(key) for entry in entries for key in entry.keys), default=0)
    joined = max((text_width(", ".join(entry.keys)) for entry in entries), default=0)
    keys = min(longest, cols)
    if cols >= _MIN_JOINED:
        keys = max(keys, min(joined, _MAX_KEYS))
    note = min(max((text_width(entry.note) for entry in entries), default=0), _MAX_NOTE)
    note = max(min(note, cols - keys - _GAP), 0)
    left = cols - keys - _GAP - note - _GAP
    meaning = max((text_width(entry.meaning) for entry in entries), default=0)
    if left < min(meaning, _MIN_MEANING):
        return Widths(keys, note, 0, 1)
    widths = Widths(keys, note, min(meaning, left), 1)
    return widths._replace(lists=(cols + _COLUMN_GAP) // (widths.one + _COLUMN_GAP))


def body(parts: Sequence[Section], cols: int, query: Query | None = None) -> Text:
    """Everything there is to say, or what has what is looked for, in lines of ``cols`` cells."""
    query = query or Query()
    widths = measure(parts, cols)
    lines: list[Line] = []
    spots: dict[int, tuple[Spot, ...]] = {}
    hits = 0
    for part in parts:
        found = [entry for entry in part.entries if entry.matches(query)]
        if not found:
            continue
        hits += len(found)
        if lines:
            lines.append(())
        lines.append((Run(clip_text(part.title, cols), ACTIVE_TITLE),))
        rows = [(line, each) for each in found for line in _entry(each, widths, query)]
        height = -(-len(rows) // widths.lists)
        for y in range(height):
            spots[len(lines)] = _spots([each for _, each in rows[y::height]], widths, cols)
            lines.append(_beside([line for line, _ in rows[y::height]], widths))
    if not lines and parts:
        lines.append((Run("no key does that", DIM),))
    total = sum(len(part.entries) for part in parts)
    return Text([fit(clip_line(line, cols), (), cols) for line in lines], hits, total, spots)


def has_own(parts: Iterable[Section]) -> bool:
    """Whether a key is marked as the person's own."""
    return any(key.endswith(OWN) for part in parts for each in part.entries for key in each.keys)


def _spots(entries: Sequence[Entry], widths: Widths, cols: int) -> tuple[Spot, ...]:
    """What a click on the cells of a line of lists runs."""
    step = widths.one + _COLUMN_GAP
    return tuple(
        Spot(i * step, min(i * step + widths.one, cols), entry.run)
        for i, entry in enumerate(entries)
        if entry.run
    )


def _beside(rows: Sequence[Line], widths: Widths) -> Line:
    """Lines of several lists as one."""
    runs: list[Run] = []
    for row in rows:
        runs += [*row, Run(" " * (widths.one - line_width(row) + _COLUMN_GAP), PLAIN)]
    return tuple(runs)


def _entry(entry: Entry, widths: Widths, query: Query) -> list[Line]:
    """An entry's lines: more than one where its keys are many."""
    listed = _broken(entry.keys, widths.keys)
    first, *rest = [_cell(keys, widths.keys, CURRENT, query) for keys in listed]
    line: Line = first
    if widths.note:
        line += _cell(entry.note, widths.note, PLAIN, query)
    if widths.meaning:
        line += query.lit(_cut(entry.meaning, widths.meaning), DIM)
    return [line, *rest]


def _broken(keys: Iterable[str], cols: int) -> list[str]:
    """Keys with commas, in lines of ``cols`` cells."""
    lines = [""]
    for key in keys:
        more = f"{lines[-1]}, {key}" if lines[-1] else key
        if lines[-1] and text_width(more) > cols:
            lines.append(key)
        else:
            lines[-1] = more
    return lines


def _cell(text: str, cols: int, style: Style, query: Query) -> Line:
    text = _cut(text, cols)
    return (*query.lit(text, style), Run(" " * (cols - text_width(text) + _GAP), style))


def _cut(text: str, cols: int) -> str:
    """``text``, or its beginning with a mark."""
    return text if text_width(text) <= cols else clip_text(text, cols - 1) + "…"
