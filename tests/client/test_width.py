"""Texts and rows are measured and cut by cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.width import char_width, clip_row, clip_text, printable, text_width


@pytest.mark.parametrize(
    ("char", "cells"),
    [("a", 1), (" ", 1), ("ñ", 1), ("─", 1), ("漢", 2), ("😀", 2), ("\u0301", 0), ("\u200d", 0)],
)
def test_a_character_takes_its_cells(char: str, cells: int) -> None:
    assert char_width(char) == cells


@given(st.text(), st.integers(min_value=-2, max_value=30))
def test_a_clipped_text_is_the_longest_beginning_that_fits(text: str, cols: int) -> None:
    clean = printable(text)
    clipped = clip_text(clean, cols)
    assert clean.startswith(clipped)
    assert text_width(clipped) <= max(cols, 0)
    if clipped != clean:
        assert text_width(clean[: len(clipped) + 1]) > cols


@given(st.text())
def test_nothing_printable_orders_a_terminal_about(text: str) -> None:
    clean = printable(text)
    assert clean.isprintable()
    assert len(clean) == len(text)


def test_blanks_stand_for_what_is_not_printable() -> None:
    assert printable("a\x1b[2Jb\x9bc\ud800\u202ed\n") == "a [2Jb c  d "


@pytest.mark.parametrize(
    ("row", "cols", "kept"),
    [
        ("abcdef", 3, "abc"),
        ("abc", 3, "abc"),
        ("", 3, ""),
        ("ab漢", 4, "ab漢"),
        ("ab漢", 3, "ab"),
        ("ab漢c", 3, "ab"),
        ("\x1b[1mab\x1b[mcd", 3, "\x1b[1mab\x1b[mc"),
        ("\x1b[4:3;58:5:9mabcd\x1b[m", 2, "\x1b[4:3;58:5:9mab\x1b[m"),
        ("\x1b[2Cab", 3, "\x1b[2Ca"),
        ("\x1b[5Cab", 3, ""),
        ("e\u0301\x1b[2Gbcd", 3, "e\u0301\x1b[2Gbc"),
        ("abcde\u0301\x1b[6Gf", 3, "abc"),
        ("ab\x1b[8Gf", 3, "ab"),
        ("\x1b]8;;http://a\x1b\\abcd\x1b]8;;\x1b\\e", 2, "\x1b]8;;http://a\x1b\\ab\x1b]8;;\x1b\\"),
    ],
)
def test_a_row_is_cut_at_the_edge_with_its_orders_kept(row: str, cols: int, kept: str) -> None:
    assert clip_row(row.encode(), cols) == kept.encode()


def test_a_link_that_ends_in_a_letter_of_a_movement_is_never_torn() -> None:
    opened, closed = b"\x1b]8;;http://a/C\x1b\\", b"\x1b]8;;\x1b\\"
    assert clip_row(b"abc" + opened + b"def" + closed, 2) == b"ab" + opened + closed
