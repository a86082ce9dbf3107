"""The task manager as plain values: which panes, in which order, and the lines of its box. Pure;
the widget is a shell around it.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from termlab.client.chrome import CURRENT
from termlab.client.style import DIM, PLAIN, Line, Run, Style, clip_line, line_width
from termlab.client.width import clip_text, printable, text_width
from termlab.model.figure import Amount, Figure, Missing
from termlab.model.tasks import Task, Tasks
from termlab.ui import boxed
from termlab.ui.boxed import Hints, Looking, Text
from termlab.ui.dock.ink import Role
from termlab.ui.dock.thresholds import judge
from termlab.ui.dock.units import count, milliseconds, percent, size, throughput
from termlab.ui.query import Query

TITLE: Final = " Tasks "
PAUSED: Final = " Tasks: PAUSED "
HINTS: Final = Hints(" q closes ", " Enter goes there, s sorts, p pauses, / filters, q closes ")
WAITING: Final = "the first look is under way"
NOTHING: Final = "no pane has that"
_UP, _DOWN = "▴", "▾"
_GAP: Final = 2
# Beneath fewer rows than these there is no room for words about the pane with the cursor.
_MIN_WORDS_ROWS: Final = 6
_WORDS_ROWS: Final = 2
# The colours of the frame, by what a figure is worth.
_STYLES: Final[dict[Role, Style]] = {
    "warn": Style(colour=3),
    "bad": Style(colour=1, bold=True),
    "dim": DIM,
}
_MARKED: Final = Style(reverse=True)


class Order(NamedTuple):
    """By which column, and whether the most come first."""

    column: str = "cpu"
    down: bool = True


class Seen(NamedTuple):
    """What there is to draw: the newest look, None before the first; ``at`` is the pane with the
    cursor, ``top`` the first row that is shown."""

    tasks: Tasks | None
    order: Order
    at: int
    top: int
    paused: bool = False
    looking: Looking | None = None


class Column(NamedTuple):
    """``key`` names it, ``head`` stands above it, ``cols`` is its width; the value is what it is
    sorted by, None where there is none."""

    key: str
    head: str
    cols: int
    left: bool
    value: Callable[[Task], float | str | None]
    text: Callable[[Task], tuple[str, Role]]


# Which panes, and where


def shown(tasks: Tasks | None, order: Order, query: Query) -> list[Task]:
    """Those that have what is looked for, in order; what is not known of one comes last."""
    found = [task for task in (tasks.tasks if tasks else ()) if query.matches(_words(task))]
    value = COLUMNS[order.column].value
    known = [task for task in found if value(task) is not None]
    known.sort(key=lambda task: _key(value(task)), reverse=order.down)
    return [*known, *(task for task in found if value(task) is None)]


def _key(value: float | str | None) -> tuple[float, str]:
    return (0.0, value.lower()) if isinstance(value, str) else (value or 0.0, "")


def _words(task: Task) -> tuple[str, ...]:
    return f"%{task.pane}", task.session, task.window, task.command, _state(task)[0]


def turned(order: Order, column: str) -> Order:
    """By that column; the other way round where it is that one already."""
    if column == order.column:
        return Order(column, not order.down)
    return Order(column, column not in _FROM_LEAST)


def next_column(order: Order, cols: int) -> Order:
    """By the next column of those that a box so wide shows."""
    keys = [column.key for column in columns(boxed.room(cols, 24)[0])]
    at = keys.index(order.column) + 1 if order.column in keys else 0
    return turned(order, keys[at % len(keys)])


def list_rows(cols: int, rows: int) -> int:
    """How many panes a box of that size shows at once."""
    tall = boxed.room(cols, rows)[1]
    return max(tall - 1 - (_WORDS_ROWS if tall >= _MIN_WORDS_ROWS else 0), 0)


def first_row(index: int, top: int, rows: int, total: int) -> int:
    """The first row to show, so that ``index`` is seen and as little as possible moves."""
    top = min(max(top, index - rows + 1), index) if rows > 0 else index
    return max(min(top, total - rows), 0)


def column_at(cell: int, wide: int) -> str:
    """The column that stands in a cell of the head; "" for none."""
    x = 0
    for column in columns(wide):
        if x <= cell < x + _wide(column, wide):
            return column.key
        x += _wide(column, wide) + _GAP
    return ""


# How it looks


def draw(seen: Seen, cols: int, rows: int) -> list[Line]:
    """The whole box."""
    wide, tall = boxed.room(cols, rows)
    query = Query(seen.looking.text if seen.looking is not None else "")
    tasks = shown(seen.tasks, seen.order, query)
    some = list_rows(cols, rows)
    lines: list[Line] = [_head(seen.order, wide)]
    lines += [_row(each, each.pane == seen.at, wide) for each in tasks[seen.top :][:some]]
    if not tasks:
        lines.append((Run(WAITING if seen.tasks is None else NOTHING, DIM),))
    lines += [()] * (some + 1 - len(lines))
    if tall >= _MIN_WORDS_ROWS:
        lines += _words_about(seen, tasks, wide)
    total = len(seen.tasks.tasks) if seen.tasks is not None else 0
    text = Text(lines[:tall], len(tasks), total, {})
    title = PAUSED if seen.paused else TITLE
    hints = HINTS._replace(short=HINTS.long if cols > len(HINTS.long) + 6 else HINTS.short)
    return boxed.draw(title, text, cols, rows, 0, hints, seen.looking)


def columns(wide: int) -> list[Column]:
    """Those that have room in so many cells, in their order: what matters least is left out."""
    kept = [COLUMNS[key] for key in _BY_WEIGHT]
    while len(kept) > 1 and _least(kept) > wide:
        kept.pop()
    return [column for column in COLUMNS.values() if column in kept]


def _least(some: Sequence[Column]) -> int:
    return sum(column.cols for column in some) + _GAP * (len(some) - 1)


def _wide(column: Column, wide: int) -> int:
    """The cells of a column: the command's takes what the others leave."""
    if column.key != "command":
        return column.cols
    return column.cols + max(wide - _least(columns(wide)), 0)


