"""Rows that wrapped are one line again: found, placed and parted as such."""

from termlab.model.geometry import Size
from termlab.server.cells import texts
from termlab.server.motions import Spot
from termlab.server.pattern import MAX_LINE_CHARS, pattern_of
from termlab.server.unwrapped import Found, first_of, found_in, hits, last_of, lines_of, longest
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.pyte_engine import PyteEmulator


def emulator(text: str, cols: int = 10, rows: int = 6) -> GhosttyEmulator:
    made = GhosttyEmulator(Size(cols, rows))
    made.feed(memoryview(text.encode()))
    return made


def cells(*rows: str) -> list[list[str]]:
    return [texts(row.encode()) for row in rows]


def test_a_line_is_all_the_rows_it_takes() -> None:
    made = emulator("one\r\nabcdefghijklmnopqrstuvwxyz\r\ntwo")
    assert [first_of(made, row) for row in range(5)] == [0, 1, 1, 1, 4]
    assert [last_of(made, row) for row in range(5)] == [0, 3, 3, 3, 4]
    assert list(lines_of(made, 0, 5)) == [
        (0, [b"one"]),
        (1, [b"abcdefghij", b"klmnopqrst", b"uvwxyz"]),
        (4, [b"two"]),
    ]


def test_an_endless_line_is_taken_in_parts() -> None:
    made = emulator("x" * (10 * 3000))
    assert longest(made) == MAX_LINE_CHARS // 10
    assert first_of(made, 2500) == 2500 - longest(made)
    assert last_of(made, 100) == 100 + longest(made)


def test_a_hit_across_a_wrap_has_a_piece_in_each_row() -> None:
    made = emulator("abcdefghijklm\r\nijklm")
    assert found_in(made, 0, 3, pattern_of("hijkl", False)) == [
        Found(Spot(0, 7), ((0, (7, 10)), (1, (0, 2)))),
    ]
    assert [hit.spot for hit in found_in(made, 0, 3, pattern_of("ijkl", False))] == [
        Spot(0, 8),
        Spot(2, 0),
    ]


def test_blanks_where_it_wraps_belong_to_the_line() -> None:
    made = emulator("abcdefg   hij")
    assert len(found_in(made, 0, 2, pattern_of("g   h", False))) == 1
    assert found_in(made, 0, 2, pattern_of("gh", False)) == []


def test_a_wide_character_that_did_not_fit_leaves_no_gap() -> None:
    made = emulator("abcdefghi漢字")
    assert found_in(made, 0, 2, pattern_of("i漢字", False)) == [
        Found(Spot(0, 8), ((0, (8, 9)), (1, (0, 3)))),
    ]


def test_columns_are_those_of_cells() -> None:
    line = cells("漢字x漢")
    assert hits(line, pattern_of("漢", False)) == [[(0, (0, 1))], [(0, (5, 6))]]
    assert hits(line, pattern_of("x漢", False)) == [[(0, (4, 6))]]
    combined = cells("e\u0301x")
    assert hits(combined, pattern_of("x", False)) == [[(0, (1, 2))]]


def test_blanks_at_the_end_of_a_line_are_not_searched() -> None:
    assert hits(cells("ab  "), pattern_of("b ", False)) == []
    assert hits(cells("ab  "), pattern_of("b$", True)) == [[(0, (1, 2))]]


def test_hits_are_as_many_as_the_engines_own_text_has() -> None:
    made = emulator("one abcab cab  c\r\n\r\nabc ab\r\ncab cab")
    pattern = pattern_of("ab", False)
    rows = made.history_rows() + 6
    assert len(found_in(made, 0, rows, pattern)) == sum(pattern.counts(made.joined_at(0, rows)))


def test_where_the_engine_joins_nothing_each_row_is_a_line() -> None:
    made = PyteEmulator(Size(10, 4))
    made.feed(memoryview(b"abcdefghijklm"))
    assert found_in(made, 0, 4, pattern_of("jk", False)) == []
    assert [hit.spot for hit in found_in(made, 0, 4, pattern_of("k", False))] == [Spot(1, 0)]
