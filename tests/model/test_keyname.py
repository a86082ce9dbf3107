import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import UsageError
from termlab.model.keyname import (
    ALIASES,
    CAPS_LOCK,
    FIRST_CODE,
    KEY_NAMES,
    META,
    NUM_LOCK,
    is_interrupt,
    parse_key,
    spell,
)
from termlab.model.keys import ALT, CTRL, RELEASE, REPEAT, SHIFT, SUPER, Key

SPELLINGS = [
    ("a", Key("a", text="a"), "a"),
    ("A", Key("A", text="A"), "A"),
    ("ß", Key("ß", text="ß"), "ß"),
    (" ", Key(" ", text=" "), "Space"),
    ("Space", Key(" ", text=" "), "Space"),
    ("-", Key("-", text="-"), "-"),
    ("^", Key("^", text="^"), "^"),
    ("C-b", Key("b", CTRL), "C-b"),
    ("c-b", Key("b", CTRL), "C-b"),
    ("C-B", Key("b", CTRL), "C-b"),
    ("^b", Key("b", CTRL), "C-b"),
    ("^?", Key("Backspace"), "Backspace"),
    ("C--", Key("-", CTRL), "C--"),
    ("C-Space", Key(" ", CTRL), "C-Space"),
    ("C-@", Key(" ", CTRL), "C-Space"),
    ("^@", Key(" ", CTRL), "C-Space"),
    ("S-a", Key("A", SHIFT, "A", base="a"), "A"),
    ("S-1", Key("1", SHIFT, base="1"), "S-1"),
    ("S-Space", Key(" ", SHIFT, base=" "), "S-Space"),
    ("M-S-a", Key("A", ALT | SHIFT, base="a"), "M-A"),
    ("S-C-a", Key("A", CTRL | SHIFT, base="a"), "C-S-a"),
    ("M-C-Left", Key("Left", CTRL | ALT), "C-M-Left"),
    ("D-x", Key("x", SUPER), "D-x"),
    ("BTab", Key("Tab", SHIFT), "S-Tab"),
    ("BSpace", Key("Backspace"), "Backspace"),
    ("NPage", Key("PageDown"), "PageDown"),
    ("PgDn", Key("PageDown"), "PageDown"),
    ("PPage", Key("PageUp"), "PageUp"),
    ("IC", Key("Insert"), "Insert"),
    ("DC", Key("Delete"), "Delete"),
    ("Esc", Key("Escape"), "Escape"),
    ("Return", Key("Enter"), "Enter"),
    ("f12", Key("F12"), "F12"),
    ("KP_5", Key("KP_5"), "KP_5"),
    ("LeftShift", Key("LeftShift"), "LeftShift"),
]


@pytest.mark.parametrize(("written", "key", "normal"), SPELLINGS, ids=[s[0] for s in SPELLINGS])
def test_a_spelling_names_one_key_with_one_normal_form(written: str, key: Key, normal: str) -> None:
    assert parse_key(written) == key
    assert spell(key) == normal
    assert spell(parse_key(normal)) == normal


SAME = [
    ("legacy capital", Key("A", text="A"), "A"),
    ("kitty with alternates and text", Key("A", SHIFT, "A", base="a"), "A"),
    ("kitty without alternates", Key("a", SHIFT, "", base="a"), "A"),
    ("kitty release", Key("a", SHIFT, "", RELEASE, "a"), "A"),
    ("Caps Lock", Key("a", CAPS_LOCK, "A", base="a"), "A"),
    ("Caps Lock and Shift", Key("A", CAPS_LOCK | SHIFT, "a", base="a"), "a"),
    ("Num Lock", Key("b", CTRL | NUM_LOCK, base="b"), "C-b"),
    ("Num Lock on a named key", Key("Up", NUM_LOCK), "Up"),
    ("shifted symbol", Key("%", SHIFT, "%", base="5"), "%"),
    ("shifted symbol without text", Key("%", SHIFT, base="5"), "%"),
    ("Control and a shifted symbol", Key("_", CTRL | SHIFT, base="-"), "C-_"),
    ("Control and Shift and 2", Key("@", CTRL | SHIFT, base="2"), "C-Space"),
    ("modifyOtherKeys Control and Shift", Key("A", CTRL | SHIFT), "C-S-a"),
    ("kitty Control and Shift", Key("a", CTRL | SHIFT, base="a"), "C-S-a"),
    ("modifyOtherKeys Alt and Shift", Key("A", ALT | SHIFT), "M-A"),
    ("Meta counts as Alt", Key("x", META), "M-x"),
    ("Alt with the text of a Mac", Key("a", ALT, "å", base="a"), "M-a"),
]


@pytest.mark.parametrize(("key", "spelling"), [s[1:] for s in SAME], ids=[s[0] for s in SAME])
def test_the_same_key_spells_the_same_from_every_protocol(key: Key, spelling: str) -> None:
    assert spell(key) == spelling
    assert spell(parse_key(spelling)) == spelling


@pytest.mark.parametrize("written", ["", "C-", "Foo", "ab", "\x02", "F36", "X-a", "C-\n", "^ab"])
def test_an_unknown_spelling_says_what_is_allowed(written: str) -> None:
    with pytest.raises(UsageError, match="there is no key") as failure:
        parse_key(written)
    assert repr(written) in str(failure.value)
    assert "C-b" in str(failure.value)


def test_each_name_is_listed_once_and_spells_itself() -> None:
    assert len(set(KEY_NAMES)) == len(KEY_NAMES)
    assert [spell(parse_key(name)) for name in KEY_NAMES] == list(KEY_NAMES)
    assert set(ALIASES.values()) <= {*KEY_NAMES, " "}


# From the table "Functional key definitions" of the kitty protocol's text.
@pytest.mark.parametrize(
    ("code", "name"),
    [
        (57358, "CapsLock"),
        (57363, "Menu"),
        (57376, "F13"),
        (57398, "F35"),
        (57399, "KP_0"),
        (57409, "KP_Decimal"),
        (57414, "KP_Enter"),
        (57417, "KP_Left"),
        (57427, "KP_Begin"),
        (57428, "MediaPlay"),
        (57440, "MuteVolume"),
        (57441, "LeftShift"),
        (57452, "RightMeta"),
        (57454, "IsoLevel5Shift"),
    ],
)
def test_the_names_stand_in_the_order_of_kittys_codes(code: int, name: str) -> None:
    assert KEY_NAMES[code - FIRST_CODE] == name


printable = st.characters(codec="utf-8").filter(str.isprintable)


@given(
    st.builds(
        Key,
        name=printable | st.sampled_from(KEY_NAMES),
        mods=st.integers(0, 255),
        base=st.just("") | printable,
    )
)
def test_a_normal_form_stays_as_it_is(key: Key) -> None:
    normal = spell(key)
    assert spell(parse_key(normal)) == normal


def test_ctrl_c_is_one_whatever_locks_are_on_and_nothing_else_is() -> None:
    assert is_interrupt(Key("c", CTRL))
    assert is_interrupt(Key("c", CTRL | CAPS_LOCK | NUM_LOCK, action=REPEAT))
    for key in (Key("c"), Key("C", CTRL | SHIFT, base="c"), Key("c", CTRL | ALT), Key("d", CTRL)):
        assert not is_interrupt(key)
    assert not is_interrupt(Key("c", CTRL, action=RELEASE))
