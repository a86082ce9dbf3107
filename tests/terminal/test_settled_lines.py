"""Commands of the history: their rows, and what is kept of them, until those rows go."""

import pytest

from termlab.model.geometry import Size
from termlab.terminal import settled_lines
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.heap_arena import HeapPersistent
from termlab.terminal.settled_lines import Place, Settled


def filled(rows: int, cols: int = 20, limit: int = 1 << 20) -> tuple[GhosttyEmulator, Settled]:
    """A terminal whose row N has the text N, and a command for each tenth row of its history."""
    emulator = GhosttyEmulator(Size(cols, 5), limit)
    settled = Settled(emulator, HeapPersistent())
    for row in range(rows):
        emulator.feed(memoryview(b"%d\r\n" % row))
        above = emulator.history_rows() - 1
        text = emulator.text_at(above, 1)[0] if above >= 0 else ""
        if text.endswith("0"):
            place = Place(above, 0)
            settled.add((place, Place(above, 2), None, place), text.encode())
    return emulator, settled


def texts(emulator: GhosttyEmulator, settled: Settled) -> list[tuple[str, str]]:
    """What is kept of each, and what stands in its row."""
    settled.refresh()
    found = []
    for index in range(len(settled)):
        place = settled.places(index)[0]
        assert place is not None
        found.append((settled.data(index).decode(), emulator.text_at(place.row, 1)[0]))
    return found


def test_rows_are_found_however_much_was_printed_since() -> None:
    emulator, settled = filled(500)
    found = texts(emulator, settled)
    assert [kept for kept, _ in found] == [str(row) for row in range(0, 491, 10)]
    assert all(kept == shown for kept, shown in found)
    assert settled.places(3)[1:] == (Place(30, 2), None, Place(30, 0))


def test_what_was_trimmed_is_gone_with_its_bytes() -> None:
    emulator, settled = filled(20_000, limit=1 << 16)
    found = texts(emulator, settled)
    assert 0 < len(found) < emulator.history_rows()
    assert all(kept == shown for kept, shown in found)


def test_all_is_gone_when_the_history_is() -> None:
    emulator, settled = filled(500)
    emulator.feed(memoryview(b"\x1b[3J"))
    assert texts(emulator, settled) == []
    assert settled.last_row() is None


def test_the_newest_can_be_cut_off() -> None:
    emulator, settled = filled(500)
    settled.refresh()
    settled.cut(settled.first_at(31))
    assert [kept for kept, _ in texts(emulator, settled)] == ["0", "10", "20", "30"]
    assert settled.last_row() == 30
    settled.cut(0)
    assert len(settled) == 0


def test_widths_may_change_many_times_before_somebody_asks() -> None:
    emulator, settled = filled(2000, cols=30)
    for cols in (2, 7, 3, 30, 11):
        settled.before_reflow()
        emulator.resize(Size(cols, 5))
    assert all(kept == shown for kept, shown in texts(emulator, settled))
    assert len(settled) == 200


def test_too_many_are_dropped_from_the_oldest_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled_lines, "MAX_SETTLED", 7)
    emulator, settled = filled(500)
    assert len(texts(emulator, settled)) == 7
    assert settled.dropped == 50 - 7


def test_long_directories_drop_the_oldest_until_the_rest_fits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settled_lines, "MAX_KEPT_BYTES", 100)
    emulator, settled = filled(500)
    assert [kept for kept, _ in texts(emulator, settled)] == [
        str(row) for row in range(170, 491, 10)
    ]
    settled.cut(1)
    place = Place(480, 0)
    settled.add((place, None, None, place), b"x" * 98)
    assert [settled.data(index) for index in range(len(settled))] == [b"x" * 98]
    settled.clear()
    settled.add((place, None, None, place), b"y" * 100)
    assert settled.data(0) == b"y" * 100
