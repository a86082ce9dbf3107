"""How far the runs lie apart: each run's figures as shares of the figures' medians. Pure."""

from statistics import median
from typing import Final

from termlab.model.figure import Amount
from termlab.model.metrics import FIGURES
from termlab.model.run import Profile
from termlab.runs.report import show
from termlab.runs.reports.chart import BLUE, GRID, Chart, Json, axis, layout

_ROW_PX: Final = 46
# Fewer have no quartiles to speak of.
_BOXED: Final = 5
_SHOWN: Final = (
    ("wall_s", "wall time"),
    ("cpu_s", "CPU time"),
    ("memory_peak_bytes", "peak memory"),
    ("calls", "system calls"),
    ("wakeups", "wakeups"),
    ("pty_bytes", "output"),
    ("key_p95_ms", "key to output, p95"),
    ("drawn_p95_ms", "key to screen, p95"),
    ("idle_cpu_percent", "CPU while idle"),
)
_UNITS: Final = {row.name: row.unit for row in FIGURES}


def spread_chart(profile: Profile) -> Chart | None:
    """None of fewer than two runs: there is no spread."""
    traces = [trace for name, label in _SHOWN if (trace := _box(profile, name, label)) is not None]
    if not traces:
        return None
    figure: Json = {
        "data": traces,
        "layout": layout(
            _ROW_PX * len(traces) + 60,
            xaxis=axis(ticksuffix=" %", zeroline=False, showgrid=True, nticks=7),
            yaxis=axis(autorange="reversed", fixedrange=True, showgrid=False, ticks=""),
            shapes=[_hundred()],
        ),
    }
    return Chart(
        "spread",
        "How far the runs lie apart",
        f"Each dot is one of {len(profile.runs)} runs, as a share of the figure's median.",
        figure,
    )


def _box(profile: Profile, name: str, label: str) -> Json | None:
    figures = [getattr(run.figures, name) for run in profile.runs]
    known = [(number, f.value) for number, f in enumerate(figures, 1) if isinstance(f, Amount)]
    if len(known) < 2 or (middle := median(value for _, value in known)) <= 0:
        return None
    return {
        "type": "box",
        "orientation": "h",
        "name": label,
        "x": [round(100 * value / middle, 3) for _, value in known],
        "customdata": [f"run {number}: {show(_UNITS[name], value)}" for number, value in known],
        "boxpoints": "all",
        "jitter": 0.5,
        "pointpos": 0,
        "fillcolor": "rgba(0,0,0,0)",
        "line": {"color": "var(--muted)", "width": 1.5 if len(known) >= _BOXED else 0},
        "marker": {"color": BLUE, "size": 7, "opacity": 0.8},
        "hoveron": "points",
        "hovertemplate": f"{label}, %{{customdata}} (%{{x:.1f}} %)<extra></extra>",
    }


def _hundred() -> Json:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": 100,
        "x1": 100,
        "y0": 0,
        "y1": 1,
        "line": {"color": GRID, "width": 2},
        "layer": "below",
    }
