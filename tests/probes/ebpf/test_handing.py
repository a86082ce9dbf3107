"""Descriptors handed from who may load to who may not; strangers on either side get nothing."""

import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from termlab.probes.ebpf.loading import loaded
from termlab.probes.ebpf.map_layout import Maps
from termlab.probes.ebpf.tracer import Tracer

if sys.platform != "linux":
    pytest.skip("only Linux has eBPF", allow_module_level=True)
else:
    from termlab.probes.ebpf.handing import GREETING, LINKS, address, ask, listen, serve_one

assert sys.platform != "win32"

OWN = os.getuid()
# A number that no user has, so that nobody's helper is in the way.
NAME = 4_000_000_000 + os.getpid() % 100_000


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with listen(NAME) as found:
        yield found


def served(
    listener: socket.socket, uid: int, load: Callable[[], tuple[Maps, tuple[int, ...]]]
) -> Callable[[], str]:
    """Serve one in a thread: what is said is told when it is over."""
    said: list[str] = []

    def serve() -> None:
        try:
            said.append(serve_one(listener, uid, load))
        except OSError as error:
            said.append(str(error))

    thread = threading.Thread(target=serve)
    thread.start()

    def joined() -> str:
        thread.join(20)
        return said[0]

    return joined


def opened() -> tuple[Maps, tuple[int, ...]]:
    """As many descriptors as loading gives, of nothing in particular."""
    fds = [os.open("/dev/null", os.O_RDONLY) for _ in range(len(Maps._fields) + LINKS)]
    return Maps(*fds[:3]), tuple(fds[3:])


def open_count() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_what_is_handed_over_counts(listener: socket.socket, tracer: Tracer) -> None:
    said = served(listener, OWN, loaded)
    handed = ask(NAME, OWN)
    assert said() == "a server has the programs"
    slot = handed.take()
    assert slot is not None
    handed.follow(slot, lambda: [threading.get_native_id()])
    os.getppid()
    handed.leave(slot)
    handed.close()


def test_a_stranger_is_refused_before_anything_is_loaded(listener: socket.socket) -> None:
    loads: list[int] = []

    def load() -> tuple[Maps, tuple[int, ...]]:
        loads.append(1)
        return opened()

    said = served(listener, OWN + 1, load)
    with pytest.raises(LookupError, match="could not load"):
        ask(NAME, OWN)
    assert said() == f"user {OWN} was refused: this helper serves user {OWN + 1} only"
    assert loads == []


def test_who_is_not_root_in_the_helpers_place_is_not_believed(listener: socket.socket) -> None:
    with pytest.raises(LookupError, match="not root's"):
        ask(NAME, OWN + 1)


@pytest.mark.parametrize("greeting", [b"termlab probes 0", GREETING + b"!", b"x"])
def test_another_version_is_told_and_what_it_gave_is_closed(
    listener: socket.socket, greeting: bytes
) -> None:
    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            fd = os.open("/dev/null", os.O_RDONLY)
            socket.send_fds(connection, [greeting], [fd])
            os.close(fd)

    thread = threading.Thread(target=serve)
    before = open_count()
    thread.start()
    with pytest.raises(LookupError, match="another version"):
        ask(NAME, OWN)
    thread.join()
    assert open_count() == before


def test_a_server_that_has_gone_costs_the_helper_nothing(listener: socket.socket) -> None:
    before = open_count()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as client:
        client.connect(address(NAME))
        client.send(b"\0" * 4096)  # what it says is never read
    assert "went away" in serve_one(listener, OWN, opened) or open_count() == before
    assert open_count() == before


def test_a_load_that_fails_is_told_to_both(listener: socket.socket) -> None:
    def load() -> tuple[Maps, tuple[int, ...]]:
        raise OSError(12, "no memory")

    said = served(listener, OWN, load)
    with pytest.raises(LookupError, match="could not load its programs"):
        ask(NAME, OWN)
    assert "no memory" in said()


def test_there_is_one_helper_for_a_user(listener: socket.socket) -> None:
    with pytest.raises(OSError, match="in use"):
        listen(NAME)


def test_without_a_helper_nobody_answers() -> None:
    with pytest.raises(ConnectionRefusedError):
        ask(NAME)
