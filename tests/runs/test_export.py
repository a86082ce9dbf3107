"""The document that programs read."""

import json
from typing import Any

import pytest

from termlab.model.document import decode, encode
from termlab.model.figure import Amount
from termlab.model.metrics import FIGURES
from termlab.runs.export import document, profile_of
from tests.runs.made import NO_KEYS, profile, run
from tests.runs.rich import rich_profile


def said(*runs: Any, asked: int = 0) -> Any:
    return json.loads(encode(document(profile(*runs, asked=asked))))


def test_every_figure_has_its_unit_and_a_value_or_a_reason() -> None:
    figures = said(run(3, keys=NO_KEYS, memory_peak_bytes=Amount(1024.0, "seen")))["runs"][0][
        "figures"
    ]
    assert list(figures) == [row.name for row in FIGURES]
    assert figures["keys"] == {"unit": "count", "value": None, "reason": NO_KEYS.reason}
    assert figures["memory_peak_bytes"] == {"unit": "bytes", "value": 1024, "note": "seen"}
    assert isinstance(figures["memory_peak_bytes"]["value"], int)
    assert figures["wall_s"] == {"unit": "s", "value": 1.0}


def test_a_count_that_is_a_mean_keeps_its_fraction() -> None:
    figures = said(run(calls_per_key=Amount(2.5)))["runs"][0]["figures"]
    assert figures["calls_per_key"]["value"] == 2.5


def test_it_says_what_ran_where_and_how_it_ended() -> None:
    found = said(run(None, "SIGKILL", interrupted=True), asked=5)
    assert (found["version"], found["command"], found["interrupted"]) == (2, ["ls", "-R"], True)
    assert (found["runs_asked"], len(found["runs"])) == (5, 1)
    assert found["environment"]["cols"] == 80
    assert (found["runs"][0]["exit_code"], found["runs"][0]["signal"]) == (None, "SIGKILL")


def test_the_summary_has_median_and_ends_or_the_reason() -> None:
    summary = said(*(run(wall_s=Amount(s), keys=NO_KEYS) for s in (1.0, 2.0, 6.0)))["summary"]
    assert summary["wall_s"] == {"unit": "s", "median": 2.0, "min": 1.0, "max": 6.0, "runs": 3}
    assert summary["keys"] == {"unit": "count", "median": None, "reason": NO_KEYS.reason}


def test_all_that_was_seen_of_a_run_is_in_it() -> None:
    found = json.loads(encode(document(rich_profile(1))))
    (one,) = found["runs"]
    assert one["calls"]["tier"] == "ebpf"
    assert one["calls"]["calls"][0]["name"] == "read"
    assert one["findings"][0]["rule"] == "idle-wakeups"
    assert one["wakers"][0]["thread"] == "spinner"
    assert len(one["samples"]["at_s"]) == len(one["samples"]["cpu_percent"]) == 80
    assert len(one["keys"]["drawn_ms"]) == 120
    assert (found["name"], found["tags"], found["warmup"]) == ("demo", ["nightly"], 1)


@pytest.mark.parametrize("runs", [0, 1, 3])
def test_the_profile_can_be_made_of_it_again(runs: int) -> None:
    for made in (rich_profile(runs), profile(*(run(keys=NO_KEYS) for _ in range(runs)))):
        assert profile_of(decode(encode(document(made)).encode())) == made


def test_a_document_without_a_figure_has_the_reason() -> None:
    raw = json.loads(encode(document(profile(run()))))
    del raw["runs"][0]["figures"]["wall_s"]
    made = profile_of(decode(json.dumps(raw).encode()))
    assert "does not have the figure" in getattr(made.runs[0].figures.wall_s, "reason", "")
