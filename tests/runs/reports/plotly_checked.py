"""Charts held against Plotly's own schema, which knows every field and value there can be."""

import re
from typing import Any

from plotly import graph_objects

from termlab.runs.reports.chart import Chart, Json

_STYLE = re.compile(r"^var\(--([a-z]+)\)$")


def checked(chart: Chart | None) -> Json:
    """The chart's figure as Plotly takes it. Plotly raises where it does not."""
    assert chart is not None
    figure: Json = graph_objects.Figure(_coloured(dict(chart.figure))).to_plotly_json()
    return figure


def _coloured(value: Any) -> Any:
    """Names of the style sheet's colours as one colour: which, the page decides."""
    if isinstance(value, str):
        return "#123456" if _STYLE.match(value) else value
    if isinstance(value, dict):
        return {key: _coloured(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_coloured(each) for each in value]
    return value
