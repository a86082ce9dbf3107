"""The outer terminal on a real PTY: taken, written to without waiting, and given back as it was."""

import os
import re
import select
import sys
import termios
import time
from collections.abc import Iterator
from struct import pack

import pytest

from termlab.client import outer
from termlab.errors import UsageError
from termlab.model.geometry import Size

if sys.platform != "win32":
    from fcntl import F_GETFL, fcntl, ioctl

    from termlab.client.outer import ENTER, LEAVE, MOTION_ON, MOUSE_OFF, MOUSE_ON, OuterTerminal

assert sys.platform != "win32"

# Only ends a hang.
TIMEOUT_S = 10.0


class Desk:
    """A PTY whose slave is standard input and output here; the test sits at its master."""

    def __init__(self) -> None:
        self.master, self.slave = os.openpty()
        self.resize(80, 24)
        self.saved = [os.dup(fd) for fd in (0, 1)]
        for fd in (0, 1):
            os.dup2(self.slave, fd)
        self.before = termios.tcgetattr(self.slave)

    def resize(self, cols: int, rows: int, xpixel: int = 0, ypixel: int = 0) -> None:
        ioctl(self.slave, termios.TIOCSWINSZ, pack("HHHH", rows, cols, xpixel, ypixel))

    def read(self, count: int) -> bytes:
        """Exactly so many bytes of what the program wrote."""
        data = b""
        while len(data) < count:
            assert select.select([self.master], [], [], TIMEOUT_S)[0], data
            data += os.read(self.master, min(count - len(data), 65536))
        return data

    def nothing_waits(self) -> bool:
        return not select.select([self.master], [], [], 0)[0]

    def hang_up(self) -> None:
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    def close(self) -> None:
        for fd, saved in enumerate(self.saved):
            os.dup2(saved, fd)
            os.close(saved)
        self.hang_up()
        os.close(self.slave)


