"""Every command with every number of parameters: none may fail, whatever a program sends."""

from itertools import product

import pytest

from termlab.model.geometry import Size
from termlab.terminal.pyte_commands import CONTROLS, ESCAPES, SCREEN
from termlab.terminal.pyte_engine import PyteEmulator

PARAMETERS = [
    *(b"", b"0", b"1", b"3", b"9999", b"99999999", b"1;1", b"5;2", b";", b"1;2;3;4;5;6;7", b"4:3"),
    *(b";;;;;;;;;;;;", b":::", b"38;5", b"38;2;1", b"48:2:", b"0;0", b"1049;47;1047;1048;6;7;3;40"),
]
PREFIXES = (b"", b"?", b">", b"=", b"<")
INTERMEDIATES = (b"", b" ", b"$", b"!", b'"', b"'", b"#")
FINALS = [bytes([byte]) for byte in range(0x40, 0x7F)]


def engine(cols: int = 20, rows: int = 5) -> PyteEmulator:
    emulator = PyteEmulator(Size(cols, rows), scrollback_bytes=1 << 16)
    emulator.feed(memoryview("漢字 text\r\n\x1b[44m".encode() * 4))
    return emulator


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (2, 1), (1, 3)])
@pytest.mark.parametrize("final", FINALS)
def test_no_sequence_fails(final: bytes, size: tuple[int, int]) -> None:
    emulator = engine(*size)
    for prefix, parameters, between in product(PREFIXES, PARAMETERS, INTERMEDIATES):
        emulator.feed(memoryview(b"\x1b[" + prefix + parameters + between + final + "漢x".encode()))
    emulator.take_replies()
    emulator.take_events()
    assert len(emulator.rows_at(emulator.history_rows(), size[1])) == size[1]
    cursor = emulator.cursor()
    assert 0 <= cursor.x < size[0]
    assert 0 <= cursor.y < size[1]


def test_no_escape_and_no_control_fails() -> None:
    emulator = engine()
    for between, final in product(
        (b"", b" ", b"#", b"%", b"(", b")", b"*", b"+", b"((("), range(128)
    ):
        emulator.feed(memoryview(b"\x1b" + between + bytes([final]) + b"x\x18\x1b\\"))
    for control in range(32):
        emulator.feed(memoryview(bytes([control]) + b"x\x18\x1b\\"))
    assert len(emulator.rows_at(emulator.history_rows(), 9)) == 5


def test_the_tables_name_methods_of_the_screen() -> None:
    screen = engine()._screen
    names = {*CONTROLS.values(), *ESCAPES.values(), *(name for name, _ in SCREEN.values())}
    assert all(callable(getattr(screen, name)) for name in names)


def test_a_repeat_is_bounded_by_the_screen() -> None:
    emulator = engine()
    emulator.feed(memoryview(b"\x1bce\xcc\x81\x1b[2b"))
    assert emulator.text_at(0, 1) == ["e\u0301ee"]
    emulator.feed(memoryview(b"\x1bcx\x1b[9999b"))
    assert emulator.history_rows() <= 2


def test_132_columns_clear_the_screen_where_allowed_and_no_more() -> None:
    emulator = engine()
    emulator.feed(memoryview(b"\x1bckept\x1b[?3h"))
    assert emulator.text_at(0, 1) == ["kept"]
    emulator.feed(memoryview(b"\x1b[?40h\x1b[?3h" + b"x" * 25))
    assert emulator.text_at(0, 2) == ["x" * 20, "x" * 5]


def test_a_soft_reset_ends_modes_of_keys_and_the_cursor() -> None:
    emulator = engine()
    emulator.feed(memoryview(b"\x1b[?1h\x1b[?25l\x1b[?2004h\x1b[!p"))
    assert emulator.cursor().visible
    assert emulator.modes().bracketed_paste
    assert 1 not in emulator._commands.modes
