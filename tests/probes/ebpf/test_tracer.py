"""The counts, the tree that is followed, and the stamps of a terminal, on real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from threading import get_native_id

import pytest

from termlab.backends.pty import Command
from termlab.model.geometry import Size
from termlab.probes.ebpf.map_layout import SLOTS
from termlab.probes.ebpf.tracer import Tracer, terminal_device
from termlab.probes.syscall_names import numbers
from tests.server.world import PLACE

if sys.platform != "linux":
    pytest.skip("only Linux has eBPF", allow_module_level=True)
else:
    from termlab.backends.unix import UnixBackend, UnixPty

assert sys.platform != "win32"

NR = numbers(os.uname().machine)
DEADLINE_S = 20.0


def started(tracer: Tracer, slot: int, *argv: str) -> UnixPty:
    """A program on a terminal of its own, in a slot."""
    command = Command(argv, "/", PLACE.environment, Size(80, 24))
    with tracer.start_gate(slot):
        pty = UnixBackend().spawn(command)
    tracer.set_terminal(slot, pty.fileno())
    return pty


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + DEADLINE_S
    while not holds():
        assert time.monotonic() < end, "it did not happen before the deadline"
        os.sched_yield()


def read_until(pty: UnixPty, text: bytes) -> None:
    seen = bytearray()

    def came() -> bool:
        buffer = bytearray(4096)
        seen.extend(buffer[: pty.readv([memoryview(buffer)]) or 0])
        return text in seen

    until(came)


def end(pty: UnixPty) -> None:
    pty.close()
    pty.insist(signal.SIGKILL)
    until(lambda: pty.exit_status() is not None)


def taken(tracer: Tracer) -> int:
    slot = tracer.take()
    assert slot is not None
    return slot


def test_only_what_starts_in_the_gate_is_counted(tracer: Tracer) -> None:
    slot = taken(tracer)
    subprocess.run(["true"], check=True)
    assert tracer.read(slot) == {}
    with tracer.start_gate(slot):
        process = subprocess.Popen(["true"])
    process.wait()
    os.getppid()  # this process is not counted behind the gate, nor in it
    counted = tracer.read(slot)
    assert counted[NR["exit_group"]].calls == 1
    assert NR["getppid"] not in counted
    assert tracer.started(slot).processes == 1


def test_a_start_that_becomes_no_program_counts_nothing(tracer: Tracer) -> None:
    slot = taken(tracer)
    with tracer.start_gate(slot):
        pid = os.fork()
        if not pid:
            os._exit(0)
    os.waitpid(pid, 0)
    assert tracer.read(slot) == {}


def test_who_is_followed_is_counted_until_its_slot_is_left(tracer: Tracer) -> None:
    slot = taken(tracer)
    assert tracer.follow(slot, lambda: [get_native_id()]) == 1
    os.getppid()
    tracer.leave(slot)
    os.getppid()
    assert taken(tracer) == slot  # and all zeros
    assert tracer.read(slot) == {}


def test_counts_have_time_errors_and_little_moves(tracer: Tracer) -> None:
    slot = taken(tracer)
    reader, writer = os.pipe()
    tracer.follow(slot, lambda: [get_native_id()])
    os.write(writer, b"x" * 15)
    os.write(writer, b"x" * 16)
    with pytest.raises(FileNotFoundError):
        os.stat("/nowhere/at/all")
    time.sleep(0)  # nothing but a call
    counted = tracer.read(slot)
    tracer.leave(slot)
    assert (counted[NR["write"]].calls, counted[NR["write"]].small) == (2, 1)
    stats = [NR[name] for name in ("newfstatat", "stat", "statx") if name in NR]
    assert sum(counted[nr].errors for nr in stats if nr in counted) == 1
    assert 0 < counted[NR["write"]].ns < 1e9
    os.close(reader)
    os.close(writer)


def test_a_call_that_waits_is_seen_waiting(tracer: Tracer) -> None:
    slot = taken(tracer)
    began = time.monotonic_ns()
    with tracer.start_gate(slot):
        process = subprocess.Popen(["sleep", "100"])

    def sleeps() -> list[tuple[int, int, int]]:
        return [each for each in tracer.waiting(slot) if each[1] == NR["clock_nanosleep"]]

    until(sleeps)
    ((tid, _, since),) = sleeps()
    assert tid == process.pid
    assert began < since < time.monotonic_ns()
    process.kill()
    process.wait()
    assert tracer.waiting(slot) == []


def test_there_are_so_many_slots_and_no_more(tracer: Tracer) -> None:
    assert {tracer.take() for _ in range(SLOTS)} == set(range(SLOTS))
    assert tracer.take() is None
    tracer.leave(5)
    assert tracer.take() == 5


def test_a_read_of_the_terminal_is_stamped_and_its_answer(tracer: Tracer) -> None:
    slot = taken(tracer)
    pty = started(tracer, slot, "sh", "-c", "read line; echo heard; sleep 100")
    typed = time.monotonic_ns()
    pty.writev([b"x\n"])
    read_until(pty, b"heard")
    number, stamps = tracer.stamps(slot)
    assert number == len(stamps) == 2  # the shell reads byte by byte
    *_, last = stamps
    assert typed < last.consumed_ns < last.answered_ns < time.monotonic_ns()
    assert stamps[0].answered_ns == 0
    assert tracer.stamps(slot, number) == (number, [])
    end(pty)


def test_a_terminal_on_another_descriptor_is_the_terminal_too(tracer: Tracer) -> None:
    slot = taken(tracer)
    script = "exec 7</dev/tty 0</dev/null; read line <&7; echo heard >/dev/tty; sleep 100"
    pty = started(tracer, slot, "sh", "-c", script)
    pty.writev([b"\n"])
    read_until(pty, b"heard")
    _, stamps = tracer.stamps(slot)
    assert len(stamps) == 1
    assert stamps[0].answered_ns > stamps[0].consumed_ns > 0
    end(pty)


def test_reads_and_writes_of_other_files_are_no_stamps(tracer: Tracer) -> None:
    slot = taken(tracer)
    script = "echo a > $0; read line < $0; rm $0; stty -a < /dev/tty > /dev/null; echo done"
    path = f"/tmp/termlab-tracer-{os.getpid()}"
    pty = started(tracer, slot, "sh", "-c", script, path)
    read_until(pty, b"done")
    assert tracer.stamps(slot) == (0, [])
    end(pty)


def test_the_last_stamps_are_kept(tracer: Tracer) -> None:
    slot = taken(tracer)
    pty = started(tracer, slot, "sh", "-c", "while read -r x; do echo =$x; done")
    for i in range(40):  # two reads each
        pty.writev([b"%d\n" % (i % 10)])
        read_until(pty, b"=%d" % (i % 10))
    number, stamps = tracer.stamps(slot)
    assert number == 80
    assert [each.number for each in stamps] == list(range(16, 80))
    assert all(each.answered_ns for each in stamps[1::2])
    end(pty)


def test_a_master_tells_its_terminals_device() -> None:
    master, slave = os.openpty()
    assert terminal_device(master) == terminal_device(slave) > 0
    assert terminal_device(-1) == 0
    with open("/dev/null") as file:
        assert terminal_device(file.fileno()) == 1 << 20 | 3
    os.close(master)
    os.close(slave)
    assert terminal_device(master) == 0
