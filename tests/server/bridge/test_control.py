"""Asking a bridge for a size: over both wires, and what is not a question."""

import os
import resource
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from termlab.errors import PtyError, ServerError, TargetError
from termlab.model.geometry import Size
from termlab.server.bridge.control import (
    MAX_ASKERS,
    RETRY_S,
    Control,
    Listening,
    _line,
    ask_resize,
    listen,
)
from termlab.server.bridge.registry import claim
from termlab.server.loop import Loop
from tests.backends.child import DEADLINE_S

assert sys.platform != "win32"

Env = dict[str, str]


@pytest.fixture(params=["unix", "tcp"])
def env(request: pytest.FixtureRequest, tmp_path: Path) -> Env:
    return {
        "XDG_RUNTIME_DIR": str(tmp_path),
        "LOCALAPPDATA": str(tmp_path),
        "TERMLAB_WIRE": request.param,
    }


class Served:
    """A bridge's door, its loop in a thread, the sizes it was asked for."""

    def __init__(self, env: Env) -> None:
        self.sizes: list[Size] = []
        self.path = ""
        self.listening: Listening
        self.env = env

    def resize(self, size: Size) -> None:
        if size.cols > 1000:
            raise PtyError("a terminal can't be that wide")
        self.sizes.append(size)

    @contextmanager
    def serving(self) -> Iterator["Served"]:
        ours = claim("b", self.env)
        self.path = ours.path
        self.listening = listen(ours.path, self.env)
        failures: list[Exception] = []
        loop = Loop(failures.append)
        control = Control(self.listening, loop, self.resize)
        out, into = socket.socketpair()
        loop.watch(out.fileno(), lambda events: loop.stop())
        thread = threading.Thread(target=loop.run)
        thread.start()
        try:
            yield self
        finally:
            into.close()
            thread.join(DEADLINE_S)
            control.close()
            out.close()
            ours.release()
        assert failures == []


@pytest.fixture
def served(env: Env) -> Iterator[Served]:
    with Served(env).serving() as bridge:
        yield bridge


def test_a_size_is_set_by_the_time_it_is_answered(served: Served, env: Env) -> None:
    ask_resize("b", Size(132, 43), env)
    ask_resize("b", Size(20, 10), env)
    assert served.sizes == [Size(132, 43), Size(20, 10)]


def test_what_the_terminal_can_t_is_told_who_asked(served: Served, env: Env) -> None:
    with pytest.raises(PtyError, match="'b': a terminal can't be that wide"):
        ask_resize("b", Size(4000, 24), env)


def test_without_a_bridge_there_is_nothing_to_ask(env: Env) -> None:
    with pytest.raises(TargetError, match="there is no bridge 'b': start it with"):
        ask_resize("b", Size(80, 24), env)


def test_nor_once_it_has_ended(env: Env) -> None:
    with Served(env).serving():
        pass
    with pytest.raises(TargetError, match="there is no bridge 'b'"):
        ask_resize("b", Size(80, 24), env)


def test_nor_where_a_killed_one_was(env: Env) -> None:
    path = claim("b", env).path  # never let go of: but its lock is
    listening = listen(path, env)
    os.close(listening.fd)
    if listening.tcp:
        return  # its lock would have to be free, which a test of the flows has
    with pytest.raises(TargetError, match="there is no bridge 'b'"):
        ask_resize("b", Size(80, 24), env)


@pytest.mark.parametrize(
    "line",
    ["", "resize 1", "resize 1 2 3", "resize -1 2", "resize a b", "resize ² 2", "kill 1 2", "\0"],
)
def test_what_is_not_a_question_gets_an_answer_and_nothing_else(served: Served, line: str) -> None:
    with asker(served) as stream:
        stream.sendall(f"{served.listening.token} {line}\n".encode())
        assert _line(stream).endswith("error a bridge knows only `resize COLS ROWS`")
    assert served.sizes == []


def test_without_the_secret_nobody_is_heard(served: Served) -> None:
    with asker(served) as stream:
        stream.sendall(b"wrong resize 10 10\n")
        assert _line(stream) == ""
    assert served.sizes == []


def test_too_long_a_question_is_no_longer_read(served: Served, env: Env) -> None:
    with asker(served) as stream:
        try:
            stream.sendall(b"x" * 2000)
            assert stream.recv(10) == b""
        except ConnectionError:
            pass  # closed before it was read
    ask_resize("b", Size(10, 10), env)
    assert served.sizes == [Size(10, 10)]


def test_those_that_say_nothing_keep_nobody_out(served: Served, env: Env) -> None:
    silent = [connected(served) for _ in range(MAX_ASKERS + 2)]
    ask_resize("b", Size(10, 10), env)
    assert served.sizes == [Size(10, 10)]
    assert silent[0].recv(10) == b""  # for one more the oldest went
    for stream in silent:
        stream.close()


def test_one_that_says_nothing_is_not_waited_for_long(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("termlab.server.bridge.control.ASK_S", 0.1)
    with asker(served) as stream:
        assert stream.recv(10) == b""


def test_a_bridge_that_does_not_answer_is_told(env: Env, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termlab.server.bridge.control.ANSWER_S", 0.1)
    ours = claim("b", env)
    listening = listen(ours.path, env)  # and accepts nobody
    with pytest.raises(ServerError, match="'b' did not answer: timed out: see whether it is stop"):
        ask_resize("b", Size(80, 24), env)
    os.close(listening.fd)
    ours.release()


def connected(served: Served) -> socket.socket:
    if served.listening.tcp:
        door = socket.socket(fileno=os.dup(served.listening.fd))
        with door:
            return socket.create_connection(door.getsockname(), DEADLINE_S)
    stream = socket.socket(socket.AF_UNIX)
    stream.settimeout(DEADLINE_S)
    stream.connect(served.path)
    return stream


@contextmanager
def asker(served: Served) -> Iterator[socket.socket]:
    with connected(served) as stream:
        yield stream


def test_without_descriptors_it_does_not_spin_and_asks_again_later(tmp_path: Path) -> None:
    env = {"XDG_RUNTIME_DIR": str(tmp_path), "TERMLAB_WIRE": "unix"}
    ours = claim("b", env)
    listening = listen(ours.path, env)
    now, sizes, failures = [100.0], list[Size](), list[Exception]()
    loop = Loop(failures.append, lambda: now[0])
    control = Control(listening, loop, sizes.append)
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stream:
        stream.connect(ours.path)
        stream.sendall(b"- resize 90 30\n")
        lowest = os.dup(0)
        os.close(lowest)
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, limit[1]))
            for _ in range(5):
                loop.turn(wait=False)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, limit)
        assert loop.stats().handled == 1
        now[0] += RETRY_S
        for _ in range(3):
            loop.turn(wait=False)
        assert _line(stream) == "- ok"
    control.close()
    listening.close()
    ours.release()
    assert (sizes, failures) == ([Size(90, 30)], [])
