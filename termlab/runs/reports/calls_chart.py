"""System calls by name, most first: how many, how long in them, how many failed. Pure."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from termlab.model.calls import CallCount, CallTable
from termlab.model.run import Profile
from termlab.runs.reports.chart import (
    AMBER,
    BLUE,
    MUTED,
    RED,
    Chart,
    Json,
    View,
    axis,
    label,
    layout,
)
from termlab.runs.reports.wording import middle

SHOWN: Final = 20
_ROW_PX: Final = 24


class _Group(NamedTuple):
    """What is shown at once."""

    title: str
    traces: tuple[Json, ...]


def calls_of(profile: Profile) -> CallTable | None:
    """The table of the run in the middle, if there is one with names."""
    found = middle(profile)
    if found is None or not isinstance(found[1].table, CallTable) or not found[1].table.calls:
        return None
    return found[1].table


def calls_chart(profile: Profile) -> Chart | None:
    """Of the run in the middle; None where calls were not counted by name."""
    table = calls_of(profile)
    if table is None:
        return None
    views = _views(table.calls)
    figure: Json = {
        "data": [
            trace | {"visible": index == 0}
            for index, view in enumerate(views)
            for trace in view.traces
        ],
        "layout": layout(
            _ROW_PX * max(min(len(table.calls), SHOWN), 3) + 90,
            barmode="stack",
            showlegend=True,
            xaxis=axis(rangemode="tozero", exponentformat="SI", nticks=6),
            yaxis=axis(autorange="reversed", fixedrange=True, showgrid=False, ticks=""),
        ),
    }
    return Chart(
        "calls",
        "System calls by name",
        f"{table.total:,} calls, counted by {table.tier}: {table.accuracy}",
        figure,
        tuple(View(view.title, _shown(views, view)) for view in views) if len(views) > 1 else (),
    )


def _shown(views: list[_Group], view: _Group) -> tuple[bool, ...]:
    return tuple(each is view for each in views for _ in each.traces)


def _views(calls: Iterable[CallCount]) -> list[_Group]:
    calls = tuple(calls)
    views = [_Group("Calls", _counts(sorted(calls, key=lambda call: -call.count)[:SHOWN]))]
    timed = sorted((call for call in calls if call.time_ns), key=lambda call: -(call.time_ns or 0))
    if timed:
        values = [(call.time_ns or 0) / 1e9 for call in timed[:SHOWN]]
        views.append(_Group("Time", (_bars(timed[:SHOWN], values, "time in them", AMBER, "s"),)))
    failed = sorted((call for call in calls if call.errors), key=lambda call: -(call.errors or 0))
    if failed:
        values = [float(call.errors or 0) for call in failed[:SHOWN]]
        views.append(_Group("Errors", (_bars(failed[:SHOWN], values, "that failed", RED, ""),)))
    return views


def _counts(calls: list[CallCount]) -> tuple[Json, ...]:
    """Busy and idle apart where that is known of all of them."""
    if any(call.idle is None for call in calls):
        return (_bars(calls, [float(call.count) for call in calls], "calls", BLUE, ""),)
    busy = [float(call.count - (call.idle or 0)) for call in calls]
    idle = [float(call.idle or 0) for call in calls]
    return (_bars(calls, busy, "busy", BLUE, ""), _bars(calls, idle, "idle", MUTED, ""))


def _bars(calls: list[CallCount], values: list[float], name: str, colour: str, unit: str) -> Json:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": [label(call.name) for call in calls],
        "x": values,
        "marker": {"color": colour},
        "hovertemplate": f"%{{y}}: %{{x:.4~s}}{unit} {name}<extra></extra>",
    }
