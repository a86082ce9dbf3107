"""What the end of input is typed as, by the mode of a terminal."""

import os
import sys
import termios
import tty

import pytest

from termlab.server.bridge.end_key import Mode, keys_for, mode_of

assert sys.platform != "win32"

LINES = Mode("lines", b"\x04")
EDITING = Mode("editing", b"\x04")
RAW = Mode("raw", b"\x04")


@pytest.mark.parametrize(
    ("mode", "last", "keys"),
    [
        (LINES, b"", b"\x04"),
        (LINES, b"\n", b"\x04"),
        (LINES, b"\r", b"\x04"),
        (LINES, b"\x04", b"\x04"),
        (LINES, b"x", b"\x04\x04"),
        (EDITING, b"x", b"\x04"),
        (EDITING, b"\n", b"\x04"),
        (RAW, b"\n", b""),
        (RAW, b"x", b""),
    ],
)
def test_it_is_the_key_a_person_would_press(mode: Mode, last: bytes, keys: bytes) -> None:
    assert keys_for(mode, last) == keys


def test_the_mode_is_what_the_program_made_of_its_side() -> None:
    ours, theirs = os.openpty()
    try:
        assert mode_of(ours) == LINES
        tty.setcbreak(theirs)
        assert mode_of(ours) == EDITING
        tty.setraw(theirs)
        assert mode_of(ours).kind == "raw"
    finally:
        os.close(theirs)
        os.close(ours)


def test_the_key_is_the_terminal_s_own_and_may_be_none() -> None:
    ours, theirs = os.openpty()
    try:
        attributes = termios.tcgetattr(theirs)
        attributes[6][termios.VEOF] = b"\x05"
        termios.tcsetattr(theirs, termios.TCSANOW, attributes)
        assert mode_of(ours) == Mode("lines", b"\x05")
        attributes[6][termios.VEOF] = bytes([os.fpathconf(theirs, "PC_VDISABLE") & 0xFF])
        termios.tcsetattr(theirs, termios.TCSANOW, attributes)
        assert keys_for(mode_of(ours), b"") == b""
    finally:
        os.close(theirs)
        os.close(ours)


def test_what_is_no_terminal_any_more_gets_nothing() -> None:
    out, into = os.pipe()
    try:
        assert keys_for(mode_of(out), b"") == b""
    finally:
        os.close(out)
        os.close(into)
