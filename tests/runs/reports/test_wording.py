"""What reports say of a profile."""

from termlab.model.calls import CallTable
from termlab.model.figure import Amount, Missing
from termlab.runs.reports import wording
from termlab.runs.reports.subject import Subject
from tests.runs.made import profile, run
from tests.runs.rich import rich_profile, rich_run


def test_it_says_what_ran_where_and_how() -> None:
    facts = dict(wording.about(Subject(rich_profile(3), "run 12")))
    assert facts["Run"] == "run 12"
    assert facts["Runs"] == "3, 1 to warm up before them"
    assert facts["Ended"] == "exit code 0"
    assert facts["When"] == "2026-08-29 10:40:00 UTC"
    assert facts["System calls"] == "ebpf: every call is counted"
    assert facts["Typed by"] == "demo.keys"


def test_what_is_not_known_is_left_out() -> None:
    facts = dict(wording.about(Subject(profile(run()))))
    assert not {"Run", "Name", "Tags", "When", "Typed by"} & set(facts)
    assert facts["System calls"] == "system calls were not counted"


def test_endings_that_differ_are_counted_and_cut_runs_are_told() -> None:
    cut = profile(run(0), run(None, "SIGINT", interrupted=True), asked=5)
    assert wording.endings(cut) == "1 x exit code 0, 1 x ended by SIGINT"
    assert wording.runs(cut) == "2 of 5, interrupted"


def test_nothing_in_a_command_acts_on_what_shows_it() -> None:
    line = wording.command(profile(run(), command=("printf", "\x1b]0;x\a", "y" * 1000)))
    assert line.isprintable()
    assert len(line) < 500


def test_findings_are_told_once_the_worst_first_with_how_many_runs_had_them() -> None:
    found = wording.findings(rich_profile(3))
    assert [(finding.severity, times) for finding, times in found] == [("bad", 3), ("warn", 3)]


def test_key_figures_have_a_span_where_there_is_more_than_one_run() -> None:
    (wall, *_) = wording.key_figures(profile(run(wall_s=Amount(1.5))))
    assert wall == ("wall_s", "Wall time", "1.500 s", "")
    runs = [run(wall_s=Amount(s)) for s in (1.0, 2.0, 6.0)]
    (wall, *_) = wording.key_figures(profile(*runs))
    assert wall == ("wall_s", "Wall time", "2.000 s", "1.000 s to 6.000 s")


def test_a_figure_that_is_missing_is_no_key_figure() -> None:
    names = {figure.name for figure in wording.key_figures(profile(run(calls=Missing("no"))))}
    assert "calls" not in names
    assert "wall_s" in names


def test_the_run_in_the_middle_is_that_of_the_median_wall_time() -> None:
    runs = [run(wall_s=Amount(s)) for s in (9.0, 1.0, 4.0)]
    found = wording.middle(profile(*runs))
    assert found == (3, runs[2])
    assert wording.middle(profile()) is None


def test_its_own_cost_is_one_sentence() -> None:
    said = wording.own_cost(profile(rich_run()))
    assert said.startswith("Measuring took 0.310 s of CPU for termlab itself")
    missing = Missing("not told")
    none = run(termlab_cpu_s=missing, termlab_client_cpu_s=missing, probe_s=missing)
    assert wording.own_cost(profile(none)) == ""


def test_runs_counted_by_different_means_are_told_apart() -> None:
    perf = rich_run()
    other = CallTable("perf", "the total alone", 9)
    mixed = profile(perf, type(perf)(perf.figures, 0, "", "exit code 0", table=other))
    assert wording.calls_probe(mixed) == "ebpf: every call is counted / perf: the total alone"
