"""Profiles on a terminal: live, detached, interrupted; the report is left on the terminal."""

import json
import re
import sys
from pathlib import Path

import pytest

if sys.platform != "win32":
    from tests.e2e.session import PREFIX, OwnServer, program

assert sys.platform != "win32"
pytestmark = pytest.mark.slow


def values(own: OwnServer, name: str) -> dict[str, float | None]:
    said = json.loads((own.directory / name).read_text())["runs"][0]["figures"]
    return {figure: what["value"] for figure, what in said.items()}


def shown(raw: bytes) -> str:
    """What the client printed once the screen and the title were the terminal's own again."""
    return raw.rpartition(b"\x1b[?1049l")[2].removeprefix(b"\x1b[23;0t").decode()


def test_an_editor_is_measured_while_somebody_types(own: OwnServer) -> None:
    vim = program("vim")
    outer = own.open("profile", "--json", "out", vim, "-u", "NONE", "-i", "NONE")
    outer.wait_for(r"^~")
    outer.wait_quiet(300)
    for key in "ihello":
        outer.type(key)
        outer.wait_quiet(150)
    outer.wait_for(r"^hello")
    outer.type("\x1b")
    outer.wait_quiet(200)
    outer.type(":q!\r")
    assert outer.wait_exit() == 0
    text = shown(outer.raw)
    assert "exit code 0" in text
    found = values(own, "out")
    assert 4 <= (found["keys"] or 0) <= 12
    p50, p99, most = found["key_p50_ms"], found["key_p99_ms"], found["key_max_ms"]
    assert 0 < (p50 or 0) <= (p99 or 0) <= (most or 0) <= 10_000
    assert (found["frames"] or 0) >= 6
    assert (found["memory_peak_bytes"] or 0) > 1 << 20


def test_detached_in_the_middle_it_is_measured_to_its_end_and_told_later(own: OwnServer) -> None:
    script = "echo begun; read line; echo done $line; exit 7"
    outer = own.open("profile", "--json", "out", "sh", "-c", script)
    outer.wait_for(r"^begun")
    outer.type(PREFIX + "d")
    assert outer.wait_exit() == 0
    assert "detached" in shown(outer.raw)
    own.ok("send-keys", "x", "Enter")
    own.ok("wait", "--exit")
    again = own.open("attach")
    again.wait_for(r"^done x")
    again.wait_for(r"exit 7")
    again.type("\r")
    assert again.wait_exit() == 0
    assert re.search(r"^profile of sh -c .*exit code 7", shown(again.raw), re.M | re.S)
    assert (values(own, "out")["pty_bytes"] or 0) == len("begun\r\nx\r\ndone x\r\n")


def test_ctrl_c_is_the_commands_and_what_was_measured_is_told(own: OwnServer) -> None:
    outer = own.open("profile", "sh", "-c", "echo begun; read line")
    outer.wait_for(r"^begun")
    outer.type("\x03")
    assert outer.wait_exit() == 0
    assert "ended by SIGINT" in shown(outer.raw)


def test_headless_on_a_terminal_shows_nothing_but_the_report(own: OwnServer) -> None:
    outer = own.open("profile", "--headless", "-n", "2", "sh", "-c", "echo hello; exit 3")
    assert outer.wait_exit() == 0
    assert b"2 runs: 2 x exit code 3" in outer.raw
    assert b"\x1b" not in outer.raw
    assert not Path(own.socket).exists()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["no-such-program"], 5, "there is no such program"),
        (["-n", "3", "true"], 2, "profile: -n 3 needs --headless"),
        (["--json", "no/such", "true"], 2, "there is no directory"),
    ],
)
def test_what_cannot_be_is_told_and_leaves_nothing(
    own: OwnServer, words: list[str], code: int, message: str
) -> None:
    outer = own.open("profile", *words)
    assert outer.wait_exit() == code
    assert message in "".join(shown(outer.raw).split("\r\n"))
    assert not own.await_end()


def test_inside_a_pane_it_is_shown_only_when_told_so(own: OwnServer) -> None:
    outer = own.open("profile", "true", TERMLAB=own.socket)
    assert outer.wait_exit() == 2
    assert b"measure with `termlab profile --headless`" in outer.raw.replace(b"\r\n", b" ")
