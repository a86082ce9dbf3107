"""Every way out of a bridge: nothing stays, the terminal is as it was, the next one has the ID.

With `TERMLAB_SOAK_MINUTES` it is killed at 150 moments by each signal, else at 12.
"""

import os
import random
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator

import pytest

from tests.backends.exit_watch import exited

if sys.platform != "win32":
    from termlab.server.bridge.joint import GIVE_UP_AFTER_S, KILL_AFTER_S
    from tests.e2e.bridges import LIMIT_S, RAW_ECHO, READY, TERMLAB, Bridges

assert sys.platform != "win32"

pytestmark = pytest.mark.slow

# The longest a start takes here, about: a kill hits each of its steps once in a while.
START_S = 0.15
KILLS = 150 if os.environ.get("TERMLAB_SOAK_MINUTES") else 12


@pytest.fixture
def bridges() -> Iterator[Bridges]:
    with Bridges() as all_of_them:
        yield all_of_them


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_ends_both(bridges: Bridges, number: int) -> None:
    bridge = bridges.echo()
    os.kill(bridge.pid, number)
    assert exited(bridge.pid, GIVE_UP_AFTER_S * 0.9), "an idle one waits for something"
    assert (bridge.code(), bridge.complaint()) == (128 + number, "")
    assert bridges.await_end() == {}
    assert bridges.files() == []


def test_a_program_that_wants_to_stay_is_ended_in_time(bridges: Bridges) -> None:
    bridge = bridges.new("sh", "-c", "trap '' HUP TERM; printf READY; while :; do sleep 60; done")
    bridge.read_until(READY)
    bridge.process.terminate()
    assert bridge.code() == 143
    assert {pid for pid, args in bridges.processes().items() if "trap" in args} == set()
    assert bridges.files() == []


def test_a_second_signal_does_not_wait(bridges: Bridges) -> None:
    heard = bridges.directory / "heard"
    script = f"trap ': >{heard}' HUP; trap '' TERM; printf READY; while :; do read -r x; done"
    bridge = bridges.new("sh", "-c", script)
    bridge.read_until(READY)
    first_at = time.monotonic()
    bridge.process.terminate()
    while not heard.exists():  # two that come together are one
        assert not exited(bridge.pid, 0.01)
    bridge.process.terminate()
    assert bridge.code() == 143
    waited_s = time.monotonic() - first_at
    assert waited_s < KILL_AFTER_S, "it waits for what a first signal gives the program"


@pytest.mark.parametrize("output", ["", "yes &"], ids=["silent", "flooding"])
def test_the_program_is_hung_up_when_nobody_reads_any_more(bridges: Bridges, output: str) -> None:
    bridge = bridges.new("sh", "-c", f"trap '' PIPE; printf READY; {output} exec sleep 1000")
    bridge.read_until(READY)
    bridge.stop_reading()
    assert (bridge.code(), bridge.complaint()) == (141, "")
    assert bridges.await_end() == {}


def test_output_that_can_not_be_written_is_told_and_ends_both(bridges: Bridges) -> None:
    with open("/dev/full", "wb") as full:
        bridge = bridges.new("sh", "-c", "echo hello; exec sleep 1000", stdout=full.fileno())
        assert bridge.code() == 1
    assert "can't write to standard output: No space left on device" in bridge.complaint()
    assert bridges.await_end() == {}
    assert bridges.files() == []


def test_a_kill_leaves_no_process_and_what_it_leaves_the_next_one_removes(
    bridges: Bridges,
) -> None:
    bridge = bridges.echo()
    bridge.process.kill()
    assert bridge.code() == 137
    assert bridges.await_end() == {}
    assert bridges.files() == ["id-b", "id-b.lock"]
    other = bridges.new("true", bridge_id="other")
    assert other.code() == 0
    assert bridges.files() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_at_any_moment(bridges: Bridges, number: int) -> None:
    """From its first instruction on, while it starts and while bytes run both ways."""
    dice = random.Random(number)
    for turn in range(KILLS):
        bridge = bridges.new(*RAW_ECHO)
        bridge.send(b"some input")
        if not exited(bridge.pid, START_S * dice.random() * 2):
            os.kill(bridge.pid, number)
        # Before Python listens for signals, the signal itself ends it.
        assert bridge.code() == 128 + number, (turn, bridge.complaint())
        assert bridges.await_end() == {}, turn
        bridge.close()
    assert bridges.new("true").code() == 0
    assert bridges.files() == []


