"""Rows back to cells."""

from hypothesis import given
from hypothesis import strategies as st

from termlab.model.geometry import Size
from termlab.terminal.pyte_engine import PyteEmulator
from termlab.terminal.pyte_line import used_cells
from termlab.terminal.pyte_recall import Recall, clip
from termlab.terminal.pyte_rows import render
from tests.terminal.test_ghostty_rows import disputed, edit, erase, place, sgr, text

RED = b"\x1b[0m\x1b[38;5;1m"
END = b"\x1b[0m"


@given(st.lists(st.one_of(text, disputed, sgr, place, erase, edit), max_size=20))
def test_a_row_recalled_is_the_same_row(pieces: list[bytes]) -> None:
    emulator = PyteEmulator(Size(20, 6))
    emulator.feed(memoryview(b"".join(pieces)))
    recall = Recall(20)
    for row in emulator.changed_rows().values():
        assert render(used_cells(recall.line(row), 20)) == row


def test_rows_are_cut_at_the_width_of_the_screen() -> None:
    rows = [
        b"short",
        b"0123456789",
        RED + b"01234567" + END,
        RED + b"a" + END + b"\x1b[8Cb",
        "12345漢字".encode(),
        b"",
    ]
    assert clip(rows, 10, 6) == [
        b"short",
        b"012345",
        RED + b"012345" + END,
        RED + b"a" + END,
        b"12345",
        b"",
    ]
