"""Mouse reports in a pyte terminal: those of the native engine."""

from itertools import product

import pytest

from termlab.model.geometry import Size
from termlab.model.keys import LEFT, MOTION, PRESS, RELEASE, WHEEL_UP, Mouse
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.pyte_engine import PyteEmulator

KINDS = (b"", b"9", b"1000", b"1002", b"1003")
FORMS = (b"", b"1005", b"1006", b"1015", b"1016")
SIZES = (Size(300, 40), Size(80, 24, 800, 480))


@pytest.mark.parametrize(("kind", "form"), product(KINDS, FORMS))
def test_every_event_is_reported_as_by_the_native_engine(kind: bytes, form: bytes) -> None:
    modes = b"".join(b"\x1b[?%bh" % mode for mode in (kind, form) if mode)
    for size in SIZES:
        native, pyte = GhosttyEmulator(size), PyteEmulator(size)
        for engine in (native, pyte):
            engine.feed(memoryview(modes))
        for x, y, action, button, mods in product(
            (0, 222, 223, -3, 500), (0, 90), (PRESS, RELEASE, MOTION, 7), range(9), range(8)
        ):
            if (not button and action != MOTION) or (form == b"1005" and button >= WHEEL_UP):
                continue  # no such events; and a wheel in UTF-8 is a character of its own below
            mouse = Mouse(x, y, action, button, mods)
            assert pyte.encode_mouse(mouse) == native.encode_mouse(mouse), mouse


def test_in_utf8_every_number_is_a_character() -> None:
    engine = PyteEmulator(Size(3000, 40))
    engine.feed(memoryview(b"\x1b[?1003h\x1b[?1005h"))
    moved = Mouse(299, 2, MOTION, WHEEL_UP)
    assert engine.encode_mouse(moved) == b"\x1b[M" + "\x80Ō#".encode()
    assert engine.encode_mouse(Mouse(2500, 2, PRESS, LEFT)) == b""
