"""What becomes of a profile at its end, and which exit code that is."""

import json
from pathlib import Path

import pytest

from termlab.model.figure import Amount
from termlab.model.profile_asked import ProfileAsked
from termlab.model.records import msgspec
from termlab.model.run import Profile, Run
from termlab.runs.store import KEEP, Store
from termlab.server.conclusion import Conclusion, Measurement, conclude
from tests.runs.made import profile, run


def concluded(made: Profile, asked: ProfileAsked, keys: bytes = b"") -> Conclusion:
    return conclude((Measurement(made, {"recording.cast": b"{}"}, keys),), asked, KEEP)


def test_it_is_kept_with_what_belongs_to_it_and_says_as_what(tmp_path: Path) -> None:
    path = str(tmp_path / "runs.db")
    made = msgspec.structs.replace(profile(run()), name="edit")
    found = concluded(made, ProfileAsked(store_path=path, name="edit"))
    assert found.report.endswith("\nkept as run 1 (edit)\n")
    assert (found.problem, found.code) == ("", 0)
    assert Store(path).attachment(1, "recording.cast") == b"{}"
    assert Store(path).find("edit").profile == made


@pytest.mark.parametrize(("name", "code"), [("", 0), ("edit", 1)])
def test_a_store_that_cannot_be_written_loses_nothing_else(
    tmp_path: Path, name: str, code: int
) -> None:
    (tmp_path / "file").write_text("")
    path = str(tmp_path / "file" / "runs.db")
    out = tmp_path / "out.json"
    asked = ProfileAsked(store_path=path, name=name, json_path=str(out))
    found = concluded(profile(run()), asked)
    assert found.problem.startswith("this run is not kept: ")
    assert found.code == code
    assert found.report.startswith("profile of ls -R\n")
    assert json.loads(out.read_text())["command"] == ["ls", "-R"]


def test_files_that_were_asked_for_are_written_and_named(tmp_path: Path) -> None:
    out, keys = tmp_path / "out.json", tmp_path / "typed.cast"
    asked = ProfileAsked(json_path=str(out), keys_path=str(keys))
    found = concluded(profile(run()), asked, b"typed\n")
    assert keys.read_text() == "typed\n"
    assert found.report.endswith(f"\nthe keys typed in {keys}\nas JSON in {out}\n")
    gone = ProfileAsked(json_path=str(tmp_path / "gone" / "out.json"))
    found = concluded(profile(run()), gone)
    assert (found.code, "was not written" in found.problem) == (1, True)


@pytest.mark.parametrize(
    ("runs", "code"),
    [
        ((run(0), run(3), run(4)), 3),
        ((run(None, "SIGSEGV"),), 139),
        ((msgspec.structs.replace(run(None, "SIGHUP"), cut_short=True),), 0),
        ((run(0),), 0),
    ],
)
def test_the_exit_code_is_the_commands_where_that_is_asked_for(
    runs: tuple[Run, ...], code: int
) -> None:
    assert concluded(profile(*runs), ProfileAsked(exit_code=True)).code == code
    assert concluded(profile(*runs), ProfileAsked()).code == 0


def test_a_script_that_stuck_outranks_all() -> None:
    stuck = msgspec.structs.replace(run(3), failed_step="my.keys:2: /x/ did not appear")
    found = concluded(profile(stuck), ProfileAsked(exit_code=True))
    assert found.code == 124
    assert found.problem == "profile: my.keys:2: /x/ did not appear"


def test_a_budget_that_is_passed_fails_and_is_shown(tmp_path: Path) -> None:
    budget = tmp_path / "budget.toml"
    budget.write_text('limits = ["wall_s <= 1"]\n')
    junit = tmp_path / "junit.xml"
    asked = ProfileAsked(budget_path=str(budget), junit_path=str(junit), github=True)
    found = concluded(profile(run(wall_s=Amount(2.0))), asked)
    assert found.code == 1
    assert "BROKEN" in found.report
    assert "::error file=" in found.report
    assert 'failures="1"' in junit.read_text()
    kept = concluded(profile(run(wall_s=Amount(0.5))), asked)
    assert (kept.code, "BROKEN" in kept.report) == (0, False)


def test_two_commands_are_both_told_kept_and_compared(tmp_path: Path) -> None:
    path, out = str(tmp_path / "runs.db"), tmp_path / "out.json"
    a, b = profile(run(), command=("a",)), profile(run(), command=("b",))
    asked = ProfileAsked(store_path=path, json_path=str(out))
    found = conclude((Measurement(a, {}), Measurement(b, {})), asked, KEEP)
    assert "profile of a\n" in found.report
    assert "\nprofile of b\n" in found.report
    assert "kept as run 1\nkept as run 2\n" in found.report
    assert [each["command"] for each in json.loads(out.read_text())] == [["a"], ["b"]]
    assert found.code == 0


def test_without_a_run_nothing_is_kept_and_the_report_says_so(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    found = concluded(profile(asked=3), ProfileAsked(store_path=str(path)))
    assert "no run was finished" in found.report
    assert not path.exists()
