"""Who measures with no rights at all: ordinary users, of whom the system knows none by name."""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
# Nobody in particular, as most systems have it.
NOBODY_UID: Final = 65534
# One for whom a probe helper is started: it serves a user, whoever else measures at the time.
HELPED_UID: Final = 65532


def as_ordinary(uid: int = NOBODY_UID) -> tuple[str, ...]:
    """The words before a command that is to be that user's; the test is skipped where nobody can
    become another user, or where that one can't read this Python and this tree."""
    if sys.platform != "linux" or os.getuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("only root can become another user, by setpriv")
    words = (
        *("setpriv", "--reuid", str(uid), "--regid", str(uid), "--clear-groups"),
        *("--inh-caps=-all", "--bounding-set=-all"),
    )
    if problem := _problem(words):
        pytest.skip(f"an ordinary user can't run this here: {problem}")
    return words


@functools.cache
def _problem(words: tuple[str, ...]) -> str:
    script = "import termlab.version, tests.truth"
    try:
        done = subprocess.run(
            [*words, sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True
        )
    except OSError as error:
        return str(error)
    said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
    return said[-1] if done.returncode else ""
