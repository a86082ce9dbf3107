"""The help as lines of styled runs, drawn from the key tables themselves. Pure.

A key's line says the key, its note from the tables, and where there is room the sentence of its
command. Keys that do the same share a line.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from termlab.client.chrome import ACTIVE, ACTIVE_TITLE, CURRENT
from termlab.client.style import DIM, PLAIN, Line, Run, Style, clip_line, fit, line_width
from termlab.client.width import clip_text, printable, text_width
from termlab.commands.keytable import asks_first, split_command
from termlab.commands.table import find
from termlab.model.bindings import PREFIX_TABLE, SCROLL_TABLE, Binding
from termlab.model.geometry import Rect
from termlab.wire.messages import ClientOptions

TITLE: Final = " Keys "
CLOSE: Final = " x "
# Wider lists of keys are broken, longer notes cut.
_MAX_KEYS: Final = 14
_MAX_NOTE: Final = 30
_GAP: Final = 2
_COLUMN_GAP: Final = 4
# With less room each of the keys of an entry has a line of its own, so that the note keeps its.
_MIN_JOINED: Final = 34
# Less room than this for a command's sentence is better left empty.
_MIN_MEANING: Final = 24
# What is smaller has no border, only a title row.
_MIN_BOXED: Final = (24, 6)
# A strip of the panes narrower than this beside the box shows nothing of use.
_MIN_MARGIN: Final = 12


class Entry(NamedTuple):
    """Keys that do the same thing, and what: shortly, and as a sentence."""

    keys: tuple[str, ...]
    note: str
    meaning: str


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
    }
    return tuple(
        Section(titles.get(name, f"Keys of {name}"), _entries(bindings))
        for name, bindings in options.tables.items()
        if bindings
    )


def _entries(bindings: Iterable[Binding]) -> tuple[Entry, ...]:
    together: dict[tuple[str, str], list[str]] = {}
    for binding in bindings:
        together.setdefault((binding.command, binding.note), []).append(printable(binding.key))
    return tuple(
        Entry(tuple(keys), printable(note or command), _meaning(Binding(keys[0], command)))
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
    if not _boxed(cols, rows):
        return Rect(0, 0, cols, rows)
    widths = measure(parts, cols - 4)
    wide = widths.one * widths.lists + _COLUMN_GAP * (widths.lists - 1) + 4
    if cols - wide < _MIN_MARGIN:
        wide = cols
    tall = min(rows, len(body(parts, wide - 4)) + 2)
    return Rect((cols - wide) // 2, (rows - tall) // 2, wide, tall)


def room(cols: int, rows: int) -> tuple[int, int]:
    """The cells for the text, of a box of ``cols`` x ``rows``."""
    return (cols - 4, rows - 2) if _boxed(cols, rows) else (cols, max(rows - 1, 0))


def closes(x: int, y: int, cols: int) -> bool:
    """Whether a cell of the box is the mark that closes it."""
    return y == 0 and cols - len(CLOSE) - 1 <= x < cols


def _boxed(cols: int, rows: int) -> bool:
    return cols >= _MIN_BOXED[0] and rows >= _MIN_BOXED[1]


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


def body(parts: Sequence[Section], cols: int) -> list[Line]:
    """Everything there is to say, in lines of ``cols`` cells."""
    widths = measure(parts, cols)
    lines: list[Line] = []
    for part in parts:
        if lines:
            lines.append(())
        lines.append((Run(clip_text(part.title, cols), ACTIVE_TITLE),))
        rows = [line for entry in part.entries for line in _entry(entry, widths)]
        height = -(-len(rows) // widths.lists)
        for y in range(height):
            lines.append(_beside(rows[y::height], widths))
    return [fit(clip_line(line, cols), (), cols) for line in lines]


def _beside(rows: Sequence[Line], widths: Widths) -> Line:
    """Lines of several lists as one."""
    runs: list[Run] = []
    for row in rows:
        runs += [*row, Run(" " * (widths.one - line_width(row) + _COLUMN_GAP), PLAIN)]
    return tuple(runs)


def _entry(entry: Entry, widths: Widths) -> list[Line]:
    """An entry's lines: more than one where its keys are many."""
    listed = _broken(entry.keys, widths.keys)
    first, *rest = [(_cell(keys, widths.keys, CURRENT),) for keys in listed]
    line: Line = first
    if widths.note:
        line += (_cell(entry.note, widths.note, PLAIN),)
    if widths.meaning:
        line += (Run(_cut(entry.meaning, widths.meaning), DIM),)
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


def _cell(text: str, cols: int, style: Style) -> Run:
    text = _cut(text, cols)
    return Run(text + " " * (cols - text_width(text) + _GAP), style)


def _cut(text: str, cols: int) -> str:
    """``text``, or its beginning with a mark."""
    return text if text_width(text) <= cols else clip_text(text, cols - 1) + "…"


def draw(lines: Sequence[Line], cols: int, rows: int, top: int) -> list[Line]:
    """The whole box: ``rows`` lines of ``cols`` cells, of the text from line ``top`` on."""
    wide, tall = room(cols, rows)
    shown = [*lines[top : top + tall], *[()] * (tall - len(lines[top : top + tall]))]
    whole = [fit(clip_line(line, wide), (), wide) for line in shown]
    scrolls = len(lines) > tall
    hint = " q closes "
    if scrolls and cols >= _MIN_JOINED:
        hint = " q closes, Up and Down scroll "
    if not _boxed(cols, rows):
        head = (Run(TITLE, ACTIVE_TITLE), Run(hint, DIM))
        return [fit(head, (Run(CLOSE, ACTIVE_TITLE),), cols), *whole][:rows]
    position = f" {top + 1}-{min(top + tall, len(lines))} of {len(lines)} " if scrolls else ""
    side = Run("│", ACTIVE)
    return [
        _edge("┌", TITLE, CLOSE, "┐", cols, ACTIVE_TITLE),
        *((side, Run(" ", PLAIN), *line, Run(" ", PLAIN), side) for line in whole),
        _edge("└", hint, position, "┘", cols, PLAIN),
    ]


def _edge(left: str, first: str, second: str, right: str, cols: int, style: Style) -> Line:
    """An edge of the box with two texts set into it; the second gives way."""
    line = cols - 4 - text_width(first) - text_width(second)
    if line < 0:
        second, line = "", max(cols - 4 - text_width(first), 0)
    return (
        Run(f"{left}─", ACTIVE),
        Run(clip_text(first, cols - 4), style),
        Run("─" * line, ACTIVE),
        Run(second, style),
        Run(f"─{right}", ACTIVE),
    )
