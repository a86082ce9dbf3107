"""The wire over TCP: its private file, and who is believed to be behind it."""

import os
import socket
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from termlab.errors import ServerError
from termlab.wire.lockfile import life_lock, open_lock, try_acquire
from termlab.wire.loopback import HOST, SECRET_BYTES, Address, connect, listen, read_address

NOBODY = Address(9, "a" * 64, "b" * 64)


def text(address: Address) -> str:
    return f"termlab-tcp 1 {address.port} {address.token} {address.proof}\n"


@pytest.fixture
def path() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="tl-") as directory:
        yield os.path.join(directory, "s")


@pytest.fixture
def lock(path: str) -> Iterator[int]:
    """The lock of this path, held: a server lives."""
    lock = open_lock(life_lock(path))
    assert try_acquire(lock)
    yield lock
    os.close(lock)


@pytest.fixture
def server(path: str, lock: int) -> Iterator[socket.socket]:
    server, _ = listen(path)
    yield server
    server.close()


def write(path: str, content: str, mode: int = 0o600) -> None:
    Path(path).write_text(content)
    os.chmod(path, mode)


def test_a_server_listens_on_this_machine_alone_and_says_where(
    path: str, server: socket.socket
) -> None:
    address = read_address(path)
    assert address is not None
    assert server.getsockname() == (HOST, address.port)
    assert len(address.token) == len(address.proof) == 2 * SECRET_BYTES
    assert address.token != address.proof


def test_the_file_is_the_users_alone(path: str, server: socket.socket) -> None:
    info = os.lstat(path)
    assert stat.S_ISREG(info.st_mode)
    assert sys.platform == "win32" or stat.S_IMODE(info.st_mode) == 0o600
    assert os.listdir(os.path.dirname(path)).count("s.new") == 0


def test_each_server_has_secrets_of_its_own(path: str, server: socket.socket) -> None:
    first = read_address(path)
    other, second = listen(path)
    other.close()
    assert first is not None
    assert len({first.token, first.proof, second.token, second.proof}) == 4


def test_it_is_reached_and_does_not_collect_small_writes(path: str, server: socket.socket) -> None:
    reached = connect(path)
    assert reached is not None
    fd, address = reached
    assert address == read_address(path)
    with socket.socket(fileno=fd) as stream:
        assert stream.getpeername() == server.getsockname()
        assert stream.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert stream.gettimeout() is None
        server.accept()[0].close()


def test_where_there_is_no_file_or_nobody_listens_there_is_no_server(path: str, lock: int) -> None:
    assert connect(path) is None
    server, _ = listen(path)
    server.close()
    assert connect(path) is None


def test_a_stranger_at_the_port_of_a_dead_server_is_not_even_called(path: str) -> None:
    with socket.socket() as stranger:
        stranger.bind((HOST, 0))
        stranger.listen()
        stranger.setblocking(False)
        write(path, text(NOBODY._replace(port=stranger.getsockname()[1])))
        os.close(open_lock(life_lock(path)))  # it is there, and nobody holds it
        assert connect(path) is None
        with pytest.raises(BlockingIOError):
            stranger.accept()


def test_without_a_lock_file_the_one_that_listens_is_called(path: str) -> None:
    server, _ = listen(path)
    reached = connect(path)
    assert reached is not None
    os.close(reached[0])
    server.close()


GARBAGE = [
    "",
    "precious",
    "termlab-tcp 1 80\n",
    text(NOBODY).replace("tcp 1", "tcp 2"),
    text(NOBODY._replace(port=0)),
    text(NOBODY._replace(port=65536)),
    text(NOBODY._replace(token="short")),
    text(NOBODY) + "more",
    text(NOBODY).replace(" 9 ", " 9 9 "),
    text(NOBODY).replace(" 9 ", " -9 "),
    "\0" * 200,
    "x" * 10_000_000,
]


@pytest.mark.parametrize("content", GARBAGE, ids=lambda each: repr(each[:40]))
def test_a_file_that_says_something_else_is_no_address(path: str, content: str) -> None:
    write(path, content)
    with pytest.raises(ServerError, match="a file that is no socket and no address of a server"):
        read_address(path)
    assert Path(path).read_text() == content


def test_what_is_expected_is_read(path: str) -> None:
    write(path, text(NOBODY))
    assert read_address(path) == NOBODY


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has rights of another kind")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o620, 0o604])
def test_a_file_others_may_read_or_write_is_refused(path: str, mode: int) -> None:
    write(path, text(NOBODY), mode)
    with pytest.raises(ServerError, match=rf"alone \(mode 0600\).*chmod 600 {path}"):
        read_address(path)


def test_a_symlink_is_not_followed(path: str) -> None:
    write(f"{path}.real", text(NOBODY))
    os.symlink(f"{path}.real", path)
    with pytest.raises(ServerError, match=rf"{path}: it is a symlink"):
        read_address(path)


def test_a_directory_is_no_address(path: str) -> None:
    os.mkdir(path)
    with pytest.raises(ServerError, match=r"no address|can't be read"):
        read_address(path)


@pytest.mark.skipif(sys.platform == "win32", reason="there are none")
def test_a_pipe_is_not_waited_for(path: str) -> None:
    if sys.platform != "win32":
        os.mkfifo(path, 0o600)
    with pytest.raises(ServerError, match="no address of a server"):
        read_address(path)


def test_what_a_server_killed_while_writing_left_is_replaced_and_not_followed(path: str) -> None:
    write(f"{path}.real", "precious")
    os.symlink(f"{path}.real", f"{path}.new")
    server, address = listen(path)
    server.close()
    assert read_address(path) == address
    assert Path(f"{path}.real").read_text() == "precious"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has rights of another kind")
def test_in_a_directory_of_others_it_does_not_listen(path: str) -> None:
    os.chmod(os.path.dirname(path), 0o755)
    with pytest.raises(ServerError, match="0700"):
        listen(path)
    assert os.listdir(os.path.dirname(path)) == []
