"""`termlab replay`, as processes: without a terminal here, with one in the flows."""

import json
import os
import sys
from pathlib import Path

import pytest

if sys.platform != "win32":
    from tests.cli.conftest import Termlab

assert sys.platform != "win32"

VIM = Path(__file__).parent.parent / "recordings" / "vim-edit.cast"


def left(termlab: Termlab) -> list[str]:
    """What a failure left behind: a server, or anything of one."""
    return [*map(str, termlab.servers()), *os.listdir(termlab.directory)]


def test_a_recording_plays_without_a_terminal_on_its_own_size(termlab: Termlab) -> None:
    words = ["replay", "-d", "-s", "edit", "--speed", "0", os.path.relpath(VIM, termlab.directory)]
    assert termlab.ok(*words) == "edit\n"
    assert json.loads(termlab.ok("wait", "--exit", "--json"))["exit_status"] == 0
    shown = json.loads(termlab.ok("capture", "--json"))
    assert (shown["cols"], shown["rows"]) == (80, 24)
    assert "hello world" in shown["lines"]
    assert termlab.ok("ls") == "edit: 1 window [0:vim-edit.cast (exit 0)]\n"
    assert termlab.ok("send-keys", "Enter") == ""
    termlab.wait_for_end()


def test_a_size_can_be_asked_for(termlab: Termlab) -> None:
    termlab.ok("replay", "-x", "40", "-d", "--", str(VIM))
    shown = json.loads(termlab.ok("capture", "--json"))
    assert (shown["cols"], shown["rows"]) == (40, 24)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (None, "No such file"),
        (b"", "line 1: it is empty"),
        (b"#!/bin/sh\n", "line 1: it is no header of an asciicast"),
        (
            b'{"version": 2, "width": 80, "height": 24}\n[0, "o", "a"]\nx\n',
            "line 3: it is no event",
        ),
    ],
)
def test_a_file_that_is_no_recording_is_told_before_a_server_starts(
    termlab: Termlab, tmp_path: Path, data: bytes | None, why: str
) -> None:
    file = tmp_path / "x.cast"
    if data is not None:
        file.write_bytes(data)
    code, out, err = termlab.run("replay", "-d", str(file))
    assert (code, out) == (5, "")
    assert err.startswith(f"termlab: can't play '{file}'")
    assert why in err
    assert left(termlab) == []


def test_a_directory_is_no_recording(termlab: Termlab, tmp_path: Path) -> None:
    code, _, err = termlab.run("replay", "-d", str(tmp_path))
    assert (code, "it is a directory" in err) == (5, True)
    assert left(termlab) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "Missing argument"),
        (["--speed", "x", "-d", str(VIM)], "the speed"),
        (["-x", "80", str(VIM)], "-x goes with -d"),
        ([str(VIM)], "must be a terminal"),
    ],
)
def test_wrong_words_are_told_before_the_file_is_looked_at(
    termlab: Termlab, words: list[str], why: str
) -> None:
    code, _, err = termlab.run("replay", *words)
    assert (code, why in err) == (2, True)
    assert left(termlab) == []
