"""Runs in this process: real programs, no server, nothing left."""

import os
import signal
import sys
import threading

import msgspec
import psutil
import pytest

from termlab.config.loader import load_defaults
from termlab.config.settings import DockOptions
from termlab.errors import SpawnError
from termlab.model.figure import Amount, Figure
from termlab.model.geometry import Size
from termlab.model.run import Run
from termlab.wire.messages import Place
from tests.server.world import PLACE

if sys.platform != "win32":
    from termlab.server.headless import Signals, run_once

assert sys.platform != "win32"

SIZE = Size(80, 24)
SETTINGS = load_defaults()
# The programs press Ctrl-C themselves, by the signal it is: so it comes while they run.
WHERE = Place("/", PLACE.environment | {"PROFILING": str(os.getpid())})
# Waits without end for what ends it, in builtins alone: nothing of it can outlive a kill.
HOLD = "while read line; do :; done"


def once(*argv: str) -> Run:
    with Signals() as signals:
        return run_once(argv, WHERE, SIZE, signals, SETTINGS).run


def value(figure: Figure) -> float:
    assert isinstance(figure, Amount), figure
    return figure.value


def test_a_run_has_the_figures_of_the_program_and_its_exit_code() -> None:
    run = once("sh", "-c", "stty size; exit 3")
    assert (run.exit_code, run.interrupted) == (3, False)
    assert value(run.figures.pty_bytes) == len("24 80\r\n")
    assert value(run.figures.wall_s) > 0
    assert value(run.figures.termlab_cpu_s) > 0


def test_a_dock_that_sessions_start_with_takes_no_room_from_a_run() -> None:
    docked = msgspec.structs.replace(SETTINGS, dock=DockOptions(True, 40))
    with Signals() as signals:
        argv = ("sh", "-c", 'test "$(stty size)" = "24 80"')
        run = run_once(argv, WHERE, SIZE, signals, docked).run
    assert run.exit_code == 0


def test_frames_are_sent_and_seen() -> None:
    # Takes more than a tenth of a second: time for several at 60 a second.
    run = once("seq", "1000000")
    assert value(run.figures.frames) >= 2


def test_known_cpu_time_is_told() -> None:
    burn = "import time\nwhile time.process_time() < 0.5: pass"
    run = once(sys.executable, "-I", "-S", "-c", burn)
    # The kernel's own accounts; the rest is the interpreter's start and end.
    assert value(run.figures.cpu_s) == pytest.approx(0.5, abs=0.1)


def test_ctrl_c_reaches_the_program_and_keeps_what_was_measured() -> None:
    run = once("sh", "-c", f"printf begun; kill -INT $PROFILING; {HOLD}")
    assert (run.interrupted, run.signal) == (True, "SIGINT")
    assert value(run.figures.pty_bytes) >= 5


def test_a_program_may_take_ctrl_c_its_own_way() -> None:
    run = once("sh", "-c", f"trap 'printf bye; exit 9' INT; kill -INT $PROFILING; {HOLD}")
    assert (run.interrupted, run.exit_code) == (True, 9)


def test_a_second_ctrl_c_kills() -> None:
    again = "trap 'kill -INT $PROFILING' INT; kill -INT $PROFILING; while :; do read line; done"
    run = once("sh", "-c", again)
    assert (run.interrupted, run.signal) == (True, "SIGKILL")


def test_an_end_asked_for_from_outside_kills_and_is_told() -> None:
    with Signals() as signals:
        argv = ("sh", "-c", f"kill -TERM $PROFILING; {HOLD}")
        run = run_once(argv, WHERE, SIZE, signals, SETTINGS).run
        assert signals.terminated == signal.SIGTERM
    assert (run.interrupted, run.signal) == (True, "SIGKILL")


def test_a_program_that_cannot_be_started_leaves_nothing() -> None:
    with pytest.raises(SpawnError, match="there is no such program"):
        once("no-such-program")


def test_runs_leave_no_descriptor_no_child_and_the_signals_as_they_were() -> None:
    once("true")  # what is loaded once is
    before = os.listdir("/dev/fd")
    handler = signal.getsignal(signal.SIGINT)
    for _ in range(3):
        once("true")
    with pytest.raises(SpawnError):
        once("no-such-program")
    for thread in threading.enumerate():  # the kernel takes its time to let go of tracepoints
        if thread is not threading.current_thread():
            thread.join(10)
    assert os.listdir("/dev/fd") == before
    assert signal.getsignal(signal.SIGINT) is handler
    assert psutil.Process().children() == []


def test_the_person_s_thresholds_hold_here_too() -> None:
    flushes = []
    for flush_bytes in (4096, 1 << 20):
        settings = msgspec.structs.replace(SETTINGS, flush_bytes=flush_bytes, flush_ms=1000)
        with Signals() as signals:
            run = run_once(("seq", "30000"), WHERE, SIZE, signals, settings).run
        flushes.append(value(run.figures.flushes))
    assert flushes[1] < flushes[0] / 2