@pytest.fixture
def desk(capfd: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    with capfd.disabled():
        made = Desk()
        yield made
        made.close()


@pytest.fixture
def terminal(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[OuterTerminal]:
    monkeypatch.setattr(outer, "LEAVE_S", 0.05)
    monkeypatch.setattr(outer, "ANSWERS_S", 0.05)
    made = OuterTerminal()
    yield made
    made.close()


def test_raw_and_back(desk: Desk, terminal: OuterTerminal) -> None:
    terminal.raw()
    attributes = termios.tcgetattr(desk.slave)
    assert not attributes[3] & (termios.ECHO | termios.ICANON | termios.ISIG)
    assert not attributes[1] & termios.OPOST
    terminal.leave()
    assert termios.tcgetattr(desk.slave) == desk.before


def test_what_was_typed_ahead_is_kept(desk: Desk, terminal: OuterTerminal) -> None:
    os.write(desk.master, b"ls\n")
    terminal.raw()
    assert terminal.read() == b"ls\n"
    assert terminal.read() == b""


def test_a_terminal_never_entered_is_not_written_to(desk: Desk, terminal: OuterTerminal) -> None:
    terminal.raw()
    terminal.leave()
    assert desk.nothing_waits()


def modes(data: bytes) -> dict[int, bool]:
    """The private modes a stream leaves set or reset."""
    found = re.findall(rb"\x1b\[\?(\d+)([hl])", data)
    return {int(mode): kind == b"h" for mode, kind in found}


# Where a terminal starts: autowrap and cursor on, all others off.
ON_BY_DEFAULT = {7, 25}


@pytest.mark.parametrize("mouse", [True, False])
@pytest.mark.parametrize("motion", [True, False])
def test_every_mode_that_is_set_is_reset(
    desk: Desk, terminal: OuterTerminal, mouse: bool, motion: bool
) -> None:
    terminal.raw()
    terminal.enter()
    if mouse:
        terminal.mouse()
    terminal.motion(motion)
    terminal.answered = True
    terminal.leave()
    entered = ENTER + (MOUSE_ON if mouse else b"")
    entered += MOTION_ON if mouse and motion else b""
    left = (MOUSE_OFF if mouse else b"") + LEAVE
    data = desk.read(len(entered) + len(left))
    assert data == entered + left
    assert desk.nothing_waits()
    assert modes(entered)
    for mode in modes(entered):
        assert modes(data)[mode] == (mode in ON_BY_DEFAULT), mode


def test_leaving_twice_is_leaving_once(desk: Desk, terminal: OuterTerminal) -> None:
    terminal.enter()
    terminal.answered = True
    terminal.leave()
    terminal.leave()
    assert desk.read(len(ENTER + LEAVE)).count(LEAVE) == 1
    assert desk.nothing_waits()


def test_motion_is_switched_only_when_it_changes_and_anew_after_entering(
    desk: Desk, terminal: OuterTerminal
) -> None:
    terminal.raw()
    terminal.enter()
    terminal.mouse()
    first = len(ENTER + MOUSE_ON)
    desk.read(first)
    for wanted in (True, True):
        terminal.motion(wanted)
    assert desk.read(len(MOTION_ON)) == MOTION_ON
    assert desk.nothing_waits()
    terminal.enter()
    terminal.mouse()
    terminal.motion(True)
    assert desk.read(first + len(MOTION_ON)).endswith(MOTION_ON)


def test_the_mouse_is_given_back_and_motion_with_it(desk: Desk, terminal: OuterTerminal) -> None:
    terminal.raw()
    terminal.enter()
    terminal.mouse()
    terminal.motion(True)
    desk.read(len(ENTER + MOUSE_ON + MOTION_ON))
    terminal.mouse(False)
    assert desk.read(len(MOUSE_OFF)) == MOUSE_OFF
    terminal.mouse(False)
    terminal.motion(True)  # nobody gets it
    assert desk.nothing_waits()
    terminal.mouse(True)
    assert desk.read(len(MOUSE_ON)) == MOUSE_ON


def test_the_callers_descriptors_stay_blocking(desk: Desk, terminal: OuterTerminal) -> None:
    terminal.raw()
    terminal.enter()
    terminal.mouse()
    for fd in (0, 1, desk.slave):
        assert not fcntl(fd, F_GETFL) & os.O_NONBLOCK
    assert fcntl(terminal.fileno(), F_GETFL) & os.O_NONBLOCK


def fill(terminal: OuterTerminal) -> bytes:
    """Write until the terminal takes no more; all that was written."""
    data = b""
    for number in range(100_000):
        piece = b"%06d " % number * 100
        terminal.write(piece)
        data += piece
        if terminal.blocked:
            return data
    raise AssertionError("a PTY without a bottom")


def test_what_a_stalled_terminal_does_not_take_arrives_later_in_order(
    desk: Desk, terminal: OuterTerminal
) -> None:
    terminal.raw()
    data = fill(terminal)
    terminal.write(b"behind")
    terminal.flush()
    assert terminal.blocked
    assert terminal.waiting_bytes >= len(b"behind")
    data += b"behind"
    got = b""
    while len(got) < len(data):
        got += desk.read(min(len(data) - len(got), 1024))
        terminal.flush()
    assert got == data
    assert not terminal.blocked
    assert terminal.waiting_bytes == 0


def test_leaving_a_stalled_terminal_takes_no_longer_than_it_may(
    desk: Desk, terminal: OuterTerminal
) -> None:
    terminal.raw()
    terminal.enter()
    fill(terminal)
    start = time.monotonic()
    terminal.leave()
    assert time.monotonic() - start < TIMEOUT_S / 2
    assert termios.tcgetattr(desk.slave) == desk.before


def test_leaving_paints_nothing_that_has_not_begun(desk: Desk, terminal: OuterTerminal) -> None:
    terminal.raw()
    terminal.enter()
    data = ENTER + fill(terminal)
    terminal.write(b"never begun")
    got = desk.read(4096)
    terminal.answered = True
    terminal.leave()
    rest = b""
    while not desk.nothing_waits():
        rest += os.read(desk.master, 65536)
    assert data.startswith(got + rest[:100])
    assert b"never" not in rest


def test_answers_under_way_are_not_left_to_the_shell(desk: Desk, terminal: OuterTerminal) -> None:
    terminal.raw()
    terminal.enter()
    os.write(desk.master, b"\x1b]10;rgb:ff/ff/ff\x1b\\\x1b[?62;22c")
    terminal.leave()
    assert terminal.read() == b""


def test_a_terminal_that_has_gone_ends_reading_and_breaks_nothing(
    desk: Desk, terminal: OuterTerminal
) -> None:
    terminal.raw()
    terminal.enter()
    terminal.mouse()
    desk.hang_up()
    assert terminal.read() is None
    terminal.write(b"x" * 100)
    assert not terminal.blocked
    terminal.raw()
    assert terminal.size().cols > 0
    terminal.leave()


def test_its_size_is_what_it_tells_or_the_usual_one(desk: Desk, terminal: OuterTerminal) -> None:
    desk.resize(100, 30, 800, 600)
    assert terminal.size() == Size(100, 30, 800, 600)
    desk.resize(0, 0)
    assert terminal.size() == Size(80, 24)


def test_the_erase_key_is_the_terminals(desk: Desk, terminal: OuterTerminal) -> None:
    assert terminal.erase == ord(desk.before[6][termios.VERASE])


@pytest.mark.parametrize("closed", [0, 1])
def test_without_a_terminal_it_says_what_to_do(desk: Desk, closed: int) -> None:
    reading, writing = os.pipe()
    os.dup2(reading if closed == 0 else writing, closed)
    os.close(reading)
    os.close(writing)
    with pytest.raises(UsageError, match="termlab new -d"):
        OuterTerminal()
