"""The guest as a process: what it is started with, what it sleeps through, how it ends."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from termlab.model.geometry import Size
from termlab.wire.guest import Claim
from tests.terminal.cells import screen
from tests.ui.guest_client import PATIENCE_S, GuestClient

if sys.platform != "win32":
    from termlab.ui.as_guest import main

assert sys.platform != "win32"


@pytest.fixture
def client() -> Iterator[GuestClient]:
    client = GuestClient(Size(130, 40))
    yield client
    assert client.close() == (0, "")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTSTP", "SIGWINCH"])
def test_the_terminals_signals_are_nothing_to_it(client: GuestClient, name: str) -> None:
    os.kill(client.process.pid, getattr(signal, name))
    client.shows()


def test_the_environment_of_its_process_decides_no_colours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb"), ("COLUMNS", "7")):
        monkeypatch.setenv(name, value)
    client = GuestClient(Size(50, 20))
    client.shows()
    assert screen(client.shown)[0][0].foreground == 2
    assert client.close() == (0, "")


def test_a_client_that_dies_takes_it_along_while_help_is_open() -> None:
    client = GuestClient(Size(60, 20))
    client.shows()
    began = time.monotonic()
    assert client.close() == (0, "")
    assert time.monotonic() - began < PATIENCE_S / 2


@pytest.mark.parametrize("late", [False, True], ids=["at once", "later"])
def test_an_app_that_breaks_ends_it_and_says_why(late: bool) -> None:
    client = GuestClient(Size(60, 140))
    if late:
        client.shows()
    else:
        client.open()
        client.until(Claim)
    client.rows({1: {y: b"a secret \xff" for y in range(139)}})
    code, said = client.ended()
    assert code == 1
    assert "UnicodeDecodeError" in said
    assert "secret" not in said  # what stands on the panes is in no log


def test_a_stream_that_is_no_clients_ends_it_with_a_word() -> None:
    client = GuestClient(Size(60, 20))
    client.link.socket.setblocking(True)
    client.link.socket.sendall(b"\xff\xff\xff\xff nonsense")
    code, said = client.close()
    assert code == 1
    assert "the client can't be understood" in said


@pytest.mark.parametrize("argv", [["guest"], ["guest", "x"], ["guest", "1", "2"]])
def test_started_by_hand_it_says_who_starts_it(
    argv: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    assert "a client starts it" in capfd.readouterr().err


def switches(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if "ctxt_switches" in line)


@pytest.mark.slow
def test_it_sleeps_while_nothing_is_open_and_while_help_stands(client: GuestClient) -> None:
    client.rest(1.0)
    for _ in range(2):
        client.asleep()  # with no timer set: only a descriptor can wake it
        before = switches(client.process.pid)
        client.rest(1.0)
        client.asleep()
        assert switches(client.process.pid) - before == 0
        client.shows()
        client.rest(1.0)
