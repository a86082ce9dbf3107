"""The app as a whole client: idle is idle, and the terminal is its person's again afterwards.

That it looks and works as the poll client does, `tests.e2e` shows of both.
"""

import os
import signal
import sys
from pathlib import Path

import pytest

if sys.platform != "win32":
    from termlab.ui.standalone import MAX_WAITING_BYTES
    from tests.e2e.outer import OuterTerminal
    from tests.e2e.rest import settled
    from tests.e2e.session import PREFIX, OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = pytest.mark.slow


@pytest.fixture
def alone(own: OwnServer) -> OwnServer:
    own.env["TERMLAB_UI"] = "standalone"
    return own


def switches(pid: int) -> list[str]:
    """How often each thread of a process gave up the processor or lost it."""
    statuses = sorted(Path(f"/proc/{pid}/task").glob("*/status"))
    lines = [line for status in statuses for line in status.read_text().splitlines()]
    return [line for line in lines if "voluntary" in line]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="counts in /proc")
def test_with_nothing_to_do_it_does_nothing(alone: OwnServer) -> None:
    outer = alone.shell()
    outer.type(f"{PREFIX}%")
    outer.wait_for(r"│\$")
    outer.type(f"{PREFIX}?")
    outer.wait_for("Keys")
    outer.type("q")
    outer.wait_quiet(1000)
    settled(alone, outer)
    before = switches(outer.pid)
    assert len(before) == 2  # of one thread
    outer.wait_quiet(3000)
    assert switches(outer.pid) == before


def test_a_stopped_and_continued_client_draws_everything_again(alone: OwnServer) -> None:
    outer = alone.shell()
    echoes(outer, "word")
    settled(alone, outer)
    before = outer.screen()
    os.kill(outer.pid, signal.SIGSTOP)
    outer.emulator.feed(memoryview(b"\x1b[2J\x1b[?1002l\x1b[?7h"))
    os.kill(outer.pid, signal.SIGCONT)
    outer.wait_for(lambda screen: screen == before)
    echoes(outer, "again")


def test_what_is_drawn_for_a_terminal_that_stopped_reading_does_not_pile_up(
    alone: OwnServer,
) -> None:
    outer = alone.shell()
    outer.type(f"{PREFIX}?")
    before = outer.wait_for("Keys")
    outer.pause()
    shown = outer.raw_bytes
    for _ in range(20):
        outer.type("\x1b[6~\x1b[5~" * 20)
    outer.type("j")
    outer.type("qecho ta''ken\r")
    alone.ok("wait", "--text", "^taken$", "--timeout", "30s")  # each key went its way
    outer.resume()
    outer.wait_for(r"^\$ echo ta''ken\ntaken\n\$")
    assert outer.screen() != before
    assert outer.raw_bytes - shown < 2 * MAX_WAITING_BYTES
    echoes(outer, "on")


def test_the_ui_that_draws_all_says_how_it_is_started_anew(alone: OwnServer) -> None:
    outer = alone.shell()
    outer.type(f"{PREFIX}R")
    outer.wait_for("restart-ui: .* detach and attach to start it anew")
    echoes(outer, "on")


def test_keys_typed_before_the_app_stands_arrive(alone: OwnServer) -> None:
    outer = alone.open()
    outer.type("echo ear''ly\r")
    outer.wait_for("^early")


def test_what_no_server_can_be_reached_for_leaves_the_terminal_alone(alone: OwnServer) -> None:
    outer: OuterTerminal = alone.open("attach")
    assert outer.wait_exit() == 4
    assert "no server" in "".join(outer.screen())
    assert b"\x1b[?1049h" not in outer.raw


def test_a_placement_nobody_knows_is_bad_usage(own: OwnServer) -> None:
    outer = own.open(TERMLAB_UI="elsewhere")
    assert outer.wait_exit() == 2
    assert "TERMLAB_UI=elsewhere" in "".join(outer.screen())
    assert own.processes() == {}
