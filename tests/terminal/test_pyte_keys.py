"""Keys in a pyte terminal: what the native engine sends for them in the legacy encodings."""

from itertools import product

import pytest

from termlab.model.geometry import Size
from termlab.model.keyname import KEY_NAMES, parse_key
from termlab.model.keys import PRESS, RELEASE, REPEAT, Key
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.pyte_engine import PyteEmulator

CHARACTERS = [*map(chr, range(0x20, 0x7F)), "é", "ß", "漢", "ч"]
# The native engine has no name for the text of these two, and a Backspace with a modifier of its
# own does not follow the mode.
UNLIKE = {"KP_Equal", "KP_Separator", "Backspace"}
MODES = [b"", b"\x1b[?1h", b"\x1b=", b"\x1b=\x1b[?1035l", b"\x1b[?66h\x1b[?1035l"]


@pytest.mark.parametrize("modes", MODES)
def test_every_key_is_sent_as_by_the_native_engine(modes: bytes) -> None:
    native, pyte = GhosttyEmulator(Size(80, 24)), PyteEmulator(Size(80, 24))
    for engine in (native, pyte):
        engine.feed(memoryview(modes))
    names = [name for name in (*KEY_NAMES, *CHARACTERS) if name not in UNLIKE]
    for name, mods, action in product(names, range(16), (PRESS, REPEAT, RELEASE)):
        for text in {"", name if len(name) == 1 else ""}:
            key = Key(name, mods, text, action)
            assert pyte.encode_key(key) == native.encode_key(key), key


@pytest.mark.parametrize(
    ("modes", "spelling", "expected"),
    [
        (b"", "Backspace", b"\x7f"),
        (b"", "C-Backspace", b"\x08"),
        (b"", "M-Backspace", b"\x1b\x7f"),
        (b"\x1b[?67h", "Backspace", b"\x08"),
        (b"\x1b[?67h", "C-Backspace", b"\x7f"),
        (b"", "KP_Equal", b"="),
        (b"\x1b=\x1b[?1035l", "KP_Separator", b"\x1bOl"),
    ],
)
def test_what_it_sends_for_the_others(modes: bytes, spelling: str, expected: bytes) -> None:
    engine = PyteEmulator(Size(80, 24))
    engine.feed(memoryview(modes))
    assert engine.encode_key(parse_key(spelling)) == expected


def test_odd_keys_type_nothing_that_could_be_a_sequence() -> None:
    engine = PyteEmulator(Size(80, 24))
    assert engine.encode_key(Key("Unknown", 0, "\x1b[31m")) == b""
    assert engine.encode_key(Key("Compose", 0, "ß")) == "ß".encode()
    assert engine.encode_key(Key("\x1b")) == b""
    assert engine.encode_key(Key("")) == b""
    assert engine.encode_key(Key("\ud800")) == b""
