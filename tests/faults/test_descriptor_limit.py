"""The limit of descriptors: the server takes more than it is given, programs get what they had, and
at its end nobody spins and nothing is lost."""

import json
import sys

import pytest

if sys.platform != "linux":
    pytest.skip("these limits are Linux's", allow_module_level=True)

if sys.platform != "win32":
    from benchmarks.own_server import OwnServer

assert sys.platform != "win32"

pytestmark = pytest.mark.slow


def limited(setting: str) -> OwnServer:
    return OwnServer(("sh", "-c", f'ulimit {setting}; exec "$@"', "sh"))


def counted(server: OwnServer, part: str, name: str) -> int:
    found = json.loads(server.ok("stats", "--json"))
    return int(found["server"][part][name])


def says(server: OwnServer, *words: str) -> str:
    """Why a command fails."""
    with pytest.raises(RuntimeError) as failed:
        server.ok(*words)
    return str(failed.value)


def pass_time(server: OwnServer, timeout: str) -> None:
    """Hear nothing for so long."""
    assert "in time" in says(server, "wait", "--text", "never", "--timeout", timeout)


def test_a_program_gets_the_limit_that_the_server_was_started_with() -> None:
    with limited("-Sn 200") as server:
        server.ok("new-session", "-d", "sh", "-c", "ulimit -Sn; exec cat")
        server.ok("wait", "--text", "^200")


def test_the_server_itself_takes_what_it_may() -> None:
    with limited("-Sn 64") as server:
        crowd = [server.connect() for _ in range(100)]
        for stream in crowd:
            stream.close()
        server.ok("new-session", "-d", "cat")


def test_out_of_descriptors_it_does_not_spin_and_goes_on_when_there_are_some() -> None:
    with limited("-n 40") as server:
        server.ok("new-session", "-d", "cat")
        assert not counted(server, "listener", "failed")
        crowd = [server.connect() for _ in range(60)]
        while not counted(server, "listener", "failed"):
            pass  # each look is a turn of the server's, in which it may come to that
        # Those that had a place are heard, and what can't be opened is told.
        assert "open" in says(server, "split-window", "cat")
        before = counted(server, "loop", "turns")
        pass_time(server, "3s")
        # A turn for each of these commands, and for each second's try.
        assert counted(server, "loop", "turns") - before < 20
        for stream in crowd:
            stream.close()
        while counted(server, "listener", "open") > 1:
            pass_time(server, "100ms")
        assert server.ok("split-window", "cat").startswith("%")


def test_what_can_not_even_be_loaded_is_told_and_ends_nothing() -> None:
    with limited("-n 40") as server:
        server.ok("new-session", "-d", "cat")
        crowd = [server.connect() for _ in range(60)]
        while server.descriptors() < 40:
            pass
        # Its module is a file that nothing has needed so far.
        assert "exit code 4: stats: the server may open no more files" in says(server, "stats")
        for stream in crowd:
            stream.close()
        while counted_at_last(server) > 1:
            pass
        assert server.ok("list-sessions").startswith("0: ")


def counted_at_last(server: OwnServer) -> int:
    """How many connections are open, once there are descriptors to tell it."""
    try:
        return counted(server, "listener", "open")
    except RuntimeError:
        return 2
