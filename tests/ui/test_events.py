"""Every event a terminal can send is the same event again after Textual, and Textual's own parser
gives it the same name."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from termlab.client.input import InputParser
from termlab.model.keyname import FIRST_CODE, KEY_NAMES, spell
from termlab.model.keys import (
    ALT,
    LEFT,
    MOTION,
    PRESS,
    RELEASE,
    REPEAT,
    SHIFT,
    WHEEL_UP,
    Focus,
    InputEvent,
    Key,
    Mouse,
    Paste,
)
from termlab.ui.events import (
    from_textual,
    from_textual_key,
    from_textual_mouse,
    to_textual_key,
    to_textual_mouse,
)

TWINS = {name: name.removeprefix("KP_") for name in KEY_NAMES if name.startswith("KP_")}
# The keypad's keys that no other key is.
OWN = {f"KP_{name}" for name in ("Decimal", "Divide", "Multiply", "Subtract", "Add", "Equal")} | {
    "KP_Separator",
    "KP_Begin",
}
CHARACTERS = st.characters(
    exclude_categories=("Cs", "Co", "Cc", "Cn"), exclude_characters="\u2028\u2029"
)


def parsed(data: bytes) -> list[InputEvent]:
    """What the client makes of ``data``."""
    parser = InputParser()
    return [*parser.feed(data, 0.0), *parser.expire(9.0)]


def textuals(data: str) -> list[Message]:
    """What Textual's parser makes of it."""
    parser = XTermParser()
    return [*parser.feed(data), *parser.feed("")]


def same(key: Key) -> str:
    """The spelling of what comes back."""
    there = to_textual_key(key)
    assert there is not None
    back = from_textual_key(there)
    assert back is not None, there
    return spell(back)


def expected(key: Key) -> str:
    """The spelling of a key, or of its twin."""
    if key.name in TWINS and key.name not in OWN:
        twin = TWINS[key.name]
        # Shift does not make another character of a keypad's digit.
        return spell(Key(twin, key.mods, key.text, base=twin if len(twin) == 1 else ""))
    return spell(key)


kitty_keys = st.builds(
    lambda code, shifted, mods, action, text: (
        f"\x1b[{code}{':' + str(ord(shifted)) if shifted else ''};{mods + 1}:{action}"
        f"{';' + str(ord(text)) if text else ''}u"
    ),
    st.one_of(
        CHARACTERS.map(ord),
        st.integers(FIRST_CODE, FIRST_CODE + len(KEY_NAMES) - 1),
        st.sampled_from((9, 13, 27, 127)),
    ),
    st.none() | CHARACTERS,
    st.integers(0, 255),
    st.sampled_from((1, 2)),
    st.none() | CHARACTERS,
)
legacy_keys = st.one_of(
    st.builds(lambda m, f: f"\x1b[1;{m}{f}", st.integers(1, 16), st.sampled_from("ABCDEFHPQS")),
    st.builds(lambda n, m: f"\x1b[{n};{m}~", st.integers(1, 34), st.integers(1, 16)),
    st.builds(lambda m, c: f"\x1b[27;{m};{ord(c)}~", st.integers(1, 16), CHARACTERS),
    st.builds(lambda c: f"\x1bO{c}", st.sampled_from("ABCDHFPQRSMXjklmnopqrstuvwxyabcd")),
    st.builds(lambda c: f"\x1b{c}", CHARACTERS.filter(lambda c: c not in "[O]P_")),
    st.builds(chr, st.integers(0, 31)),
    CHARACTERS,
)


@given(st.one_of(kitty_keys, legacy_keys))
@example("\x1b[57399;4:1u")  # Alt-Shift and the keypad's 0
def test_every_key_of_a_terminal_comes_back(sequence: str) -> None:
    for key in parsed(sequence.encode()):
        assert isinstance(key, Key)
        assert same(key) == expected(key)


@given(CHARACTERS)
def test_what_a_key_types_comes_back(char: str) -> None:
    for key in parsed(char.encode()):
        assert isinstance(key, Key)
        there = to_textual_key(key)
        assert there is not None
        assert there.character == char
        assert from_textual_key(there) == key


def test_the_keypad_types_and_moves_as_its_twins() -> None:
    five = to_textual_key(Key("KP_5", 0, "5"))
    enter = to_textual_key(Key("KP_Enter"))
    assert five is not None
    assert enter is not None
    assert (five.key, five.character, enter.key) == ("5", "5", "enter")


def test_a_key_let_go_is_nothing_and_a_repeated_one_is_pressed() -> None:
    assert to_textual_key(Key("a", 0, "", RELEASE)) is None
    repeated = to_textual_key(Key("Up", 0, "", REPEAT))
    assert repeated is not None
    assert repeated.key == "up"


