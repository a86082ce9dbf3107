"""What is particular to the ghostty engine: its bounds and its claims."""

import pytest

from termlab.errors import PtyError
from termlab.model.geometry import MAX_SIDE, Size
from termlab.terminal.ghostty import CELL_BYTES, SCROLLBACK_BYTES, GhosttyEmulator
from tests.terminal.cells import feed


def test_it_lacks_nothing() -> None:
    assert GhosttyEmulator.lacks == frozenset()


@pytest.mark.parametrize("size", [Size(0, 0), Size(1, MAX_SIDE + 1)])
def test_no_terminal_is_made_in_an_impossible_size(size: Size) -> None:
    with pytest.raises(PtyError):
        GhosttyEmulator(size)


@pytest.mark.parametrize("size", [Size(1, 1), Size(MAX_SIDE, 1), Size(1, MAX_SIDE)])
def test_the_extreme_sizes_work(size: Size) -> None:
    emulator = GhosttyEmulator(size)
    feed(emulator, "漢a\x1b[41m\x1b[K".encode())
    assert len(emulator.changed_rows()) == size.rows


@pytest.mark.parametrize("limit", [1 << 20, 4 << 20])
def test_history_is_bounded_by_bytes(limit: int) -> None:
    emulator = GhosttyEmulator(Size(200, 50), scrollback_bytes=limit)
    feed(emulator, b"line\r\n" * (2 * limit // 1600 + 1000))
    kept = emulator.stats().memory_bytes
    assert limit / 2 < kept < limit + (1 << 20)  # dropped by the page, about 400 KB


def test_the_default_keeps_about_ten_thousand_rows_of_200_columns() -> None:
    assert SCROLLBACK_BYTES // (200 * CELL_BYTES) > 10_000


def test_without_scrollback_nothing_is_kept() -> None:
    emulator = GhosttyEmulator(Size(20, 5), scrollback_bytes=0)
    feed(emulator, b"x\r\n" * 100)
    assert emulator.history_rows() == 0


@pytest.mark.parametrize(
    "flood",
    [
        b"\x1b]2;" + b"t" * (4 << 20),
        b"\x1b_G" + b"A" * (4 << 20),
        b"\x1bP" + b"q" * (4 << 20),
        b"\x1b]52;c;" + b"QUJD" * (1 << 20),
        b"\x1b]8;;" + b"h" * (1 << 20) + b"\x07x",
        b"a" + "\u0301".encode() * 200_000,
    ],
    ids=["title", "kitty", "dcs", "clipboard", "link", "marks"],
)
def test_endless_strings_leave_a_working_terminal(flood: bytes) -> None:
    emulator = GhosttyEmulator(Size(20, 5))
    feed(emulator, flood)
    assert all(len(row) < 1 << 20 for row in emulator.changed_rows().values())
    feed(emulator, b"\x18\x1b\\\x1bcstill here")
    assert emulator.text_at(0, 1) == ["still here"]


def test_history_rows_repaint_links_and_gaps_as_well() -> None:
    emulator = GhosttyEmulator(Size(20, 5))
    feed(emulator, b"\x1b[7ma\x1b[m\x1b[5Gb\r\n\x1b]8;;http://a\x07l\x1b]8;;\x07" + b"\r\n" * 9)
    gaps, link = emulator.rows_at(0, 2)
    assert gaps == b"\x1b[0m\x1b[7ma\x1b[0m\x1b[3Cb"
    assert link == b"\x1b]8;;http://a\x1b\\l\x1b]8;;\x1b\\"


def test_long_history_is_read_in_batches() -> None:
    emulator = GhosttyEmulator(Size(20, 5))
    feed(emulator, b"".join(b"%d\r\n" % n for n in range(1000)))
    assert emulator.text_at(0, 1000) == [str(n) for n in range(1000)]
    assert emulator.rows_at(100, 800) == [b"%d" % n for n in range(100, 900)]


def test_terminals_are_independent() -> None:
    one, two = GhosttyEmulator(Size(20, 5)), GhosttyEmulator(Size(20, 5))
    feed(one, b"one\x1b[?1h")
    feed(two, b"two")
    one.close()
    assert two.changed_rows()[0] == b"two"
    assert not two.modes().alternate


def test_a_program_cannot_make_its_screen_wider_than_its_pane() -> None:
    emulator = GhosttyEmulator(Size(20, 3))
    emulator.feed(memoryview(b"\x1b[?40h\x1b[?3h" + b"x" * 25))
    rows = emulator.changed_rows()
    assert [rows[0], rows[1]] == [b"x" * 20, b"x" * 5]
    emulator.close()


def test_history_made_smaller_reads_as_before() -> None:
    emulator = GhosttyEmulator(Size(80, 24))
    feed(emulator, b"".join(b"line %d of many\r\n" % n for n in range(5000)))
    before = emulator.text_at(0, 5000)
    while emulator.compress():
        pass
    assert emulator.text_at(0, 5000) == before
    feed(emulator, b"and on\r\n")
    assert emulator.text_at(0, 4000) == before[:4000]
    emulator.close()


@pytest.mark.parametrize("cuts", [(2,), (3,), (2, 3), (1, 2, 3, 4)])
def test_a_link_is_seen_wherever_its_beginning_is_cut(cuts: tuple[int, ...]) -> None:
    emulator = GhosttyEmulator(Size(20, 2))
    link = b"\x1b]8;;http://a\x1b\\x"
    at = 0
    for cut in (*cuts, len(link)):
        feed(emulator, link[at:cut])
        at = cut
    assert b"http://a" in emulator.changed_rows()[0]
