"""Output quality against a program that draws so many clears, redraws, colours and lines, by root
and by an ordinary user."""

import os
import shutil
import sys

import pytest

if sys.platform != "win32":
    from tests.truth.one_run import one_run, reason, value
    from tests.truth.programs_made import PROGRAMS

assert sys.platform != "win32"

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="measured as Linux tells it"),
    pytest.mark.slow,
]

TIMES, ROWS = 10, 20
# One that everybody may run.
PYTHON = shutil.which("python3", path=os.defpath) or sys.executable

KNOWN = {
    "clears": {
        "bursts": TIMES,
        "full_clears": TIMES,
        "full_clears_unsynced": TIMES,
        "sync_frames": 0,
        "rows_touched": TIMES * ROWS,
        "rows_unchanged": 0,
        "cursor_moves": TIMES * (ROWS + 1),
    },
    "synchronised": {
        "full_clears": TIMES,
        "full_clears_unsynced": 0,
        "sync_frames": TIMES,
        "rows_unchanged": 0,
    },
    "redraws": {
        "bursts": TIMES,
        "full_clears": 0,
        "rows_touched": TIMES * ROWS,
        "rows_unchanged": (TIMES - 1) * ROWS,
    },
    "colours": {"colour_changes": TIMES * 12, "colour_changes_redundant": TIMES * 10},
    "scrolls": {"rows_scrolled": TIMES * 30 - 23, "rows_unchanged": 0, "full_clears": 0},
    "moves": {"cursor_moves": TIMES * ROWS, "rows_touched": 0, "rows_unchanged": 0},
}


@pytest.mark.parametrize(
    ("kind", "ordinary"), [*((kind, False) for kind in KNOWN), ("clears", True), ("redraws", True)]
)
def test_what_is_known_of_the_output_is_counted(kind: str, ordinary: bool) -> None:
    program = str(PROGRAMS / "quality.py")
    run = one_run("", PYTHON, program, kind, str(TIMES), ordinary=ordinary)
    found = {name: value(run, name) for name in KNOWN[kind]}
    assert found == KNOWN[kind]
    assert value(run, "burst_bytes") == value(run, "pty_bytes") / value(run, "bursts")


def test_many_little_writes_are_small_reads_or_joined_by_the_kernel() -> None:
    program = "import os, time\nfor _ in range(30): os.write(1, b'x'); time.sleep(0.01)"
    run = one_run("", PYTHON, "-c", program)
    assert value(run, "pty_reads_small_percent") == 100
    assert 10 < value(run, "output_bytes_per_s") <= 105


def test_without_output_there_are_reasons() -> None:
    run = one_run("", "true")
    assert reason(run, "output_bytes_per_s") == reason(run, "burst_bytes") == "there was no output"
    assert value(run, "full_clears") == 0