def _head(order: Order, wide: int) -> Line:
    runs: list[Run] = []
    for column in columns(wide):
        sorts = column.key == order.column
        text = f"{column.head}{(_DOWN if order.down else _UP) if sorts else ''}"
        runs += _cell(text, CURRENT if sorts else DIM, column, wide, first=not runs)
    return clip_line(tuple(runs), wide)


def _row(task: Task, marked: bool, wide: int) -> Line:
    runs: list[Run] = []
    for column in columns(wide):
        text, role = column.text(task)
        runs += _cell(text, _STYLES.get(role, PLAIN), column, wide, first=not runs)
    line = clip_line(tuple(runs), wide)
    if marked:
        line = (*line, Run(" " * (wide - line_width(line)), PLAIN))
        return tuple(Run(run.text, _MARKED) for run in line)
    return line


def _cell(text: str, style: Style, column: Column, wide: int, first: bool) -> list[Run]:
    cols = _wide(column, wide)
    text = clip_text(text, cols)
    pad = " " * (cols - text_width(text))
    gap = "" if first else " " * _GAP
    parts = (Run(gap, PLAIN), Run(text, style), Run(pad, PLAIN))
    if not column.left:
        parts = (Run(gap + pad, PLAIN), Run(text, style), Run("", PLAIN))
    return [run for run in parts if run.text]


