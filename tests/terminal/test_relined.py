"""Cells of rows to cells of lines and back, over another width."""

from hypothesis import given, settings
from hypothesis import strategies as st

from termlab.model.geometry import Size
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.relined import MAX_FOLLOWED, Relined


def marker_rows(emulator: GhosttyEmulator) -> dict[str, int]:
    """The row of each line's beginning, by the number it begins with."""
    rows = emulator.text_at(0, emulator.history_rows() + emulator.size.rows)
    return {text.split(":")[0]: y for y, text in enumerate(rows) if ":" in text}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 90), min_size=1, max_size=60),
    st.integers(8, 50),
    st.integers(8, 50),
)
def test_a_line_is_found_in_its_rows_at_any_width(wide: list[int], old: int, new: int) -> None:
    emulator = GhosttyEmulator(Size(old, 6), 1 << 20)
    for number, extra in enumerate(wide):
        emulator.feed(memoryview(b"%d:%s\r\n" % (number, b"y" * extra)))
    before = marker_rows(emulator)
    relined = Relined(emulator, list(before.values()))
    places = {name: relined.line_of(row, 0) for name, row in before.items()}
    relined.forget_rows()
    emulator.resize(Size(new, 6))
    relined.find_rows()
    found = {name: relined.row_of(*place) for name, place in places.items()}
    assert found == {name: (row, 0) for name, row in marker_rows(emulator).items()}
    relined.close()


def test_a_later_cell_of_a_line_is_in_a_later_row() -> None:
    emulator = GhosttyEmulator(Size(10, 6), 1 << 20)
    emulator.feed(memoryview(b"0123456789abcdef\r\nend"))
    relined = Relined(emulator, [0, 1, 2])
    assert relined.line_of(1, 3) == (1, 13)
    emulator.resize(Size(6, 6))
    relined.find_rows()
    assert relined.row_of(1, 13) == (2, 1)
    assert relined.row_of(99, 0) is None
    relined.close()


def test_few_rows_are_followed_and_what_is_between_them_is_counted() -> None:
    emulator = GhosttyEmulator(Size(10, 6), 16 << 20)
    count = 4 * MAX_FOLLOWED + 3
    for number in range(count):
        emulator.feed(memoryview(b"%d:%s\r\n" % (number, b"y" * (number % 23))))
    before = marker_rows(emulator)
    relined = Relined(emulator, list(before.values()))
    assert len(relined._anchors) <= MAX_FOLLOWED
    places = [relined.line_of(row, 0) for row in before.values()]
    emulator.resize(Size(7, 6))
    relined.find_rows()
    assert [relined.row_of(*place) for place in places] == [
        (row, 0) for row in marker_rows(emulator).values()
    ]
    relined.close()


def test_what_was_trimmed_is_told() -> None:
    emulator = GhosttyEmulator(Size(10, 6), 1 << 16)
    emulator.feed(memoryview(b"text\r\n" * 10))
    relined = Relined(emulator, [0, 5])
    place = relined.line_of(0, 0)
    emulator.feed(memoryview(b"more\r\n" * 50_000))
    assert relined.last_row() is None
    relined.find_rows()
    assert relined.row_of(*place) is None
    relined.close()
