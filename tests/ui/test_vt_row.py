"""Rows of VT bytes cut anywhere, and drawn anywhere, show the same cells."""

import sys
from itertools import pairwise

import pytest

from termlab.client.style import DIM, PLAIN, Run
from termlab.model.geometry import Size
from termlab.ui.vt_row import at_column, cut_row, line_row
from tests.terminal.cells import differences, feed, screen

if sys.platform != "win32":
    from tests.ui.pictured import blank, recorded_rows
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

SIZE = Size(40, 24)
NAMES = (
    "world",
    "emoji",
    "attributes",
    "hyperlinks",
    "underlines",
    "ls-colours",
    "colour-of-blanks",
)


# A soft hyphen, and the letters of flags: other terminals give them other widths.
DISPUTED = ("\u00ad", *map(chr, range(0x1F1E6, 0x1F200)))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("cuts", [(), (7,), (13, 14), (5, 20, 33)], ids=str)
def test_the_parts_of_a_row_make_the_row(name: str, cuts: tuple[int, ...]) -> None:
    whole, parts = blank(SIZE), blank(SIZE)
    edges = (0, *cuts, SIZE.cols)
    for y, row in recorded_rows(name, SIZE):
        feed(whole, b"\x1b[%d;1H" % (y + 1) + at_column(row, 0, SIZE.cols))
        for start, end in pairwise(edges):
            part = at_column(cut_row(row, start, end), start, end - start)
            feed(parts, b"\x1b[%d;%dH" % (y + 1, start + 1) + part)
    torn = {
        (x, y)
        for y, cells in enumerate(screen(whole))
        for cut in cuts
        if cells[cut].width == 0
        or cells[cut].text in DISPUTED
        or "\ufe0f" in cells[cut - 1].text  # plain at an edge: see `client.width.tame_end`
        for x in (cut - 1, cut, cut + 1)
    }
    wrong = {
        tuple(map(int, found.split(":")[0].split(","))): found
        for found in differences(whole, parts)
    }
    assert [found for place, found in wrong.items() if place not in torn] == []


@pytest.mark.parametrize("x", [0, 9])
def test_a_row_stands_where_the_cursor_is_and_ends_behind_its_cells(x: int) -> None:
    terminal = blank(Size(60, 1))
    feed(terminal, b"E" * 60 + b"\x1b[1;%dH" % (x + 1))
    feed(terminal, at_column(b"\x1b[31ma\xe2\x9d\xa4\x1b[5Gb", x, 20) + b"|")
    (row,) = terminal.text_at(0, 1)
    assert row == "E" * x + "a❤  b" + " " * 15 + "|" + "E" * (39 - x)


def test_nothing_is_drawn_where_there_is_no_cell() -> None:
    assert at_column(b"abc", 3, 0) == b""


def test_a_part_takes_only_the_pen_that_reaches_into_it() -> None:
    row = b"\x1b[31mab\x1b[m\x1b[32mcd\x1b[m\x1b[33mef"
    assert cut_row(row, 2, 4) == b"\x1b[m\x1b[32mcd"


def test_a_line_of_runs_names_the_column_behind_what_has_no_sure_width() -> None:
    line = (Run("a漢字b", PLAIN), Run("end", DIM))
    assert line_row(line, 0) == "a漢字b\x1b[7G\x1b[2mend\x1b[m".encode()
    assert line_row((Run("x", PLAIN),), 4) == b"\x1b[5Gx"
