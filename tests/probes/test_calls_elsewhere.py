"""Totals where nothing but the system counts; tried with made-up counts on processes that live."""

import os
import struct
import subprocess
import sys

import pytest

from termlab.model.figure import Missing
from termlab.probes.calls_elsewhere import NOT_TRIED, SystemCalls, count_of_this_system, parse_task


class Counts:
    """What a system would have counted of each process."""

    def __init__(self) -> None:
        self.of: dict[int, int] = {}

    def __call__(self, pid: int) -> int:
        if pid not in self.of:
            raise OSError("not told")
        return self.of[pid]


def total(calls: SystemCalls) -> int:
    sums = calls.read()
    assert not isinstance(sums, Missing)
    return sums.total


def test_sums_grow_from_the_first_look_on_over_a_wrap_and_new_children() -> None:
    counts = Counts()
    counts.of[os.getpid()] = (1 << 32) - 10
    calls = SystemCalls(os.getpid(), counts)
    assert total(calls) == 0
    counts.of[os.getpid()] = 5
    assert total(calls) == 15
    child = subprocess.Popen(["sleep", "100"] if sys.platform != "win32" else ["pause"])
    counts.of[child.pid] = 7
    assert total(calls) == 22
    child.kill()
    child.wait()
    assert total(calls) == 22


def test_it_says_what_it_is_and_that_nobody_tried_it() -> None:
    counts = Counts()
    counts.of[os.getpid()] = 0
    sums = SystemCalls(os.getpid(), counts).read()
    assert not isinstance(sums, Missing)
    assert (sums.tier, sums.accuracy, sums.by_name) == ("system", NOT_TRIED, {})


def test_of_a_program_that_has_gone_there_is_a_reason() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    assert isinstance(SystemCalls(child.pid, Counts()).read(), Missing)


def test_the_calls_of_a_task_are_unix_and_mach_ones() -> None:
    data = struct.pack("=6Q12i", *range(6), 0, 0, 0, 0, 0, 0, 30, 12, 0, 0, 0, 0)
    assert parse_task(data) == 42
    wrapped = struct.pack("=6Q12i", *range(6), 0, 0, 0, 0, 0, 0, -1, 2, 0, 0, 0, 0)
    assert parse_task(wrapped) == 1


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has a way of its own")
def test_io_operations_are_counted_where_the_system_has_them() -> None:
    try:
        counted = count_of_this_system()(os.getpid())
    except LookupError:
        pytest.skip("this system has no I/O accounts")
    assert counted > 0
