"""Rows as segments: the right columns, the terminal's own colours."""

import sys

import pytest
from rich.cells import cell_len

from termlab.model.geometry import Size
from termlab.ui.vt_segments import to_segments

if sys.platform != "win32":
    from tests.ui.pictured import recorded_rows
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

SIZE = Size(60, 24)


@pytest.mark.parametrize("name", ["world", "emoji", "attributes", "hyperlinks", "underlines"])
def test_every_row_has_exactly_its_columns(name: str) -> None:
    for _, row in recorded_rows(name, SIZE):
        assert sum(cell_len(piece.text) for piece in to_segments(row, SIZE.cols)) == SIZE.cols


def test_colours_stay_indices() -> None:
    red, blue, blank = to_segments(b"\x1b[31ma\x1b[0;48;5;200mb", 5)
    assert red.style is not None
    assert blue.style is not None
    assert (red.style.color.number, blue.style.bgcolor.number) == (1, 200)  # type: ignore[union-attr]
    assert blank.text == "   "


def test_underlines_of_any_shape_and_colour_are_underlines_only() -> None:
    for pen in (b"4:3", b"4:3;58:5:196", b"58;2;1;2;3;4", b"4:3;58:2::1:2:3"):
        piece = to_segments(b"\x1b[" + pen + b"ma", 1)[0]
        assert piece.style is not None
        assert piece.style.underline
        assert not piece.style.blink
        assert not piece.style.dim


def test_links_are_links() -> None:
    link, after = to_segments(b"\x1b]8;;http://a\x1b\\b\x1b]8;;\x1b\\c", 2)
    assert link.style is not None
    assert link.style.link == "http://a"
    assert after.style is None or after.style.link is None


def test_a_character_that_measures_more_than_it_has_is_made_to_fit() -> None:
    pieces = to_segments("\N{WOMAN}\u200d\N{PERSONAL COMPUTER}\x1b[2Gx".encode(), 4)
    assert "".join(piece.text for piece in pieces).endswith("x  ")
    assert sum(cell_len(piece.text) for piece in pieces) == 4
