"""One pane's calls, from the start of a real program or from later, with a real loop."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest

from termlab.backends.pty import Command
from termlab.model.figure import Missing
from termlab.model.geometry import Size
from termlab.probes.ebpf.sharing import SharedTracer
from termlab.probes.syscall_ladder import load_tracer
from termlab.server.loop import Loop
from termlab.server.observing.call_seat import GONE, RECORDING, CallSeat
from tests.server.fakes import ScriptedPty
from tests.server.world import PLACE

if sys.platform != "linux":
    pytest.skip("elsewhere a seat has the system's own counts", allow_module_level=True)
else:
    from termlab.backends.unix import UnixBackend, UnixPty
    from termlab.probes import strace_calls

assert sys.platform != "win32"

SCRIPT = ("sh", "-c", "kill -0 $$; kill -0 $$; read x")


@pytest.fixture
def loop() -> Iterator[Loop]:
    failures: list[Exception] = []
    yield Loop(failures.append)
    assert failures == []


@pytest.fixture
def shared() -> SharedTracer:
    found = load_tracer()
    if isinstance(found, Missing):
        pytest.skip(found.reason)
    found.close()
    return SharedTracer(load_tracer)


def started(seat: CallSeat) -> UnixPty:
    launch = seat.launch()
    command = Command(launch.words(SCRIPT), "/", PLACE.environment, Size(80, 24))
    pty = launch.run(lambda: UnixBackend().spawn(command))
    seat.started(pty)
    return pty


def ended(pty: UnixPty) -> None:
    pty.writev([b"\n"])
    os.waitid(os.P_PID, pty.pid, os.WEXITED | os.WNOWAIT)


def kills(seat: CallSeat, pty: UnixPty) -> int:
    source = seat.open(pty)
    assert source is not None
    assert not isinstance(source, Missing)
    sums = source.read()
    assert not isinstance(sums, Missing)
    return sums.by_name["kill"].calls


def test_a_start_is_counted_whole(loop: Loop, shared: SharedTracer) -> None:
    seat = CallSeat("auto", loop, shared)
    pty = started(seat)
    ended(pty)
    assert seat.whole
    assert kills(seat, pty) == 2
    seat.close()
    seat.close()
    pty.close()
    pty.exit_status()
    assert seat.open(pty) is GONE


def test_a_start_by_strace_is_heard_by_the_loop(loop: Loop) -> None:
    try:
        strace_calls.check()
    except LookupError as error:
        pytest.skip(str(error.args[0]))
    seat = CallSeat("strace", loop, None)
    pty = started(seat)
    ended(pty)
    assert kills(seat, pty) == 2
    watched = loop.stats().watched
    while loop.stats().watched == watched:
        loop.turn()
    seat.close()
    pty.close()
    pty.exit_status()


def test_who_runs_already_is_attached_to_once_the_kernel_is_ready(
    loop: Loop, shared: SharedTracer
) -> None:
    command = Command(("cat",), "/", PLACE.environment, Size(80, 24))
    pty = UnixBackend().spawn(command)
    seat = CallSeat("auto", loop, shared)
    shared.now()
    source = seat.open(pty)
    assert source is not None
    assert not isinstance(source, Missing)
    assert not seat.whole
    seat.close()
    pty.insist(signal.SIGKILL)
    pty.close()
    os.waitid(os.P_PID, pty.pid, os.WEXITED | os.WNOWAIT)
    pty.exit_status()


def test_a_start_that_can_not_be_counted_starts_all_the_same(loop: Loop) -> None:
    seat = CallSeat("accounting", loop, None)
    pty = started(seat)
    ended(pty)
    found = seat.open(pty)
    assert isinstance(found, Missing)
    assert "accounting" in found.reason
    assert not seat.whole
    seat.close()
    pty.close()
    pty.exit_status()


def test_a_seat_whose_program_did_not_start_lets_go(loop: Loop, shared: SharedTracer) -> None:
    before = len(os.listdir("/proc/self/fd"))
    seat = CallSeat("ebpf", loop, shared)
    seat.launch()
    seat.close()
    while len(os.listdir("/proc/self/fd")) != before:
        os.sched_yield()


def test_a_recording_has_no_process(loop: Loop) -> None:
    pty = ScriptedPty(0, Command(("sh",), "/", {}, Size(80, 24)))
    assert CallSeat("accounting", loop, None).open(pty) is RECORDING
    pty.close()
