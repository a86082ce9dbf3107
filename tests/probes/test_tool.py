"""A tool beside a measured program."""

import gc
import os
import sys
from pathlib import Path

import pytest

from termlab.probes.tool import Tool, find_tool, private_directory, run_tool

if sys.platform == "win32":
    pytest.skip("tools of POSIX systems", allow_module_level=True)


def test_it_is_found_on_the_path_given(tmp_path: Path) -> None:
    tool = tmp_path / "a-tool-of-termlab"
    tool.write_text("#!/bin/sh\n")
    tool.chmod(0o755)
    assert find_tool("a-tool-of-termlab", str(tmp_path)) == str(tool)
    assert find_tool("a-tool-of-termlab", "/nowhere") == ""


def test_beside_this_python_it_is_found_without_a_path() -> None:
    assert find_tool(os.path.basename(sys.executable), "") == sys.executable


def test_its_end_and_what_it_said(tmp_path: Path) -> None:
    assert run_tool(("sh", "-c", "echo one; echo two >&2; exit 3"), str(tmp_path), 60) == (
        3,
        "one two",
    )


def test_what_it_said_is_short_and_acts_on_nothing(tmp_path: Path) -> None:
    code, said = run_tool(
        ("sh", "-c", "printf '\\033[31m'; head -c 9999 /dev/zero | tr '\\0' x"), str(tmp_path), 60
    )
    assert code == 0
    assert said.isprintable()
    assert len(said) < 400


def test_it_has_no_terminal_and_is_in_no_group_of_ours(tmp_path: Path) -> None:
    words = ("sh", "-c", "cat; test -t 1 || echo none; ps -o pgid= $$ || true")
    code, said = run_tool(words, str(tmp_path), 60)
    assert code == 0
    assert said.startswith("none")
    assert str(os.getpgrp()) not in said.split()


def test_one_that_does_not_end_is_ended(tmp_path: Path) -> None:
    tool = Tool(("sleep", "1000"), str(tmp_path))
    assert tool.end(0) < 0


def test_what_it_has_started_ends_with_it(tmp_path: Path) -> None:
    fifo = tmp_path / "held"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:
        tool = Tool(("sh", "-c", 'exec 3>"$1"; sleep 1000; true', "sh", str(fifo)), str(tmp_path))
        tool.end(0)
        os.set_blocking(reader, True)
        # The end of the file: nobody holds its other end any more.
        assert os.read(reader, 1) == b""
    finally:
        os.close(reader)


def test_one_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="not-there"):
        Tool(("/not-there",), str(tmp_path))


def test_who_forgets_it_leaves_nothing_running_and_no_files(tmp_path: Path) -> None:
    class Owner:
        def __init__(self) -> None:
            self.directory, self.remove = private_directory(self, "termlab-test-")
            self.tool = Tool(("sleep", "1000"), self.directory)

    owner = Owner()
    directory = owner.directory
    (Path(directory) / "more").mkdir()
    pid = owner.tool._process.pid
    del owner
    gc.collect()
    assert not Path(directory).exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