# On a terminal


class Desk:
    """A terminal with a bridge on it, as a person's would be."""

    def __init__(self, bridges: Bridges, *argv: str) -> None:
        self.ours, self.theirs = os.openpty()
        self.before = termios.tcgetattr(self.theirs)
        self.process = subprocess.Popen(
            [*TERMLAB, "bridge", "new", "desk", "80", "24", *argv],
            stdin=self.theirs,
            stdout=self.theirs,
            stderr=subprocess.PIPE,
            env={**os.environ, "XDG_RUNTIME_DIR": str(bridges.directory)},
            process_group=0,  # the kernel stops nobody in a group whose session's shell has gone
        )

    def read_until(self, needle: bytes) -> bytes:
        seen = b""
        while needle not in seen:
            seen += os.read(self.ours, 4096)
        return seen

    def restored(self) -> bool:
        return termios.tcgetattr(self.theirs) == self.before

    def wait_raw(self) -> None:
        """No event tells when the modes are others."""
        for _ in range(1000):
            if not self.restored():
                return
            assert not exited(self.process.pid, 0.02)
        pytest.fail("the terminal is not raw again")

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        os.close(self.ours)
        os.close(self.theirs)


@pytest.fixture
def desk(bridges: Bridges) -> Iterator[Desk]:
    one = Desk(bridges, "sh", "-c", 'stty -echo; printf READY; read -r x; printf "<$x>"; read y')
    one.read_until(READY)
    yield one
    one.close()


def test_a_terminal_is_raw_meanwhile_and_as_it_was_afterwards(desk: Desk) -> None:
    assert not desk.restored()
    os.write(desk.ours, b"typed\r")  # Enter, as a raw terminal sends it
    desk.read_until(b"<typed>")
    os.write(desk.ours, b"\x03")  # is the program's
    assert desk.process.wait(LIMIT_S) == 130
    assert desk.restored()


def test_a_signal_gives_the_terminal_back(desk: Desk) -> None:
    desk.process.terminate()
    assert desk.process.wait(LIMIT_S) == 143
    assert desk.restored()


def test_a_stop_gives_the_terminal_back_while_it_lasts(desk: Desk) -> None:
    os.kill(desk.process.pid, signal.SIGTSTP)
    _, status = os.waitpid(desk.process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    assert desk.restored()
    os.kill(desk.process.pid, signal.SIGCONT)
    desk.wait_raw()
    os.write(desk.ours, b"typed\r")
    desk.read_until(b"<typed>")


def test_a_stop_that_can_not_be_heard_is_made_good(desk: Desk) -> None:
    os.kill(desk.process.pid, signal.SIGSTOP)
    os.waitpid(desk.process.pid, os.WUNTRACED)
    termios.tcsetattr(desk.theirs, termios.TCSANOW, desk.before)  # as a shell does
    os.kill(desk.process.pid, signal.SIGCONT)
    desk.wait_raw()
    os.write(desk.ours, b"typed\r")
    desk.read_until(b"<typed>")


def test_a_terminal_that_goes_takes_the_program_along(bridges: Bridges, desk: Desk) -> None:
    os.close(desk.ours)
    desk.ours = os.open(os.devnull, os.O_RDONLY)
    assert desk.process.wait(LIMIT_S) in (129, 141)
    assert bridges.await_end() == {}


def test_output_alone_on_a_terminal_is_not_translated_twice(bridges: Bridges) -> None:
    ours, theirs = os.openpty()
    before = termios.tcgetattr(theirs)
    bridge = bridges.new("sh", "-c", "echo one; stty -opost; echo two", stdout=theirs)
    seen = b""
    while not seen.endswith(b"two\n"):
        seen += os.read(ours, 4096)
    assert seen == b"one\r\ntwo\n"
    assert bridge.code() == 0
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)
