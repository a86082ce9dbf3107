"""Mouse reports in each protocol and format."""

import pytest

from termlab.model.geometry import Size
from termlab.model.keys import (
    ALT,
    CTRL,
    LEFT,
    MIDDLE,
    MOTION,
    PRESS,
    RELEASE,
    RIGHT,
    SHIFT,
    WHEEL_DOWN,
    WHEEL_LEFT,
    WHEEL_RIGHT,
    WHEEL_UP,
    Mouse,
)
from termlab.terminal.ghostty import GhosttyEmulator
from tests.terminal.cells import feed

SGR = b"\x1b[?1006h"
CLICK, LET_GO = Mouse(4, 2, PRESS, LEFT), Mouse(4, 2, RELEASE, LEFT)
DRAG, MOVE = Mouse(5, 2, MOTION, LEFT), Mouse(5, 2, MOTION)


SIZE = Size(80, 24)


def encode(modes: bytes, mouse: Mouse, size: Size = SIZE) -> bytes:
    emulator = GhosttyEmulator(size)
    feed(emulator, modes)
    return emulator.encode_mouse(mouse)


@pytest.mark.parametrize(
    ("mode", "reported"),
    [
        (b"", ()),
        (b"\x1b[?9h", (CLICK,)),
        (b"\x1b[?1000h", (CLICK, LET_GO)),
        (b"\x1b[?1002h", (CLICK, LET_GO, DRAG)),
        (b"\x1b[?1003h", (CLICK, LET_GO, DRAG, MOVE)),
    ],
)
def test_each_protocol_reports_its_kinds(mode: bytes, reported: tuple[Mouse, ...]) -> None:
    events = (CLICK, LET_GO, DRAG, MOVE)
    assert tuple(event for event in events if encode(mode + SGR, event)) == reported


@pytest.mark.parametrize(
    ("form", "press", "release"),
    [
        (b"", b"\x1b[M %#", b"\x1b[M#%#"),
        (b"\x1b[?1005h", b"\x1b[M %#", b"\x1b[M#%#"),
        (b"\x1b[?1006h", b"\x1b[<0;5;3M", b"\x1b[<0;5;3m"),
        (b"\x1b[?1015h", b"\x1b[32;5;3M", b"\x1b[35;5;3M"),
        (b"\x1b[?1016h", b"\x1b[<0;36;40M", b"\x1b[<0;36;40m"),
    ],
)
def test_each_format_spells_press_and_release(form: bytes, press: bytes, release: bytes) -> None:
    assert encode(b"\x1b[?1000h" + form, CLICK) == press
    assert encode(b"\x1b[?1000h" + form, LET_GO) == release


def test_a_far_column_needs_two_bytes_in_utf8_and_is_not_reported_in_x10() -> None:
    far = Mouse(300, 2, PRESS, LEFT)
    wide = Size(400, 24)
    assert encode(b"\x1b[?1000h\x1b[?1005h", far, wide) == b"\x1b[M " + chr(333).encode() + b"#"
    assert encode(b"\x1b[?1000h", far, wide) == b""


@pytest.mark.parametrize(
    ("button", "mods", "code"),
    [
        (LEFT, 0, 0),
        (MIDDLE, 0, 1),
        (RIGHT, 0, 2),
        (WHEEL_UP, 0, 64),
        (WHEEL_DOWN, 0, 65),
        (WHEEL_LEFT, 0, 66),
        (WHEEL_RIGHT, 0, 67),
        (LEFT, SHIFT, 4),
        (LEFT, ALT, 8),
        (LEFT, CTRL, 16),
    ],
)
def test_buttons_and_modifiers(button: int, mods: int, code: int) -> None:
    report = encode(b"\x1b[?1000h" + SGR, Mouse(0, 0, PRESS, button, mods))
    assert report == b"\x1b[<%d;1;1M" % code


def test_motion_says_which_button_is_held() -> None:
    assert encode(b"\x1b[?1003h" + SGR, DRAG) == b"\x1b[<32;6;3M"
    assert encode(b"\x1b[?1003h" + SGR, MOVE) == b"\x1b[<35;6;3M"


def test_pixels_are_the_middle_of_the_cell_in_the_real_size() -> None:
    size = Size(80, 24, 800, 480)
    assert encode(b"\x1b[?1000h\x1b[?1016h", CLICK, size) == b"\x1b[<0;45;50M"


def test_places_outside_are_clamped() -> None:
    assert encode(b"\x1b[?1000h" + SGR, Mouse(500, -3, PRESS, LEFT)) == b"\x1b[<0;80;1M"


def test_what_is_no_event_is_no_report() -> None:
    assert encode(b"\x1b[?1003h", Mouse(0, 0, 7, LEFT)) == b""
    assert encode(b"\x1b[?1003h", Mouse(0, 0, PRESS, 99)) == b""
