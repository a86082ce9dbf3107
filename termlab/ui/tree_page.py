"""The tree of sessions, windows and panes as plain values: what is in it, what a filter leaves,
where its parts stand, and the lines around them. Pure; the widgets are shells around this.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from termlab.client.chrome import ACTIVE, ACTIVE_TITLE
from termlab.client.line_editor import window
from termlab.client.style import DIM, PLAIN, Line, Run, fit
from termlab.client.width import clip_text, printable, text_width
from termlab.model.geometry import Rect
from termlab.model.listing import PaneListing, SessionListing, WindowListing
from termlab.ui.boxed import CLOSE
from termlab.ui.query import Query

TITLE: Final = " Sessions, windows, panes "
SHORT_TITLE: Final = " Tree "
# The first that fits is shown.
HINTS: Final = (
    " Enter goes there, x ends it, / filters, q closes ",
    " Enter goes, x ends, / filters, q ",
    " q closes ",
)
# With fewer columns the preview stands below the tree; with fewer rows there is none.
_MIN_BESIDE_COLS: Final = 60
_MIN_BESIDE_ROWS: Final = 5
_MIN_BELOW_ROWS: Final = 11
_MIN_BELOW_COLS: Final = 30
# Less than this is a row for the title and the tree.
_MIN_FOOT_ROWS: Final = 6
_TREE_COLS: Final = (28, 60)


class Branch(NamedTuple):
    """A session, window or pane. ``id`` is its target; ``name`` stands first, ``rest`` behind it.
    ``pane`` is the number of the pane it shows, ``shows`` says which that is; ``panes`` is how many
    end with it."""

    id: str
    name: str
    rest: str
    pane: int
    shows: str
    panes: int
    children: tuple["Branch", ...] = ()


class Plan(NamedTuple):
    """Where things stand in the overlay: None and -1 where there is no room for one."""

    tree: Rect
    preview: Rect | None
    title: Rect | None
    foot: int


# What is in it


def branches(sessions: Iterable[SessionListing], query: Query) -> tuple[Branch, ...]:
    """The tree, with what has all the words looked for and what that is in."""
    whole = (_session(session) for session in sessions)
    return tuple(left for each in whole if (left := _left(each, query, ())) is not None)


def _left(branch: Branch, query: Query, above: tuple[str, ...]) -> Branch | None:
    """A branch as far as it matches, by its own words and those of what it is in."""
    words = (*above, branch.name, branch.rest)
    children = [_left(child, query, words) for child in branch.children]
    kept = tuple(child for child in children if child is not None)
    if kept or query.matches(words):
        return branch._replace(children=kept)
    return None


def _session(session: SessionListing) -> Branch:
    windows = tuple(_window(session, each) for each in session.windows)
    pairs = zip(windows, session.windows, strict=True)
    shown = next((branch for branch, window in pairs if window.current), windows[0])
    count = len(windows)
    rest = f"{count} window{'s' * (count != 1)}" + (", attached" if session.clients else "")
    panes = sum(each.panes for each in windows)
    name = printable(session.name)
    return Branch(session.id, name, rest, shown.pane, shown.shows, panes, windows)


def _window(session: SessionListing, window: WindowListing) -> Branch:
    count = len(window.panes)
    panes = tuple(_pane(session, window, at, each) for at, each in enumerate(window.panes))
    pairs = zip(panes, window.panes, strict=True)
    active = next((branch for branch, pane in pairs if pane.active), panes[0])
    name = f"{window.index}:{printable(window.name)}{_flags(window)}"
    rest = f"{count} panes" if count > 1 else _of_pane(window.panes[0], window.name)
    children = panes if count > 1 else ()
    return Branch(window.id, name, rest, active.pane, active.shows, count, children)


def _pane(session: SessionListing, window: WindowListing, at: int, pane: PaneListing) -> Branch:
    name = f"{at}:{printable(pane.command)}{'*' if pane.active else ''}"
    place = f"{session.name}:{window.index}.{at}"
    shows = printable(f"{place}  {pane.command}  {pane.cols}x{pane.rows}")
    return Branch(pane.id, name, _of_pane(pane, pane.command), int(pane.id[1:]), shows, 1)


def _of_pane(pane: PaneListing, said: str) -> str:
    """What is to be said of a pane beside its name: command, how that ended, size, title."""
    command = printable(pane.command) if pane.command != said else ""
    title = printable(pane.title) if pane.title not in ("", said, pane.command) else ""
    return " ".join(filter(None, (command, pane.ended, f"{pane.cols}x{pane.rows}", title)))


def _flags(window: WindowListing) -> str:
    marks = ((window.current, "*"), (window.last, "-"), (window.zoomed, "Z"), (window.bell, "!"))
    return "".join(mark for on, mark in marks if on)


def found(tree: Iterable[Branch], id: str) -> Branch | None:
    """The branch with that target."""
    return next((each for each in walk(tree) if each.id == id), None)


def walk(tree: Iterable[Branch]) -> Iterable[Branch]:
    """Every branch, each before what is in it."""
    for branch in tree:
        yield branch
        yield from walk(branch.children)


def kind(branch: Branch) -> str:
    """What it is, in a word."""
    return {"$": "session", "@": "window", "%": "pane"}[branch.id[0]]


def question(branch: Branch, cols: int) -> str:
    """What is asked before it is ended, in ``cols`` cells; how to answer is always among it."""
    more = f" and its {branch.panes} panes" if branch.panes > 1 else ""
    whole = f" end {kind(branch)} {branch.name}{more}? (y/n)"
    if text_width(whole) <= cols:
        return whole
    return f" end {clip_text(branch.name, max(cols - len(' end ? (y/n)'), 0))}? (y/n)"


# Where it stands


def plan(cols: int, rows: int) -> Plan:
    """The places of the parts, in ``cols`` x ``rows`` cells."""
    foot = rows - 1 if rows >= _MIN_FOOT_ROWS else -1
    tall = max(rows - 1 - (foot > 0), 0)
    if cols >= _MIN_BESIDE_COLS and tall >= _MIN_BESIDE_ROWS:
        left = min(max(cols * 2 // 5, _TREE_COLS[0]), _TREE_COLS[1])
        right = cols - left - 1
        title = Rect(left + 1, 1, right, 1)
        return Plan(Rect(0, 1, left, tall), Rect(left + 1, 2, right, tall - 1), title, foot)
    if cols >= _MIN_BELOW_COLS and tall >= _MIN_BELOW_ROWS:
        top = tall // 2
        below = Rect(0, top + 2, cols, tall - top - 1)
        return Plan(Rect(0, 1, cols, top), below, Rect(0, top + 1, cols, 1), foot)
    return Plan(Rect(0, 1, cols, tall), None, None, foot)


def foot_cols(places: Plan, cols: int) -> int:
    """The cells for what is asked or typed: where there is no foot it stands in the title's row."""
    return cols if places.foot > 0 else max(cols - len(CLOSE), 0)


