"""Commands over TCP, as on Windows; against a server of their own."""

import json
import os
import signal
import socket
import sys

import pytest

if sys.platform != "win32":
    from tests.cli.conftest import Termlab

assert sys.platform != "win32"

pytestmark = pytest.mark.slow


@pytest.fixture
def tcp(termlab: Termlab) -> Termlab:
    termlab.environment["TERMLAB_WIRE"] = "tcp"
    return termlab


def without(tcp: Termlab) -> None:
    """From here on nothing but what lies at the path says that it is TCP."""
    del tcp.environment["TERMLAB_WIRE"]


def test_a_session_from_its_start_to_its_end(tcp: Termlab) -> None:
    assert tcp.ok("new", "-d", "-s", "main", "--", "cat") == "main\n"
    assert tcp.socket.is_file()
    assert tcp.ok("ls") == "main: 1 window [0:cat]\n"
    tcp.ok("send-text", "one two")
    tcp.ok("send-keys", "Enter")
    tcp.ok("wait", "--text", "one two\none two")
    assert tcp.ok("capture").splitlines()[:2] == ["one two", "one two"]
    without(tcp)
    assert tcp.ok("new", "-d", "-s", "other", "--", "cat") == "other\n"
    assert len(tcp.ok("ls").splitlines()) == 2
    tcp.ok("kill-server")
    assert not tcp.socket.exists()
    tcp.wait_for_end()


def test_a_pane_reaches_its_server(tcp: Termlab) -> None:
    words = f"{sys.executable} -m termlab split -- cat; exec cat"
    tcp.ok("new", "-d", "--", "sh", "-c", words)
    tcp.ok("wait", "-t", "%0", "--text", "%1")
    (session,) = json.loads(tcp.ok("ls", "--json"))
    assert len(session["windows"][0]["panes"]) == 2


def test_a_long_answer_comes_whole(tcp: Termlab) -> None:
    tcp.ok("new", "-d", "--", "sh", "-c", "seq 20000; exec cat")
    tcp.ok("wait", "--text", "20000")
    assert tcp.ok("capture", "--scrollback").split() == [str(n) for n in range(1, 20001)]


def test_five_at_once_start_one_server(tcp: Termlab) -> None:
    started = [tcp.start("new", "-d", "--", "cat") for _ in range(5)]
    for process in started:
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
    assert len(tcp.ok("ls").splitlines()) == 5
    assert len(tcp.servers()) == 1


def test_after_a_crash_ls_says_so_and_new_starts_again(tcp: Termlab) -> None:
    tcp.ok("new", "-d", "--", "cat")
    first = tcp.socket.read_text()
    os.kill(tcp.server_pid(), signal.SIGKILL)
    tcp.wait_for_end()
    assert tcp.socket.read_text() == first
    code, _, err = tcp.run("ls")
    assert (code, "no server running" in err) == (4, True)
    tcp.ok("new", "-d", "--", "cat")
    assert tcp.socket.read_text() != first
    assert len(tcp.ok("ls").splitlines()) == 1


def test_after_a_crash_the_next_may_listen_on_a_unix_socket(tcp: Termlab) -> None:
    tcp.ok("new", "-d", "--", "cat")
    os.kill(tcp.server_pid(), signal.SIGKILL)
    tcp.wait_for_end()
    without(tcp)
    tcp.ok("new", "-d", "--", "cat")
    assert tcp.socket.is_socket()


def test_a_stopped_server_is_named_and_not_waited_for_for_ever(tcp: Termlab) -> None:
    tcp.ok("new", "-d", "--", "cat")
    pid = tcp.server_pid()
    os.kill(pid, signal.SIGSTOP)
    try:
        code, out, _ = tcp.run("doctor")
    finally:
        os.kill(pid, signal.SIGCONT)
    assert code == 1
    assert f"process {pid} at {tcp.socket}" in out
    assert "greeting: the server gave no answer in 3 s" in out


def test_whoever_does_not_know_the_token_is_sent_away(tcp: Termlab) -> None:
    tcp.ok("new", "-d", "--", "cat")
    address = tcp.socket.read_text()
    port = int(address.split()[2])
    secret = address.split()[3]
    wrong = ("0" if secret[0] != "0" else "1") + secret[1:]
    tcp.socket.write_text(address.replace(secret, wrong))
    code, out, err = tcp.run("ls")
    assert (code, out) == (4, "")
    assert "took this client for a stranger" in err
    with socket.create_connection(("127.0.0.1", port)) as stream:
        stream.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert stream.recv(100) == b""
    tcp.socket.write_text(address)
    assert len(tcp.ok("ls").splitlines()) == 1
    log = (tcp.directory / "state" / "termlab" / "s.log").read_text()
    assert "its token is not this server's" in log
    assert "does not speak termlab's protocol" in log


def test_whoever_can_not_prove_it_is_the_server_is_told_nothing(tcp: Termlab) -> None:
    tcp.ok("new", "-d", "--", "cat")
    address = tcp.socket.read_text()
    proof = address.split()[4]
    tcp.socket.write_text(address.replace(proof, "0" * len(proof)))
    code, out, err = tcp.run("new", "-d", "--", "touch", str(tcp.directory / "done"))
    assert (code, out) == (4, "")
    assert "is not your server" in err
    tcp.socket.write_text(address)
    assert len(tcp.ok("ls").splitlines()) == 1
    assert not (tcp.directory / "done").exists()


def test_an_address_others_may_read_is_refused(tcp: Termlab) -> None:
    tcp.ok("new", "-d", "--", "cat")
    tcp.socket.chmod(0o644)
    code, _, err = tcp.run("ls")
    assert code == 4
    assert f"run `chmod 600 {tcp.socket}`" in err
    tcp.socket.chmod(0o600)


def test_doctor_says_which_wire_it_is(tcp: Termlab) -> None:
    tcp.ok("new", "-d", "--", "cat")
    port = tcp.socket.read_text().split()[2]
    assert f"over TCP, port {port}: 1 session" in tcp.run("doctor")[1]
