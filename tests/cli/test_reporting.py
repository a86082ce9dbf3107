"""`termlab report`, on runs that are kept in a directory of the test's own."""

import json
import os
import stat
from pathlib import Path

import pytest

from termlab.cli.main import main
from termlab.model.document import encode
from termlab.runs.export import document
from termlab.runs.place import store_path
from termlab.runs.reports.formats import FORMATS
from termlab.runs.reports.subject import FLAME, RECORDING
from termlab.runs.store import Store
from tests.runs.made import profile, run
from tests.runs.reports.test_cast_marks import V2
from tests.runs.rich import rich_profile

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Of two runs: `demo` with attachments, and another one behind it."""
    monkeypatch.setenv("TERMLAB_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    store = Store(store_path(os.environ))
    store.add(rich_profile(2), {FLAME: b"main;draw 3\n", RECORDING: V2})
    store.add(profile(run(), command=("other",)))
    return store


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_each_format_is_written_by_the_name_of_its_file(kind: object, tmp_path: Path) -> None:
    ending = kind.endings[0]  # type: ignore[attr-defined]
    assert main(["report", "demo", "-o", f"r{ending}"]) == 0
    written = tmp_path / f"r{ending}"
    assert written.stat().st_size > 10
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_the_newest_run_is_meant_where_none_is_named(capsys: Capture) -> None:
    assert main(["report", "-o", "-", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("other,1,wall_s")


def test_it_says_where_the_report_of_which_run_is(capsys: Capture, tmp_path: Path) -> None:
    assert main(["report", "demo", "-o", "r.md"]) == 0
    assert capsys.readouterr().out == f"run 1 is in {tmp_path}/r.md\n"
    assert "Profile of `python -m demo`" in (tmp_path / "r.md").read_text()


def test_a_file_of_json_is_a_run_too(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(encode(document(rich_profile(1))))
    assert main(["report", "a.json", "-o", "-", "--format", "md"]) == 0
    assert "Run: a.json" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "{}", '{"version": 1}', "[1]"])
def test_a_file_that_is_no_run_is_told(text: str, capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text)
    assert main(["report", "a.json", "-o", "-", "--format", "md"]) == 3
    assert "'a.json' is no run: " in capsys.readouterr().err


def test_the_schema_needs_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERMLAB_DATA", str(tmp_path / "nothing"))
    assert main(["report", "-o", "s.schema.json"]) == 0
    assert json.loads((tmp_path / "s.schema.json").read_text())["title"] == "A profile by termlab"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["99", "-o", "r.md"], 3, "there is no run '99'"),
        (["gone.json", "-o", "r.md"], 3, "'gone.json' can't be read"),
        (["-o", "r.doc"], 2, "'r.doc' does not say its format"),
        (["-o", "-"], 2, "stdout has no name that says its format"),
        (["-o", "r.md", "--format", "doc"], 2, "there is no format 'doc'"),
        ([], 2, "give -o FILE"),
        (["-o", "no/r.md"], 2, "there is no directory"),
        (["last", "-o", "r.cast"], 3, "profile --record"),
        (["last", "-o", "r.folded"], 3, "profile --flame"),
    ],
)
def test_what_can_not_be_is_told_and_nothing_is_written(
    words: list[str], code: int, says: str, capsys: Capture, tmp_path: Path
) -> None:
    assert main(["report", *words]) == code
    assert says in capsys.readouterr().err
    assert not list(tmp_path.glob("r.*"))


def test_a_link_is_not_written_through(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "r.md").symlink_to(tmp_path / "other")
    assert main(["report", "-o", "r.md"]) == 2
    assert not (tmp_path / "other").exists()