def closes(x: int, y: int, cols: int) -> bool:
    """Whether a cell is the mark that closes it."""
    return y == 0 and cols - len(CLOSE) <= x < cols


def top_row(lines: int, cursor: int, rows: int) -> int:
    """The first row of a screen of ``lines`` to show in ``rows``, so that its cursor is seen."""
    return max(min(cursor - rows + 1, lines - rows), 0)


# How it looks


class Said(NamedTuple):
    """What the lines around the tree say. ``things`` is how many stand in it; ``asked`` a question,
    or what failed; ``typed`` what is looked for, with the index of the cursor in it, -1 where
    nobody types any more."""

    things: int
    title: str
    asked: str = ""
    typed: str = ""
    cursor: int = -1

    @property
    def looks(self) -> bool:
        """Whether something is looked for."""
        return bool(self.typed) or self.cursor >= 0


def draw(places: Plan, cols: int, rows: int, said: Said) -> list[Line]:
    """The lines beneath tree and preview: title, what is asked or looked for, edges."""
    blank: Line = (Run(" " * cols, PLAIN),)
    lines = [blank] * rows
    foot = _foot(said, foot_cols(places, cols))
    mark = Run(CLOSE, ACTIVE_TITLE)
    head: Line = (Run(TITLE if cols > len(TITLE) + len(CLOSE) else SHORT_TITLE, ACTIVE_TITLE),)
    if places.foot < 0 and (said.asked or said.looks):
        head = foot
    lines[0] = fit(head, (mark,), cols)
    if places.foot > 0:
        lines[places.foot] = foot
    if places.title is not None and places.preview is not None:
        _frame(lines, places.title, places.preview, cols, said.title)
    return lines[:rows]


def _frame(lines: list[Line], title: Rect, preview: Rect, cols: int, text: str) -> None:
    """The edge between tree and preview, and what that shows."""
    if title.x == 0:
        named = clip_text(f" {text} ", max(cols - 4, 0))
        rest = "─" * (cols - 2 - text_width(named))
        lines[title.y] = (Run("──", ACTIVE), Run(named, PLAIN), Run(rest, ACTIVE))
        return
    before = Run(" " * (title.x - 1), PLAIN)
    edge = Run("│", ACTIVE)
    named = clip_text(f" {text}", title.cols)
    lines[title.y] = fit((before, edge, Run(named, DIM)), (), cols)
    for y in range(preview.y, preview.bottom):
        lines[y] = fit((before, edge), (), cols)


def _foot(said: Said, cols: int) -> Line:
    """A question or a failure, what is looked for, or what keys do."""
    if said.asked:
        return fit((Run(clip_text(said.asked, cols), ACTIVE_TITLE),), (), cols)
    if said.looks:
        typed = window(said.typed, max(said.cursor, 0), max(cols - 3, 0)).text
        counted = Run(f" {said.things} found ", DIM)
        return fit((Run(f" /{typed} ", PLAIN),), (counted,), cols)
    hint = next((hint for hint in HINTS if len(hint) <= cols), "")
    return fit((Run(hint, DIM),), (), cols)


def cursor_at(places: Plan, cols: int, said: Said) -> tuple[int, int] | None:
    """The cell in which the cursor stands; None while nobody types."""
    if said.cursor < 0 or said.asked:
        return None
    part = window(said.typed, said.cursor, max(foot_cols(places, cols) - 3, 0))
    return min(2 + part.cursor, cols - 1), max(places.foot, 0)


def count(tree: Sequence[Branch]) -> int:
    """How many things there are in it."""
    return sum(1 for _ in walk(tree))
