"""Runs measured by one process are there for the next: listed, compared, held to a budget."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform != "win32":
    from tests.cli.conftest import Termlab

assert sys.platform != "win32"

pytestmark = pytest.mark.slow


@pytest.fixture
def termlab(tmp_path: Path) -> Iterator[Termlab]:
    it = Termlab(tmp_path)
    it.environment["TERMLAB_DATA"] = str(tmp_path / "data")
    yield it
    assert it.servers() == []


def measure(termlab: Termlab, *words: str) -> tuple[int, str]:
    code, out, err = termlab.run("profile", "--headless", *words)
    assert err == ""
    return code, out


def test_what_was_measured_is_listed_compared_and_held_to_a_budget(termlab: Termlab) -> None:
    for count in ("2000", "2000", "3000"):
        code, out = measure(termlab, "-n", "2", "--save", "seq", "seq", count)
        assert (code, "kept as run" in out) == (0, True)
    found = json.loads(termlab.ok("runs", "ls", "--json"))
    assert [(each["run"], each["name"], each["runs"]) for each in found] == [
        (1, "seq", 2),
        (2, "seq", 2),
        (3, "seq", 2),
    ]
    assert "seq 3000" in termlab.ok("runs", "show", "seq")

    # The same work twice: no count differs, and of the times nothing can be said from two runs.
    text = termlab.ok("compare", "1", "2")
    assert "not compared, not enough runs to tell: 2 of 10, for it varies: wall_s" in text
    code, out, _ = termlab.run("compare", "2", "seq", "--json")
    assert code == 1
    assert {"write_bytes", "pty_bytes"} <= set(json.loads(out)["worse"])

    points = json.loads(termlab.ok("runs", "trend", "seq", "--figure", "pty_bytes", "--json"))
    first, second, third = (each["median"] for each in points["runs"])
    assert first == second
    assert third == pytest.approx(first * 1.56, rel=0.05)


def test_a_budget_that_is_not_kept_fails_the_profile_and_ci_is_told(termlab: Termlab) -> None:
    budget = termlab.directory / "budget.toml"
    budget.write_text('limits = [\n  "output.bytes <= 110% of baseline",\n  "wall <= 1 min",\n]\n')
    measure(termlab, "--save", "base", "seq", "1000")
    words = ("--baseline", "base", "--budget", str(budget), "--junit", "out.xml", "--github")
    code, out = measure(termlab, *words, "seq", "1001")
    assert (code, "none of 2 limits is passed" in out) == (0, True)
    code, out = measure(termlab, *words, "seq", "2000")
    assert code == 1
    assert "1 of 2 limits not kept" in out
    assert f"::error file={budget},line=2," in out
    assert 'failures="1"' in (termlab.directory / "out.xml").read_text()


def test_runs_that_nobody_named_make_room_as_the_option_says(termlab: Termlab) -> None:
    config = termlab.directory / "config" / "termlab" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[runs]\nkeep = 1\n")
    measure(termlab, "--save", "named", "true")
    measure(termlab, "true")
    measure(termlab, "true")
    found = json.loads(termlab.ok("runs", "ls", "--json"))
    assert [each["run"] for each in found] == [1, 3]
