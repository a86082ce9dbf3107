"""A chart of the HTML report: what Plotly draws, as plain data, and the words around it.

Colours are names of the page's style sheet, which knows light from dark; labels that a program had
a hand in are escaped, for Plotly reads tags in them.
"""

from collections.abc import Mapping
from html import escape
from typing import Any, Final, NamedTuple

from termlab.runs.reports.wording import plain

# Plotly's figures are a language of their own: what is in one is looked at by Plotly, and by tests.
Json = dict[str, Any]

INK: Final = "var(--ink)"
QUIET: Final = "var(--quiet)"
GRID: Final = "var(--grid)"
SHADE: Final = "var(--shade)"
BLUE: Final = "var(--blue)"
TEAL: Final = "var(--teal)"
AMBER: Final = "var(--amber)"
VIOLET: Final = "var(--violet)"
RED: Final = "var(--red)"
MUTED: Final = "var(--muted)"

_LABEL_CHARS: Final = 60


class View(NamedTuple):
    """A choice of what a chart shows: for each of its traces whether it is to be seen."""

    title: str
    visible: tuple[bool, ...]


class Chart(NamedTuple):
    """``says`` is one sentence: what is to be seen, and of which run."""

    name: str
    title: str
    says: str
    figure: Mapping[str, object]
    views: tuple[View, ...] = ()

    def data(self) -> Json:
        """As the page's script takes it."""
        views = [{"title": view.title, "visible": list(view.visible)} for view in self.views]
        return dict(self.figure) | {"views": views}


def label(text: str) -> str:
    """A text of a program's, as one that Plotly shows as it is."""
    text = plain(text)
    return escape(text if len(text) <= _LABEL_CHARS else f"{text[:_LABEL_CHARS]}…", quote=False)


def axis(**more: object) -> Json:
    """An axis that does not shout."""
    return {
        "gridcolor": GRID,
        "zeroline": False,
        "linecolor": GRID,
        "tickfont": {"color": QUIET},
        "title": {"font": {"color": QUIET, "size": 12}},
        "automargin": True,
        "fixedrange": False,
    } | more


def layout(height: int, **more: object) -> Json:
    """What all charts have in common."""
    return {
        "height": height,
        "autosize": True,
        "margin": {"l": 8, "r": 8, "t": 34, "b": 8, "pad": 4},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "system-ui, sans-serif", "size": 12, "color": INK},
        "showlegend": False,
        "legend": {
            "orientation": "h",
            "y": 1.0,
            "yanchor": "bottom",
            "x": 0,
            "traceorder": "normal",
            "font": {"color": QUIET},
        },
        "hoverlabel": {"bgcolor": "var(--raised)", "bordercolor": GRID, "font": {"color": INK}},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": MUTED, "activecolor": QUIET},
        "bargap": 0.25,
        "dragmode": "zoom",
    } | more
