"""The contract every engine keeps, of what is asked about lines and prompts (see test_emulator)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from termlab.model.geometry import Size
from termlab.terminal.emulator import Emulator
from termlab.terminal.ghostty import GhosttyEmulator
from tests.terminal.test_emulator import engine as engine
from tests.terminal.test_emulator import feed, needs
from tests.terminal.test_emulator import word as word

PROMPT = b"\x1b]133;A\x07$ \x1b]133;B\x07"


def test_the_cursors_place_counts_from_the_oldest_row(engine: Emulator) -> None:
    feed(engine, b"x\r\n" * 20 + b"abc")
    assert engine.cursor_place() == (20, 3)
    feed(engine, b"\x1b[2;5H")
    assert engine.cursor_place() == (engine.history_rows() + 1, 4)


def test_on_the_alternate_screen_the_cursor_has_no_place(engine: Emulator) -> None:
    feed(engine, b"abc\x1b[?1049h")
    assert engine.cursor_place() is None
    feed(engine, b"\x1b[?1049l")
    assert engine.cursor_place() == (0, 3)


def test_a_prompt_stands_in_its_row_until_the_screen_is_cleared(engine: Emulator) -> None:
    feed(engine, b"out\r\n" + PROMPT + b"ls")
    assert engine.prompt_at(1)
    feed(engine, b"\x1b[H\x1b[2J")
    assert not engine.prompt_at(1)
    assert not engine.prompt_at(1 << 20)


@needs("prompt rows")
def test_a_row_of_output_is_no_prompt(engine: Emulator) -> None:
    feed(engine, PROMPT + b"ls\r\n\x1b]133;C\x07out\r\n")
    assert [engine.prompt_at(row) for row in range(3)] == [True, False, False]


@needs("soft wraps")
def test_many_rows_say_at_once_which_go_on_in_the_next(engine: Emulator) -> None:
    feed(engine, b"x" * 25 + b"\r\n\r\n" + b"y" * 45)
    assert engine.wraps_at(0, 6) == [True, False, False, True, True, False]
    assert engine.wraps_at(3, 1) == [True]
    assert engine.wraps_at(1 << 20, 3) == []


TEXTS = st.sampled_from(
    ["x" * 7, "x" * 70, "日本" * 9, "   ", " " * 30, "\r\n", "\r\n\r\n", "a\tb", "é"]
)


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=40), st.integers(2, 30))
def test_asked_at_once_or_singly_it_is_the_same(parts: list[str], cols: int) -> None:
    emulator = GhosttyEmulator(Size(cols, 5), 1 << 20)
    emulator.feed(memoryview("".join(parts).encode()))
    count = emulator.history_rows() + 5
    assert emulator.wraps_at(0, count) == [emulator.wraps(row) for row in range(count)]
    emulator.close()
