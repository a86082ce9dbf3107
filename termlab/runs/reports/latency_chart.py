"""How long keys took, stage by stage: histograms over one logarithmic axis. Pure."""

import math
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from termlab.model.run import Profile
from termlab.model.trails import KeyTrail
from termlab.runs.reports.chart import (
    AMBER,
    BLUE,
    INK,
    QUIET,
    TEAL,
    VIOLET,
    Chart,
    Json,
    axis,
    layout,
)
from termlab.runs.summary import Percentiles, percentiles

_BAND_PX: Final = 104
_GAP: Final = 0.16
# Bins of a tenth of a decade: a quarter more from one to the next.
_BINS_PER_DECADE: Final = 10
_LEAST_MS: Final = 0.001
_TICKS: Final = tuple(base * 10.0**power for power in range(-3, 5) for base in (1, 2, 5))


class Stage(NamedTuple):
    """A part of a key's way and how long it took each key for which it is known, in ms."""

    label: str
    colour: str
    values: tuple[float, ...]


_STAGES: Final[tuple[tuple[str, str, Callable[[KeyTrail], float | None]], ...]] = (
    ("key → read by the program", AMBER, lambda trail: trail.consumed_ms),
    ("key → the program's answer", VIOLET, lambda trail: trail.answered_ms),
    ("key → first output", TEAL, lambda trail: None if trail.noisy else trail.output_ms),
    ("key → drawn on the screen", BLUE, lambda trail: None if trail.noisy else trail.drawn_ms),
)


def stages(trails: Iterable[KeyTrail]) -> list[Stage]:
    """Those stages for which anything is known."""
    trails = tuple(trails)
    found = []
    for name, colour, value in _STAGES:
        values = tuple(v for trail in trails if (v := value(trail)) is not None)
        if values:
            found.append(Stage(name, colour, values))
    return found


def latency_chart(profile: Profile) -> Chart | None:
    """Of the keys of all runs; None if none was measured."""
    bands = stages(trail for run in profile.runs for trail in run.trails)
    if not bands:
        return None
    bins = [_bin(value) for stage in bands for value in stage.values]
    low, high = min(bins) - 1, max(bins) + 2
    height = (1 + _GAP) / len(bands) - _GAP
    figure: Json = {
        "data": [],
        "layout": layout(
            _BAND_PX * len(bands) + 60,
            bargap=0.08,
            shapes=[],
            annotations=[],
            xaxis=_times(low, high, len(bands)),
        ),
    }
    for index, stage in enumerate(bands):
        top = 1 - index * (height + _GAP)
        _add(figure, stage, index, (max(top - height, 0.0), min(top, 1.0)))
    keys = sum(trail.keys for run in profile.runs for trail in run.trails)
    return Chart(
        "latency",
        "How long keys took",
        f"{keys} key{'s' * (keys != 1)} of all runs{_left_out(profile)}; lines at p50, p95 and "
        "p99. The axis is logarithmic.",
        figure,
    )


def _left_out(profile: Profile) -> str:
    """Which output was theirs, nobody can tell."""
    noisy = sum(trail.noisy for run in profile.runs for trail in run.trails)
    return f", {noisy} of them typed while it printed anyway: without their output" if noisy else ""


def _bin(value_ms: float) -> int:
    return math.floor(math.log10(max(value_ms, _LEAST_MS)) * _BINS_PER_DECADE)


def _times(low: int, high: int, bands: int) -> Json:
    """Logarithms, named by the times they are of."""
    ticks = [tick for tick in _TICKS if low <= math.log10(tick) * _BINS_PER_DECADE <= high]
    return axis(
        anchor="y" if bands == 1 else f"y{bands}",
        range=[low / _BINS_PER_DECADE, high / _BINS_PER_DECADE],
        tickvals=[math.log10(tick) for tick in ticks],
        ticktext=[f"{tick:g} ms" for tick in ticks],
        showgrid=True,
    )


def _add(figure: Json, stage: Stage, index: int, domain: tuple[float, float]) -> None:
    name = "y" if index == 0 else f"y{index + 1}"
    bars = _bars(stage, name)
    figure["layout"][name.replace("y", "yaxis")] = axis(
        domain=list(domain), rangemode="tozero", dtick=-(-max(bars["y"]) // 2), fixedrange=True
    )
    figure["data"].append(bars)
    found = percentiles(stage.values)
    figure["layout"]["annotations"].append(_heading(stage, domain[1]))
    for value in (found.p50, found.p95, found.p99):
        at = math.log10(max(value, _LEAST_MS))
        figure["layout"]["shapes"].append(
            {
                "type": "line",
                "xref": "x",
                "yref": "paper",
                "x0": at,
                "x1": at,
                "y0": domain[0],
                "y1": domain[1],
                "line": {"color": INK, "width": 1, "dash": "dot"},
            }
        )


def _bars(stage: Stage, yaxis: str) -> Json:
    counts: dict[int, int] = {}
    for value in stage.values:
        counts[_bin(value)] = counts.get(_bin(value), 0) + 1
    order = sorted(counts)
    return {
        "type": "bar",
        "name": stage.label,
        "x": [(number + 0.5) / _BINS_PER_DECADE for number in order],
        "y": [counts[number] for number in order],
        "width": 1 / _BINS_PER_DECADE,
        "customdata": [_edges(number) for number in order],
        "yaxis": yaxis,
        "marker": {"color": stage.colour},
        "hovertemplate": "%{customdata}: %{y} keys<extra></extra>",
    }


def _edges(number: int) -> str:
    low, high = (10 ** (edge / _BINS_PER_DECADE) for edge in (number, number + 1))
    return f"{low:.3g} to {high:.3g} ms"


def _heading(stage: Stage, y: float) -> Json:
    return {
        "text": f"<b>{stage.label}</b>",
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": y,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": QUIET},
    }


def stage_rows(profile: Profile) -> list[tuple[str, int, Percentiles]]:
    """The same as rows of a table: a stage, how many keys, and its percentiles in ms."""
    return [
        (stage.label, len(stage.values), percentiles(stage.values))
        for stage in stages(trail for run in profile.runs for trail in run.trails)
    ]
