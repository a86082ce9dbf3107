"""Rows as cells: what lights up is exactly the cells asked for, and wide characters stay whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.model.geometry import Size
from termlab.server.cells import BLANK, Cell, cells, light, texts, whole
from termlab.terminal.ghostty import GhosttyEmulator
from tests.terminal.cells import screen


def test_plain_text_is_a_cell_for_each_character() -> None:
    assert texts(b"a b") == ["a", " ", "b"]


def test_a_wide_character_has_an_empty_cell_behind_it() -> None:
    assert texts("a漢b".encode()) == ["a", "漢", "", "b"]


def test_a_combining_character_shares_the_cell() -> None:
    assert texts("e\u0301x".encode()) == ["e\u0301", "x"]


def test_skipped_cells_are_blank_and_pens_are_kept() -> None:
    assert cells(b"\x1b[31ma\x1b[m\x1b[2Cb") == [Cell("a", b"\x1b[31m"), BLANK, BLANK, Cell("b")]


def test_the_row_says_its_column_where_widths_are_disputed() -> None:
    assert texts("👍🏽".encode() + b"\x1b[3Gx") == ["👍", "", "x"]
    assert texts("é".encode() + b"\x1b[3Gx") == ["é", "", "x"]


def test_a_span_takes_in_all_of_a_wide_character() -> None:
    line = ["a", "漢", "", "b"]
    assert whole(line, 2, 3) == (1, 3)
    assert whole(line, 1, 2) == (1, 3)
    assert whole(line, 0, 1) == (0, 1)


def shown(row: bytes, cols: int = 12) -> GhosttyEmulator:
    terminal = GhosttyEmulator(Size(cols, 2))
    terminal.feed(memoryview(b"\x1b[?7l" + row + b"\x1b[m"))
    return terminal


@pytest.mark.parametrize(
    ("row", "span", "lit"),
    [
        (b"hello", (1, 3), {1, 2}),
        (b"hi", (4, 6), {4, 5}),
        (b"a\x1b[5Cb", (2, 4), {2, 3}),
        ("a漢b".encode(), (2, 3), {1, 2}),
        (b"\x1b[31mred\x1b[mplain", (2, 5), {2, 3, 4}),
    ],
)
def test_the_cells_of_a_span_are_reversed_and_no_others(
    row: bytes, span: tuple[int, int], lit: set[int]
) -> None:
    before, after = shown(row), shown(light(row, [span]))
    assert after.text_at(0, 1)[0].rstrip() == before.text_at(0, 1)[0].rstrip()
    assert {x for x, cell in enumerate(screen(after)[0]) if "inverse" in cell.flags} == lit
    before.close()
    after.close()


def test_what_is_reversed_already_stands_out_by_being_plain() -> None:
    assert b"\x1b[7m\x1b[27mb" in light(b"\x1b[7mabc", [(1, 2)])


def test_a_row_without_a_span_is_the_same() -> None:
    assert light(b"\x1b[1mx", []) == b"\x1b[1mx"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12))
def test_lighting_keeps_the_text_of_any_row(text: str) -> None:
    row = text.encode()
    assert "".join(texts(light(row, [(0, 3)]))).rstrip() == "".join(texts(row)).rstrip()
