"""The kernel's counter of all calls, on a program from its start."""

import os
import subprocess
import sys

import pytest

from termlab.model.figure import Missing
from termlab.probes.perf_counter import PerfLaunch, attached, event_id, open_counter

if sys.platform != "linux":
    pytest.skip("only Linux has perf", allow_module_level=True)


@pytest.fixture(autouse=True)
def _permitted() -> None:
    try:
        os.close(open_counter(event_id()))
    except OSError as error:
        pytest.skip(f"this counter can't be had here: {error}")


def total(launch: PerfLaunch, *argv: str) -> int:
    process = launch.run(lambda: subprocess.Popen(argv))
    source = launch.source(process.pid)
    process.wait()
    sums = source.read()
    source.close()
    assert not isinstance(sums, Missing)
    return sums.total


def test_children_count_and_the_same_program_has_the_same_total() -> None:
    one = total(PerfLaunch(), "sh", "-c", "/bin/true")
    assert one == total(PerfLaunch(), "sh", "-c", "/bin/true")
    two = total(PerfLaunch(), "sh", "-c", "/bin/true; /bin/true; exit 0")
    assert two > one > 20


def test_what_this_process_starts_later_is_not_in_it() -> None:
    launch = PerfLaunch()
    process = launch.run(lambda: subprocess.Popen(["true"]))
    process.wait()
    source = launch.source(process.pid)
    before = source.read()
    subprocess.run(["true"], check=True)
    assert source.read() == before
    source.close()


def test_who_runs_is_counted_from_then_on() -> None:
    process = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"x")
    process.stdout.read(1)  # its start is behind it
    source = attached(process.pid)
    process.communicate(b"x")
    assert 2 <= source.read().total < 30
    source.close()


def test_a_start_that_failed_leaves_nothing_open() -> None:
    before = len(os.listdir("/proc/self/fd"))
    PerfLaunch().cancel()

    def fails() -> int:
        raise FileNotFoundError

    launch = PerfLaunch()
    with pytest.raises(FileNotFoundError):
        launch.run(fails)
    launch.cancel()
    assert len(os.listdir("/proc/self/fd")) == before
