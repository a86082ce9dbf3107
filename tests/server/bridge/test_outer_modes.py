"""Terminals on the standard streams, set and given back; in a process of its own for each."""

import os
import subprocess
import sys

import pytest

assert sys.platform != "win32"

SCRIPT = (
    "import os, sys, termios\n"
    "from termlab.server.bridge.outer_modes import OuterModes\n"
    "def told():\n"
    "    a = termios.tcgetattr(int(sys.argv[1]))\n"
    "    flags = (a[3] & termios.ICANON, a[3] & termios.ISIG, a[1] & termios.OPOST)\n"
    "    print(*map(bool, flags), file=sys.stderr)\n"
    "modes = OuterModes()\n"
    "print(modes.found, file=sys.stderr)\n"
    "modes.set(); told(); modes.restore(); told(); modes.restore()\n"
)


def said(stdin: int, stdout: int, of: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(of)],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()


@pytest.mark.parametrize("stdout", [True, False])
def test_a_terminal_on_input_is_raw(stdout: bool) -> None:
    ours, theirs = os.openpty()
    try:
        lines = said(theirs, theirs if stdout else subprocess.DEVNULL, 0)
        assert lines == ["True", "False False False", "True True True"]
    finally:
        os.close(theirs)
        os.close(ours)


def test_one_on_output_alone_keeps_its_keys() -> None:
    ours, theirs = os.openpty()
    try:
        lines = said(subprocess.DEVNULL, theirs, 1)
        assert lines == ["True", "True True False", "True True True"]
    finally:
        os.close(theirs)
        os.close(ours)


def test_without_a_terminal_there_is_nothing_to_set() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.replace(" told();", ""), "0"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "False\n")
