"""How long keys took."""

import pytest

from termlab.model.run import Run
from termlab.model.trails import KeyTrail
from termlab.runs.reports.latency_chart import latency_chart, stage_rows
from tests.runs.made import profile, run
from tests.runs.reports.plotly_checked import checked
from tests.runs.rich import rich_profile


def typed(*trails: KeyTrail) -> Run:
    return Run(run().figures, 0, "", "exit code 0", trails=trails)


def test_each_stage_has_a_histogram_of_all_keys_of_all_runs() -> None:
    figure = checked(latency_chart(rich_profile(2)))
    assert len(figure["data"]) == 4
    assert [sum(bars["y"]) for bars in figure["data"]] == [240] * 4


def test_a_stage_nothing_is_known_of_is_left_out() -> None:
    figure = checked(latency_chart(profile(typed(KeyTrail(0.0, 2.0), KeyTrail(1.0, 3.0)))))
    assert [bars["name"] for bars in figure["data"]] == ["key → first output"]


@pytest.mark.parametrize("took_ms", [0.0, 0.00001, 1.0, 60_000.0])
def test_no_time_is_too_short_or_too_long_for_the_axis(took_ms: float) -> None:
    figure = checked(latency_chart(profile(typed(KeyTrail(0.0, took_ms)))))
    low, high = figure["layout"]["xaxis"]["range"]
    (at,) = figure["data"][0]["x"]
    assert low < at < high


def test_the_table_says_percentiles_of_each_stage() -> None:
    rows = stage_rows(profile(typed(*(KeyTrail(0.0, float(ms)) for ms in range(1, 102)))))
    assert rows == [("key → first output", 101, (51.0, 96.0, 100.0, 101.0))]


def test_output_of_a_noisy_moment_is_nobodys() -> None:
    trails = (KeyTrail(0.0, 2.0, 1.0), KeyTrail(1.0, 3.0, 1.0, drawn_ms=4.0, noisy=True))
    chart = latency_chart(profile(typed(*trails)))
    counts = {bars["name"]: sum(bars["y"]) for bars in checked(chart)["data"]}
    assert counts == {"key → read by the program": 2, "key → first output": 1}
    assert chart is not None
    assert "1 of them typed while it printed anyway" in chart.says


def test_no_keys_are_no_chart() -> None:
    assert latency_chart(profile(run())) is None
