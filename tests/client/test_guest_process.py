"""What a guest is started with, and what is learnt of its end. The guests here are scripts."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from termlab.errors import TermlabError
from termlab.server.journal import journal_path
from tests.backends.exit_watch import exited

if sys.platform != "win32":
    from termlab.client.guest_process import MAX_LOG_BYTES, GuestProcess, log_path
    from tests.faults.limits import descriptors_left
else:
    pytest.skip("there are no guests", allow_module_level=True)

assert sys.platform != "win32"

TIMEOUT_S = 20.0
# What it is, said on its stream; then it waits for the end of that.
PORTRAIT = """
import json, os, signal, socket, sys
stream = socket.socket(fileno=int(sys.argv[1]))
about = {
    "open": [fd for fd in range(100) if fd != stream.fileno() and is_open(fd)],
    "session": os.getsid(0) == os.getpid(),
    "ignored": [n for n in (signal.SIGHUP, signal.SIGQUIT)
                if signal.getsignal(n) is signal.SIG_IGN],
    "blocked": [int(n) for n in signal.pthread_sigmask(signal.SIG_BLOCK, [])],
    "stdin": os.read(0, 1).decode(),
    "textual": [name for name in os.environ if name.startswith("TEXTUAL")],
    "safe_path": sys.flags.safe_path,
}
print("to the log", flush=True)
print("to the log too", file=sys.stderr, flush=True)
stream.sendall(json.dumps(about).encode())
stream.recv(1)
sys.exit(5)
"""
IS_OPEN = """
def is_open(fd):
    import os
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], GuestProcess]]:
    """Starts guests that run a source; they are gone when the test is."""
    started: list[GuestProcess] = []

    def make(source: str) -> GuestProcess:
        argv = (sys.executable, "-P", "-c", source)
        started.append(GuestProcess(str(tmp_path / "log" / "ui.log"), argv))
        return started[-1]

    yield make
    for guest in started:
        guest.socket.close()
        guest.kill()
        end(guest)


def end(guest: GuestProcess) -> str:
    """How it ended."""
    while not guest.reap():
        assert exited(guest.pid, TIMEOUT_S)
    return guest.ended


def portrait(guest: GuestProcess) -> dict[str, Any]:
    guest.socket.settimeout(TIMEOUT_S)
    told: dict[str, Any] = json.loads(guest.socket.recv(65536))
    return told


def test_a_guest_has_its_stream_and_nothing_else_that_is_open_here(
    start: Callable[[str], GuestProcess], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TEXTUAL_LOG", "/nowhere")
    left_open = os.open(os.devnull, os.O_RDONLY)
    os.set_inheritable(left_open, True)
    was = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    try:
        guest = start(IS_OPEN + PORTRAIT)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGHUP, was)
        os.close(left_open)
    assert portrait(guest) == {
        "open": [0, 1, 2],
        "session": True,
        "ignored": [],
        "blocked": [],
        "stdin": "",
        "textual": [],
        "safe_path": True,
    }
    log = (tmp_path / "log" / "ui.log").read_text()
    assert "to the log\n" in log
    assert "to the log too\n" in log


def test_it_hears_the_end_of_its_client_and_is_reaped_without_waiting(
    start: Callable[[str], GuestProcess], tmp_path: Path
) -> None:
    guest = start(IS_OPEN + PORTRAIT)
    portrait(guest)
    assert guest.reap() == ""
    guest.socket.close()
    assert end(guest) == "exit code 5"
    assert guest.reap() == "exit code 5"
    assert f"[{guest.pid}] the ui ended (exit code 5)" in (tmp_path / "log/ui.log").read_text()


def test_one_that_is_stopped_can_be_killed(start: Callable[[str], GuestProcess]) -> None:
    guest = start(IS_OPEN + PORTRAIT)
    os.kill(guest.pid, signal.SIGSTOP)
    guest.kill()
    assert end(guest) == "signal 9"
    guest.kill()  # nobody: its number may be another's by now


def test_one_that_can_not_be_started_says_so_and_leaves_nothing_open(tmp_path: Path) -> None:
    before = sorted(os.listdir("/dev/fd"))
    with pytest.raises(TermlabError, match="the ui can't be started with /no/python: No such file"):
        GuestProcess(str(tmp_path / "log"), ("/no/python",))
    assert sorted(os.listdir("/dev/fd")) == before


def test_whichever_descriptor_can_t_be_opened_it_says_so_and_leaves_nothing_open(
    tmp_path: Path,
) -> None:
    before = sorted(os.listdir("/dev/fd"))
    left = 0
    while True:
        with descriptors_left(left):
            try:
                guest = GuestProcess(str(tmp_path / "log"), (sys.executable, "-c", ""))
                break
            except TermlabError as error:
                said = str(error)
        assert "the ui can't be started" in said
        assert sorted(os.listdir("/dev/fd")) == before
        left += 1
    assert left > 2  # the pair's and one for the program
    end(guest)
    with descriptors_left(0):
        guest.note("is lost")
    guest.socket.close()


def test_a_log_that_grew_is_put_aside_and_one_that_can_not_be_written_is_done_without(
    tmp_path: Path,
) -> None:
    log = tmp_path / "ui.log"
    log.write_bytes(b"x" * (MAX_LOG_BYTES + 1))
    guest = GuestProcess(str(log), (sys.executable, "-c", "print('new')"))
    assert end(guest) == "exit code 0"
    guest.socket.close()
    assert log.read_text().startswith("new\n")
    assert (tmp_path / "ui.log.old").stat().st_size == MAX_LOG_BYTES + 1
    silent = GuestProcess(str(log / "below" / "a file"), (sys.executable, "-c", "print('lost')"))
    assert end(silent) == "exit code 0"
    silent.socket.close()


def test_its_log_is_beside_the_servers() -> None:
    for environment in ({"XDG_STATE_HOME": "/s"}, {"HOME": "/h"}):
        server = journal_path("/run/x/work", environment)
        assert log_path("/run/x/work", environment) == server.replace("work.log", "work-ui.log")
