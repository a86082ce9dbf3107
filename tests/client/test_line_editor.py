"""Editing one line, and which part of it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.line_editor import LineEditor, Shown, index_at, window
from termlab.client.width import text_width
from termlab.model.keyname import parse_key
from termlab.model.keys import Key


def pressed(editor: LineEditor, keys: str) -> str:
    """Press keys: the text then, ``|`` where the cursor is."""
    for key in keys.split():
        editor.press(parse_key(key))
    return f"{editor.text[: editor.cursor]}|{editor.text[editor.cursor :]}"


@pytest.mark.parametrize(
    ("text", "keys", "result"),
    [
        ("one two", "Left Left x", "one tx|wo"),
        ("one two", "Home a End b", "aone twob|"),
        ("one two", "C-a C-f C-f C-e C-b", "one tw|o"),
        ("one two", "M-b M-b M-f", "one| two"),
        ("one two", "C-Left C-Left C-Right", "one| two"),
        ("one-two three", "C-w C-w", "|"),
        ("one-two", "M-Backspace", "one-|"),
        ("one two", "Home M-d", "| two"),
        ("one two", "Left Left C-u", "|wo"),
        ("one two", "Left Left C-k", "one t|"),
        ("one two", "C-w Home C-y", "two|one "),
        ("one two", "C-u C-y C-y", "one twoone two|"),
        ("one", "Backspace C-h", "o|"),
        ("one", "Home Delete C-d", "|e"),
        ("one", "Home Left Backspace", "|one"),
        ("one", "Right Delete", "one|"),
        ("", "M-b M-f C-w C-u C-k C-y M-d", "|"),
        ("日本", "Left Left x", "x|日本"),
        ("e\u0301a", "Left Left", "|e\u0301a"),
        ("e\u0301a", "Home Right", "e\u0301|a"),
        ("e\u0301", "Backspace", "e|"),
        ("e\u0301a", "Home Delete", "|a"),
    ],
)
def test_keys_edit_as_in_a_shell(text: str, keys: str, result: str) -> None:
    assert pressed(LineEditor(text), keys) == result


def test_a_key_that_edits_nothing_says_so() -> None:
    editor = LineEditor("a")
    assert not editor.press(parse_key("F5"))
    assert not editor.press(parse_key("C-x"))
    assert editor.press(parse_key("Left"))
    assert editor.press(Key("b", text="b"))
    assert editor.text == "ba"


def test_shift_held_with_a_named_key_changes_nothing() -> None:
    assert pressed(LineEditor("ab"), "S-Backspace") == "a|"


def test_what_is_pasted_has_no_control_characters_and_an_end() -> None:
    editor = LineEditor("ab", max_chars=6)
    editor.move(1)
    editor.insert("1\n\x1b2\t3456")
    assert (editor.text, editor.cursor) == ("a1234b", 5)
    editor.insert("x")
    assert editor.text == "a1234b"


def test_a_part_is_replaced() -> None:
    editor = LineEditor("split -t wo -h")
    editor.replace(9, 11, "work")
    assert (editor.text, editor.cursor) == ("split -t work -h", 13)


def test_the_cursor_stands_before_a_character_not_within() -> None:
    editor = LineEditor("e\u0301a")
    for index, stands in ((-5, 0), (1, 0), (2, 2), (99, 3)):
        editor.move(index)
        assert editor.cursor == stands


@pytest.mark.parametrize(
    ("text", "cursor", "cols", "part"),
    [
        ("abc", 3, 10, Shown("abc", 0, 3)),
        ("abcdefghij", 10, 10, Shown("…fghij", 4, 6)),
        ("abcdefghij", 0, 10, Shown("abcdefghi…", 0, 0)),
        ("abcdefghij", 7, 10, Shown("abcdefghi…", 0, 7)),
        ("日本語日本語", 6, 8, Shown("… 語", 4, 4)),
        ("abc", 3, 1, Shown("", 0, 0)),
        ("abc", 3, 0, Shown("", 0, 0)),
    ],
)
def test_a_long_line_is_shown_in_part(text: str, cursor: int, cols: int, part: Shown) -> None:
    assert window(text, cursor, cols) == part


@given(st.text("ab 日e\u0301", max_size=60), st.integers(0, 60), st.integers(2, 40))
def test_the_cursor_is_always_in_what_is_shown(text: str, cursor: int, cols: int) -> None:
    editor = LineEditor(text.lstrip("\u0301"))
    editor.move(cursor)
    part = window(editor.text, editor.cursor, cols)
    assert text_width(part.text) <= cols
    assert 0 <= part.cursor < cols
    assert index_at(editor.text, part.start, part.cursor) == editor.cursor or cols < 8


def test_a_cell_is_a_character() -> None:
    assert [index_at("a日b", 0, cell) for cell in range(6)] == [0, 1, 1, 2, 3, 3]
    assert [index_at("a日b", 1, cell) for cell in range(4)] == [1, 1, 2, 3]
