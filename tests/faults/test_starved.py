"""Without memory, or where nothing more may be forked: it is said, and nothing stays."""

import subprocess
import sys

import pytest

if sys.platform != "linux":
    pytest.skip("these limits are Linux's", allow_module_level=True)


def starved(what: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.starved", what],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_whichever_piece_of_memory_is_refused_nothing_stays() -> None:
    *attempts, left = starved("memory")
    assert left == "same"
    codes = [attempt.split()[0] for attempt in attempts]
    assert codes[-1] == "0"  # at last there was enough
    assert set(codes) > {"0"}
    for attempt in attempts:
        if attempt.split()[0] != "0":
            assert "memory" in attempt
            assert "termlab failed" not in attempt


def test_where_nothing_can_be_forked_nothing_stays() -> None:
    *attempts, left = starved("processes")
    assert left == "same"
    for attempt in attempts:
        assert attempt.startswith("5 can't run 'cat': too many processes")
