"""Where the copy cursor goes by words, as in vi."""

from collections.abc import Sequence

from termlab.server.cells import texts
from termlab.server.motions import (
    MAX_WORD_ROWS,
    Spot,
    end_of,
    indent_of,
    next_word,
    next_word_end,
    previous_word,
    word_at,
)

LINES = [texts(line.encode()) for line in ("  one two.three", "", "漢字 four", "end")]
LAST = len(LINES) - 1


def read(row: int) -> Sequence[str]:
    return LINES[row]


def walk(step: str, spot: Spot, times: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for _ in range(times):
        if step == "w":
            spot = next_word(read, spot, LAST)
        elif step == "e":
            spot = next_word_end(read, spot, LAST)
        else:
            spot = previous_word(read, spot)
        found.append((spot.row, spot.column))
    return found


def test_next_word_stops_at_words_punctuation_and_lines() -> None:
    found = walk("w", Spot(0, 0), 9)
    assert found == [(0, 2), (0, 6), (0, 9), (0, 10), (2, 0), (2, 5), (3, 0), (3, 2), (3, 2)]


def test_the_end_of_words() -> None:
    found = walk("e", Spot(0, 2), 7)
    assert found == [(0, 4), (0, 8), (0, 9), (0, 14), (2, 2), (2, 8), (3, 2)]


def test_previous_word_goes_all_the_way_back() -> None:
    found = walk("b", Spot(3, 2), 8)
    assert found == [(3, 0), (2, 5), (2, 0), (0, 10), (0, 9), (0, 6), (0, 2), (0, 0)]


def test_previous_word_looks_no_further_than_it_may() -> None:
    assert previous_word(read, Spot(2, 0), 1) == Spot(1, 0)


def test_the_word_under_the_cursor() -> None:
    assert word_at(read, Spot(0, 7)) == (Spot(0, 6), Spot(0, 8))
    assert word_at(read, Spot(0, 9)) == (Spot(0, 9), Spot(0, 9))
    assert word_at(read, Spot(2, 2)) == (Spot(2, 0), Spot(2, 2))


def test_a_word_goes_on_where_its_line_wraps() -> None:
    rows = [list("one two"), list("three"), list("four five")]

    def wraps(row: int) -> bool:
        return row < 2

    read = rows.__getitem__
    word = Spot(0, 4), Spot(2, 3)
    for spot in (Spot(0, 5), Spot(1, 0), Spot(1, 4), Spot(2, 2)):
        assert word_at(read, spot, wraps) == word
    assert word_at(read, Spot(1, 2)) == (Spot(1, 0), Spot(1, 4))
    assert next_word(read, Spot(0, 4), 2, wraps) == Spot(2, 5)
    assert next_word_end(read, Spot(0, 4), 2, wraps) == Spot(2, 3)
    assert previous_word(read, Spot(2, 5), 0, wraps) == Spot(0, 4)
    assert next_word(read, Spot(0, 4), 2) == Spot(1, 0)


def test_an_endless_word_is_taken_in_part() -> None:
    first, last = word_at(lambda row: ["x"] * 9, Spot(500, 4), lambda row: True)
    assert (first, last) == (Spot(500 - MAX_WORD_ROWS, 0), Spot(500 + MAX_WORD_ROWS, 8))


def test_the_ends_of_a_line() -> None:
    assert (indent_of(LINES[0]), end_of(LINES[0])) == (2, 14)
    assert (indent_of([]), end_of([])) == (0, 0)
    assert end_of(texts(b"a   ")) == 0
