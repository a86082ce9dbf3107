"""How far the runs lie apart."""

from termlab.model.figure import Amount, Missing
from termlab.runs.reports.spread_chart import spread_chart
from tests.runs.made import profile, run
from tests.runs.reports.plotly_checked import checked


def test_each_run_is_a_dot_as_a_share_of_the_median() -> None:
    figure = checked(spread_chart(profile(*(run(wall_s=Amount(s)) for s in (1.0, 2.0, 4.0)))))
    wall = next(trace for trace in figure["data"] if trace["name"] == "wall time")
    assert list(wall["x"]) == [50.0, 100.0, 200.0]
    assert wall["customdata"][2] == "run 3: 4.000 s"


def test_a_figure_with_no_middle_or_too_few_values_is_left_out() -> None:
    runs = [run(calls=Amount(0), wakeups=Missing("no")), run(calls=Amount(0), wakeups=Amount(3))]
    names = {trace["name"] for trace in checked(spread_chart(profile(*runs)))["data"]}
    assert not names & {"system calls", "wakeups"}
    assert "wall time" in names


def test_one_run_has_no_spread() -> None:
    assert spread_chart(profile(run())) is None
