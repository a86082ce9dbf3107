"""Printing to whatever stdout is."""

import subprocess
import sys
from pathlib import Path

import pytest

PRINT = "from termlab.cli.main import main; import sys; sys.exit(main(['--help']))"


def test_a_reader_that_left_is_no_failure() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PRINT], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", PRINT], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert done.stderr == "termlab: stdout can't be written: No space left on device\n"


def test_a_closed_stdout_is_quiet() -> None:
    done = subprocess.run(
        ["sh", "-c", '"$0" -c "$1" >&-', sys.executable, PRINT], capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_the_encoding_lacks_is_escaped() -> None:
    script = "from termlab.cli.answer import print_text; print_text('a\\u4e2d\\n')"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, env={"PYTHONIOENCODING": "latin-1"}
    )
    assert done.stdout == b"a\\u4e2d\n"
