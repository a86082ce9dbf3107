import json
from pathlib import Path

import pytest

from termlab.cli.configure import configure
from termlab.errors import UsageError


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TERMLAB_CONFIG", str(tmp_path / "c.toml"))
    return tmp_path / "c.toml"


Out = pytest.CaptureFixture[str]


def said(capsys: Out, *words: str) -> str:
    assert configure(["config", *words]) == 0
    return capsys.readouterr().out


def test_path_is_where_the_file_would_be(file: Path, capsys: Out) -> None:
    assert said(capsys, "path") == f"{file}\n"


def test_a_file_full_of_mistakes_is_told_line_by_line(file: Path, capsys: Out) -> None:
    file.write_text('prefx = 1\nmouse = yes\n\n[keys.prefix]\n"x" = "kil-pane"\n')
    with pytest.raises(UsageError) as failure:
        said(capsys, "check")
    lines = str(failure.value).splitlines()
    assert lines[0] == "3 mistakes"
    assert [line.split(": ")[0] for line in lines[1:]] == [f"{file}:{n}" for n in (1, 2, 5)]
    assert failure.value.exit_code == 2


def test_no_file_is_fine_unless_it_is_named(file: Path, capsys: Out) -> None:
    assert "there is none" in said(capsys, "check")
    with pytest.raises(UsageError, match="no such file"):
        said(capsys, "check", str(file))
    file.write_text("mouse = false\n")
    assert "no mistakes" in said(capsys, "check", str(file))


def test_a_file_that_can_not_be_read_is_told(file: Path, capsys: Out) -> None:
    file.write_bytes(b"\xff")
    with pytest.raises(UsageError, match="UTF-8"):
        said(capsys, "check")
    with pytest.raises(UsageError, match="can't be read: it is a directory"):
        said(capsys, "check", str(file.parent))


def test_show_says_what_holds_and_where_it_is_set(file: Path, capsys: Out) -> None:
    file.write_text('escape_ms = 50\n[keys.prefix]\n"z" = ""\n"c-LEFT" = "new-window"\n')
    lines = said(capsys, "show", "--origin").splitlines()
    assert f"escape_ms = 50  # {file}:1" in lines
    assert "repeat_ms = 500  # defaults.toml" in lines
    assert f'keys.prefix.c-LEFT = "new-window"  # {file}:4' in lines
    assert "escape_ms = 50\n" in said(capsys, "show")
    assert not any(line.startswith("keys.prefix.z ") for line in lines)
    shown = json.loads(said(capsys, "show", "--origin", "--json"))
    assert shown["escape_ms"] == {"value": 50, "origin": f"{file}:1"}
    assert json.loads(said(capsys, "show", "--json"))["escape_ms"] == 50


def test_what_show_prints_is_a_configuration(file: Path, capsys: Out) -> None:
    shown = said(capsys, "show")
    assert 'keys.prefix."?" = "list-keys"\n' in shown
    file.write_text(shown, encoding="utf-8")
    assert said(capsys, "check").endswith(": no mistakes\n")
    assert said(capsys, "show") == shown
    with_origins = said(capsys, "show", "--origin")
    file.write_text(with_origins, encoding="utf-8")
    assert said(capsys, "show") == shown


def test_show_says_where_options_of_tables_are_set(file: Path, capsys: Out) -> None:
    file.write_text('theme = "nord"\n[status]\nleft = [\n  "zoom",\n]\n')
    lines = said(capsys, "show", "--origin").splitlines()
    assert f'theme = "nord"  # {file}:1' in lines
    assert f'status.left = ["zoom"]  # {file}:3' in lines
    assert 'theme_light = ""  # defaults.toml' in lines
    (right,) = (line for line in lines if line.startswith("status.right = "))
    assert right.endswith("  # defaults.toml")
    shown = json.loads(said(capsys, "show", "--origin", "--json"))
    assert shown["status.left"] == {"value": ["zoom"], "origin": f"{file}:3"}


def test_a_broken_option_of_a_command_is_told_at_its_line(file: Path, capsys: Out) -> None:
    file.write_text('[keys.prefix]\n"x" = { command = "split-window --nonsense" }\n')
    with pytest.raises(UsageError, match=f"{file}:2: 'x': split-window: No such option"):
        said(capsys, "check")


def test_schema_is_json(capsys: Out) -> None:
    assert "escape_ms" in json.loads(said(capsys, "schema"))["properties"]


def test_only_check_takes_a_file(capsys: Out) -> None:
    with pytest.raises(UsageError, match="takes no FILE"):
        said(capsys, "show", "x.toml")
