"""Starting a server as Windows does it: a pipe, a thread, a verdict. All of it but Windows' own
flags runs here; what a server may do wrong a script does in its place."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from termlab.client import start, start_windows
from termlab.client.connection import Connection
from termlab.client.start import begin
from termlab.client.start_windows import Child, spawn
from termlab.errors import ServerError
from termlab.wire.address import FAILED, OTHER, READY

if sys.platform == "win32":
    pytest.skip("there is no shell for what stands in", allow_module_level=True)

assert sys.platform != "win32"

# Ends only a hang.
DEADLINE_S = 30.0


@pytest.fixture
def path(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="tl-") as directory:
        monkeypatch.setenv("XDG_STATE_HOME", f"{directory}/state")
        monkeypatch.setenv("TERMLAB_WIRE", "tcp")
        yield f"{directory}/s"


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, path: str) -> "StandIn":
    return StandIn(monkeypatch, Path(path).parent)


class StandIn:
    """What runs instead of a server: a shell script."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, directory: Path) -> None:
        self._program = directory / "python"
        monkeypatch.setattr(sys, "executable", str(self._program))

    def spawn(self, script: str) -> Child:
        self._program.write_text(f"#!/bin/sh\n{script}\n")
        self._program.chmod(0o700)
        return spawn("/nowhere/s")


@pytest.mark.slow
def test_the_whole_way_of_windows(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "_spawn", spawn)
    handle = begin(path)
    assert handle.starting
    connection = Connection(handle.finish(), address=handle.address)
    assert connection.call(("list-sessions",), None) == (0, "")
    again = begin(path, start=False)
    assert not again.starting
    second = Connection(again.finish(), address=again.address)
    assert second.welcome == connection.welcome
    second.close()
    connection.call(("kill-server",), None)
    connection.wait_closed(DEADLINE_S)
    connection.close()
    os.wait()
    assert not os.path.exists(path)


@pytest.mark.slow
def test_a_second_start_finds_the_first(path: str) -> None:
    assert spawn(path).said(DEADLINE_S) == f"{READY}\n"
    second = spawn(path)
    assert second.said(DEADLINE_S) == f"{OTHER}\n"
    assert second.ended() == "exit code 0"
    handle = begin(path, start=False)
    connection = Connection(handle.finish(), address=handle.address)
    connection.call(("kill-server",), None)
    connection.wait_closed(DEADLINE_S)
    connection.close()
    os.wait()


@pytest.mark.parametrize("verdict", [READY, OTHER, f"{FAILED}the moon is full"])
def test_the_verdict_ends_the_wait_and_not_the_pipe(stand_in: StandIn, verdict: str) -> None:
    child = stand_in.spawn(f"echo $$ >&2; printf '{verdict}\\r\\n'; exec sleep 1000")
    said = child.said(DEADLINE_S)
    assert said is not None
    pid, _, rest = said.partition("\n")
    os.kill(int(pid), signal.SIGKILL)
    if verdict == READY:
        os.waitpid(int(pid), 0)
    else:
        child.ended()
    assert rest == f"{verdict}\n"


def test_last_words_are_heard_to_their_end(stand_in: StandIn) -> None:
    child = stand_in.spawn("echo Traceback >&2; printf 'ImportError: msgspec' >&2; exit 1")
    assert child.said(DEADLINE_S) == "Traceback\nImportError: msgspec"
    assert child.ended() == "exit code 1"


def test_how_it_ended_is_told(stand_in: StandIn) -> None:
    child = stand_in.spawn("kill -9 $$")
    assert child.said(DEADLINE_S) == ""
    assert child.ended() == f"signal {signal.SIGKILL}"


def test_one_that_says_nothing_is_ended(stand_in: StandIn) -> None:
    child = stand_in.spawn("exec sleep 1000")
    assert child.said(0.05) is None
    child.kill()
    with pytest.raises(ChildProcessError):
        os.wait()


def test_one_that_says_why_and_stays_is_ended(
    stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start_windows, "_END_S", 0.05)
    child = stand_in.spawn(f"echo {OTHER}; exec sleep 1000")
    assert child.said(DEADLINE_S) == f"{OTHER}\n"
    assert child.ended() == "it did not end by itself"
    with pytest.raises(ChildProcessError):
        os.wait()


def test_of_endless_talk_the_end_is_kept(stand_in: StandIn) -> None:
    child = stand_in.spawn("yes 2>/dev/null | head -c 200000; echo end")
    said = child.said(DEADLINE_S)
    assert said is not None
    assert len(said) == start_windows.MAX_SAID_BYTES
    assert said.endswith("y\nend\n")
    child.ended()


def test_a_missing_interpreter_is_told(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(ServerError, match="can be started with /no/such/python: No such file"):
        spawn(path)
