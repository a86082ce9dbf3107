"""Whatever a program prints, separators and the panes beside it stay where they are: on terminals
that measure clusters otherwise than the engine, with both ways of painting a row."""

from collections.abc import Callable
from typing import Final

import pyte
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termlab.client.painter import Painter
from termlab.client.width import tame_end
from termlab.model.geometry import Rect, Size
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.ui.vt_row import at_column
from termlab.wire.messages import PaneRows
from tests.terminal.cells import feed

# The pane, between a mark and what stands to its right.
PANE: Final = Rect(2, 0, 10, 3)
OUTER: Final = Size(24, 4)
BEFORE: Final = b"".join(
    b"\x1b[%d;1H<|%b|right" % (y + 1, b"." * PANE.cols) for y in range(PANE.rows)
)
PIECES: Final = (
    *("a", "漢", "e\u0301", "❤️", "☎️", "☺︎", "1️⃣", "#\u20e3", "x\u20dd", "⭐", "🀄", "\n", "\r\n"),
    *("👩‍💻", "👍🏽", "🏳️‍🌈", "👨‍👩‍👧‍👦", "⛹🏻‍♀️", "🇩🇪", "🇩"),
    *("क्षि", "நி", "กำ", "ᬆ", "꣄", "\U00011001", "ﷺ", "\u0600"),
    *("한", "ᄒ", "ᄒ\u1161\u11ab", "\u115f", "\u3164", "\uffa0", "\u302e"),
    *("\u200b", "\u00ad", "\u2060", "\ufe0f", "\u200d", "\ufff9", "\u2e3a", "\x1b[1;41m", "\x1b[m"),
    *("\x1b[5C", "\x1b[2;9H", "\x1b]8;;http://a\x1b\\", "\x1b]8;;\x1b\\"),
)

Shows = Callable[[bytes], list[str]]


def ghostty(mode: bytes = b"") -> Shows:
    """The rows of a terminal of our own engine, without the pane's cells."""

    def shows(data: bytes) -> list[str]:
        engine = GhosttyEmulator(OUTER)
        feed(engine, b"\x1b[?7l" + mode + data)
        rows = engine.text_at(engine.history_rows(), PANE.rows)
        engine.close()
        return rows

    return shows


def by_characters(data: bytes) -> list[str]:
    """The same of a terminal that measures each character by itself."""
    screen = pyte.Screen(OUTER.cols, OUTER.rows)
    pyte.ByteStream(screen).feed(b"\x1b[?7l" + data)
    return ["".join(screen.buffer[y][x].data for x in range(OUTER.cols)) for y in range(PANE.rows)]


def painted(rows: dict[int, bytes]) -> bytes:
    painter = Painter()
    painter.place({1: PANE}, OUTER.cols, OUTER.rows)
    return painter.message(painter.pane(PaneRows(1, tuple(sorted(rows.items())), None)))


def as_strips(rows: dict[int, bytes]) -> bytes:
    return b"".join(
        b"\x1b[%d;%dH%b" % (y + 1, PANE.x + 1, at_column(row, PANE.x, PANE.cols))
        for y, row in rows.items()
        if y < PANE.rows
    )


@pytest.mark.parametrize("paint", [painted, as_strips])
@pytest.mark.parametrize(
    "shows",
    [ghostty(), ghostty(b"\x1b[?2027h"), by_characters],
    ids=["same", "clusters", "wcwidth"],
)
@settings(deadline=None, max_examples=150)
@given(parts=st.lists(st.sampled_from(PIECES), max_size=40))
@example(parts=["a", "a", "a", "👍🏽", "\u0600", "a", "🏳️‍🌈"])
def test_nothing_beside_a_pane_is_moved(
    shows: Shows, paint: Callable[[dict[int, bytes]], bytes], parts: list[str]
) -> None:
    pane = GhosttyEmulator(Size(PANE.cols, PANE.rows))
    feed(pane, "".join(parts).encode())
    data = paint(pane.changed_rows())
    pane.close()
    for row in shows(BEFORE + data):
        assert row.startswith("<|"), parts
        assert row.rstrip().endswith("|right"), parts


@pytest.mark.parametrize(
    ("row", "tamed"),
    [
        ("abcd❤️", "abcd❤"),
        ("abc❤️", "abc❤️"),
        ("❤️\x1b[2Gbcd1️⃣", "❤️\x1b[2Gbcd1\u20e3"),
        ("\x1b[1mabcd❤️‍\x1b[0m", "\x1b[1mabcd❤‍\x1b[0m"),
        ("\x1b[3C漢", "\x1b[3C漢"),
        ("🇩\x1b[3G🇪❤️", "🇩\x1b[3G🇪❤"),
        ("a\u3164b\u115fc\uffa0", "abc"),
        ("abcde", "abcde"),
        ("abcé", "abcé"),
    ],
)
def test_the_last_column_asks_for_no_form_that_might_be_wider(row: str, tamed: str) -> None:
    assert tame_end(row.encode(), 5).decode() == tamed
