"""What output is made of, counted from its bytes, however they are cut."""

import random

import pytest

from termlab.terminal import census as module
from termlab.terminal.census import HELD_BYTES, ByteCounts, Census


def counts(data: bytes, piece: int = 1 << 20) -> ByteCounts:
    census = Census()
    for at in range(0, len(data), piece):
        census.take(data[at : at + piece])
    census.settle()
    return census.counts()


@pytest.mark.parametrize(
    ("data", "clears"),
    [
        (b"\x1b[2J", 1),
        (b"\x1b[H\x1b[2J\x1b[3J", 1),  # `clear`
        (b"\x1b[H\x1b[J", 1),
        (b"\x1b[1;1H\x1b[m\x1b[0J", 1),
        (b"\x1bc", 1),
        (b"\x1b[2Jx\x1b[2J", 2),
        (b"\x1b[2J\x1b[Hx\x1b[H\x1b[Jy", 2),
        (b"\x1b[?1049h", 0),
        (b"\x1b[?1049h\x1b[H\x1b[2J", 1),
        (b"\x1b[3J", 0),  # the history: nothing that is shown
        (b"\x1b[J", 0),
        (b"\x1b[5;1H\x1b[J", 0),
        (b"\x1b[12J", 0),
        (b"[2J", 0),
    ],
)
def test_a_full_clear_is_what_empties_the_screen(data: bytes, clears: int) -> None:
    assert counts(data).full_clears == clears


def test_synchronised_frames_are_counted_and_clears_outside_of_them() -> None:
    frame = b"\x1b[?2026h\x1b[2Jx\x1b[?2026l"
    found = counts(frame * 3 + b"\x1b[2Jx" + b"\x1b[?2026;25h\x1b[2Jx\x1b[?25;2026l")
    assert (found.sync_frames, found.full_clears, found.full_clears_unsynced) == (4, 5, 1)


@pytest.mark.parametrize(
    ("data", "changes", "redundant"),
    [
        (b"\x1b[31mx\x1b[mx", 2, 0),
        (b"\x1b[31mx\x1b[31mx\x1b[0;31mx", 3, 2),
        (b"\x1b[mx", 1, 1),
        (b"\x1b[31mx\x1b[0m\x1b[31mx", 3, 2),  # there and back
        (b"\x1b[1m\x1b[31mx", 2, 0),
        (b"\x1b[31m\x1b[31mx", 2, 1),
        (b"\x1b[38;5;1mx\x1b[38:5:1mx", 2, 1),
        (b"\x1b[38;2;1;2;3mx\x1b[38;2;1;2;4mx", 2, 0),
        (b"\x1b[31m\x1b[5;5Hx\x1b[31mx", 2, 1),
        (b"\x1b[>4;1mx\x1b[?4mx", 0, 0),  # keyboard, not colours
    ],
)
def test_a_colour_change_for_nothing_is_redundant(
    data: bytes, changes: int, redundant: int
) -> None:
    found = counts(data)
    assert (found.colour_changes, found.colour_changes_redundant) == (changes, redundant)


def test_moves_of_the_cursor_are_counted() -> None:
    assert counts(b"\x1b[5;5Hx\x1b[A\x1b[2C\x1b7\x1b8\x1b[Gx\x1b[3dx\x1b[Kx\r\n").cursor_moves == 7


ATOMS = (
    *(b"\x1b[H", b"\x1b[2J", b"\x1b[J", b"\x1b[m", b"\x1b[31m", b"\x1b[0;31m", b"x", b"\x1b[3J"),
    *(b"\x1b[?2026h", b"\x1b[?2026l", b"\x1bc", b"\x1b[5;7H", b"\n", b"\x1b[1;1f", b"\x1b[?25l"),
)


@pytest.mark.parametrize("seed", range(20))
def test_the_counts_are_the_same_however_output_is_cut(seed: int) -> None:
    data = b"".join(random.Random(seed).choices(ATOMS, k=200))
    whole = counts(data)
    assert whole.bytes == len(data)
    for piece in (1, 2, 3, 7, 50):
        assert counts(data, piece) == whole


@pytest.mark.parametrize(
    "data", [b"\x1b[" + b"1;" * 50_000, b"\x1b[H" * 20_000, b"\x1b" * 50_000, b"\x1b]0;" * 20_000]
)
def test_what_waits_for_its_rest_is_bounded(data: bytes) -> None:
    census = Census()
    judged = sum(len(census.take(data[at : at + 1000])) for at in range(0, len(data), 1000))
    assert len(data) - judged <= HELD_BYTES


def test_the_pens_that_are_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_STEPS", 16)
    found = counts(
        b"".join(b"\x1b[38;5;%dmx" % (n % 200) for n in range(1000)) + b"\x1b[38;5;199mx"
    )
    assert (found.colour_changes, found.colour_changes_redundant) == (1001, 1)


def test_what_is_left_for_others_is_without_colours() -> None:
    census = Census()
    assert census.take(b"\x1b[31mred\x1b[m\x1b[H") == b"red"
    assert census.settle() == b"\x1b[H"
    assert census.take(b"a\x1b[") == b"a"
    assert census.settle() == b""
    assert census.take(b"2Kb") == b"\x1b[2Kb"


def test_of_what_is_skimmed_clears_and_frames_are_counted_alone() -> None:
    census = Census()
    census.take(b"\x1b[31mx\x1b[?20")
    census.skim(b"26h\x1b[32m\x1b[5;5Hx\x1b[H\x1b[m\x1b[Jx\x1b[?2026l\x1b[2J")
    census.take(b"x\x1b[32mx\x1b[m\x1b[32mx\x1b[32mx")
    found = census.counts()
    assert (found.sync_frames, found.full_clears, found.full_clears_unsynced) == (1, 2, 1)
    assert (found.cursor_moves, found.colour_changes) == (0, 5)
    assert found.colour_changes_redundant == 1
    assert found.skimmed == len(b"26h\x1b[32m\x1b[5;5Hx\x1b[H\x1b[m\x1b[Jx\x1b[?2026l\x1b[2J")


def test_the_alternate_screen_is_counted_when_it_is_entered() -> None:
    assert counts(b"\x1b[?1049hx\x1b[?1049l\x1b[?1049h").alternate_screens == 2
