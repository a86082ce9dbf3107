"""Reaching and starting servers; where one fails, a real process stands in for it."""

import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from termlab.client.connection import Connection
from termlab.client.start import NoServer, Start, begin
from termlab.errors import ServerError, UsageError
from tests.backends.exit_watch import exited

assert sys.platform != "win32"


@pytest.fixture
def directory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tl-") as name:
        monkeypatch.setenv("XDG_STATE_HOME", f"{name}/state")
        yield Path(name)


@pytest.fixture
def path(directory: Path) -> str:
    return str(directory / "s")


@pytest.fixture(params=["unix", "tcp"])
def over(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The wire that servers started here listen on."""
    name = str(request.param)
    monkeypatch.setenv("TERMLAB_WIRE", name)
    return name


def reached(handle: Start) -> Connection:
    """A connection that has been answered."""
    connection = Connection(handle.finish(), address=handle.address)
    assert connection.call(("list-sessions",), None) == (0, "")
    return connection


def stand_in(directory: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """What runs instead of a server: a shell script, its stderr the pipe of the client."""
    program = directory / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))


def open_descriptors() -> int:
    return len(os.listdir("/dev/fd"))


def end(connection: Connection) -> None:
    connection.call(("kill-server",), None)
    connection.wait_closed(10)
    connection.close()
    os.wait()


def test_a_server_is_started_once_and_found_after(path: str, over: str) -> None:
    before = open_descriptors()
    first = reached(begin(path))
    assert (over == "tcp") == os.path.isfile(path)
    second = reached(begin(path, start=False))
    assert first.welcome == second.welcome
    assert first.welcome is not None
    # In a session of its own, in no directory, without what this process has open.
    assert os.getsid(first.welcome.pid) == first.welcome.pid
    second.close()
    end(first)
    assert open_descriptors() == before


def test_two_starts_at_once_reach_one_server(path: str, over: str) -> None:
    starts = [begin(path) for _ in range(3)]
    connections = [reached(each) for each in starts]
    assert len({connection.welcome for connection in connections}) == 1
    for connection in connections[1:]:
        connection.close()
    # The others have ended and were reaped: the one child left is the server.
    end(connections[0])
    with pytest.raises(ChildProcessError):
        os.wait()


def test_what_a_shell_left_open_does_not_reach_the_server(path: str) -> None:
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)
    connection = reached(begin(path))
    os.close(writer)
    assert os.read(reader, 1) == b""
    os.close(reader)
    end(connection)


def test_without_a_server_and_not_to_start_one_it_says_so(path: str) -> None:
    with pytest.raises(NoServer, match=f"no server running at {path}: start one with `termlab`"):
        begin(path, start=False)


def test_the_socket_of_a_crashed_server_is_replaced(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(path)
    with pytest.raises(NoServer):
        begin(path, start=False)
    end(reached(begin(path)))


@pytest.mark.parametrize("next_over", ["unix", "tcp"])
def test_a_killed_server_is_replaced_over_whatever_wire(
    path: str, over: str, next_over: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reached(begin(path))
    assert first.welcome is not None
    os.kill(first.welcome.pid, signal.SIGKILL)
    os.wait()
    first.close()
    assert os.path.exists(path)
    with pytest.raises(NoServer):
        begin(path, start=False)
    monkeypatch.setenv("TERMLAB_WIRE", next_over)
    second = reached(begin(path))
    assert second.welcome != first.welcome
    assert (next_over == "tcp") == os.path.isfile(path)
    end(second)


def test_what_lies_there_says_over_which_wire_and_not_the_environment(
    path: str, over: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reached(begin(path))
    monkeypatch.setenv("TERMLAB_WIRE", "unix" if over == "tcp" else "tcp")
    second = reached(begin(path))
    assert second.welcome == first.welcome
    second.close()
    end(first)


def test_a_wire_that_is_none_is_told_before_a_server_starts(
    directory: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERMLAB_WIRE", "string")
    with pytest.raises(UsageError, match="TERMLAB_WIRE is 'string'"):
        begin(path)
    assert list(directory.iterdir()) == []


def test_the_port_of_a_dead_server_may_be_a_strangers(path: str) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port, secret = stranger.getsockname()[1], "a" * 64
        Path(path).write_text(f"termlab-tcp 1 {port} {secret} {secret}\n")
        Path(path).chmod(0o600)
        Path(f"{path}.lock").write_text("1\n")  # nobody holds it
        with pytest.raises(NoServer):
            begin(path, start=False)
        end(reached(begin(path)))
        stranger.setblocking(False)
        with pytest.raises(BlockingIOError):
            stranger.accept()


@pytest.mark.parametrize(
    ("content", "mode", "message"),
    [
        ("x" * 1000, 0o600, "no socket and no address of a server"),
        (f"termlab-tcp 1 9 {'a' * 64} {'b' * 64}\n", 0o644, "must belong to you alone"),
    ],
)
def test_a_file_that_can_not_be_trusted_is_neither_used_nor_replaced(
    path: str, content: str, mode: int, message: str
) -> None:
    Path(path).write_text(content)
    Path(path).chmod(mode)
    for start in (True, False):
        with pytest.raises(ServerError, match=message):
            begin(path, start=start)
    assert Path(path).read_text() == content


def test_a_directory_others_can_write_to_is_never_connected_into(
    directory: Path, path: str
) -> None:
    with socket.socket(socket.AF_UNIX) as theirs:
        theirs.bind(path)
        theirs.listen()
        directory.chmod(0o777)
        with pytest.raises(ServerError, match="must belong to you alone"):
            begin(path)
    directory.chmod(0o700)


def test_a_server_that_says_why_it_cant_is_quoted(
    directory: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(directory, monkeypatch, 'echo "failed: the moon is full" >&2; exit 4')
    before = open_descriptors()
    with pytest.raises(ServerError, match=r"^the moon is full$"):
        begin(path).finish()
    assert open_descriptors() == before


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo Traceback >&2; echo 'ImportError: msgspec' >&2; exit 1", "exit code 1.*msgspec"),
        ("kill -9 $$", "signal 9.*said: nothing"),
    ],
)
def test_a_server_that_dies_is_told_with_its_last_words(
    directory: Path, path: str, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    stand_in(directory, monkeypatch, script)
    with pytest.raises(ServerError, match=rf"(?s)failed to start \({message}"):
        begin(path).finish()
    with pytest.raises(ChildProcessError):
        os.wait()


def test_a_server_that_never_gets_ready_is_ended(
    directory: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(directory, monkeypatch, "exec sleep 100")
    handle = begin(path)
    with pytest.raises(ServerError, match=r"not ready within 0\.3 s and was ended"):
        handle.finish(0.3)
    with pytest.raises(ChildProcessError):
        os.wait()


def test_one_that_ends_whenever_it_is_wanted_is_given_up(
    directory: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(directory, monkeypatch, "echo running >&2")
    with pytest.raises(ServerError, match="ends as soon as it has started"):
        begin(path).finish()


def test_the_second_waits_for_one_that_is_still_starting(directory: Path, path: str) -> None:
    import fcntl

    lock = os.open(f"{path}.start", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    handle = begin(path)
    with pytest.raises(ServerError, match="not ready within"):
        handle.finish(0.5)
    handle = begin(path)
    os.close(lock)
    end(Connection(handle.finish()))


@pytest.mark.slow
def test_a_server_ends_by_itself_when_the_last_that_came_has_left(path: str) -> None:
    connection = Connection(begin(path).finish())
    connection.call(("list-sessions",), None)
    assert connection.welcome is not None
    connection.close()
    assert exited(connection.welcome.pid, 10)
    os.wait()
    assert not os.path.exists(path)


def test_importing_it_costs_little() -> None:
    """No typing, no socket, nothing of TCP: it is paid before the server is even started."""
    import subprocess

    script = "import sys; import termlab.client.start, termlab.client.start_posix"
    script += "; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert not {"typing", "socket", "re", "enum", "msgspec", "termlab.wire.loopback"} & set(
        done.stdout.split()
    )
