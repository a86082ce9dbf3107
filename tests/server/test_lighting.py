"""Rows of a view with what is found and selected in them lit, each row by itself."""

from termlab.model.geometry import Size
from termlab.server.lighting import Lighting
from termlab.server.motions import Spot
from termlab.server.pattern import Pattern, pattern_of
from termlab.server.selection import Selection
from termlab.terminal.ghostty import GhosttyEmulator
from tests.server.world import plain

COLS, ROWS = 10, 4


def emulator(text: str) -> GhosttyEmulator:
    made = GhosttyEmulator(Size(COLS, ROWS))
    made.feed(memoryview(text.encode()))
    return made


def lit(
    made: GhosttyEmulator,
    top: int,
    count: int,
    pattern: Pattern | None = None,
    selection: Selection | None = None,
) -> list[str]:
    """What is reversed in each row."""
    rows = made.rows_at(top, count)
    shown = Lighting().lighted(made, top, rows, selection, pattern)
    return [
        plain(b"".join(part.split(b"\x1b[m")[0] for part in row.split(b"\x1b[7m")[1:]))
        for row in shown
    ]


def test_each_hit_is_lit() -> None:
    made = emulator("one two\r\nno\r\nthree")
    assert lit(made, 0, 3, pattern_of("o", False)) == ["oo", "o", ""]


def test_a_hit_across_a_wrap_is_lit_in_both_rows_and_beyond_the_view() -> None:
    made = emulator("abcdefghijklmnopqrstuvwxyz")
    pattern = pattern_of("jklmnopqrstu", False)
    assert lit(made, 0, 3, pattern) == ["j", "klmnopqrst", "u"]
    assert lit(made, 1, 1, pattern) == ["klmnopqrst"]
    assert lit(made, 2, 1, pattern) == ["u"]


def test_what_is_selected_is_lit_instead_of_hits() -> None:
    made = emulator("one two\r\none")
    selection = Selection("char", Spot(0, 4), Spot(0, 6))
    assert lit(made, 0, 2, pattern_of("one", False), selection) == ["two", "one"]


def test_rows_that_show_neither_are_as_they_were() -> None:
    made = emulator("\x1b[31mone\x1b[m\r\ntwo")
    rows = made.rows_at(0, 2)
    assert Lighting().lighted(made, 0, rows, None, pattern_of("x", False)) == rows


def test_what_was_made_for_the_last_frame_is_made_once() -> None:
    made, lighting, pattern = emulator("one two"), Lighting(), pattern_of("two", False)
    rows = made.rows_at(0, 1)
    first = lighting.lighted(made, 0, rows, None, pattern)
    assert lighting.lighted(made, 0, rows, None, pattern)[0] is first[0]
    assert lighting.lighted(made, 0, rows, None, pattern_of("one", False))[0] != first[0]
