"""What the Windows backend promises beyond the contract, on a fake of ``winpty``."""

import gc
import os
import signal
import sys
import threading
import weakref
from collections.abc import Iterator
from multiprocessing.connection import wait
from pathlib import Path
from typing import NamedTuple

import pytest

from termlab.backends.conpty import ConPtyBackend
from termlab.errors import PtyError, SpawnError
from termlab.model.geometry import Size
from tests.backends.child import DEADLINE_S, Child, python

if sys.platform != "win32":
    from tests.backends import fake_winpty
else:
    pytest.skip("the fake needs PTYs", allow_module_level=True)

assert sys.platform != "win32"

BACKEND = ConPtyBackend(fake_winpty)
CAT = ["sh", "-c", "echo go; exec cat"]


class Package(NamedTuple):
    """A ``winpty`` whose consoles differ in one thing."""

    PTY: type[fake_winpty.PTY]
    Backend: type[fake_winpty.Backend] = fake_winpty.Backend
    WinptyError: type[Exception] = fake_winpty.WinptyError


@pytest.fixture(autouse=True)
def _no_destructor_waits() -> Iterator[None]:
    """No console was let go of while its child ran, and no thread outlives it."""
    before = set(threading.enumerate())
    yield
    if left := set(threading.enumerate()) - before:
        gc.collect()
        for thread in left:
            thread.join(DEADLINE_S)
            assert not thread.is_alive()
    assert fake_winpty.stopped_for == []


# Starting


def noting() -> tuple[list[fake_winpty.PTY], Package]:
    """The consoles that will be made, and the package that makes them."""
    made: list[fake_winpty.PTY] = []

    class Noted(fake_winpty.PTY):
        def __init__(self, cols: int, rows: int, backend: int | None = None) -> None:
            super().__init__(cols, rows, backend)
            made.append(self)

    return made, Package(Noted)


def test_the_console_is_one_of_windows_own_with_the_size_asked_for() -> None:
    asked: list[tuple[int, int, int | None]] = []

    class Noted(fake_winpty.PTY):
        def __init__(self, cols: int, rows: int, backend: int | None = None) -> None:
            asked.append((cols, rows, backend))
            super().__init__(cols, rows, backend)

    with Child(ConPtyBackend(Package(Noted)), ["true"], size=Size(97, 31)):
        pass
    assert asked == [(97, 31, fake_winpty.Backend.ConPTY)]


def test_a_console_that_can_not_be_made_is_an_error() -> None:
    class Broken(fake_winpty.PTY):
        def __init__(self, cols: int, rows: int, backend: int | None = None) -> None:
            raise fake_winpty.WinptyError("Access is denied. (0x80070005)\r\n")

    with pytest.raises(SpawnError) as caught:
        Child(ConPtyBackend(Package(Broken)), ["true"])
    assert str(caught.value) == (
        "can't run 'true': Access is denied. (0x80070005): check that it runs in a console of "
        "Windows"
    )


