"""Rules about what is drawn, each just crossed and just not."""

import pytest

from termlab.model.figure import Missing
from termlab.runs.findings import judge
from tests.runs.judged import Given, run
from tests.runs.rules.held import held

CLEARS: Given = {"full_clears": 31, "full_clears_unsynced": 31, "bursts": 40, "keys": 0}
BY_KEYS: Given = CLEARS | {"keys": 40, "rows_touched": 500, "rows_unchanged": 280}
REDRAW: Given = {"rows_touched": 2400, "rows_unchanged": 2300}
REPRINT: Given = {
    "rows_scrolled": 9000,
    "full_clears": 30,
    "full_clears_unsynced": 0,
    "bursts": 200,
}
COLOURS: Given = {"colour_changes": 9000, "colour_changes_redundant": 8800, "pty_bytes": 140_000}
PLACED: Given = {"cursor_moves": 6000, "pty_bytes": 60_000}
IN_PIECES: Given = {"write_calls": 5000, "write_bytes": 200_000}


def test_clears_that_are_seen_flicker() -> None:
    (found,) = judge(run(**CLEARS))
    assert (found.rule, found.severity) == ("flicker", "bad")
    assert found.says.startswith("31 full clears outside synchronised output, 3.1 a second")


@pytest.mark.parametrize(
    "healthy",
    [
        {"full_clears_unsynced": 4, "full_clears": 4},
        {"wall_s": 100.0},
        {"keys": 40},  # an editor clears in front of each new page
    ],
)
def test_some_clears_are_no_flicker(healthy: Given) -> None:
    assert held(run(**CLEARS | healthy)) == []


def test_a_screen_that_is_cleared_for_a_key_and_is_the_same_again_flickers() -> None:
    (found,) = judge(run(**BY_KEYS))
    assert (found.rule, found.severity) == ("flicker", "bad")
    assert "56% of the rows drawn again are as they were" in found.says
    assert held(run(**BY_KEYS | {"rows_unchanged": 100})) == []  # new pages
    assert held(run(**BY_KEYS | {"bursts": 400})) == []  # pages among much else


def test_synchronised_clears_don_t_flicker_but_draw_all_anew() -> None:
    hidden = CLEARS | {"full_clears_unsynced": 0, "sync_frames": 40}
    assert held(run(**hidden)) == ["warn clears-every-frame"]
    assert held(run(**hidden | {"bursts": 400})) == []


def test_rows_that_change_nothing() -> None:
    (found,) = judge(run(**REDRAW))
    assert (found.rule, found.severity) == ("redundant-redraw", "warn")
    assert found.says.startswith("2,300 of 2,400 rows written (96%)")
    assert held(run(**REDRAW | {"bursts": 3})) == []
    assert held(run(**REDRAW | {"rows_touched": 9000})) == []
    assert held(run(rows_touched=200, rows_unchanged=190)) == []


def test_printing_the_past_again() -> None:
    assert held(run(**REPRINT)) == ["bad scroll-storm"]
    assert held(run(**REPRINT | {"full_clears": 0})) == []  # output that goes by
    up = REPRINT | {"full_clears": 0, "cursor_moves": 9000}
    assert held(run(**up)) == ["bad scroll-storm"]
    assert held(run(**up | {"rows_scrolled": 900, "cursor_moves": 900})) == []


def test_colours_that_are_set_already() -> None:
    (found,) = judge(run(**COLOURS))
    assert (found.rule, found.severity) == ("colour-churn", "warn")
    assert found.says.endswith("(98%) set what was set: at least 31% of the output")
    assert held(run(**COLOURS | {"pty_bytes": 900_000, "alternate_screens": 0})) == []
    assert held(run(**COLOURS | {"colour_changes": 18000})) == []
    assert held(run(**COLOURS | {"colour_changes": 900, "colour_changes_redundant": 800})) == []


def test_a_cursor_that_is_placed_for_each_cell() -> None:
    assert held(run(**PLACED)) == ["warn cursor-churn"]
    assert held(run(**PLACED | {"rows_touched": 3000})) == []  # an editor's
    assert held(run(**PLACED | {"pty_bytes": 600_000})) == []  # a table's
    assert held(run(**PLACED | {"alternate_screens": 0})) == []  # a prompt's


def test_frames_of_many_writes() -> None:
    assert held(run(**IN_PIECES)) == ["warn frame-in-pieces"]
    assert held(run(**IN_PIECES | {"sync_frames": 90})) == []
    assert held(run(**IN_PIECES | {"bursts": 200})) == []


def test_large_frames() -> None:
    assert held(run(pty_bytes=100 * 40_000)) == ["warn huge-frames"]
    assert held(run(pty_bytes=100 * 9_000)) == ["info tearing"]
    assert held(run(pty_bytes=100 * 9_000, sync_frames=90)) == []
    assert held(run(pty_bytes=5 * 40_000, bursts=5)) == []
    assert held(run(pty_bytes=100 * 4_000)) == []


def test_frames_that_came_together_are_told_apart_where_the_program_marks_them() -> None:
    assert held(run(pty_bytes=100 * 9_000, sync_frames=100, bursts=20)) == []


def test_output_that_goes_by_is_nobody_s_fault() -> None:
    """`git log`, without a pager: 20 MB in a second."""
    nobody = Missing("no keys were typed")
    by = run(
        keys=nobody,
        alternate_screens=0,
        wall_s=1.0,
        idle_s=0.0,
        bursts=1,
        burst_bytes=20_000_000,
        pty_bytes=20_000_000,
        write_bytes=20_000_000,
        rows_scrolled=400_000,
        rows_touched=24,
        rows_unchanged=0,
        colour_changes=60_000,
        colour_changes_redundant=2000,
        cursor_moves=0,
    )
    assert held(by) == []
