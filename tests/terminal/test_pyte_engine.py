"""What is particular to the pyte engine: its bounds, on what a hostile program sends."""

import pytest

from termlab.errors import PtyError
from termlab.model.geometry import MAX_SIDE, Size
from termlab.terminal.pyte_engine import PyteEmulator

SIZE = Size(20, 5)


def feed(emulator: PyteEmulator, data: bytes) -> None:
    emulator.feed(memoryview(data))


@pytest.mark.parametrize("size", [Size(0, 0), Size(1, MAX_SIDE + 1)])
def test_no_terminal_is_made_in_an_impossible_size(size: Size) -> None:
    with pytest.raises(PtyError):
        PyteEmulator(size)


@pytest.mark.parametrize("limit", [1 << 16, 1 << 20])
@pytest.mark.parametrize("line", [b"line\r\n", b"\n", b"\x1b[48;2;1;2;3m\x1b[Kx\x1b[m\n"])
def test_history_is_bounded_by_bytes(limit: int, line: bytes) -> None:
    emulator = PyteEmulator(Size(80, 10), scrollback_bytes=limit)
    for _ in range(20):
        feed(emulator, line * (limit // 1000))
    screens = emulator.stats().memory_bytes - emulator._history.bytes
    assert limit * 0.9 < emulator._history.bytes <= limit
    assert screens == 2 * 10 * 80 * 64


@pytest.mark.parametrize(
    "flood",
    [
        b"\x1b]2;" + b"t" * (4 << 20),
        b"\x1b_G" + b"A" * (4 << 20),
        b"\x1bP" + b"q" * (4 << 20),
        b"\x1b]8;;" + b"h" * (1 << 20) + b"\x07x",
        b"\x1b[" + b"1;" * 50_000,
        b"a" + "\u0301".encode() * 50_000,
        b"\x1b7" * 50_000,
        b"\x1b[?1049h" * 20_000,
        b"\x1b[9999S" * 2_000,
        b"\x1bH\x1b[C" * 20_000,
    ],
    ids=["title", "kitty", "dcs", "link", "csi", "marks", "save", "alternate", "scroll", "tabs"],
)
def test_floods_leave_a_working_terminal(flood: bytes) -> None:
    emulator = PyteEmulator(SIZE)
    feed(emulator, flood)
    assert all(len(row) < 1 << 16 for row in emulator.changed_rows().values())
    feed(emulator, b"\x18\x1b\\\x1bcstill here")
    assert emulator.text_at(0, 1) == ["still here"]


def test_many_modes_and_tracked_rows_keep_their_bounds() -> None:
    emulator = PyteEmulator(SIZE)
    handles = [emulator.track(0) for _ in range(100)]
    for handle in handles:
        emulator.untrack(handle)
    assert emulator._history._tracked == {}


def test_terminals_are_independent() -> None:
    one, two = PyteEmulator(SIZE), PyteEmulator(SIZE)
    feed(one, b"one\x1b[?1h\x1b[?1049h")
    feed(two, b"two")
    one.close()
    assert two.changed_rows()[0] == b"two"
    assert not two.modes().alternate


def test_there_is_nothing_to_make_smaller() -> None:
    emulator = PyteEmulator(SIZE)
    feed(emulator, b"line\r\n" * 1000)
    assert not emulator.compress()
