"""The line in which something is looked for."""

import pytest
from textual.events import Key

from termlab.ui.looked_for import MAX_CHARS, LookedFor


def typed(*keys: str) -> LookedFor:
    line = LookedFor()
    line.begin()
    for key in keys:
        line.press(Key(key, key if len(key) == 1 else None))
    return line


def test_it_is_nothing_until_somebody_begins() -> None:
    line = LookedFor()
    assert not line
    assert not line.paste("odd")
    assert (line.text, line.cursor) == ("", -1)
    line.begin()
    assert line
    assert (line.text, line.cursor) == ("", 0)


@pytest.mark.parametrize(
    ("keys", "text", "cursor"),
    [
        ("o d", "od", 2),
        ("o d left", "od", 1),
        ("o d backspace", "o", 1),
        ("o d enter", "od", -1),
        ("backspace", "", -1),
        ("enter", "", -1),
    ],
)
def test_keys_go_into_it_until_it_is_left_as_it_is(keys: str, text: str, cursor: int) -> None:
    line = typed(*keys.split())
    assert (line.text, line.cursor) == (text, cursor)
    assert bool(line) is bool(text)


def test_it_tells_whether_a_key_made_a_difference() -> None:
    line = typed("o")
    assert line.press(Key("d", "d"))
    assert not line.press(Key("f5", None))
    assert line.press(Key("enter", None))


def test_it_is_forgotten() -> None:
    line = typed("o", "d")
    line.forget()
    assert (bool(line), line.types, line.text) == (False, False, "")


def test_a_paste_is_typed_up_to_what_a_row_is_for() -> None:
    line = typed("o")
    assert line.paste("d\x1b\n" + "x" * 2 * MAX_CHARS)
    assert line.text == "od" + "x" * (MAX_CHARS - 2)
