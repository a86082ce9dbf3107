"""What this process itself has cost, and what can't be told where there is no /proc."""

import mmap
import os
import sys
import threading
from pathlib import Path

import pytest

from termlab.model.figure import Missing
from termlab.probes.own_cost import own_cost

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells this in /proc")


@linux
def test_a_descriptor_more_is_counted() -> None:
    before = own_cost().descriptors
    fd = os.open(os.devnull, os.O_RDONLY)
    after = own_cost().descriptors
    os.close(fd)
    assert isinstance(before, int)
    assert after == before + 1


@linux
def test_a_thread_more_is_counted() -> None:
    before = own_cost()
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    during = own_cost()
    stop.set()
    thread.join()
    assert isinstance(before.os_threads, int)
    assert (during.threads, during.os_threads) == (before.threads + 1, before.os_threads + 1)


@linux
def test_memory_is_what_the_kernel_says() -> None:
    page = mmap.PAGESIZE
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    found = own_cost()
    assert isinstance(found.rss_bytes, int)
    assert abs(found.rss_bytes - pages * page) < 8 << 20
    assert isinstance(found.peak_rss_bytes, int)
    assert found.peak_rss_bytes > 1 << 20


@linux
def test_the_peak_is_never_below_what_is_now(tmp_path: Path) -> None:
    (tmp_path / "statm").write_text(f"0 {1 << 30} 0 0 0 0 0\n")
    found = own_cost(str(tmp_path))
    assert found.rss_bytes == found.peak_rss_bytes == (1 << 30) * mmap.PAGESIZE


def test_work_costs_cpu() -> None:
    before = own_cost().cpu_s
    while own_cost().cpu_s <= before:
        sum(range(1000))
    assert own_cost().cpu_s > before


@linux
def test_a_sleep_is_a_wakeup() -> None:
    before = own_cost().wakeups
    waiter = threading.Event()
    waiter.wait(0.001)
    after = own_cost().wakeups
    assert isinstance(before, int)
    assert isinstance(after, int)
    assert after > before


def test_without_proc_there_is_a_reason_and_no_zero(tmp_path: Path) -> None:
    found = own_cost(str(tmp_path / "none"))
    for value in (found.rss_bytes, found.os_threads, found.descriptors):
        assert isinstance(value, Missing)
        assert "/proc" in value.reason
