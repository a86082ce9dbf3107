"""Where a server listens, and who may."""

import os
import socket
import sys
from pathlib import Path

import pytest

from termlab.errors import ServerError, UsageError
from termlab.wire.address import (
    in_profile,
    local_data,
    peer_pid,
    peer_uid,
    private_directory,
    socket_path,
    user_id,
    wire,
)


def test_a_name_is_a_socket_in_the_runtime_directory(tmp_path: Path) -> None:
    environment = {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert socket_path("work", environment) == f"{tmp_path}/termlab/work"
    assert socket_path(None, environment) == f"{tmp_path}/termlab/default"


def test_without_a_runtime_directory_it_is_one_of_the_users_own() -> None:
    assert socket_path(None, {}) == f"/tmp/termlab-{user_id()}/default"


def test_the_option_wins_over_the_variable_and_that_over_the_pane() -> None:
    pane = {"TERMLAB": "/run/x/inside"}
    assert socket_path(None, pane) == "/run/x/inside"
    assert socket_path(None, {**pane, "TERMLAB_SOCKET": "/run/x/var"}) == "/run/x/var"
    assert socket_path("/run/x/opt", {**pane, "TERMLAB_SOCKET": "/run/x/var"}) == "/run/x/opt"


@pytest.mark.parametrize("name", ["x" * 200, "/" + "y" * 200, "a\0b"])
def test_a_path_no_socket_can_have_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="-L or TERMLAB_SOCKET"):
        socket_path(name, {})


def test_the_directory_is_made_private(tmp_path: Path) -> None:
    made = Path(private_directory(str(tmp_path / "run" / "termlab")))
    assert made.stat().st_mode & 0o777 == 0o700
    assert private_directory(str(made)) == str(made)


def test_a_directory_open_to_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "open"
    path.mkdir()
    path.chmod(0o755)
    with pytest.raises(ServerError, match="chmod 700"):
        private_directory(str(path))


def test_a_symlink_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(ServerError, match="not a directory"):
        private_directory(str(tmp_path / "link"))


def test_a_directory_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ServerError, match="can't be made"):
        private_directory(str(tmp_path / "file" / "sub"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no peers' uid: a token proves it")
def test_the_kernel_tells_the_peers_uid() -> None:
    if sys.platform == "win32":
        return
    a, b = socket.socketpair(socket.AF_UNIX)
    assert peer_uid(a) == os.getuid()
    a.close()
    b.close()


def test_the_kernel_tells_whose_process_is_at_the_other_end() -> None:
    a, b = socket.socketpair()
    there = peer_pid(a.fileno())
    assert there == (os.getpid() if sys.platform == "linux" else 0)
    assert a.fileno() >= 0
    a.close()
    b.close()
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert peer_pid(server.fileno()) == 0
    assert peer_pid(-1) == 0


def test_the_wire_is_a_unix_socket_unless_told_otherwise() -> None:
    native = "tcp" if sys.platform == "win32" else "unix"
    assert wire({}) == wire({"TERMLAB_WIRE": ""}) == wire({"TERMLAB_WIRE": native}) == native
    assert wire({"TERMLAB_WIRE": "tcp"}) == "tcp"
    with pytest.raises(UsageError, match="TERMLAB_WIRE is 'carrier pigeon'"):
        wire({"TERMLAB_WIRE": "carrier pigeon"})


def test_what_lies_in_the_profile_is_the_users_own(tmp_path: Path) -> None:
    profile = {"USERPROFILE": str(tmp_path / "me"), "LOCALAPPDATA": str(tmp_path / "data")}
    for private in ("me/x", "me/run/deeper", "data/termlab/run"):
        assert in_profile(str(tmp_path / private), profile)
    for open_to_others in ("me", "me2/x", "other", "me/../other/x"):
        assert not in_profile(str(tmp_path / open_to_others), profile)
    assert not in_profile(str(tmp_path / "me" / "x"), {})


def test_a_link_out_of_the_profile_leads_out(tmp_path: Path) -> None:
    (tmp_path / "me").mkdir()
    (tmp_path / "shared").mkdir()
    (tmp_path / "me" / "link").symlink_to(tmp_path / "shared")
    assert not in_profile(str(tmp_path / "me" / "link" / "x"), {"USERPROFILE": f"{tmp_path}/me"})


def test_on_windows_data_lies_in_the_local_part_of_the_profile() -> None:
    assert local_data({"LOCALAPPDATA": "/p/l"}) == os.path.join("/p/l", "termlab")
    expected = os.path.join("/p", "AppData", "Local", "termlab")
    assert local_data({"USERPROFILE": "/p"}) == expected
