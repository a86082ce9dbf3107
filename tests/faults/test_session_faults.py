"""A running server of which single calls fail: what is hit ends or is told, all else goes on, and
nothing stays. The kernel's own answers, put in the way of the real process by strace."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("strace is Linux's", allow_module_level=True)

if sys.platform != "win32":
    from benchmarks.own_server import OwnServer

assert sys.platform != "win32"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed"),
]

LIMIT_S = 20.0


@contextmanager
def failing(server: OwnServer, call: str, error: str, nth: str) -> Iterator[None]:
    """Within the block the ``nth`` such call of the server fails."""
    words = ["strace", "-p", str(server.pid), "-o", os.devnull, "-e", f"trace={call}"]
    words += ["-e", f"inject={call}:error={error}:when={nth}"]
    tracer = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    try:
        if "attached" not in tracer.stderr.readline():
            pytest.skip("this process may not trace another")
        yield
    finally:
        tracer.terminate()
        tracer.communicate(timeout=LIMIT_S)


@pytest.fixture
def server() -> Iterator[OwnServer]:
    with OwnServer() as server:
        server.ok("new-session", "-d", "cat")
        opened_and_closed(server)  # all is imported, all tables are made
        yield server


def opened_and_closed(server: OwnServer) -> None:
    pane = server.ok("split-window", "cat").strip()
    server.ok("send-text", "-t", pane, "hello")
    server.ok("wait", "-t", pane, "--text", "hello")
    server.ok("kill-pane", "-t", pane)
    server.settle(children=1)


def holds(server: OwnServer) -> tuple[int, int, Any]:
    """Descriptors, children, and the panes there are."""
    listed = json.loads(server.ok("list-sessions", "--json"))
    return server.descriptors(), server.children(), [p["id"] for p in panes(listed)]


def listener(server: OwnServer) -> Any:
    """What it has counted of connections, this one among them."""
    return json.loads(server.ok("stats", "--json"))["server"]["listener"]


def panes(listed: Any) -> list[Any]:
    return [pane for session in listed for w in session["windows"] for pane in w["panes"]]


STARTS = (
    ("clone,clone3,fork,vfork", "EAGAIN"),
    ("pipe2", "EMFILE"),
    ("mmap", "ENOMEM"),
)


@pytest.mark.parametrize(("call", "error"), STARTS, ids=["fork", "pipe", "mmap"])
def test_a_pane_that_can_t_be_started_is_told_and_leaves_nothing(
    server: OwnServer, call: str, error: str
) -> None:
    before = holds(server)
    with failing(server, call, error, "1+"), pytest.raises(RuntimeError, match=r"exit code [45]"):
        server.ok("split-window", "cat")
    server.settle(children=1)
    assert holds(server) == before
    opened_and_closed(server)
    assert holds(server) == before


def test_a_pane_whose_terminal_can_t_be_read_ends_alone(server: OwnServer) -> None:
    before = holds(server)
    pane = server.ok("split-window", "cat").strip()
    with failing(server, "readv", "EIO", "1"):
        server.ok("send-text", "-t", pane, "x")
        # No process has it open, says the kernel: then its program has ended, or will soon.
        server.ok("send-keys", "-t", pane, "C-d")
        server.ok("send-keys", "-t", pane, "C-c")
        server.settle(children=1)
    opened_and_closed(server)
    assert holds(server) == before


def test_input_that_can_t_be_written_is_lost_with_its_pane_alone(server: OwnServer) -> None:
    before = holds(server)
    pane = server.ok("split-window", "cat").strip()
    with failing(server, "writev", "EIO", "1"):
        server.ok("send-text", "-t", pane, "x")
    server.ok("kill-pane", "-t", pane)
    server.settle(children=1)
    opened_and_closed(server)
    assert holds(server) == before


def test_a_connection_that_can_t_be_accepted_is_tried_again(server: OwnServer) -> None:
    before = holds(server)
    with failing(server, "accept,accept4", "ENFILE", "1"):
        stream = server.connect()
        server.ok("list-sessions")
        stream.close()
        server.ok("wait", "--quiet", "1100ms")
    assert holds(server) == before
    assert listener(server)["failed"] == 1
    deadline = time.monotonic() + 20  # a connection that was closed is heard of in a turn
    while listener(server)["open"] != 1:
        assert time.monotonic() < deadline


def test_a_size_that_can_t_be_set_is_told(server: OwnServer) -> None:
    pane = server.ok("split-window", "cat").strip()
    before = holds(server)
    with failing(server, "ioctl", "EIO", "1+"), pytest.raises(RuntimeError):
        server.ok("resize-pane", "-t", pane, "-U", "3")
    server.ok("resize-pane", "-t", pane, "-D", "1")
    assert holds(server) == before
