"""What of the output did something: each kind of work in the part that did and the part that did
not, as shares. Pure.
"""

from typing import Final, NamedTuple

from termlab.model.run import Profile
from termlab.runs.reports.chart import AMBER, TEAL, Chart, Json, axis, layout
from termlab.runs.summary import Spread, spreads

_ROW_PX: Final = 44
_TICKS: Final = (0, 25, 50, 75, 100)


class _Kind(NamedTuple):
    """A figure and the one that says how much of it was wasted."""

    label: str
    whole: str
    wasted: str
    good: str
    bad: str


_KINDS: Final = (
    _Kind("rows written", "rows_touched", "rows_unchanged", "changed", "changed nothing"),
    _Kind("colour changes", "colour_changes", "colour_changes_redundant", "needed", "redundant"),
    _Kind("full clears", "full_clears", "full_clears_unsynced", "synchronised", "not synchronised"),
    _Kind("read calls", "read_calls", "small_reads", "16 bytes or more", "under 16 bytes"),
    _Kind("write calls", "write_calls", "small_writes", "16 bytes or more", "under 16 bytes"),
)


class Share(NamedTuple):
    """``wasted`` of ``whole``: medians over the runs."""

    kind: _Kind
    whole: float
    wasted: float

    @property
    def percent(self) -> float:
        return 100 * self.wasted / self.whole


def shares(profile: Profile) -> list[Share]:
    """Of those kinds that there were any of."""
    found = spreads(profile.runs)
    return [
        Share(kind, whole.median, min(wasted.median, whole.median))
        for kind in _KINDS
        if isinstance(whole := found[kind.whole], Spread)
        and isinstance(wasted := found[kind.wasted], Spread)
        and whole.median > 0
    ]


def quality_chart(profile: Profile) -> Chart | None:
    """None where nothing of that was measured."""
    parts = shares(profile)
    if not parts:
        return None
    figure: Json = {
        "data": [
            _bars(parts, [100 - part.percent for part in parts], TEAL, good=True),
            _bars(parts, [part.percent for part in parts], AMBER, good=False),
        ],
        "layout": layout(
            _ROW_PX * len(parts) + 80,
            barmode="stack",
            showlegend=True,
            bargap=0.4,
            xaxis=axis(range=[0, 100], tickvals=_TICKS, ticktext=[f"{tick} %" for tick in _TICKS]),
            yaxis=axis(autorange="reversed", fixedrange=True, showgrid=False, ticks=""),
        ),
    }
    return Chart(
        "quality",
        "What the output was worth",
        "How much of what the program did for its output changed something, and how much did not.",
        figure,
    )


def _bars(parts: list[Share], values: list[float], colour: str, *, good: bool) -> Json:
    return {
        "type": "bar",
        "orientation": "h",
        "name": "useful" if good else "in vain, or costly",
        "y": [part.kind.label for part in parts],
        "x": [round(value, 3) for value in values],
        "customdata": [_said(part, good=good) for part in parts],
        "marker": {"color": colour},
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _said(part: Share, *, good: bool) -> str:
    count = part.whole - part.wasted if good else part.wasted
    what = part.kind.good if good else part.kind.bad
    return f"{part.kind.label}: {count:,.0f} of {part.whole:,.0f} {what}"
