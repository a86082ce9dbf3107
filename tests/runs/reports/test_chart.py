"""What charts have in common."""

import re
from importlib.resources import files

from termlab.runs.reports import chart
from termlab.runs.reports.chart import Chart, axis, label, layout
from tests.runs.reports.plotly_checked import checked


def test_a_label_is_text_to_plotly_which_reads_tags() -> None:
    assert label("<b>x</b> & \x1b[m") == "&lt;b&gt;x&lt;/b&gt; &amp; \N{REPLACEMENT CHARACTER}[m"
    assert len(label("y" * 200)) < 70


def test_plotly_takes_the_layout_and_the_axes() -> None:
    figure = {"data": [], "layout": layout(200, xaxis=axis(), yaxis=axis(rangemode="tozero"))}
    assert checked(Chart("x", "X", "", figure))["layout"]["height"] == 200


def test_every_colour_is_named_in_the_style_sheet_for_light_and_dark() -> None:
    style = files("termlab.runs.reports").joinpath("page.css").read_text(encoding="utf-8")
    light, _, dark = style.partition("@media (prefers-color-scheme: dark)")
    source = files("termlab.runs.reports")
    used = set[str]()
    for path in source.iterdir():
        if path.name.endswith(".py"):
            used |= set(re.findall(r"var\((--[a-z]+)\)", path.read_text(encoding="utf-8")))
    assert chart.BLUE == "var(--blue)"
    assert used >= {"--blue", "--ink"}
    for name in used:
        assert f"{name}:" in light, name
        assert f"{name}:" in dark, name
