"""Rows that repaint cell for cell: random streams in one terminal, its rows in a second one."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termlab.model.geometry import Size
from termlab.terminal.ghostty import GhosttyEmulator
from tests.terminal.cells import differences, feed, paint

COLS, ROWS = 20, 6
SIZES = ((20, 6), (14, 4), (26, 8), (3, 3))

number = st.integers(1, 22)
text = st.sampled_from(
    ["a", "hello", "   ", "x  y", "漢字", "é", "e\u0301", "ok 漢 z", "─│", "ñ\u0327a"]
).map(str.encode)
disputed = st.sampled_from(["❤️", "👍🏽", "🇩🇪", "👨‍👩‍👧", "1️⃣", "क्षि", "का", "a\u00adb", "한"]).map(
    str.encode
)
sgr = st.sampled_from(
    b"0 1 2 3 4 4:3 5 7 8 9 21 53 31 97 41 104 38;5;200 48;5;17 38;2;1;2;3 48;2;9;8;7 58;5;9 "
    b"58;2;1;2;3 49 39 24 27 1;4;31;42".split()
).map(lambda value: b"\x1b[%bm" % value)
motion = st.builds(lambda n, kind: b"\x1b[%d%c" % (n, kind), number, st.sampled_from(b"ABCDGdEFIZ"))
place = st.builds(lambda y, x: b"\x1b[%d;%dH" % (y, x), st.integers(1, 7), number)
erase = st.sampled_from([b"\x1b[K", b"\x1b[1K", b"\x1b[2K", b"\x1b[J", b"\x1b[1J", b"\x1b[2J"])
edit = st.builds(
    lambda n, kind: b"\x1b[%d%c" % (n, kind), st.integers(1, 5), st.sampled_from(b"@PLMSTXb")
)
region = st.builds(
    lambda top, bottom: b"\x1b[%d;%dr" % (top, bottom), st.integers(1, 3), st.integers(3, 6)
)
controls = (
    *(b"\r\n", b"\n", b"\r", b"\b", b"\t", b"\x1bM", b"\x1bD", b"\x1b7", b"\x1b8", b"\x1b[r"),
    *(b"\x1b#8", b"\x1b(0qx\x1b(B", b"\x1b[4h", b"\x1b[4l", b"\x1b[!p", b"\x1b[?6h", b"\x1b[?6l"),
    *(b"\x1b[?7l", b"\x1b[?7h", b"\x1b[?69h\x1b[3;12s", b"\x1b[?69l", b'\x1b[1"q', b'\x1b[0"q'),
)
control = st.sampled_from(controls)
screens = st.sampled_from([b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?47h", b"\x1b[?47l"])
links = st.sampled_from([b"\x1b]8;;http://a\x1b\\", b"\x1b]8;id=1;http://b/c\x07", b"\x1b]8;;\x07"])
prompts = st.sampled_from([b"\x1b]133;A\x07", b"\x1b]133;B\x07", b"\x1b]133;C\x07"])
piece = st.one_of(
    text, text, sgr, sgr, motion, place, erase, edit, region, control, screens, links, prompts
)
resize = st.sampled_from(SIZES)


# A painter is wider than its pane: with autowrap off the engine loses a combining mark in its own
# last column.
MARGIN = 2


def run_both(steps: list[bytes | tuple[int, int]], clusters: bool) -> None:
    """Feed the steps to one terminal, repaint it into a second, compare after each."""
    source = GhosttyEmulator(Size(COLS, ROWS))
    painter = GhosttyEmulator(Size(COLS + MARGIN, ROWS))
    if clusters:
        feed(source, b"\x1b[?2027h")
        feed(painter, b"\x1b[?2027h")
    for step in steps:
        if isinstance(step, bytes):
            feed(source, step)
        else:
            cols, rows = step
            source.resize(Size(cols, rows))
            painter.resize(Size(cols + MARGIN, rows))
        paint(painter, source.changed_rows())
        assert differences(source, painter) == []
    source.close()
    painter.close()


chunk = st.lists(piece, min_size=1, max_size=12).map(b"".join)
fuzz = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@fuzz
@given(st.lists(st.one_of(chunk, chunk, chunk, resize), min_size=1, max_size=6))
def test_changed_rows_repaint_every_cell(steps: list[bytes | tuple[int, int]]) -> None:
    run_both(steps, clusters=False)


@fuzz
@given(
    st.lists(st.lists(st.one_of(text, disputed, sgr, place, links), max_size=9).map(b"".join)),
    st.booleans(),
)
def test_disputed_clusters_repaint_where_painter_and_pane_agree(
    steps: list[bytes | tuple[int, int]], clusters: bool
) -> None:
    run_both(steps, clusters)
