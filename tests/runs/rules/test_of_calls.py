"""Rules about system calls, each just crossed and just not."""

import pytest

from termlab.model.calls import CallCount
from termlab.runs.findings import judge
from tests.runs.judged import Given, run, unseen
from tests.runs.rules.held import held

# A child writes 4,100 pieces in ten bursts.
PIECES: Given = {
    "small_writes": 3772,
    "write_calls": 4100,
    "write_bytes": 40_000,
    "bursts": 10,
    "pty_bytes": 40_000,
    "alternate_screens": 0,
}
CHILDREN = (CallCount("clone", 900), CallCount("wait4", 900), CallCount("execve", 880))
FAILING = {"calls": 9000, "call_errors": 6000}


def test_unbuffered_output_is_told_with_its_share() -> None:
    (found,) = judge(run(CallCount("write", 4100), **PIECES))
    assert (found.rule, found.severity) == ("small-writes", "bad")
    assert found.says == "92% of 4,100 writes were under 16 bytes"
    assert "setvbuf" in found.advice


def test_without_names_the_mean_tells_it() -> None:
    assert held(unseen(run(**PIECES | {"write_bytes": 4500}))) == ["bad small-writes"]
    assert held(unseen(run(**PIECES))) == []


@pytest.mark.parametrize(
    "healthy",
    [
        {"small_writes": 400},  # few
        {"small_writes": 2000},  # most of them are large
        {"write_bytes": 4100 * 40},  # threads that wake each other beside large output
        {"bursts": 3772},  # an echo a key
    ],
)
def test_echoes_and_wake_ups_are_no_unbuffered_output(healthy: Given) -> None:
    assert held(run(CallCount("write", 4100), **PIECES | healthy)) == []


def test_reads_of_single_bytes() -> None:
    calls = CallCount("read", 9000, 1, 0, 0)
    assert held(run(calls, small_reads=8000)) == ["warn small-reads"]
    assert held(run(calls, small_reads=4000)) == []  # less than half
    assert held(run(calls, small_reads=8000, wall_s=20)) == []  # somebody who types for long
    assert held(unseen(run(read_calls=9000, read_bytes=9500))) == ["warn small-reads"]
    assert held(unseen(run(read_calls=900, read_bytes=950))) == []


def test_calls_that_fail() -> None:
    stats = CallCount("stat", 7000, 1, 5995, 0)
    (found,) = judge(run(stats, **FAILING))
    assert (found.rule, found.severity) == ("failing-calls", "info")
    assert found.says == "6,000 of 9,000 calls (67%) failed: mostly stat (5,995), read (5)"
    assert held(run(stats, **FAILING | {"calls": 90_000})) == []
    assert held(run(stats, **FAILING | {"wall_s": 20})) == []


@pytest.mark.parametrize("name", ["lgetxattr", "readlink", "access", "ioctl"])
def test_a_refusal_may_be_the_answer(name: str) -> None:
    """`ls -l` asks for attributes, and realpath() for links."""
    assert held(run(CallCount(name, 7000, 1, 5995, 0), **FAILING)) == []


def test_many_starts_of_little_work() -> None:
    (found,) = judge(run(*CHILDREN, wall_s=2.0, idle_s=0.1, cpu_s=0.9, processes=900))
    assert (found.rule, found.severity) == ("fork-storm", "warn")
    assert found.says.startswith("900 processes were started, 450 a second, with 1.0 ms of CPU")
    assert "${…}" in found.advice


def test_a_build_is_no_storm() -> None:
    assert held(run(*CHILDREN, wall_s=2.0, idle_s=0.1, cpu_s=4.0)) == []  # each does something
    assert held(run(*CHILDREN, wall_s=60, cpu_s=0.9)) == []


def test_faults_from_disk() -> None:
    assert held(run(major_faults=200)) == ["info disk-faults"]
    assert held(run(major_faults=199)) == []
