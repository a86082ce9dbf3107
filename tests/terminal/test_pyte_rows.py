"""Cells to bytes and text."""

import pytest
from pyte.screens import Char

from termlab.terminal.pyte_rows import BLANK, char_width, is_wide, mend, render, row_text, text

RED = "\x1b[0m\x1b[38;5;1m"


def cells(*parts: tuple[str, str] | str) -> list[Char]:
    """Characters, each with its look; "_" is the second half of a wide one."""
    row = []
    for part in parts:
        characters, look = (part, "") if isinstance(part, str) else part
        row += [Char("" if char == "_" else char, look, look) for char in characters]
    return row


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (cells(), ""),
        (cells("   "), ""),
        (cells("a  b  "), "a  b"),
        (cells(("ab", RED)), f"{RED}ab\x1b[0m"),
        (cells(("ab", RED), "    ", "c"), f"{RED}ab\x1b[0m\x1b[4Cc"),
        (cells(("a", RED), "  ", "c  "), f"{RED}a\x1b[0m  c"),
        (cells("a", ("  ", RED)), f"a{RED}  \x1b[0m"),
        (cells("漢_a"), "漢a"),
        (cells(("漢_", RED)), f"{RED}漢\x1b[0m"),
        (cells("é"), "é"),
    ],
)
def test_a_row_s_bytes(row: list[Char], expected: str) -> None:
    assert render(row) == expected.encode()


def test_behind_a_disputed_character_its_column_is_said_again() -> None:
    heart = Char("❤️", "", "")
    assert render([heart, *cells("b")]) == "❤️\x1b[2Gb".encode()
    assert render([*cells("a"), heart]) == "a❤️".encode()
    assert render(cells(("👍_🏽_", RED), "b")) == f"{RED}👍🏽\x1b[5G\x1b[0mb".encode()
    assert render(cells("a\xadb")) == "a\xad\x1b[3Gb".encode()


def test_nothing_comes_between_the_halves_of_a_flag() -> None:
    assert render(cells("🇩_🇪_🇫_🇷_x")) == "🇩🇪\x1b[5G🇫🇷\x1b[9Gx".encode()
    assert render(cells("🇩_🇪_🇫_x")) == "🇩🇪\x1b[5G🇫\x1b[7Gx".encode()


@pytest.mark.parametrize(
    "row",
    [
        cells("plain  text "),
        cells(("ab", RED), "    ", "c"),
        cells("漢_ ", ("字_", RED)),
        [Char("❤️", RED, RED), *cells("b")],
    ],
)
def test_the_text_in_a_row_s_bytes_is_the_cells(row: list[Char]) -> None:
    assert row_text(render(row)) == text(row)


def test_half_a_wide_character_becomes_blank() -> None:
    assert mend(cells("_a漢")) == [BLANK, *cells("a"), BLANK]
    assert mend(cells("漢a字_")) == [BLANK, *cells("a字_")]
    assert mend(cells("ab")) == cells("ab")


def test_widths_are_the_other_engine_s() -> None:
    assert [char_width(char) for char in "a漢\u0301\u200d\u0903─"] == [1, 2, 0, 0, 1, 1]
    assert is_wide(Char("漢\ufe0f"))
    assert not is_wide(Char(""))
