"""The recordings on both engines: what pyte shows is what the native engine shows, cell for cell.

Half the way through each and at its end: text, styles, cursor and modes. Where rows differ, they
are listed with the reason; a row that does not differ may not be listed.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from termlab.model.geometry import Size
from termlab.terminal.emulator import Emulator
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.pyte_engine import LACKS, PyteEmulator
from tests.terminal.cells import Cell, paint, screen
from tests.terminal.test_ghostty_recordings import RECORDINGS, SIZE, Recording, expected

FILES: Final = sorted((Path(__file__).parents[1] / "recordings").glob("*.cast"))
# A painter is wider than its pane: with autowrap off the native engine loses a combining mark in
# its own last column.
MARGIN: Final = 2


class Difference(NamedTuple):
    """Rows that are not the same, because of something pyte lacks or for another reason."""

    rows: frozenset[int]
    lacks: str = ""
    why: str = ""


DIFFERENT: Final = {
    "broken-sequences": Difference(
        frozenset({4, 5}), why="the native engine shows DEL as a character, terminals do not"
    ),
    "clusters-mode-2027": Difference(frozenset({1, 2, 3, 4}), "grapheme widths"),
    "erasing": Difference(frozenset({15}), "protected cells"),
    "left-right-margins": Difference(frozenset(range(5, 14)), "left and right margins"),
    "tabs": Difference(
        frozenset({2}), why="the native engine clears no tab stop for CSI g without a number"
    ),
}


class Step(NamedTuple):
    rows: list[list[Cell]]
    cursor: object
    modes: object


def shown(emulator: Emulator) -> list[list[Cell]]:
    """The cells of what the engine's rows paint. Links are what pyte lacks: left out here."""
    cols, rows = emulator.size.cols, emulator.size.rows
    painter = GhosttyEmulator(Size(cols + MARGIN, rows))
    paint(painter, dict(enumerate(emulator.rows_at(emulator.history_rows(), rows))))
    cells = [[cell._replace(link="") for cell in row] for row in screen(painter)]
    painter.close()
    return cells


def steps(emulator: Emulator, parts: list[bytes]) -> Iterator[Step]:
    half = len(parts) // 2
    for some in (parts[:half], parts[half:]):
        emulator.feed(memoryview(b"".join(some)))
        yield Step(shown(emulator), emulator.cursor(), emulator.modes())
    emulator.close()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_a_recording_looks_the_same_on_both_engines(path: Path) -> None:
    header, *events = (json.loads(line) for line in path.read_text().splitlines())
    size = Size(header["width"], header["height"])
    parts = [text.encode() for _, kind, text in events if kind == "o"]
    known = DIFFERENT.get(path.stem, Difference(frozenset()))
    differing = set()
    for native, pyte in zip(
        steps(GhosttyEmulator(size), parts), steps(PyteEmulator(size), parts), strict=True
    ):
        rows = enumerate(zip(native.rows, pyte.rows, strict=True))
        differing |= {y for y, (one, other) in rows if one != other}
        assert native.modes == pyte.modes
        assert native.cursor == pyte.cursor or known.rows
    assert differing == known.rows


def test_nearly_all_recordings_look_the_same_in_every_row() -> None:
    assert set(DIFFERENT) < {path.stem for path in FILES}
    assert len(FILES) - len(DIFFERENT) >= 57
    assert all(each.why or each.lacks in LACKS for each in DIFFERENT.values())


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda recording: str(recording.name))
def test_a_small_recording_makes_these_cells(recording: Recording) -> None:
    emulator = PyteEmulator(SIZE)
    emulator.feed(memoryview(recording.data))
    cells = [[cell._replace(link="") for cell in row] for row in expected(recording)]
    assert [row[: SIZE.cols] for row in shown(emulator)] == cells


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda recording: str(recording.name))
def test_its_bytes_may_come_one_by_one(recording: Recording) -> None:
    whole, single = PyteEmulator(SIZE), PyteEmulator(SIZE)
    whole.feed(memoryview(recording.data))
    for position in range(len(recording.data)):
        single.feed(memoryview(recording.data)[position : position + 1])
    assert single.changed_rows() == whole.changed_rows()
    assert single.cursor() == whole.cursor()
