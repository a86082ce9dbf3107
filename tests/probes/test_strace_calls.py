"""strace beside a program, from its start or attached, heard through a pipe."""

import os
import select
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

from termlab.model.figure import Missing

if sys.platform == "win32":
    pytest.skip("there is no strace", allow_module_level=True)
else:
    from termlab.probes import strace_calls
    from termlab.probes.strace_calls import REFUSED, StraceCalls, StraceLaunch

assert sys.platform != "win32"

DEADLINE_S = 20.0


@pytest.fixture(scope="module", autouse=True)
def _traced() -> None:
    try:
        strace_calls.check()
    except LookupError as error:
        pytest.skip(str(error.args[0]))


def hear(source: StraceCalls, enough: Callable[[], bool] = lambda: False) -> None:
    """To the end, or until it is enough."""
    while not enough():
        ready, _, _ = select.select([source.fileno()], [], [], DEADLINE_S)
        assert ready, "nothing came before the deadline"
        if not source.take():
            return


def calls(source: StraceCalls, name: str) -> int:
    sums = source.read()
    assert not isinstance(sums, Missing)
    return sums.by_name[name].calls if name in sums.by_name else 0


def test_a_start_is_heard_to_its_end_and_the_program_stays_our_child() -> None:
    launch = StraceLaunch()
    words = launch.words(("sh", "-c", "kill -0 $$; kill -0 $$; exit 3"))
    process = launch.run(lambda: subprocess.Popen(words))
    source = launch.source(process.pid)
    assert isinstance(source, StraceCalls)
    hear(source)
    assert process.wait() == 3
    assert calls(source, "kill") == 2
    assert source.fileno() == -1
    source.close()
    assert calls(source, "kill") == 2


def test_a_last_look_has_what_was_not_heard_yet() -> None:
    launch = StraceLaunch()
    script = "i=0; while [ $i -lt 3000 ]; do kill -0 $$; i=$((i+1)); done"
    process = launch.run(lambda: subprocess.Popen(launch.words(("sh", "-c", script))))
    source = launch.source(process.pid)
    assert isinstance(source, StraceCalls)
    process.wait()
    assert calls(source, "kill") == 3000
    hear(source)


def test_who_runs_is_attached_to_and_left_as_it_was() -> None:
    process = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    source = strace_calls.attached(process.pid)

    def echoed() -> bool:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"x")
        process.stdin.flush()
        return process.stdout.read(1) == b"x" and calls(source, "write") > 0

    while not echoed():
        select.select([source.fileno()], [], [], 0.01)
    source.close()
    hear(source)
    out, _ = process.communicate(b"still here")
    assert out == b"still here"


def test_who_can_not_be_traced_is_no_zero() -> None:
    process = subprocess.Popen(["true"])
    process.wait()
    source = strace_calls.attached(process.pid)
    hear(source)
    assert source.read() is REFUSED


def test_a_start_that_failed_leaves_nothing_open() -> None:
    before = len(os.listdir("/proc/self/fd"))
    StraceLaunch().cancel()
    assert len(os.listdir("/proc/self/fd")) == before


def test_without_strace_the_reason_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(LookupError, match="install the package"):
        strace_calls.find()
