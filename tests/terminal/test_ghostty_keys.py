"""Keys in each mode of the pane, against what xterm, tmux and the kitty protocol say."""

import pytest

from termlab.model.geometry import Size
from termlab.model.keyname import KEY_NAMES, parse_key
from termlab.model.keys import ALT, CTRL, RELEASE, REPEAT, SHIFT, SUPER, Key
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.ghostty_keys import CHARACTERS, NAMED
from termlab.terminal.typed import MAX_TEXT_CHARS, legacy
from tests.terminal.cells import feed

LEGACY = b""
APPLICATION = b"\x1b[?1h"
OTHER_KEYS = b"\x1b[>4;2m"


def kitty(flags: int) -> bytes:
    return b"\x1b[>%du" % flags


def encode(modes: bytes, key: Key) -> bytes:
    emulator = GhosttyEmulator(Size(80, 24))
    feed(emulator, modes)
    return emulator.encode_key(key)


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        ("a", b"a"),
        ("A", b"A"),
        ("S-a", b"A"),
        ("é", "é".encode()),
        ("S-ß", "ß".encode()),
        ("漢", "漢".encode()),
        ("Space", b" "),
        ("%", b"%"),
        ("C-a", b"\x01"),
        ("C-S-c", b"\x03"),
        ("C-i", b"\t"),
        ("C-m", b"\r"),
        ("C-j", b"\n"),
        ("C-[", b"\x1b"),
        ("C-Space", b"\0"),
        ("C-@", b"\0"),
        ("C-2", b"\0"),
        ("C-/", b"\x1f"),
        ("C-_", b"\x1f"),
        ("C-\\", b"\x1c"),
        ("C-]", b"\x1d"),
        ("C-^", b"\x1e"),
        ("C-?", b"\x7f"),
        ("C-1", b"1"),
        ("C-;", b";"),
        ("C-é", "é".encode()),
        ("M-a", b"\x1ba"),
        ("M-A", b"\x1bA"),
        ("M-é", "\x1bé".encode()),
        ("C-M-a", b"\x1b\x01"),
        ("C-M-i", b"\x1b\t"),
        ("D-a", b"a"),
        ("Enter", b"\r"),
        ("S-Enter", b"\r"),
        ("C-Enter", b"\r"),
        ("M-Enter", b"\x1b\r"),
        ("C-M-Enter", b"\x1b\r"),
        ("Tab", b"\t"),
        ("S-Tab", b"\x1b[Z"),
        ("C-Tab", b"\t"),
        ("C-S-Tab", b"\x1b[Z"),
        ("Escape", b"\x1b"),
        ("S-Escape", b"\x1b"),
        ("C-Escape", b"\x1b"),
        ("M-Escape", b"\x1b\x1b"),
        ("Backspace", b"\x7f"),
        ("S-Backspace", b"\x7f"),
        ("C-Backspace", b"\x08"),
        ("M-Backspace", b"\x1b\x7f"),
        ("Up", b"\x1b[A"),
        ("C-Left", b"\x1b[1;5D"),
        ("M-S-Right", b"\x1b[1;4C"),
        ("Home", b"\x1b[H"),
        ("End", b"\x1b[F"),
        ("Insert", b"\x1b[2~"),
        ("S-Delete", b"\x1b[3;2~"),
        ("PageUp", b"\x1b[5~"),
        ("PageDown", b"\x1b[6~"),
        ("F1", b"\x1bOP"),
        ("F5", b"\x1b[15~"),
        ("C-F12", b"\x1b[24;5~"),
        ("F13", b"\x1b[25~"),
        ("Menu", b"\x1b[29~"),
        ("KP_5", b"5"),
        ("KP_Add", b"+"),
        ("KP_Enter", b"\r"),
        ("CapsLock", b""),
        ("LeftShift", b""),
        ("MediaPlay", b""),
    ],
)
def test_legacy_keys_are_what_xterm_sends(spelling: str, expected: bytes) -> None:
    assert encode(LEGACY, parse_key(spelling)) == expected


