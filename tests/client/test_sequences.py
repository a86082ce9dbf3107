import pytest

from termlab.client.sequences import KEYPAD_TEXT, LETTERS, SS3_ONLY, TILDE, decode_csi, decode_ss3
from termlab.model.keyname import CAPS_LOCK, KEY_NAMES, NUM_LOCK, parse_key, spell
from termlab.model.keys import ALT, CTRL, RELEASE, REPEAT, SHIFT, SUPER, Key

LEGACY = [
    ("A", Key("Up")),
    ("1;5A", Key("Up", CTRL)),
    ("1;2D", Key("Left", SHIFT)),
    ("1;3H", Key("Home", ALT)),
    ("5A", Key("Up", CTRL)),
    ("a", Key("Up", SHIFT)),
    ("E", Key("KP_Begin")),
    ("Z", Key("Tab", SHIFT)),
    ("1;5Z", Key("Tab", CTRL | SHIFT)),
    ("P", Key("F1")),
    ("1;2R", Key("F3", SHIFT)),
    ("1~", Key("Home")),
    ("3;5~", Key("Delete", CTRL)),
    ("3$", Key("Delete", SHIFT)),
    ("3^", Key("Delete", CTRL)),
    ("3@", Key("Delete", CTRL | SHIFT)),
    ("15~", Key("F5")),
    ("24;8~", Key("F12", SHIFT | ALT | CTRL)),
    ("29~", Key("Menu")),
    ("34~", Key("F20")),
]

KITTY = [
    ("97u", Key("a", 0, "a", base="a")),
    ("97;1:2u", Key("a", 0, "a", REPEAT, "a")),
    ("97;1:3u", Key("a", 0, "", RELEASE, "a")),
    ("97:65;2u", Key("A", SHIFT, "A", base="a")),
    ("97:65;2;65u", Key("A", SHIFT, "A", base="a")),
    ("97;2;65u", Key("A", SHIFT, "A", base="a")),
    ("97;2u", Key("a", SHIFT, "A", base="a")),
    ("97;65u", Key("a", CAPS_LOCK, "A", base="a")),
    ("97:65;66u", Key("A", CAPS_LOCK | SHIFT, "a", base="a")),
    ("49:33;2u", Key("!", SHIFT, "!", base="1")),
    ("49;2u", Key("1", SHIFT, "", base="1")),
    ("32;2u", Key(" ", SHIFT, " ", base=" ")),
    ("97;5u", Key("a", CTRL, base="a")),
    ("97;133u", Key("a", CTRL | NUM_LOCK, base="a")),
    ("97:65;6u", Key("A", CTRL | SHIFT, base="a")),
    ("97;3;229u", Key("a", ALT, "å", base="a")),
    ("1080;1;1080u", Key("и", 0, "и", base="и")),
    ("1080::98;5u", Key("b", CTRL, base="b")),
    ("1080:1048:98;6u", Key("B", CTRL | SHIFT, base="b")),
    ("106::99;5u", Key("j", CTRL, base="j")),
    ("27u", Key("Escape")),
    ("13;2u", Key("Enter", SHIFT)),
    ("9;5u", Key("Tab", CTRL)),
    ("127;1:3u", Key("Backspace", 0, "", RELEASE)),
    ("57376u", Key("F13")),
    ("57399u", Key("KP_0", 0, "0")),
    ("57399;5u", Key("KP_0", CTRL)),
    ("57427~", Key("KP_Begin")),
    ("57428u", Key("MediaPlay")),
    ("57441;2u", Key("LeftShift", SHIFT)),
    ("57444;9:3u", Key("LeftSuper", SUPER, "", RELEASE)),
    ("1;1:3A", Key("Up", 0, "", RELEASE)),
    ("1;5:2B", Key("Down", CTRL, "", REPEAT)),
    ("5;1:3~", Key("PageUp", 0, "", RELEASE)),
    ("13;1:3~", Key("F3", 0, "", RELEASE)),
]

OTHER_KEYS = [
    ("27;5;105~", Key("i", CTRL)),
    ("27;6;65~", Key("A", CTRL | SHIFT)),
    ("27;2;65~", Key("A", SHIFT, "A")),
    ("27;5;9~", Key("Tab", CTRL)),
    ("27;5;13~", Key("Enter", CTRL)),
    ("27;5;8~", Key("Backspace", CTRL)),
]

TABLE = LEGACY + KITTY + OTHER_KEYS


@pytest.mark.parametrize(("body", "key"), TABLE, ids=[row[0] for row in TABLE])
def test_a_csi_means_a_key(body: str, key: Key) -> None:
    assert decode_csi(body) == [key]


@pytest.mark.parametrize(
    "body",
    [
        *("m", "99~", "5;3R", "201~", "u", "57455u", "63000u", "55296u", "1114112u", "1u", "133u"),
        *("1234567890u", "1;5;A;B", "1 q", "27;5~", "27;5;7~", "-1A", "1;5x", "=1u", "0$", "16~"),
    ],
)
def test_an_unknown_csi_means_nothing(body: str) -> None:
    assert decode_csi(body) == []


def test_text_without_a_key_is_one_key_for_each_character() -> None:
    assert decode_csi("0;;229:98u") == [Key("å", text="å"), Key("b", text="b")]


@pytest.mark.parametrize(
    ("params", "final", "key"),
    [
        ("", "A", Key("Up")),
        ("", "S", Key("F4")),
        ("", "a", Key("Up", CTRL)),
        ("", "p", Key("KP_0", 0, "0")),
        ("", "M", Key("KP_Enter")),
        ("", "X", Key("KP_Equal", 0, "=")),
        ("5", "A", Key("Up", CTRL)),
        ("1;5", "P", Key("F1", CTRL)),
    ],
)
def test_an_ss3_means_a_key(params: str, final: str, key: Key) -> None:
    assert decode_ss3(params, final) == key


@pytest.mark.parametrize(("params", "final"), [("", "z"), ("", "\x1b"), ("5", "a"), ("5", "?")])
def test_an_unknown_ss3_means_nothing(params: str, final: str) -> None:
    assert decode_ss3(params, final) is None


def test_the_tables_use_the_products_names() -> None:
    names = {*LETTERS.values(), *SS3_ONLY.values(), *TILDE.values(), *KEYPAD_TEXT}
    assert names <= set(KEY_NAMES)


@pytest.mark.parametrize(
    ("bodies", "spelling"),
    [
        (("98;5u", "27;5;98~", "1080::98;5u", "98;69u"), "C-b"),
        (("97:65;2;65u", "97;2u", "27;2;65~", "97;65u"), "A"),
        (("97:65;6u", "97;6u", "27;6;65~"), "C-S-a"),
        (("53:37;2u", "27;2;37~"), "%"),
        (("97:65;4u", "97;4u", "27;4;65~"), "M-A"),
        (("Z", "9;2u", "27;2;9~"), "S-Tab"),
    ],
)
def test_one_key_spells_the_same_whatever_the_terminal_sends(
    bodies: tuple[str, ...], spelling: str
) -> None:
    keys = [event for body in bodies for event in decode_csi(body)]
    assert [spell(key) for key in keys if isinstance(key, Key)] == [spelling] * len(bodies)
    assert spell(parse_key(spelling)) == spelling