# Left out: what Textual's parser takes for another key (C-h, M-b, M-f), forgets (Alt before a
# sign), has another word for (Meta) or can't read (alternates).
KITTY = [
    name
    for name in KEY_NAMES[KEY_NAMES.index("CapsLock") :]
    if name not in ("KP_Begin", *(f"F{n}" for n in range(1, 13)))
]
SEQUENCES = [
    *map(chr, [*range(1, 8), *range(10, 27), *range(28, 127)]),
    *("\x00", "\x7f", "\t", "\r", "ß", "漢", "€"),
    *(f"\x1b{char}" for char in "acdeghijklmnopqrstuvwxyzABC"),
    *(f"\x1b[{letter}" for letter in "ABCDHFZ"),
    *(f"\x1b[1;{m}{letter}" for m in range(2, 9) for letter in "ABCDHF"),
    *(f"\x1b[{n}~" for n in (2, 3, 5, 6, 15, 17, 18, 19, 20, 21, 23, 24)),
    *(f"\x1bO{letter}" for letter in "PQRS"),
    *(f"\x1b[{FIRST_CODE + KEY_NAMES.index(name)}u" for name in KITTY),
    *(f"\x1b[97;{m + 1}u" for m in range(2, 32)),
    *("\x1b[32;2;32u", "\x1b[32;5u"),
]


@pytest.mark.parametrize("sequence", SEQUENCES, ids=repr)
def test_textuals_own_parser_gives_a_key_the_same_name(sequence: str) -> None:
    (theirs,) = textuals(sequence)
    (key,) = parsed(sequence.encode())
    assert isinstance(theirs, events.Key)
    assert isinstance(key, Key)
    ours = to_textual_key(key)
    assert ours is not None
    assert ours.key == theirs.key.replace("ctrl+space", "ctrl+@")


def test_nobody_presses_a_key_without_a_name() -> None:
    assert from_textual_key(events.Key("<ignore>", None)) is None
    assert from_textual_key(events.Key("ctrl+no_such_key", None)) is None


mice = st.builds(
    Mouse,
    st.integers(0, 500),
    st.integers(0, 200),
    st.sampled_from((PRESS, RELEASE, MOTION)),
    st.integers(1, 3),
    st.integers(0, 7),
)
wheels = st.builds(
    Mouse, st.integers(0, 500), st.integers(0, 200), st.just(PRESS), st.integers(4, 7)
)


@given(mice | wheels | st.just(Mouse(3, 4, MOTION)))
def test_every_mouse_event_comes_back(mouse: Mouse) -> None:
    there = to_textual_mouse(mouse, (1, 1))
    assert there is not None
    assert (there.delta_x, there.delta_y) == (mouse.x - 1, mouse.y - 1)
    assert from_textual_mouse(there) == mouse


@pytest.mark.parametrize(
    "data", ["\x1b[<0;3;4M", "\x1b[<2;3;4m", "\x1b[<32;3;4M", "\x1b[<65;3;4M", "\x1b[<12;3;4M"]
)
def test_textuals_own_parser_reads_a_mouse_event_alike(data: str) -> None:
    (theirs,) = textuals(data)
    (mouse,) = parsed(data.encode())
    assert isinstance(theirs, events.MouseEvent)
    assert isinstance(mouse, Mouse)
    ours = to_textual_mouse(mouse, (0, 0))
    assert type(ours) is type(theirs)
    assert ours is not None
    assert from_textual_mouse(theirs) == mouse
    assert (ours.button, ours.meta, ours.x) == (theirs.button, theirs.meta, theirs.x)


def test_textual_is_not_told_of_buttons_it_would_take_for_others() -> None:
    assert to_textual_mouse(Mouse(1, 1, PRESS, 8), (0, 0)) is None
    assert to_textual_mouse(Mouse(1, 1, RELEASE, WHEEL_UP), (0, 0)) is None
    assert to_textual_mouse(Mouse(1, 1, PRESS, 0), (0, 0)) is None


def test_what_textual_makes_of_others_is_no_input() -> None:
    click = events.Click(None, 1, 1, 0, 0, LEFT, False, False, False)
    assert from_textual(click) is None
    assert from_textual(events.Mount()) is None


def test_each_kind_of_event_is_found() -> None:
    mouse = Mouse(1, 2, PRESS, LEFT, ALT | SHIFT)
    there = to_textual_mouse(mouse, (0, 0))
    assert there is not None
    assert from_textual(there) == mouse
    assert from_textual(events.Key("f5", None)) == Key("F5")
    assert from_textual(events.Paste("a€")) == Paste("a€".encode())
    assert from_textual(events.AppFocus()) == Focus(True)
    assert from_textual(events.AppBlur()) == Focus(False)