@pytest.mark.parametrize(
    ("modes", "spelling", "expected"),
    [
        (APPLICATION, "Up", b"\x1bOA"),
        (APPLICATION, "Home", b"\x1bOH"),
        (APPLICATION, "C-Up", b"\x1b[1;5A"),
        (b"\x1b=\x1b[?1035l", "KP_5", b"\x1bOu"),
        (b"\x1b=\x1b[?1035l", "KP_Enter", b"\x1bOM"),
        (b"\x1b[?67h", "Backspace", b"\x08"),
        (OTHER_KEYS, "C-i", b"\x1b[27;5;105~"),
        (OTHER_KEYS, "S-Enter", b"\x1b[27;2;13~"),
        (OTHER_KEYS, "a", b"a"),
        (OTHER_KEYS, "M-a", b"\x1b[27;3;97~"),
        (b"\x1b[>4;1m", "C-i", b"\t"),
        (kitty(1), "a", b"a"),
        (kitty(1), "A", b"A"),
        (kitty(1), "C-i", b"\x1b[105;5u"),
        (kitty(1), "C-S-c", b"\x1b[99;6u"),
        (kitty(1), "S-Enter", b"\x1b[13;2u"),
        (kitty(1), "Escape", b"\x1b[27u"),
        (kitty(1), "M-a", b"\x1b[97;3u"),
        (kitty(1), "D-a", b"\x1b[97;9u"),
        (kitty(1), "Tab", b"\t"),
        (kitty(1), "KP_5", b"\x1b[57404u"),
        (kitty(1), "F13", b"\x1b[57376u"),
        (kitty(8), "a", b"\x1b[97u"),
        (kitty(8), "A", b"\x1b[97;2u"),
        (kitty(8), "Enter", b"\x1b[13u"),
        (kitty(8), "é", b"\x1b[233u"),
        (kitty(8), "CapsLock", b"\x1b[57358u"),
        (kitty(31), "A", b"\x1b[97:65;2;65u"),
        (kitty(31), "Up", b"\x1b[1;1:1A"),
    ],
)
def test_modes_decide_the_encoding(modes: bytes, spelling: str, expected: bytes) -> None:
    assert encode(modes, parse_key(spelling)) == expected


@pytest.mark.parametrize("flags", range(32))
def test_all_kitty_flags_encode_something_for_every_key(flags: int) -> None:
    for spelling in ("a", "C-a", "Enter", "Up", "F5", "C-S-Left", "é", "Space"):
        assert encode(kitty(flags), parse_key(spelling))


def test_releases_are_reported_only_where_asked_for() -> None:
    release = Key("a", 0, "", RELEASE)
    assert encode(LEGACY, release) == encode(kitty(1), release) == b""
    assert encode(kitty(3), release) == b"\x1b[97;1:3u"
    assert encode(LEGACY, Key("C", CTRL | SHIFT, action=RELEASE)) == b""
    assert legacy(Key("Enter", SHIFT, action=RELEASE)) == b""


def test_repeats_type_again() -> None:
    assert encode(LEGACY, Key("Up", action=REPEAT)) == b"\x1b[A"
    assert encode(kitty(3), Key("a", 0, "a", REPEAT)) == b"a"
    assert encode(kitty(10), Key("a", 0, "a", REPEAT)) == b"\x1b[97;1:2u"


def test_what_the_source_says_was_typed_wins() -> None:
    assert encode(LEGACY, Key("2", SHIFT, '"', base="2")) == b'"'
    assert encode(LEGACY, Key("ч", 0, "ч", base="x")) == "ч".encode()
    assert encode(kitty(31), Key('"', SHIFT, '"', base="2")) == b"\x1b[50:34;2;34u"


def test_control_works_on_a_layout_without_latin_letters() -> None:
    assert encode(LEGACY, Key("ч", CTRL, base="x")) == b"\x18"


def test_control_characters_are_never_text() -> None:
    assert encode(LEGACY, Key("c", CTRL, "\x03")) == b"\x03"
    assert encode(LEGACY, Key("Unknown", 0, "\x1b[31m")) == b""


def test_an_unknown_key_types_its_text_at_most() -> None:
    assert encode(LEGACY, Key("Compose", 0, "ß")) == "ß".encode()
    assert encode(LEGACY, Key("Compose")) == b""
    assert encode(LEGACY, Key("")) == b""
    assert encode(LEGACY, Key("a", action=9)) == b""


def test_long_and_odd_input_is_harmless() -> None:
    assert encode(LEGACY, Key("a", 0, "x" * 10_000)) == b"x" * MAX_TEXT_CHARS
    assert encode(kitty(31), Key("\U0001f600", 0, "\U0001f600" * 10_000))
    assert encode(kitty(31), Key("\ud800")) == b""


def test_super_shift_and_everything_at_once_never_fails() -> None:
    for spelling in (*NAMED, *CHARACTERS):
        for modes in (LEGACY, OTHER_KEYS, kitty(31)):
            encode(modes, Key(spelling, SHIFT | ALT | CTRL | SUPER | 255))


def test_our_names_are_the_names_of_keys() -> None:
    assert set(NAMED) <= set(KEY_NAMES)
    unknown = {name for name in KEY_NAMES if name not in NAMED}
    lacking = ("Media", "Iso", "LeftH", "LeftM", "RightH", "RightM", "Lower", "Raise", "Mute")
    high = {f"F{number}" for number in range(26, 36)}
    assert {name for name in unknown if not name.startswith(lacking)} == high
