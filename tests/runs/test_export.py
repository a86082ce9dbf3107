"""The JSON that programs read."""

import json

from termlab.model.metrics import FIGURES, Amount
from termlab.runs.export import document
from termlab.wire.jsontext import to_json
from tests.runs.made import NO_KEYS, profile, run


def test_every_figure_has_its_unit_and_a_value_or_a_reason() -> None:
    one = run(3, keys=NO_KEYS, memory_peak_bytes=Amount(1024.0, "seen"))
    said = json.loads(to_json(document(profile(one))))
    figures = said["runs"][0]["figures"]
    assert list(figures) == [row.name for row in FIGURES]
    assert figures["keys"] == {"unit": "count", "value": None, "reason": NO_KEYS.reason}
    assert figures["memory_peak_bytes"] == {"unit": "bytes", "value": 1024, "note": "seen"}
    assert isinstance(figures["memory_peak_bytes"]["value"], int)
    assert figures["wall_s"] == {"unit": "s", "value": 1.0}


def test_it_says_what_ran_where_and_how_it_ended() -> None:
    said = json.loads(to_json(document(profile(run(None, "SIGKILL", interrupted=True), asked=5))))
    assert (said["version"], said["command"], said["interrupted"]) == (1, ["ls", "-R"], True)
    assert (said["runs_asked"], len(said["runs"])) == (5, 1)
    assert said["environment"]["cols"] == 80
    assert (said["runs"][0]["exit_code"], said["runs"][0]["signal"]) == (None, "SIGKILL")


def test_the_summary_has_median_and_ends_or_the_reason() -> None:
    runs = [run(wall_s=Amount(s), keys=NO_KEYS) for s in (1.0, 2.0, 6.0)]
    summary = json.loads(to_json(document(profile(*runs))))["summary"]
    assert summary["wall_s"] == {"unit": "s", "median": 2.0, "min": 1.0, "max": 6.0, "runs": 3}
    assert summary["keys"] == {"unit": "count", "median": None, "reason": NO_KEYS.reason}
