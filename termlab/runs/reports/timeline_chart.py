"""How a run went: what was used and done over time, with the silence shaded. Pure."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from termlab.model.run import Profile
from termlab.model.timeline import Sample
from termlab.runs.reports.chart import (
    AMBER,
    BLUE,
    QUIET,
    RED,
    SHADE,
    TEAL,
    VIOLET,
    Chart,
    Json,
    axis,
    layout,
)
from termlab.runs.reports.wording import middle

_BAND_PX: Final = 112
_GAP: Final = 0.06
# More stretches than that would be a shade of their own.
_STRETCHES: Final = 400


class _Line(NamedTuple):
    label: str
    colour: str
    value: Callable[[Sample], float | None]
    dash: str = "solid"


class _Band(NamedTuple):
    """One of the charts above each other, with its lines."""

    title: str
    suffix: str
    lines: tuple[_Line, ...]


def _mib(value: int | None) -> float | None:
    return None if value is None else value / (1 << 20)


_BANDS: Final = (
    _Band("CPU", " %", (_Line("CPU", BLUE, lambda s: s.cpu_percent),)),
    _Band(
        "Memory",
        " MiB",
        (
            _Line("RSS", VIOLET, lambda s: _mib(s.rss_bytes)),
            _Line("PSS", VIOLET, lambda s: _mib(s.pss_bytes), "dot"),
        ),
    ),
    _Band("Output", "B/s", (_Line("output", TEAL, lambda s: s.output_bytes_per_s),)),
    _Band("System calls", "/s", (_Line("calls", AMBER, lambda s: s.calls_per_s),)),
    _Band("Wakeups", "/s", (_Line("wakeups", RED, lambda s: s.wakeups_per_s),)),
)


def timeline_chart(profile: Profile) -> Chart | None:
    """Of the run in the middle; None without samples."""
    found = middle(profile)
    if found is None or len(found[1].samples) < 2:
        return None
    number, run = found
    samples = run.samples
    bands = [band for band in _BANDS if any(_values(line, samples) for line in band.lines)]
    if not bands:
        return None
    height = (1 + _GAP) / len(bands) - _GAP
    figure: Json = {
        "data": [],
        "layout": layout(
            _BAND_PX * len(bands) + 60,
            hovermode="x unified",
            shapes=_idle(samples),
            annotations=[],
            xaxis=axis(
                anchor="y" if len(bands) == 1 else f"y{len(bands)}",
                ticksuffix=" s",
                range=[0, samples[-1].at_s],
                showgrid=False,
            ),
        ),
    }
    for index, band in enumerate(bands):
        top = 1 - index * (height + _GAP)
        _add(figure, band, index, samples, (max(top - height, 0.0), min(top, 1.0)))
    which = "" if len(profile.runs) == 1 else f" Run {number}, the one in the middle by wall time."
    return Chart(
        "timeline",
        "How it went",
        f"Shaded: the terminal was silent, nothing was typed and nothing shown.{which}",
        figure,
    )


def _values(line: _Line, samples: Sequence[Sample]) -> bool:
    return any(line.value(sample) is not None for sample in samples)


def _add(
    figure: Json, band: _Band, index: int, samples: Sequence[Sample], domain: tuple[float, float]
) -> None:
    name = "y" if index == 0 else f"y{index + 1}"
    figure["layout"][name.replace("y", "yaxis")] = axis(
        domain=list(domain),
        rangemode="tozero",
        nticks=4,
        exponentformat="SI",
        ticksuffix=band.suffix,
        fixedrange=True,
    )
    figure["layout"]["annotations"].append(
        {
            "text": f"<b>{band.title}</b>",
            "xref": "paper",
            "yref": "paper",
            "x": 0,
            "y": domain[1],
            "xanchor": "left",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 12, "color": QUIET},
        }
    )
    for line in band.lines:
        if _values(line, samples):
            figure["data"].append(_trace(line, name, samples, band.suffix))


def _trace(line: _Line, yaxis: str, samples: Sequence[Sample], suffix: str) -> Json:
    values = [None if (v := line.value(sample)) is None else round(v, 3) for sample in samples]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": line.label,
        # A sample is of the time before it: the first one's begins with the run.
        "x": [0.0, *(round(sample.at_s, 4) for sample in samples)],
        "y": [values[0], *values],
        "yaxis": yaxis,
        "connectgaps": True,
        "line": {"color": line.colour, "width": 2, "dash": line.dash, "shape": "vh"},
        "hovertemplate": f"%{{y:.3~s}}{suffix}",
    }


def _idle(samples: Sequence[Sample]) -> list[Json]:
    """A shade for each stretch of silence, up to so many: the longest ones."""
    stretches: list[tuple[float, float]] = []
    before = 0.0
    for sample in samples:
        if sample.idle:
            if stretches and stretches[-1][1] == before:
                stretches[-1] = (stretches[-1][0], sample.at_s)
            else:
                stretches.append((before, sample.at_s))
        before = sample.at_s
    longest = sorted(stretches, key=lambda each: each[0] - each[1])[:_STRETCHES]
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": start,
            "x1": end,
            "y0": 0,
            "y1": 1,
            "fillcolor": SHADE,
            "line": {"width": 0},
            "layer": "below",
        }
        for start, end in sorted(longest)
    ]
