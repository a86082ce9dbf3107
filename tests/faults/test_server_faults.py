"""A server of which any step of its start fails says so, and leaves nothing behind."""

import os
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from termlab.wire.address import FAILED, READY

if sys.platform != "linux":
    pytest.skip("these limits are Linux's", allow_module_level=True)

assert sys.platform != "win32"

LIMIT_S = 30.0


class Place(NamedTuple):
    """Where a server of the test's own starts."""

    path: Path
    environment: dict[str, str]

    def files(self) -> set[str]:
        return {each.name for each in self.path.parent.iterdir()}


@pytest.fixture
def place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="tl-", dir="/tmp") as directory:
        ours = {
            "HOME": directory,
            "XDG_STATE_HOME": f"{directory}/state",
            "TERMLAB_CONFIG": f"{directory}/config.toml",
        }
        run = Path(directory, "run")
        run.mkdir(mode=0o700)
        yield Place(run / "s", os.environ | ours)


def test_whichever_descriptor_can_t_be_opened_nothing_stays(place: Place) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.starting", str(place.path)],
        env=place.environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
    )
    attempts = done.stdout.splitlines()
    assert attempts[0].startswith("failed"), done.stderr
    assert attempts[-1] == "served same", done.stderr
    for attempt in attempts:
        assert attempt.endswith(" same")
    # The border is where the last step had what it needs, and there is one.
    words = [attempt.split()[0] for attempt in attempts]
    assert words == sorted(words)
    assert place.files() == {"s.lock", "s.start"}


def start(place: Place, *before: str) -> tuple[str, int]:
    """The whole process: what it reports, and its exit code; one that serves is ended again."""
    reader, writer = os.pipe()
    words = [*before, sys.executable, "-m", "termlab.server.daemon", str(place.path), str(writer)]
    process = subprocess.Popen(
        words, pass_fds=[writer], env=place.environment, stderr=subprocess.PIPE
    )
    os.close(writer)
    with open(reader) as pipe:
        assert select.select([pipe], [], [], LIMIT_S)[0]
        said = pipe.read().strip()
    if said == READY:
        subprocess.run(
            [sys.executable, "-m", "termlab", "-L", str(place.path), "kill-server"],
            env=place.environment,
            timeout=LIMIT_S,
        )
    _, _ = process.communicate(timeout=LIMIT_S)
    return said, process.returncode


# Each with the error a person could meet, and how often the start does it; of `openat` those that
# name a file of ours.
STEPS = (
    ("flock", "ENOLCK", 2),
    ("socket", "EMFILE", 1),
    ("bind", "EACCES", 1),
    ("chmod", "EPERM", 1),
    ("listen", "ENOBUFS", 1),
    ("socketpair", "EMFILE", 1),
)


def may_trace() -> bool:
    """Where there is strace, this process may still not be allowed to trace another."""
    words = ("strace", "-qq", "-o", os.devnull, "true")
    return (
        bool(shutil.which("strace"))
        and subprocess.run(words, stderr=subprocess.DEVNULL).returncode == 0
    )


@pytest.mark.skipif(not may_trace(), reason="there is no strace that may trace a process")
@pytest.mark.parametrize(("call", "error", "times"), STEPS, ids=[step[0] for step in STEPS])
def test_whichever_call_of_the_start_fails_it_is_told(
    place: Place, call: str, error: str, times: int
) -> None:
    for nth in range(1, times + 1):
        said, code = start(
            place,
            *("strace", "-qq", "-o", os.devnull, "-e", f"trace={call}"),
            *("-e", f"inject={call}:error={error}:when={nth}"),
        )
        assert (said.startswith(FAILED), code) == (True, 4), (nth, said)
        assert place.files() <= {"s.lock", "s.start"}, (nth, said)
    assert start(place) == (READY, 0)
    assert place.files() == {"s.lock", "s.start"}


@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is not installed")
def test_a_directory_that_takes_no_file_is_told_of(place: Place) -> None:
    place.path.parent.chmod(0o500)
    said, code = start(place, "setpriv", "--bounding-set", "-all", "--inh-caps", "-all")
    place.path.parent.chmod(0o700)
    if said == READY:
        pytest.skip("this user may write everywhere")
    assert said.startswith(FAILED)
    assert code == 4
    assert place.files() == set()
