"""One figure over the runs of a name, as a table, a chart in the terminal, and for programs.

The chart is plotext's, imported here alone; without it (the extra ``report``) there is the table.
"""

import time
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Final, NamedTuple

from termlab.errors import UsageError
from termlab.model.metrics import FIGURES, FigureRow
from termlab.runs.plain import columns, plain
from termlab.runs.report import SIZES, SMALL_S, show
from termlab.runs.store import Store

DEFAULT: Final = "wall_s"
_ROWS: Final = 16
_MIN_COLS: Final = 40
NO_CHART: Final = "the chart needs plotext: `pip install 'termlab[report]'`\n"
_TITLES: Final = ("RUN", "WHEN", "MEDIAN", "LEAST", "MOST", "RUNS", "")
_RIGHT: Final = (True, False, True, True, True, True, True)


class Point(NamedTuple):
    """The figure in one run, over its repeats."""

    run: int
    saved_at_s: float
    values: tuple[float, ...]


def figure_row(name: str) -> FigureRow:
    """The figure of that name. Raises ``UsageError`` with the nearest one."""
    known = {row.name: row for row in FIGURES}
    if name not in known:
        from difflib import get_close_matches

        near = get_close_matches(name, known, 3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
        raise UsageError(f"there is no figure {name!r}: {hint}")
    return known[name]


def points(store: Store, name: str, figure: FigureRow) -> tuple[Point, ...]:
    """The runs called ``name`` that have it, the oldest first."""
    found = [Point(r.id, r.saved_at_s, store.values(r.id, figure.name)) for r in store.list(name)]
    return tuple(point for point in found if point.values)


def trend_table(found: Sequence[Point], figure: FigureRow) -> str:
    """A line a run: its middle and its ends, and how the middle changed since the run before."""
    rows: list[tuple[str, ...]] = [_TITLES]
    before: float | None = None
    for point in found:
        middle = median(point.values)
        change = f"{(middle / before - 1) * 100:+.1f} %" if before else ""
        before = middle
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(point.saved_at_s))
        shown = (show(figure.unit, v) for v in (middle, min(point.values), max(point.values)))
        rows.append((str(point.run), when, *shown, str(len(point.values)), change))
    return "".join(f"{line}\n" for line in columns(rows, _RIGHT))


def trend_chart(found: Sequence[Point], figure: FigureRow, name: str, cols: int) -> str:
    """The medians as a line, over the runs' numbers; why there is none, if there is none."""
    try:
        import plotext
    except ImportError:
        return NO_CHART
    by, unit = _scale(figure.unit, max(abs(median(point.values)) for point in found))
    middles = [median(point.values) / by for point in found]
    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plot_size(max(cols, _MIN_COLS), _ROWS)
    plotext.plot(range(len(found)), middles, marker="braille")
    plotext.scatter(range(len(found)), middles, marker="●")
    places = _some(len(found), max(cols // 10, 2))
    plotext.xticks(places, [str(found[place].run) for place in places])
    if min(middles) == max(middles):
        plotext.ylim(middles[0] - 1, middles[0] + 1)
    plotext.xlabel("run")
    text: str = plotext.uncolorize(plotext.build())
    # Its own title is left out where it has no room.
    what = f"{figure.label.strip()}{unit and f', {unit}'}"
    title = plain(f"{name}: {what} ({figure.group})", cols)
    return "".join(f"{line.rstrip()}\n" for line in (title, *text.splitlines()))


def trend_documents(found: Sequence[Point]) -> list[Mapping[str, object]]:
    """For programs, with every value."""
    return [
        {
            "run": point.run,
            "saved_at_s": point.saved_at_s,
            "median": median(point.values),
            "min": min(point.values),
            "max": max(point.values),
            "values": point.values,
        }
        for point in found
    ]


def _scale(unit: str, most: float) -> tuple[float, str]:
    """By what to divide for numbers that can be read, and the unit they have then."""
    if unit == "s" and most < SMALL_S:
        return 1e-3, "ms"
    if unit in ("bytes", "bytes_per_s"):
        size, name = next((each for each in SIZES if most >= each[0]), (1.0, "bytes"))
        return size, name + ("/s" if unit == "bytes_per_s" else "")
    return 1.0, {"percent": "%", "per_s": "a second", "count": ""}.get(unit, unit)


def _some(count: int, most: int) -> list[int]:
    """At most so many of ``count`` places, evenly."""
    step = -(-count // most)
    return list(range(0, count, step))
