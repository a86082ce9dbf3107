"""Pastes: bracketed or not, in parts, and unable to type."""

import pytest

from termlab.terminal.paste import encode_paste


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (True, True, b"\x1b[200~a\nb\x1b[201~"),
        (True, False, b"\x1b[200~a\nb"),
        (False, False, b"a\nb"),
        (False, True, b"a\nb\x1b[201~"),
    ],
)
def test_parts_are_bracketed_once(first: bool, last: bool, expected: bytes) -> None:
    assert encode_paste(b"a\nb", first, last, bracketed=True) == expected


def test_an_end_marker_inside_is_defused_even_between_parts() -> None:
    whole = encode_paste(b"x\x1b[201~rm", True, True, bracketed=True)
    assert whole == b"\x1b[200~x [201~rm\x1b[201~"
    parts = encode_paste(b"x\x1b", True, False, True) + encode_paste(b"[201~rm", False, True, True)
    assert parts == whole


def test_without_brackets_newlines_are_returns_and_controls_are_spaces() -> None:
    assert encode_paste(b"a\r\nb\nc\x03\x1b\x7f\td", True, True, False) == b"a\rb\rc   \td"


def test_text_beyond_ascii_passes() -> None:
    assert encode_paste("é漢🙂".encode(), True, True, False) == "é漢🙂".encode()
