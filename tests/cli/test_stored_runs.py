"""`termlab runs` as processes: lists, shows, names, tags, forgets; and says what is not there."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from termlab.cli.main import main
from termlab.model.figure import Amount
from termlab.model.packed import titled
from termlab.runs.store import Store
from tests.runs.made import profile, run

if sys.platform != "win32":
    from tests.cli.conftest import Termlab

assert sys.platform != "win32"

EVIL = ("printf", "\x1b]0;owned\x07\x1b[2J\n\u202e")


@pytest.fixture
def kept(termlab: Termlab) -> Termlab:
    """Three runs: two of a name, and one of a hostile command, with a recording."""
    store = Store(str(termlab.directory / "data" / "runs.db"))
    for value in (5.0, 6.0):
        one = run(key_p95_ms=Amount(value), wall_s=Amount(value))
        store.add(titled(profile(one), "nightly", ("slow",)))
    store.add(profile(run(), command=EVIL), {"recording.cast": b"x" * 1234})
    termlab.environment["TERMLAB_DATA"] = str(termlab.directory / "data")
    return termlab


def test_without_any_it_says_so_and_makes_nothing(termlab: Termlab) -> None:
    assert "no run is kept" in termlab.ok("runs", "ls")
    assert termlab.ok("runs", "ls", "--json") == "[]\n"
    assert termlab.run("runs", "show", "last")[0] == 3
    assert not (termlab.directory / ".local" / "share").exists()


def test_a_list_has_a_line_each_and_of_a_name_its_own(kept: Termlab) -> None:
    lines = kept.ok("runs", "ls").splitlines()
    assert len(lines) == 4
    assert all(line.isprintable() for line in lines)
    assert len(kept.ok("runs", "ls", "nightly").splitlines()) == 3
    found = json.loads(kept.ok("runs", "ls", "--json"))
    assert [each["run"] for each in found] == [1, 2, 3]
    assert found[2]["command"] == list(EVIL)


def test_a_run_is_shown_as_its_report(kept: Termlab) -> None:
    text = kept.ok("runs", "show", "nightly~1")
    assert text.startswith("run 1: nightly +slow\nprofile of ls -R\n")
    assert "writes saved by coalescing" not in text
    text = kept.ok("runs", "show", "last", "--all")
    assert "\x1b" not in text
    assert "writes saved by coalescing" in text
    assert text.endswith("\nkept with it\n  recording.cast: 1,234 bytes\n")
    document = json.loads(kept.ok("runs", "show", "2", "--json"))
    assert document["runs"][0]["figures"]["wall_s"]["value"] == 6.0


def test_names_and_tags_are_changed_and_runs_forgotten(kept: Termlab) -> None:
    assert kept.ok("runs", "tag", "3", "+new", "ci", "--json")
    assert kept.ok("runs", "tag", "3", "-new") == "run 3 +ci\n"
    assert kept.ok("runs", "tag", "3", "-ci") == "run 3 has no tags\n"
    assert kept.ok("runs", "tag", "2") == "run 2: nightly +slow\n"
    assert kept.ok("runs", "name", "3", "odd") == "run 3: odd\n"
    assert json.loads(kept.ok("runs", "name", "odd", "--json"))["name"] is None
    assert kept.ok("runs", "rm", "nightly", "1") == "2 removed\n"
    assert [each["run"] for each in json.loads(kept.ok("runs", "ls", "--json"))] == [3]


def test_a_trend_is_a_chart_and_a_table(kept: Termlab) -> None:
    text = kept.ok("runs", "trend", "nightly", "--figure", "key_p95_ms")
    assert text.startswith("nightly: p95, ms (key -> first output)\n")
    assert "+20.0 %" in text
    found = json.loads(kept.ok("runs", "trend", "--json", "nightly"))
    assert found["figure"] == "wall_s"
    assert [each["median"] for each in found["runs"]] == [5.0, 6.0]


def test_a_list_imports_nothing_that_draws_or_calculates(kept: Termlab) -> None:
    script = (
        "import sys; from termlab.cli.main import main; main(['runs', 'ls']);"
        "print(sorted({n.split('.')[0] for n in sys.modules} &"
        " {'textual', 'asyncio', 'scipy', 'numpy', 'plotext', 'rich', 'pyghostty'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=kept.environment, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["ls", "nobody"], 3, "there is no run called 'nobody'"),
        (["show", "9"], 3, "there is no run '9': see `termlab runs ls`"),
        (["show", "nightly~2"], 3, "(there are 2 of that name)"),
        (["rm", "1", "9"], 3, "there is no run '9'"),
        (
            ["trend", "nobody"],
            3,
            "'nobody', wall_s: no run is called so (`termlab runs name`)",
        ),
        (["trend", "nightly", "--figure", "key_p95"], 2, "did you mean key_p95_ms"),
        (["show"], 2, "runs show: write `termlab runs show RUN`"),
        (["rm"], 2, "write `termlab runs rm RUN...`"),
        (["show", "a~b"], 2, "names no run"),
        (["name", "1", "12"], 2, "can't be the name of runs: it is how a run is called"),
        (["tag", "1", "+a b"], 2, "can't be a tag"),
        (["ls", "--figure", "cpu_s"], 2, "runs ls takes no --figure"),
        (["burn", "1"], 2, "runs: Invalid value for 'WHAT'"),
    ],
)
def test_what_can_t_be_is_told_and_changes_nothing(
    kept: Termlab,
    words: list[str],
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TERMLAB_DATA", kept.environment["TERMLAB_DATA"])
    assert main(["runs", *words]) == code
    out, err = capsys.readouterr()
    assert (out, err.startswith("termlab: ")) == ("", True)
    assert said in err
    assert len(Store(str(Path(kept.environment["TERMLAB_DATA"], "runs.db"))).list()) == 3


def test_a_damaged_file_is_said_and_kept_and_work_goes_on(kept: Termlab) -> None:
    path = Path(kept.environment["TERMLAB_DATA"]) / "runs.db"
    path.write_bytes(b"garbage" + path.read_bytes()[7:])
    code, out, err = kept.run("runs", "ls")
    assert (code, out.startswith("no run is kept")) == (0, True)
    assert "was damaged" in err
    assert len(list(path.parent.glob("runs.db.corrupt-*"))) == 1
    assert "no run is kept" in kept.ok("runs", "ls")
