"""System calls by name."""

from termlab.model.calls import CallCount, CallTable
from termlab.model.run import Run
from termlab.runs.reports.calls_chart import SHOWN, calls_chart, calls_of
from tests.runs.made import profile, run
from tests.runs.reports.plotly_checked import checked
from tests.runs.rich import rich_profile


def counted(*calls: CallCount) -> Run:
    table = CallTable("strace", "every call", sum(call.count for call in calls), calls)
    return Run(run().figures, 0, "", "exit code 0", table=table)


def test_calls_time_and_errors_are_each_a_press_away() -> None:
    chart = calls_chart(rich_profile(1))
    figure = checked(chart)
    assert chart is not None
    assert [view.title for view in chart.views] == ["Calls", "Time", "Errors"]
    shown = [list(view.visible) for view in chart.views]
    assert [sum(each) for each in shown] == [2, 1, 1]
    assert all(len(each) == len(figure["data"]) for each in shown)
    assert [trace["visible"] for trace in figure["data"]] == shown[0]


def test_busy_and_idle_calls_add_up() -> None:
    figure = checked(calls_chart(profile(counted(CallCount("read", 10, idle=4)))))
    assert [(bars["name"], list(bars["x"])) for bars in figure["data"]] == [
        ("busy", [6.0]),
        ("idle", [4.0]),
    ]


def test_what_a_tier_can_not_tell_is_not_drawn() -> None:
    chart = calls_chart(profile(counted(CallCount("read", 10), CallCount("write", 3))))
    assert [bars["name"] for bars in checked(chart)["data"]] == ["calls"]
    assert chart is not None
    assert chart.views == ()


def test_the_most_frequent_ones_are_drawn_and_names_are_text() -> None:
    many = [CallCount(f"<call{n}>", n + 1) for n in range(SHOWN + 5)]
    (bars,) = checked(calls_chart(profile(counted(*many))))["data"]
    assert len(bars["y"]) == SHOWN
    assert bars["y"][0] == f"&lt;call{SHOWN + 4}&gt;"


def test_calls_that_were_not_counted_by_name_are_no_chart() -> None:
    assert calls_chart(profile(run())) is None
    assert calls_of(profile(counted())) is None
