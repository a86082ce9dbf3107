"""Cells under commands, against the native engine, and what keeps them bounded."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termlab.model.geometry import Size
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.pyte_engine import PyteEmulator
from termlab.terminal.pyte_line import Line
from termlab.terminal.pyte_rows import text as text_of
from termlab.terminal.pyte_screen import MAX_CLUSTER_CHARS, MAX_LOOKS, CellScreen
from tests.terminal.cells import differences, paint
from tests.terminal.test_ghostty_rows import edit, erase, place, region, sgr, text

COLS, ROWS = 20, 6
CONTROLS = (
    *(b"\r\n", b"\n", b"\b", b"\t", b"\x1bD", b"\x1b7", b"\x1b8", b"\x1b[r", b"\x1b[4h"),
    *(b"\x1b[4l", b"\x1b#8", b"\x1b(0qx\x1b(B", b"\x1b[?1049h", b"\x1b[?1049l"),
    *(b"\x1b[3J", b"\x1bc"),
)
control = st.sampled_from(CONTROLS)
piece = st.one_of(text, text, sgr, sgr, place, erase, edit, region, control)


# The two differ in details that nobody relies on; these examples are always the same ones.
@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.lists(piece, min_size=1, max_size=25))
def test_commands_make_the_cells_of_the_native_engine(pieces: list[bytes]) -> None:
    native, pyte = GhosttyEmulator(Size(COLS, ROWS)), PyteEmulator(Size(COLS, ROWS))
    shown = [GhosttyEmulator(Size(COLS + 2, ROWS)) for _ in range(2)]
    for each in pieces:
        native.feed(memoryview(each))
        pyte.feed(memoryview(each))
    paint(shown[0], native.changed_rows())
    paint(shown[1], pyte.changed_rows())
    assert differences(*shown) == []
    assert pyte.cursor() == native.cursor()
    assert pyte.history_rows() == native.history_rows()
    for emulator in (native, *shown):
        emulator.close()


def screen(gone: list[Line] | None = None) -> CellScreen:
    return CellScreen(10, 4, (gone if gone is not None else []).append)


def test_lines_that_leave_at_the_top_are_handed_on_in_order() -> None:
    gone: list[Line] = []
    it = screen(gone)
    for number in range(5):
        it.draw(f"{number}")
        it.carriage_return()
        it.linefeed()
    it.scroll(2)
    assert [text_of(list(line.values())) for line in gone] == ["0", "1", "2", "3"]


def test_a_cursor_is_saved_once_not_on_a_stack() -> None:
    it = screen()
    for number in range(1000):
        it.cursor.x = number % 10
        it.save_cursor()
    assert it.savepoints == []
    it.restore_cursor()
    it.restore_cursor()
    assert it.cursor.x == 9


def test_marks_on_one_character_are_bounded() -> None:
    it = screen()
    it.draw("a" + "\u0301" * 10_000)
    assert len(it.buffer[0][0].data) == MAX_CLUSTER_CHARS


def test_looks_are_not_kept_without_end() -> None:
    it = screen()
    for number in range(10 * MAX_LOOKS):
        it.sgr(f"38;2;{number % 256};{number // 256};0")
        it.draw("x")
        assert len(it._glyphs) <= MAX_LOOKS


def test_a_soft_reset_keeps_what_is_shown() -> None:
    it = screen()
    it.draw("kept")
    it.sgr("31")
    it.set_margins(2, 3)
    it.cursor.y = 2
    it.soft_reset()
    it.draw("!")
    assert it.cursor.y == 2
    assert it.buffer[2][0].fg == ""
    assert it.margins == (0, 3)
