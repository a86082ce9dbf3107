"""The file of commands typed before."""

import os
import stat
import sys
from pathlib import Path

import pytest

from termlab.client.line_editor import MAX_CHARS
from termlab.client.prompt_history import MAX_BYTES, MAX_LINES, NAME, PromptHistory, history_of


def test_lines_are_kept_for_the_next_client_in_a_private_file(tmp_path: Path) -> None:
    environment = {"XDG_STATE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    one = history_of(environment)
    one.add("split-window -h")
    one.add("rename-window 'übung 日'")
    assert history_of(environment).lines() == ["split-window -h", "rename-window 'übung 日'"]
    if sys.platform != "win32":
        file = tmp_path / "termlab" / NAME
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_several_clients_add_to_one_history(tmp_path: Path) -> None:
    one, two = PromptHistory(str(tmp_path / "h")), PromptHistory(str(tmp_path / "h"))
    one.add("a")
    two.add("b")
    one.add("c")
    assert one.lines() == two.lines() == ["a", "b", "c"]


def test_what_is_not_kept(tmp_path: Path) -> None:
    history = PromptHistory(str(tmp_path / "h"))
    for line in ("a", "a", "", "  ", " secret", "b\n\x1b[2J"):
        history.add(line)
    assert history.lines() == ["a", "b[2J"]
    history.add("x" * 2 * MAX_CHARS)
    assert len(history.lines()[-1]) == MAX_CHARS


def test_the_newest_lines_are_kept_and_the_file_stays_small(tmp_path: Path) -> None:
    file = tmp_path / "h"
    history = PromptHistory(str(file))
    for number in range(MAX_LINES):
        history.add(f"{number} {'x' * 1000}")
    assert file.stat().st_size <= 2 * MAX_BYTES + 2000
    lines = history.lines()
    assert len(lines) <= MAX_LINES
    assert lines[-1].startswith(f"{MAX_LINES - 1} ")
    assert all(line.endswith("x" * 1000) for line in PromptHistory(str(file)).lines())


def test_many_short_lines_are_cut_to_the_newest(tmp_path: Path) -> None:
    file = tmp_path / "h"
    file.write_text("".join(f"{number}\n" for number in range(3 * MAX_LINES)))
    lines = PromptHistory(str(file)).lines()
    assert (lines[0], lines[-1], len(lines)) == (
        str(2 * MAX_LINES),
        str(3 * MAX_LINES - 1),
        MAX_LINES,
    )


@pytest.mark.parametrize("what", ["a directory", "no place", "rubbish", "a link"])
def test_a_file_that_is_none_harms_nobody(tmp_path: Path, what: str) -> None:
    file = tmp_path / "h"
    kept = ["new"]
    if what == "a directory":
        file.mkdir()
    elif what == "no place":
        (tmp_path / "taken").write_text("")
        file = tmp_path / "taken" / "deeper" / "h"
    elif what == "rubbish":
        file.write_bytes(b"\xff\xfe\0\x1b]0;x\n\n\r\nold\n")
        kept = ["\ufffd\ufffd]0;x", "old", "new"]
    elif sys.platform != "win32":
        (tmp_path / "victim").write_text("precious\n")
        os.symlink(tmp_path / "victim", file)
    history = PromptHistory(str(file))
    history.add("new")
    assert history.lines() == kept
    if what == "a link":
        assert (tmp_path / "victim").read_text() == "precious\n"


def test_without_a_file_it_lasts_as_long_as_the_client() -> None:
    history = PromptHistory()
    history.add("a")
    assert history.lines() == ["a"]
    assert PromptHistory().lines() == []
