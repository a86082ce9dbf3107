"""What keys type where nothing newer was asked for."""

import pytest

from termlab.model.keys import ALT, CTRL, RELEASE, SHIFT, Key
from termlab.terminal.typed import MAX_TEXT_CHARS, legacy, printable_text, text_bytes


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Key("a"), b"a"),
        (Key("a", SHIFT), b"A"),
        (Key("i", CTRL), b"\t"),
        (Key("m", CTRL | ALT), b"\x1b\r"),
        (Key("ч", CTRL, base="x"), b"\x18"),
        (Key("1", CTRL), b"1"),
        (Key("Tab", SHIFT), b"\x1b[Z"),
        (Key("Enter", ALT), b"\x1b\r"),
        (Key("2", SHIFT, '"'), b'"'),
        (Key("a", CTRL, action=RELEASE), b""),
    ],
)
def test_it_is_what_xterm_sends(key: Key, expected: bytes) -> None:
    assert legacy(key) == expected


def test_text_is_bounded_and_never_a_control() -> None:
    assert text_bytes("x" * 10_000) == b"x" * MAX_TEXT_CHARS
    assert text_bytes("\ud800") == b""
    assert (printable_text("é"), printable_text("\x1b[31m")) == ("é", "")
