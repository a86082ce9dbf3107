"""How a run went, over time."""

from termlab.model.run import Run
from termlab.model.timeline import Sample
from termlab.runs.reports.timeline_chart import timeline_chart
from tests.runs.made import profile, run
from tests.runs.reports.plotly_checked import checked
from tests.runs.rich import rich_profile


def sampled(*samples: Sample) -> Run:
    made = run()
    return Run(made.figures, 0, "", "exit code 0", samples=samples)


def test_each_figure_that_was_sampled_has_a_line() -> None:
    figure = checked(timeline_chart(rich_profile(3)))
    names = [trace["name"] for trace in figure["data"]]
    assert names == ["CPU", "RSS", "PSS", "output", "calls", "wakeups"]
    assert {trace["xaxis"] for trace in figure["data"] if "xaxis" in trace} <= {"x"}


def test_what_was_not_sampled_has_no_band_of_its_own() -> None:
    only = sampled(Sample(0.0, cpu_percent=1.0), Sample(1.0, cpu_percent=2.0))
    figure = checked(timeline_chart(profile(only)))
    assert [trace["name"] for trace in figure["data"]] == ["CPU"]
    assert tuple(figure["layout"]["yaxis"]["domain"]) == (0.0, 1.0)


def test_a_silence_is_one_shade_from_its_beginning_to_its_end() -> None:
    idle = (False, True, True, False, True)
    run = sampled(*(Sample(float(at), 1.0, idle=each) for at, each in enumerate(idle)))
    shapes = checked(timeline_chart(profile(run)))["layout"]["shapes"]
    assert [(shape["x0"], shape["x1"]) for shape in shapes] == [(0.0, 2.0), (3.0, 4.0)]


def test_nothing_sampled_is_no_chart() -> None:
    assert timeline_chart(profile(run())) is None
    assert timeline_chart(profile(sampled(Sample(0.0), Sample(1.0)))) is None
    assert timeline_chart(profile()) is None
