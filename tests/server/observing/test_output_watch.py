"""What a pane's program sends, of a scripted child and a real engine; time is driven."""

from typing import NamedTuple

import pytest

from termlab.model.geometry import Size
from termlab.server.observing import output_watch
from termlab.server.observing.observation import observe
from termlab.server.observing.output_watch import PAUSE_S, OutputSums, OutputWatch
from termlab.server.observing.parts import Part
from tests.server.world import Stage

OUTPUT: frozenset[Part] = frozenset(("output",))
ROWS = 24


class Bench(NamedTuple):
    """A pane of which the output is watched."""

    stage: Stage
    watch: OutputWatch

    def says(self, *data: bytes, pause_s: float = 0.1) -> OutputSums:
        """Bursts, each behind a pause."""
        for each in data:
            self.stage.pass_time(pause_s)
            self.stage.children[0].says(each)
            self.stage.turn()
        self.stage.pass_time(2 * PAUSE_S)
        self.stage.turn()
        return self.watch.read()


@pytest.fixture
def bench(stage: Stage) -> Bench:
    stage.attach()
    stage.turn()
    observation = observe(stage.server.attachments[0].focused(), stage.loop, OUTPUT)
    assert observation.output is not None
    return Bench(stage, observation.output)


def page(word: str = "row") -> bytes:
    """All rows of the screen anew."""
    return b"".join(b"\x1b[%d;1H%b %d" % (y + 1, word.encode(), y) for y in range(ROWS))


def test_a_redraw_of_the_same_changes_nothing(bench: Bench) -> None:
    found = bench.says(page(), page(), page())
    assert (found.bursts, found.rows_touched, found.rows_unchanged) == (3, 3 * ROWS, 2 * ROWS)
    assert found.counts.bytes == 3 * len(page())


def test_a_row_that_differs_is_told_from_those_that_do_not(bench: Bench) -> None:
    changed = page() + b"\x1b[5;1Hanother"
    assert bench.says(page(), changed).rows_unchanged == ROWS - 1


def test_clearing_first_does_not_make_the_same_rows_new(bench: Bench) -> None:
    found = bench.says(page(), b"\x1b[2J" + page())
    assert (found.rows_unchanged, found.counts.full_clears_unsynced) == (ROWS, 1)


def test_erasing_what_is_blank_is_no_row_for_nothing(bench: Bench) -> None:
    found = bench.says(b"\x1b[H\x1b[2J\x1b[3J", b"\x1b[H\x1b[2Jx", b"\x1b[H\x1b[2J", pause_s=0.1)
    assert (found.rows_touched, found.rows_unchanged, found.counts.full_clears) == (2, 0, 3)


def test_moving_the_cursor_writes_nothing(bench: Bench) -> None:
    found = bench.says(page(), b"\x1b[3;1H", b"\x1b[9;1H\x1b[2;5H")
    assert (found.bursts, found.rows_touched, found.rows_unchanged) == (3, ROWS, 0)


def test_what_scrolls_has_rows_that_were_written_and_none_for_nothing(bench: Bench) -> None:
    found = bench.says(b"\x1b[24;1H", b"y\r\n" * 100)
    assert (found.rows_scrolled, found.rows_unchanged) == (100, 0)
    assert found.rows_touched == 101
    wrapped = bench.says(b"x" * 800)
    assert wrapped.rows_scrolled == 109


def test_a_picture_in_pieces_is_one_burst(bench: Bench) -> None:
    for at in range(0, 200, 20):
        bench.stage.children[0].says(page()[at : at + 20])
        bench.stage.turn()
        bench.stage.pass_time(PAUSE_S / 2)
    found = bench.says()
    assert (found.bursts, found.reads) == (1, 10)
    assert found.busy_s == pytest.approx(9 * PAUSE_S / 2)


def test_a_synchronised_picture_is_judged_when_it_is_whole(bench: Bench) -> None:
    begun = b"\x1b[?2026h\x1b[2J" + page()[:100]
    found = bench.says(page(), begun, page()[100:] + b"\x1b[?2026l", pause_s=0.02)
    assert (found.rows_unchanged, found.bursts) == (ROWS, 2)
    assert (found.counts.sync_frames, found.counts.full_clears_unsynced) == (1, 0)


def test_small_reads_and_silences_are_told(bench: Bench) -> None:
    found = bench.says(b"x", b"x" * 15, b"x" * 16, pause_s=1.0)
    assert (found.reads, found.small_reads, found.busy_s) == (3, 2, 0.0)


def test_what_comes_too_fast_is_skimmed_until_there_was_time(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output_watch, "JUDGED_PER_S", len(page()) * 10)
    bench.says(page())
    found = bench.says(*[page() + b"\x1b[H\x1b[2J"] * 20, pause_s=0.01)
    assert found.counts.full_clears == 20
    assert found.bursts == 21
    assert 0 < found.counts.skimmed < found.counts.bytes
    judged = found.counts.cursor_moves
    assert judged < 15 * (ROWS + 1)
    assert bench.says(page(), pause_s=1.0).counts.cursor_moves == judged + ROWS


def test_another_size_leaves_nothing_to_hold_against(bench: Bench) -> None:
    bench.says(page())
    bench.stage.children[0].says(page())
    bench.stage.turn()
    bench.stage.server.attachments[0].focused().resize(Size(80, 10))
    assert bench.says().rows_unchanged == 0
