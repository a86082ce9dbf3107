"""Lines of cells, changed in part."""

from pyte.screens import Char

from termlab.terminal.pyte_line import (
    MAX_GLYPHS,
    Glyphs,
    Line,
    cells_of,
    fill,
    new_line,
    replace,
    split,
    used_cells,
    widen,
)
from termlab.terminal.pyte_rows import BLANK, text

BLUE = Char(" ", "blue", "blue")


def line_of(row: str) -> Line:
    """A line of these characters; "_" is the second half of a wide one."""
    line = new_line()
    line.update((x, Char("" if char == "_" else char, "", "")) for x, char in enumerate(row))
    return line


def test_a_line_holds_what_was_written_only() -> None:
    line = line_of("ab")
    assert text(cells_of(line, 5)) == "ab"
    assert len(cells_of(line, 5)) == 5
    assert len(used_cells(line, 5)) == 2
    assert len(used_cells(new_line(BLUE), 5)) == 5


def test_filling_cuts_wide_characters_at_both_ends() -> None:
    line = line_of("漢_字_x")
    fill(line, 1, 3, BLUE)
    assert cells_of(line, 5) == [BLUE, BLUE, BLUE, BLUE, Char("x", "", "")]
    line = line_of("漢_x")
    split(line, BLANK, 0, 2)
    assert text(cells_of(line, 3)) == "漢x"


def test_replacing_keeps_to_the_width() -> None:
    line = line_of("old")
    replace(line, cells_of(line_of("漢_a字_"), 5), 4)
    assert text(cells_of(line, 5)) == "漢a"
    assert max(line) == 3


def test_a_narrower_line_loses_its_end_and_no_half_stays() -> None:
    line = line_of("ab漢_")
    widen(line, 4, 3)
    assert text(cells_of(line, 4)) == "ab"


def test_a_wider_line_is_blank_where_it_is_new() -> None:
    line = new_line(BLUE)
    widen(line, 3, 5)
    assert cells_of(line, 5) == [BLUE] * 3 + [BLANK] * 2


def test_cells_are_shared_but_not_without_end() -> None:
    glyphs = Glyphs("red")
    assert glyphs["a"] is glyphs["a"]
    assert glyphs["a"] == Char("a", "red", "red")
    for point in range(5000):
        glyphs[chr(0x4E00 + point)]
        assert len(glyphs) <= MAX_GLYPHS
