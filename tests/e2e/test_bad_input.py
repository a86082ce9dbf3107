"""What can't be is said, with its exit code, and leaves nothing behind."""

import os
import sys
from pathlib import Path

import pytest

if sys.platform != "win32":
    from termlab.model.geometry import Size
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.session import PREFIX, OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]


# Where nothing is drawn, or not more than elsewhere, one placement will do.
NOT_SHOWN = pytest.mark.parametrize("placement", ["guest"], indirect=True)


def refused(own: OwnServer, outer: OuterTerminal, code: int, said: str) -> None:
    """The client ended with the code and the words, on a terminal as it was, nothing left."""
    with outer:
        assert outer.wait_exit() == code
        text = " ".join(outer.screen())
        assert said in " ".join(text.split()), text
        modes = outer.emulator.modes()
        assert not modes.alternate
        assert not modes.mouse
        assert outer.cursor().visible
    assert own.await_end() == {}
    assert not os.path.exists(own.socket)


def test_a_directory_that_does_not_exist(own: OwnServer) -> None:
    refused(own, own.open("new", "-c", "/nonexistent"), 5, "/nonexistent")


def test_a_program_that_does_not_exist(own: OwnServer) -> None:
    refused(own, own.open("new", "--", "nosuchcommand"), 5, "nosuchcommand")


def test_a_file_that_is_no_program(own: OwnServer) -> None:
    refused(own, own.open("new", "--", "/etc/hostname"), 5, "/etc/hostname")


@NOT_SHOWN
@pytest.mark.parametrize("cols", ["0", "100000", "-1", "wide"])
def test_a_size_that_can_not_be(own: OwnServer, cols: str) -> None:
    refused(own, own.open("new", "-d", "-x", cols), 2, cols)


def test_a_session_that_does_not_exist(own: OwnServer) -> None:
    own.ok("new", "-d")
    with own.open("attach", "-t", "nosuch") as outer:
        assert outer.wait_exit() == 3
        outer.wait_for("nosuch")
        assert not outer.emulator.modes().alternate
    assert own.ok("ls")


def test_attach_without_a_server(own: OwnServer) -> None:
    refused(own, own.open("attach"), 4, "no server running")


def test_inside_a_pane(own: OwnServer) -> None:
    with own.shell() as outer:
        words = f"{sys.executable} -P -m termlab"
        outer.type(f"clear; {words} attach; echo code $?\r")
        outer.wait_for("pane of termlab already")
        outer.wait_for("^code 2")
        outer.type(f"clear; {words} new -d; echo code $?\r")
        outer.wait_for("^code 0")


@NOT_SHOWN
def test_without_a_terminal(own: OwnServer) -> None:
    for words in ((), ("new",), ("attach",)):
        code, out, error = own.run(*words)
        assert (code, out) == (2, "")
        assert "must be a terminal" in error
    assert own.processes() == {}


def test_a_socket_path_that_is_too_long(own: OwnServer) -> None:
    refused(own, own.open(TERMLAB_SOCKET=f"/tmp/{'x' * 120}"), 2, "at most 103 bytes")


def test_a_directory_others_may_write_to(own: OwnServer) -> None:
    shared = own.directory / "shared"
    shared.mkdir(mode=0o777)
    shared.chmod(0o777)
    refused(own, own.open(TERMLAB_SOCKET=str(shared / "s")), 4, "must belong to you alone")
    assert list(shared.iterdir()) == []


def test_a_socket_nobody_listens_at_any_more(own: OwnServer) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(own.socket)
    with own.shell() as outer:
        outer.type("exit\r")
        assert outer.wait_exit() == 0


def test_a_file_in_place_of_the_socket(own: OwnServer) -> None:
    Path(own.socket).write_text("mine")
    with own.open() as outer:
        code = outer.wait_exit()
    assert code == 4
    assert Path(own.socket).read_text() == "mine"
    Path(own.socket).unlink()


def test_a_shell_that_does_not_exist(own: OwnServer) -> None:
    refused(own, own.open(SHELL="/nonexistent/sh"), 5, "/nonexistent/sh")


@NOT_SHOWN
def test_a_split_without_room(own: OwnServer) -> None:
    with own.shell(Size(80, 6)) as outer:
        for _ in range(4):
            outer.type(f'{PREFIX}"')
        outer.wait_for("too small to split")
        outer.type(f"{PREFIX}z")
        outer.wait_for("0:bash.*Z")
        echoes(outer, "on")
