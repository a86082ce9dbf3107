"""An attached client over TCP, as on Windows."""

import os
import signal
import sys

import pytest

if sys.platform != "win32":
    from tests.e2e.session import PREFIX, OwnServer, echoes, ended
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow


@pytest.fixture
def tcp(own: OwnServer) -> OwnServer:
    own.env["TERMLAB_WIRE"] = "tcp"
    return own


def test_split_detach_attach_and_exit(tcp: OwnServer) -> None:
    with tcp.shell() as outer:
        assert os.path.isfile(tcp.socket)
        server = tcp.server_pid()
        echoes(outer, "before")
        outer.type(f"{PREFIX}%")
        outer.wait_for(r"│\$")
        echoes(outer, "right")
        outer.type(f"{PREFIX}d")
        assert outer.wait_exit() == 0
        outer.wait_for(r"\[detached")
    with tcp.open("attach") as again:
        again.wait_for("^before.*│")
        for _ in range(2):
            again.type("exit\r")
            again.wait_for(lambda rows: not any("│" in row for row in rows))
        assert again.wait_exit() == 0
        again.wait_for(r"^\[exited\]")
    assert ended(server)
    assert not os.path.exists(tcp.socket)


def test_a_flood_and_a_paste_arrive_whole(tcp: OwnServer) -> None:
    with tcp.shell() as outer:
        outer.type("clear; seq 30000; echo end''ed\r")
        outer.wait_for("^30000\nended")
        outer.type("stty -echo; clear; head -c 300000 | sort | uniq -c; stty echo\r")
        outer.wait_for(lambda rows: not any(rows[:-1]))
        outer.type("\x1b[200~" + "abcdefghi\r" * 30000 + "\x1b[201~")
        outer.wait_for("^ *30000 abcdefghi")
        echoes(outer, "after")


def test_a_killed_server_is_told_and_the_next_reached(tcp: OwnServer) -> None:
    with tcp.shell() as outer:
        os.kill(tcp.server_pid(), signal.SIGKILL)
        assert outer.wait_exit() == 4
        outer.wait_for("has gone")
    assert not tcp.await_end()
    with tcp.shell() as again:
        echoes(again, "anew")


def test_the_end_of_the_server_by_command_is_told(tcp: OwnServer) -> None:
    with tcp.shell() as outer:
        tcp.ok("kill-server")
        assert outer.wait_exit() == 0
        outer.wait_for(r"^\[")
