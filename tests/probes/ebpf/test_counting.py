"""One tree's calls by name, from its start or from when it is attached to."""

import os
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from termlab.model.figure import Missing
from termlab.probes.ebpf.counting import EXACT, FULL, OTHERS, EbpfCalls, attached, launched
from termlab.probes.ebpf.map_layout import SLOTS
from termlab.probes.ebpf.tracer import Tracer

if sys.platform != "linux":
    pytest.skip("only Linux has eBPF", allow_module_level=True)
else:
    from tests.probes.at_rest import at_rest

assert sys.platform != "win32"


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
    pipe = subprocess.PIPE
    process = subprocess.Popen(["cat"], stdin=pipe, stdout=pipe, bufsize=0)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"x")
    process.stdout.read(1)  # it has started, in which it read, too
    source = attached(tracer, process.pid)
    assert isinstance(source, EbpfCalls)
    process.stdin.write(b"x")
    process.stdout.read(1)
    at_rest(process.pid)  # it reads again: that takes until more comes
    read = source.read().by_name["read"]
    before = read.time_ns or 0
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


# A 32-bit program: getpid ten times, whose number is another call's here; then exit.
CALLS_32 = bytes.fromhex(
    "be0a000000"  # mov esi, 10
    "b814000000cd80"  # mov eax, 20 (getpid; writev here); int 0x80
    "4e75f6"  # dec esi; jnz
    "b801000000bb00000000cd80"  # exit(0)
)


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="it is written for x86")
def test_a_32_bit_programs_calls_are_none_of_those_with_the_same_numbers(
    tracer: Tracer, tmp_path: Path
) -> None:
    program = tmp_path / "program"
    at = 0x08048000
    head = struct.pack(
        "<16sHHIIIIIHHHHHH", b"\x7fELF\1\1\1", 2, 3, 1, at + 84, 52, 0, 0, *(52, 32, 1, 0, 0, 0)
    )
    size = 84 + len(CALLS_32)
    program.write_bytes(head + struct.pack("<8I", 1, 0, at, at, size, size, 5, 4096) + CALLS_32)
    program.chmod(0o700)
    launch = launched(tracer)
    assert not isinstance(launch, Missing)
    try:
        process = launch.run(lambda: subprocess.Popen([program]))
    except OSError as error:
        launch.cancel()
        pytest.skip(f"this kernel runs no 32-bit programs: {error}")
    source = launch.source(process.pid)
    assert process.wait() == 0
    sums = source.read()
    source.close()
    assert not isinstance(sums, Missing)
    assert sums.by_name[OTHERS].calls == 11
    assert "writev" not in sums.by_name
