"""A whole bridge in a process of its own: a failing step lets go of all that was made before it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

assert sys.platform != "win32"

# Each step made to fail in its turn, and what is open before and after.
SCRIPT = """
import os, sys
from termlab.errors import TermlabError
from termlab.model.geometry import Size
from termlab.server.bridge import start_bridge
step = sys.argv[1]
def failing(*args, **kwargs):
    raise TermlabError(f"{step} fails")
if step:
    setattr(start_bridge, step, failing)
def open_now():
    return sorted(os.listdir("/proc/self/fd"))
before = open_now()
try:
    code = start_bridge.run("b", Size(80, 24), ("sh", "-c", "exit 3"), os.environ)
except TermlabError as error:
    code = str(error)
print(code, open_now() == before, file=sys.stderr)
"""


def said(tmp_path: Path, step: str, stdin: int = subprocess.DEVNULL) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, step],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
        stdin=stdin,
        stdout=subprocess.DEVNULL,
    )
    assert os.listdir(tmp_path / "termlab" / "bridge") == []
    return done.stderr


def test_its_exit_code_is_the_programs(tmp_path: Path) -> None:
    assert said(tmp_path, "") == "3 True\n"


@pytest.mark.parametrize(
    "step", ["listen", "_streams", "_here", "_passed", "_backend", "Loop", "Joint", "Control"]
)
def test_whatever_fails_nothing_of_it_stays_open(tmp_path: Path, step: str) -> None:
    assert said(tmp_path, step, stdin=subprocess.PIPE) == f"{step} fails True\n"


@pytest.mark.parametrize(
    ("closed", "answer"),
    [("<&-", "3 True"), ("<&- 1>&- 1>&2", "3 True"), (">&-", "standard output is closed")],
)
def test_missing_streams_are_nobody_elses(tmp_path: Path, closed: str, answer: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$0" -c "$1" "" {closed}', sys.executable, SCRIPT],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert answer in done.stderr
