"""The door for clients: who connects is checked. On real Unix and TCP sockets."""

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
from termlab.wire.loopback import HOST, Address, read_address
from termlab.wire.messages import FromClient

if sys.platform != "win32":
    from termlab.server import listener as module
    from termlab.server.listener import Listener, listen, listen_tcp
else:
    pytest.skip("there are no Unix sockets", allow_module_level=True)

assert sys.platform != "win32"


class Door:
    """A listener in a directory of its own, and what came through it."""

    def __init__(self, directory: str, tcp: bool = False) -> None:
        self.failures: list[Exception] = []
        self.loop = Loop(self.failures.append)
        self.journal = Journal(os.path.join(directory, "log"))
        self.links: list[Link[FromClient]] = []
        self.path = os.path.join(directory, "private", "socket")
        self.listener = Listener(self.path, self.loop, self.journal, self.links.append, tcp)

    def connect(self) -> socket.socket:
        if address := read_address(self.path) if os.path.isfile(self.path) else None:
            stream = socket.create_connection((HOST, address.port))
        else:
            stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            stream.connect(self.path)
        self.loop.turn()
        return stream

    def address(self) -> Address:
        address = read_address(self.path)
        assert address is not None
        return address

    def log(self) -> str:
        return Path(self.journal.path).read_text()

    def close(self) -> None:
        self.listener.close()
        os.close(self.journal.fileno())
        assert self.failures == []


@pytest.fixture
def door() -> Iterator[Door]:
    # A path in pytest's own directories would be longer than a socket's may be.
    with tempfile.TemporaryDirectory() as directory:
        door = Door(directory)
        yield door
        door.close()


@pytest.fixture
def tcp() -> Iterator[Door]:
    """The same over TCP."""
    with tempfile.TemporaryDirectory() as directory:
        door = Door(directory, tcp=True)
        yield door
        door.close()


@pytest.fixture(params=["door", "tcp"])
def either(request: pytest.FixtureRequest) -> Door:
    door = request.getfixturevalue(request.param)
    assert isinstance(door, Door)
    return door


def test_the_socket_and_its_directory_are_the_user_s_own(door: Door) -> None:
    assert stat.S_IMODE(os.stat(door.path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(os.path.dirname(door.path)).st_mode) == 0o700


def test_each_connection_is_a_link(either: Door) -> None:
    streams = [either.connect() for _ in range(3)]
    assert len(either.links) == 3
    for stream in streams:
        stream.close()


def test_somebody_else_is_refused(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "peer_uid", lambda stream: os.getuid() + 1)
    with door.connect() as stream:
        assert stream.recv(1) == b""
    assert door.links == []
    assert "refused" in Path(door.journal.path).read_text()


def test_more_than_the_limit_are_refused_until_one_goes(
    either: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_CLIENTS", 2)
    streams = [either.connect() for _ in range(3)]
    assert len(either.links) == 2
    either.links[0].close()
    streams.append(either.connect())
    assert len(either.links) == 3
    for stream in streams:
        stream.close()


def test_the_end_takes_the_path_along_and_closes_all(either: Door) -> None:
    with either.connect() as stream:
        either.listener.close()
        assert not os.path.exists(either.path)
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


def test_over_tcp_the_token_is_asked_for_and_the_proof_given(tcp: Door) -> None:
    with tcp.connect():
        (link,) = tcp.links
        address = tcp.address()
        for wrong in ("", "x", address.proof, address.token[:-1], "é", address.token.upper()):
            assert tcp.listener.admit(link, wrong) is None
        assert tcp.listener.admit(link, address.token) == address.proof


def test_on_a_unix_socket_none_is_asked_for(door: Door) -> None:
    with door.connect():
        assert door.listener.admit(door.links[0], "") == ""


def test_over_tcp_small_writes_are_not_collected(tcp: Door) -> None:
    with tcp.connect():
        assert tcp.links[0].socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_of_strangers_few_are_kept_and_the_oldest_goes(
    tcp: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_STRANGERS", 3)
    streams = [tcp.connect()]
    assert tcp.listener.admit(tcp.links[0], tcp.address().token)
    streams += [tcp.connect() for _ in range(4)]
    # Who proved itself is none of them.
    assert [link.closed for link in tcp.links] == [False, True, False, False, False]
    assert "3 have not greeted yet" in tcp.log()
    tcp.links[2].close()
    streams.append(tcp.connect())
    assert [link.closed for link in tcp.links] == [False, True, True, False, False, False]
    for stream in streams:
        stream.close()


def test_strangers_without_end_do_not_fill_the_log(
    tcp: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_STRANGERS", 1)
    for _ in range(65):
        tcp.connect().close()
    lines = tcp.log().splitlines()
    assert len(lines) == 7
    assert lines[-1].endswith("(64 such so far)")


def test_over_tcp_too_what_a_dead_server_left_is_replaced_and_a_file_is_not(tcp: Door) -> None:
    old = tcp.address()
    server, new = listen_tcp(tcp.path)
    server.close()
    assert tcp.address() == new != old
    os.unlink(tcp.path)
    listen(tcp.path).close()  # of one that listened on a Unix socket
    listen_tcp(tcp.path)[0].close()
    listen(tcp.path).close()
    os.unlink(tcp.path)
    Path(tcp.path).write_text("precious")
    for attempt in (listen, listen_tcp):
        with pytest.raises(ServerError, match="no socket"):
            attempt(tcp.path)
    assert Path(tcp.path).read_text() == "precious"
    os.unlink(tcp.path)
