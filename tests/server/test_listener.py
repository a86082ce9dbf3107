"""The door for clients: a private socket, checked on each connection. On real Unix sockets."""

import os
import socket
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from termlab.errors import ServerError
from termlab.server.journal import Journal
from termlab.server.loop import Loop
from termlab.wire.link import Link
from termlab.wire.messages import FromClient

if sys.platform != "win32":
    from termlab.server import listener as module
    from termlab.server.listener import Listener, listen
else:
    pytest.skip("there are no Unix sockets", allow_module_level=True)

assert sys.platform != "win32"


class Door:
    """A listener in a directory of its own, and what came through it."""

    def __init__(self, directory: str) -> None:
        self.failures: list[Exception] = []
        self.loop = Loop(self.failures.append)
        self.journal = Journal(os.path.join(directory, "log"))
        self.links: list[Link[FromClient]] = []
        self.path = os.path.join(directory, "private", "socket")
        self.listener = Listener(self.path, self.loop, self.journal, self.links.append)

    def connect(self) -> socket.socket:
        stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        stream.connect(self.path)
        self.loop.turn()
        return stream


@pytest.fixture
def door() -> Iterator[Door]:
    # A path in pytest's own directories would be longer than a socket's may be.
    with tempfile.TemporaryDirectory() as directory:
        door = Door(directory)
        yield door
        door.listener.close()
        os.close(door.journal.fileno())
        assert door.failures == []


def test_the_socket_and_its_directory_are_the_user_s_own(door: Door) -> None:
    assert stat.S_IMODE(os.stat(door.path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(os.path.dirname(door.path)).st_mode) == 0o700


def test_each_connection_is_a_link(door: Door) -> None:
    streams = [door.connect() for _ in range(3)]
    assert len(door.links) == 3
    for stream in streams:
        stream.close()


def test_somebody_else_is_refused(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "peer_uid", lambda stream: os.getuid() + 1)
    with door.connect() as stream:
        assert stream.recv(1) == b""
    assert door.links == []
    assert "refused" in Path(door.journal.path).read_text()


def test_more_than_the_limit_are_refused_until_one_goes(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_CLIENTS", 2)
    streams = [door.connect() for _ in range(3)]
    assert len(door.links) == 2
    door.links[0].close()
    streams.append(door.connect())
    assert len(door.links) == 3
    for stream in streams:
        stream.close()


def test_the_end_takes_the_path_along_and_closes_all(door: Door) -> None:
    with door.connect() as stream:
        door.listener.close()
        assert not os.path.exists(door.path)
        assert stream.recv(1) == b""


def test_the_path_of_another_server_is_left_alone(door: Door) -> None:
    os.unlink(door.path)
    other = listen(door.path)
    door.listener.close()
    assert os.path.exists(door.path)
    other.close()


def test_what_a_dead_server_left_is_replaced_and_a_file_is_not(door: Door) -> None:
    listen(door.path).close()
    os.unlink(door.path)
    Path(door.path).write_text("precious")
    with pytest.raises(ServerError, match="no socket"):
        listen(door.path)
    assert Path(door.path).read_text() == "precious"
    os.unlink(door.path)


def test_a_directory_others_may_use_is_refused(door: Door) -> None:
    os.chmod(os.path.dirname(door.path), 0o755)
    with pytest.raises(ServerError, match="0700"):
        listen(door.path)
