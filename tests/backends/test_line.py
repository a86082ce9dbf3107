"""The line discipline from the master's side, on real terminals."""

import os
import sys
import termios
import tty
from collections.abc import Iterator

import pytest

from termlab.backends.conpty import ConPtyPty
from termlab.backends.pty import LINE, LineModes
from termlab.backends.replay import ReplayPty

if sys.platform != "win32":
    from termlab.backends.line import line_modes, unread_input
    from termlab.backends.unix import UnixPty

assert sys.platform != "win32"


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """A master and its other side."""
    master, other = os.openpty()
    yield master, other
    for fd in (master, other):
        os.close(fd)


def test_echo_and_lines_are_those_of_the_program(ends: tuple[int, int]) -> None:
    master, other = ends
    assert line_modes(master) == LineModes(echo=True, canonical=True)
    tty.setraw(other)
    assert line_modes(master) == LineModes(echo=False, canonical=False)
    modes = termios.tcgetattr(other)
    modes[3] |= termios.ICANON
    termios.tcsetattr(other, termios.TCSANOW, modes)
    assert line_modes(master) == LineModes(echo=False, canonical=True)


def test_a_terminal_that_is_none_tells_nothing() -> None:
    reader, writer = os.pipe()
    assert line_modes(reader) is None
    assert unread_input(reader) is None
    for fd in (reader, writer):
        os.close(fd)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux opens the other side")
def test_what_was_typed_is_unread_until_it_is_read(ends: tuple[int, int]) -> None:
    master, other = ends
    tty.setraw(other)
    unread = unread_input(master)
    assert unread is not None
    assert unread.count() == 0
    os.write(master, b"abc")
    while (unread.count() or 0) < 3:  # a worker of the kernel's brings it over
        pass
    os.read(other, 2)
    assert unread.count() == 1
    before = len(os.listdir("/proc/self/fd"))
    unread.close()
    unread.close()
    assert len(os.listdir("/proc/self/fd")) == before - 1
    assert unread.count() is None


def test_a_backend_that_lacks_it_says_so() -> None:
    assert LINE not in UnixPty.lacks
    assert LINE in ConPtyPty.lacks & ReplayPty.lacks
