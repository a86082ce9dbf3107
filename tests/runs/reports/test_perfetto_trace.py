"""Runs as a trace."""

from typing import Any

from termlab.model.run import Run
from termlab.model.timeline import Sample
from termlab.model.trails import KeyTrail
from termlab.runs.reports.perfetto_trace import perfetto_trace
from termlab.runs.reports.subject import Subject
from tests.runs.made import profile, run
from tests.runs.reports.schemas import TRACE, valid
from tests.runs.rich import SECONDS, rich_profile


def events(*runs: Run) -> list[dict[str, Any]]:
    found = perfetto_trace(Subject(profile(*runs)))["traceEvents"]
    assert isinstance(found, list)
    return found


def made(*samples: Sample, trails: tuple[KeyTrail, ...] = ()) -> Run:
    return Run(run().figures, 0, "", "exit code 0", samples=samples, trails=trails)


def test_it_is_as_the_format_asks_and_in_order() -> None:
    said = perfetto_trace(Subject(rich_profile(2), "run 12"))
    valid(said, TRACE)
    found = said["traceEvents"]
    assert isinstance(found, list)
    times = [event["ts"] for event in found if "ts" in event]
    assert times == sorted(times)
    assert times[-1] > SECONDS * 1e6


def test_what_was_sampled_is_a_counter() -> None:
    found = events(made(Sample(0.0, 5.0, 1024), Sample(0.5, 7.0)))
    counters = [(e["name"], e["ts"], e["args"]) for e in found if e["ph"] == "C"]
    assert counters == [
        ("CPU", 0.0, {"percent": 5.0}),
        ("RSS", 0.0, {"bytes": 1024}),
        ("CPU", 500_000.0, {"percent": 7.0}),
    ]


def test_busy_and_silent_times_follow_each_other_without_a_gap() -> None:
    idle = (False, False, True, True, False)
    found = events(made(*(Sample(float(at), idle=each) for at, each in enumerate(idle))))
    spans = [(e["name"], e["ts"], e["dur"]) for e in found if e["ph"] == "X"]
    assert spans == [("busy", 0.0, 1e6), ("idle", 1e6, 2e6), ("busy", 3e6, 1e6)]


def test_a_key_is_an_instant_and_spans_that_begin_and_end() -> None:
    found = events(made(trails=(KeyTrail(1.0, 3.0, 1.0, None, 5.0),)))
    assert [(e["name"], e["ts"]) for e in found if e["ph"] == "i"] == [("key", 1e6)]
    ways = [(e["ph"], e["name"], e["ts"]) for e in found if e["ph"] in "be"]
    assert sorted(ways) == [
        ("b", "key", 1e6),
        ("b", "read by the program", 1e6),
        ("e", "key", 1_005_000.0),
        ("e", "read by the program", 1_001_000.0),
    ]


def test_runs_lie_behind_each_other_as_processes_of_their_own() -> None:
    first, second = made(Sample(2.0, 1.0)), made(Sample(0.0, 1.0))
    counters = [e for e in events(first, second) if e["ph"] == "C"]
    assert [(e["pid"], e["ts"] >= 2e6) for e in counters] == [(1, True), (2, True)]
