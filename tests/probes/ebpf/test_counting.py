"""One tree's calls by name, from its start or from when it is attached to."""

import os
import subprocess
import sys
import time

import pytest

from termlab.model.figure import Missing
from termlab.probes.ebpf.counting import EXACT, FULL, EbpfCalls, attached, launched
from termlab.probes.ebpf.map_layout import SLOTS
from termlab.probes.ebpf.tracer import Tracer

if sys.platform != "linux":
    pytest.skip("only Linux has eBPF", allow_module_level=True)


def test_a_start_is_counted_by_name(tracer: Tracer) -> None:
    launch = launched(tracer)
    assert not isinstance(launch, Missing)
    words = launch.words(("sh", "-c", "kill -0 $$; kill -0 $$"))
    process = launch.run(lambda: subprocess.Popen(words))
    source = launch.source(process.pid)
    process.wait()
    sums = source.read()
    assert not isinstance(sums, Missing)
    assert (sums.tier, sums.accuracy, sums.started) == ("ebpf", EXACT, 1)
    assert sums.by_name["kill"].calls == 2
    assert sums.total == sum(each.calls for each in sums.by_name.values())
    source.close()


def test_time_in_a_call_that_has_not_returned_counts(tracer: Tracer) -> None:
    process = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
    source = attached(tracer, process.pid)
    assert isinstance(source, EbpfCalls)
    assert process.stdin is not None
    process.stdin.write(b"x")
    process.stdin.flush()
    # What it has to say is out, and it reads again: that takes until more comes.
    end = time.monotonic() + 20
    while (read := source.read().by_name.get("read")) is None or not read.time_ns:
        assert time.monotonic() < end
    before = read.time_ns
    start = time.monotonic_ns()
    while time.monotonic_ns() - start < 20_000_000:
        os.sched_yield()
    later = source.read().by_name["read"]
    assert later.calls == read.calls
    assert (later.time_ns or 0) - before > 15_000_000
    process.communicate()
    source.close()


def test_closing_twice_leaves_the_slot_once(tracer: Tracer) -> None:
    sources = [attached(tracer, os.getpid()) for _ in range(2)]
    for each in (*sources, *sources):
        assert isinstance(each, EbpfCalls)
        each.close()
    assert {tracer.take() for _ in range(SLOTS)} == set(range(SLOTS))


def test_where_all_slots_are_taken_that_is_the_reason(tracer: Tracer) -> None:
    for _ in range(SLOTS):
        tracer.take()
    assert launched(tracer) is FULL
    assert attached(tracer, os.getpid()) is FULL


def test_a_start_that_failed_leaves_its_slot(tracer: Tracer) -> None:
    launch = launched(tracer)
    assert not isinstance(launch, Missing)
    launch.cancel()
    assert {tracer.take() for _ in range(SLOTS)} == set(range(SLOTS))
