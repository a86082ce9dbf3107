"""Pens: what SGR makes of them, and what they look like as bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.terminal.pyte_style import PLAIN_PEN, apply_sgr, background_of, look_of


@pytest.mark.parametrize(
    ("parameters", "look"),
    [
        ("1", "1"),
        ("1;3", "1 3"),
        ("1;22", ""),
        ("1;2;22;4", "4"),
        ("4:3", "4:3"),
        ("4:9", ""),
        ("21", "4:2"),
        ("4;24", ""),
        ("4:0", ""),
        ("31", "38;5;1"),
        ("92", "38;5;10"),
        ("44", "48;5;4"),
        ("105", "48;5;13"),
        ("38;5;200", "38;5;200"),
        ("48:5:17", "48;5;17"),
        ("38;2;1;2;3", "38;2;1;2;3"),
        ("38:2::1:2:3", "38;2;1;2;3"),
        ("38:2:1:2:3", "38;2;1;2;3"),
        ("58;5;9;4", "4 58;5;9"),
        ("31;39", ""),
        ("58:5:9;59", ""),
        ("31;;1", "1"),
        ("38;5;256;1", "1"),
        ("38;2;1;2", ""),
        ("38:7:1", ""),
        ("38", ""),
        ("999;1", "1"),
        ("53;55;9;8", "8 9"),
    ],
)
def test_sgr_gives_this_look(parameters: str, look: str) -> None:
    expected = "".join(f"\x1b[{part}m" for part in ["0", *look.split()]) if look else ""
    assert look_of(apply_sgr(PLAIN_PEN, parameters)) == expected


def test_erasing_shows_the_background_alone() -> None:
    assert background_of(apply_sgr(PLAIN_PEN, "1;31;7;4")) == ""
    assert background_of(apply_sgr(PLAIN_PEN, "1;31;42")) == "\x1b[0m\x1b[48;5;2m"


@given(st.text("0123456789;:", max_size=60))
def test_a_look_given_back_is_the_same_pen(parameters: str) -> None:
    pen = apply_sgr(PLAIN_PEN, parameters)
    again = PLAIN_PEN
    for part in look_of(pen).split("\x1b[")[1:]:
        again = apply_sgr(again, part.removesuffix("m"))
    assert again == pen