def _words_about(seen: Seen, tasks: Sequence[Task], wide: int) -> list[Line]:
    """Of the pane with the cursor why something is not known, else more of it; and the cost."""
    task = next((each for each in tasks if each.pane == seen.at), None)
    if task is None or seen.tasks is None:
        return [(), ()]
    shown_there = any(column.key == "where" for column in columns(wide))
    where = "" if shown_there else f" in {printable(task.session)}, {printable(task.window)}"
    missing = next((each for each in _figures(task) if isinstance(each, Missing)), None)
    processes, pss = _value(task.processes) or 0, _value(task.pss_bytes) or 0
    many = "1 process" if processes == 1 else f"{count(processes)} processes"
    said = f"{many}, {size(pss)} with shared pages divided"
    if missing is not None:
        said = f"{_named(task, missing)}{missing.reason}"
    cost = _value(seen.tasks.server_cpu_percent)
    server = "" if cost is None else f", the server {percent(cost)} of a core"
    costs = f"this costs {milliseconds(seen.tasks.look_ms)} a look{server}"
    lines = f"%{task.pane}{where}: {said}", costs
    return [(Run(clip_text(line, wide), DIM),) for line in lines]


def _named(task: Task, missing: Missing) -> str:
    """Which figures a reason is of; "" where it is all of them."""
    names = [
        name
        for name, figure in zip(_NAMES, _figures(task), strict=True)
        if isinstance(figure, Missing) and figure.reason == missing.reason
    ]
    return "" if len(names) == len(_NAMES) else f"{', '.join(names)}: "


_NAMES: Final = ("processes", "CPU", "wakeups", "RSS", "PSS", "output", "p95")


def _figures(task: Task) -> tuple[Figure, ...]:
    return (
        task.processes,
        task.cpu_percent,
        task.idle_wakeups_per_s,
        task.rss_bytes,
        task.pss_bytes,
        task.output_bytes_per_s,
        task.p95_ms,
    )


# The columns


def _value(figure: Figure) -> float | None:
    return figure.value if isinstance(figure, Amount) else None


def _figure(
    key: str,
    head: str,
    cols: int,
    of: Callable[[Task], Figure],
    text: Callable[[float], str],
    limits: str = "",
) -> Column:
    def drawn(task: Task) -> tuple[str, Role]:
        value = _value(of(task))
        if value is None:
            return "-", "dim"
        role: Role = judge(limits, value) if limits else "plain"
        return text(value), "plain" if role == "good" else role

    return Column(key, head, cols, False, lambda task: _value(of(task)), drawn)


def _words_of(key: str, head: str, cols: int, of: Callable[[Task], str]) -> Column:
    return Column(key, head, cols, True, of, lambda task: (printable(of(task)), "plain"))


def _state(task: Task) -> tuple[str, Role]:
    if task.ended:
        return task.ended, "dim"
    known = any(isinstance(figure, Amount) for figure in _figures(task))
    return ("runs", "plain") if known else ("not seen", "dim")


_ALL: Final = (
    Column(
        "pane", "pane", 4, True, lambda task: float(task.pane), lambda t: (f"%{t.pane}", "plain")
    ),
    _words_of("where", "session, window", 18, lambda task: f"{task.session} {task.window}"),
    _words_of("command", "command", 10, lambda task: task.command),
    _figure("cpu", "CPU", 7, lambda task: task.cpu_percent, percent, "cpu_percent"),
    _figure(
        "wakeups",
        "idle wakes",
        10,
        lambda t: t.idle_wakeups_per_s,
        lambda v: f"{count(v)}/s",
        "idle_wakeups_per_s",
    ),
    _figure("memory", "memory", 9, lambda task: task.rss_bytes, size),
    _figure("pss", "own share", 9, lambda task: task.pss_bytes, size),
    _figure("output", "output", 11, lambda task: task.output_bytes_per_s, throughput),
    _figure("p95", "p95", 8, lambda task: task.p95_ms, milliseconds, "latency_ms"),
    Column("state", "state", 8, True, lambda task: _state(task)[0], _state),
)
COLUMNS: Final = {column.key: column for column in _ALL}
_BY_WEIGHT: Final = (
    "pane",
    "command",
    "cpu",
    "memory",
    "wakeups",
    "p95",
    "output",
    "state",
    "where",
    "pss",
)
# They begin with the least.
_FROM_LEAST: Final = frozenset({"pane", "where", "command", "state"})