def test_failed_starts_leave_no_descriptor(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/nowhere/interpreter\n")
    broken.chmod(0o755)
    settle()
    before = os.listdir("/dev/fd")
    for _ in range(10):
        with pytest.raises(SpawnError, match=r"can't run '.*broken': .* \(0x80070002\): check"):
            Child(BACKEND, [str(broken)])
    settle()
    assert os.listdir("/dev/fd") == before


def test_without_a_thread_the_child_is_ended_and_nothing_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = threading.Thread.start
    made, package = noting()

    def refuse(thread: threading.Thread) -> None:
        if "_pump" in repr(thread):
            raise RuntimeError("can't start new thread")
        start(thread)

    settle()
    before = os.listdir("/dev/fd")
    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(SpawnError, match="can't start new thread: close some panes first"):
        Child(ConPtyBackend(package), CAT)
    terminal = made.pop()
    assert terminal.fd is not None
    assert wait([terminal.fd], DEADLINE_S)
    del terminal
    settle()
    assert os.listdir("/dev/fd") == before


def test_the_real_package_is_for_windows_only() -> None:
    with pytest.raises(SpawnError, match="no Windows consoles here: use the backend 'unix'"):
        ConPtyBackend()


# Output and its end


def test_an_end_without_a_failure_is_an_end() -> None:
    class Quiet(fake_winpty.PTY):
        ends_with_failure = False

    with Child(ConPtyBackend(Package(Quiet)), ["sh", "-c", "echo last; exit 3"]) as child:
        assert child.read_to_end() == b"last\r\n"
        assert child.status() == 3


def test_who_reads_the_end_finds_the_status() -> None:
    for code in range(20):
        with Child(BACKEND, ["sh", "-c", f"exit {code}"]) as child:
            child.read_to_end()
            assert child.pty.exit_status() == code


def test_a_child_that_closes_its_console_is_not_at_its_end(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    argv = ["sh", "-c", f"exec <&- >&- 2>&-; read x < {fifo}; exit 4"]
    with Child(BACKEND, argv) as child:
        # Opening waits for the reader, who has closed its terminal by then.
        with open(fifo, "w") as control:
            assert child.pty.readv([memoryview(bytearray(10))]) is None
            control.write("\n")
        assert child.read_to_end() == b""
        assert child.pty.exit_status() == 4


def test_what_outlives_the_child_does_not_keep_its_end_back() -> None:
    with Child(BACKEND, ["sh", "-c", "trap '' HUP; sleep 1000 & echo $!."]) as child:
        other = int(child.read_to_end().partition(b".")[0])
        assert child.pty.exit_status() == 0
        os.kill(other, signal.SIGKILL)


def test_characters_of_every_length_come_through() -> None:
    with Child(BACKEND, python("print('aé€\\U0001f600' * 20000)")) as child:
        assert child.read_to_end().decode() == "aé€\U0001f600" * 20000 + "\r\n"


def test_exit_code_259_is_one_though_windows_means_running_by_it() -> None:
    class Coded(fake_winpty.PTY):
        def get_exitstatus(self) -> int | None:
            return None

    with Child(ConPtyBackend(Package(Coded)), ["true"]) as child:
        assert child.status() == 259


def test_a_status_nobody_can_tell_is_an_end() -> None:
    class Lost(fake_winpty.PTY):
        def isalive(self) -> bool:
            raise fake_winpty.WinptyError("The handle is invalid.")

    with Child(ConPtyBackend(Package(Lost)), ["true"]) as child:
        child.read_to_end()
        assert child.pty.exit_status() == 255


# What a terminal can't do


@pytest.mark.parametrize("number", [1, 9, 15])
def test_a_signal_that_means_end_ends_it(number: int) -> None:
    with Child(BACKEND, CAT) as child:
        child.read_until(b"go\r\n")
        child.pty.signal(number)
        assert child.status() == -number
        child.pty.signal(number)


def test_a_child_that_ends_with_9_by_itself_was_not_killed() -> None:
    with Child(BACKEND, ["sh", "-c", "exit 9"]) as child:
        assert child.status() == 9


def test_a_child_that_ended_before_the_signal_keeps_its_own_status(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Child(BACKEND, CAT) as child:
        child.read_until(b"go\r\n")
        monkeypatch.setattr(os, "kill", lambda pid, number: None)
        child.pty.signal(9)
        monkeypatch.undo()
        child.write(b"\x04")
        assert child.status() == 0


@pytest.mark.parametrize("number", [2, 18, 999])
def test_other_signals_are_refused_with_what_to_do(number: int) -> None:
    with Child(BACKEND, CAT) as child:
        with pytest.raises(PtyError, match=f"can't send signal {number} to .*: send 15, or type"):
            child.pty.signal(number)
        assert child.pty.exit_status() is None


def test_a_child_that_can_not_be_ended_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with Child(BACKEND, CAT) as child:
        monkeypatch.setattr(os, "kill", refuse_to_kill)
        with pytest.raises(PtyError, match=r"can't end \d+: \[Errno 13\]"):
            child.pty.signal(9)
        monkeypatch.undo()


def test_closing_waits_for_no_child_and_its_console_stays_until_that_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, package = noting()
    child = Child(ConPtyBackend(package), CAT)
    child.read_until(b"go\r\n")
    pid = child.pty.pid
    monkeypatch.setattr(os, "kill", refuse_to_kill)
    child.pty.close()
    monkeypatch.undo()
    # What waited in the console was cancelled, though the child runs.
    settle("_read_ahead")
    assert made.pop().isalive()
    del child
    gc.collect()
    assert fake_winpty.stopped_for == []
    os.kill(pid, signal.SIGKILL)


def refuse_to_kill(pid: int, number: int) -> None:
    raise PermissionError(13, "Access is denied")


def test_a_size_the_console_refuses_is_an_error_and_after_the_end_none() -> None:
    class Rigid(fake_winpty.PTY):
        def set_size(self, cols: int, rows: int) -> None:
            raise fake_winpty.WinptyError("The parameter is incorrect.")

    with Child(ConPtyBackend(Package(Rigid)), CAT) as child:
        with pytest.raises(PtyError, match=r"can't resize the terminal of \d+: The parameter"):
            child.pty.resize(Size(10, 10))
        child.pty.signal(9)
        child.status()
        child.pty.resize(Size(10, 10))


# Closing


def test_closing_ends_the_child_as_a_hang_up_does() -> None:
    # It would ignore the signal itself.
    with Child(BACKEND, ["sh", "-c", "trap '' HUP; echo go; exec cat"]) as child:
        child.read_until(b"go\r\n")
        child.pty.close()
        assert child.status() == -1


def test_fifty_children_leave_no_descriptor_and_no_thread() -> None:
    settle()
    before = os.listdir("/dev/fd"), threading.active_count()
    for _ in range(50):
        with Child(BACKEND, CAT) as child:
            child.read_until(b"go\r\n")
        del child
    settle()
    assert (os.listdir("/dev/fd"), threading.active_count()) == before


def test_closing_ends_threads_that_wait_for_the_loop_and_for_the_child() -> None:
    flood = "stty raw -echo; echo go; while :; do echo flood; done"
    with Child(BACKEND, ["sh", "-c", flood]) as child:
        child.read_until(b"go")
        while child.pty.writev([bytes(100_000)]):
            pass


def test_a_console_lives_no_longer_than_its_last_user_after_the_close() -> None:
    made, package = noting()
    child = Child(ConPtyBackend(package), CAT)
    console = weakref.ref(made.pop())
    child.read_until(b"go\r\n")
    child.pty.close()
    child.status()
    settle()
    assert console() is None
    assert child.pty.exit_status() == -1


def settle(kind: str = "_pump") -> None:
    """Wait for the threads of this kind, which are about to end."""
    for thread in threading.enumerate():
        if kind in repr(thread):
            thread.join(DEADLINE_S)
            assert not thread.is_alive()
    gc.collect()
