"""What is learned from which stream, and that nothing learned has a byte wait longer."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.terminal.flushing import Thresholds
from termlab.terminal.tuning import (
    BULK,
    BULK_BYTES,
    FULL_BYTES,
    LEAST_FLUSH_MS,
    MIXED,
    MOST_FLUSH_BYTES,
    PIECES,
    REST_BYTES,
    RESTS,
    SPARSE,
    START,
    WINDOW,
    Tuner,
)

CONFIGURED = Thresholds(8192, 0.005, auto=True)
ROOM = 128 * 1024


def stream(tuner: Tuner, count: int, gap_s: float, wakes: int = WINDOW) -> Tuner:
    """``tuner`` after so many wake-ups of ``count`` bytes each."""
    for _ in range(wakes):
        tuner.woke(count, gap_s)
    return tuner


def learned(count: int, gap_s: float) -> Tuner:
    return stream(Tuner(CONFIGURED, ROOM), count, gap_s)


def test_nothing_is_learned_before_a_window_is_full() -> None:
    tuner = stream(Tuner(CONFIGURED, ROOM), 4095, 0.0001, WINDOW - 1)
    assert (tuner.learned.kind, tuner.thresholds) == (START, CONFIGURED)
    assert stream(tuner, 4095, 0.0001, 1).learned.kind == BULK


def test_in_bulk_the_screen_follows_after_more_bytes() -> None:
    tuner = learned(BULK_BYTES, 0.0001)
    assert tuner.thresholds == CONFIGURED._replace(flush_bytes=MOST_FLUSH_BYTES)
    assert tuner.learned.why == (
        "a wake-up brings 2,048 bytes, there are 10,000 a second: the screen follows after 32,768 "
        "bytes, with fewer pictures unseen"
    )


def test_half_of_the_ring_is_the_most() -> None:
    tuner = stream(Tuner(CONFIGURED, 32 * 1024), 4095, 0.0001)
    assert tuner.thresholds.flush_bytes == 16 * 1024


def test_more_than_the_most_stays_where_it_is_configured() -> None:
    tuner = stream(Tuner(CONFIGURED._replace(flush_bytes=1 << 20), ROOM), 4095, 0.0001)
    assert tuner.thresholds.flush_bytes == 1 << 20


@pytest.mark.parametrize(
    ("count", "gap_s", "rest_s"),
    [(1, 0.00002, 0.005), (REST_BYTES // 128, 0.00003125, 0.004), (20, 0.001, 0.005)],
)
def test_little_pieces_have_reads_rest_for_as_long_as_the_kernel_can_hold_them(
    count: int, gap_s: float, rest_s: float
) -> None:
    tuner = learned(count, gap_s)
    assert (tuner.learned.kind, tuner.rest_s) == (PIECES, rest_s)
    assert tuner.thresholds == CONFIGURED


def test_where_a_rest_would_spare_little_there_is_none() -> None:
    tuner = learned(REST_BYTES // 2, 0.0005)
    assert (tuner.learned.kind, tuner.rest_s, tuner.thresholds) == (MIXED, 0.0, CONFIGURED)


def test_what_comes_rarely_does_not_wait_for_more() -> None:
    tuner = learned(100, 0.003)
    assert tuner.learned.kind == SPARSE
    assert tuner.thresholds == CONFIGURED._replace(flush_s=LEAST_FLUSH_MS / 1000)


def test_wake_ups_behind_a_silence_tell_nothing_of_load() -> None:
    tuner = learned(1, 0.005)
    assert tuner.learned.kind == START
    assert tuner.stats().judged == 0


def test_a_stream_that_changes_is_learned_anew() -> None:
    tuner = learned(4095, 0.0001)
    stream(tuner, 100, 0.003)
    stream(tuner, 4095, 0.0001)
    assert (tuner.learned.kind, tuner.stats().switches) == (BULK, 3)


def test_what_is_at_the_edge_of_bulk_stays_it() -> None:
    tuner = learned(BULK_BYTES, 0.0001)
    assert stream(tuner, BULK_BYTES // 2, 0.0001).learned.kind == BULK
    assert stream(tuner, BULK_BYTES // 2 - 1, 0.0005).learned.kind == MIXED


def test_while_reads_rest_only_the_rests_tell() -> None:
    tuner = learned(1, 0.00002)
    stream(tuner, 4095, 0.0001)
    assert tuner.learned.kind == PIECES


def test_a_rest_that_held_the_program_is_not_tried_again_for_twice_as_long() -> None:
    tuner = learned(1, 0.00002)
    tuner.rested(FULL_BYTES)
    assert tuner.rest_s == 0
    assert tuner.stats().held == 1
    stream(tuner, 1, 0.00002, 2 * WINDOW - 1)
    assert tuner.rest_s == 0
    stream(tuner, 1, 0.00002, 1)
    assert tuner.rest_s > 0


def test_after_many_rests_the_stream_is_looked_at_again() -> None:
    tuner = learned(1, 0.00002)
    for _ in range(RESTS):
        assert tuner.rest_s
        tuner.rested(100)
    assert (tuner.rest_s, tuner.learned.kind) == (0, PIECES)
    stream(tuner, 4095, 0.0001)
    assert tuner.learned.kind == BULK
    assert tuner.stats().rests == RESTS


Wake = tuple[str, int, float]
WAKES = st.lists(
    st.tuples(
        st.sampled_from(["woke", "rested"]),
        st.sampled_from([1, 50, 500, 2048, 4095, 100_000]),
        st.sampled_from([0.0, 1e-5, 1e-4, 1e-3, 4e-3, 1.0]),
        st.integers(1, 200),
    ),
    max_size=30,
)


@given(WAKES, st.integers(1, 1 << 20), st.sampled_from([0.0, 0.0005, 0.001, 0.005, 0.1]))
def test_whatever_comes_the_thresholds_stay_within_their_bounds(
    wakes: list[tuple[str, int, float, int]], flush_bytes: int, flush_s: float
) -> None:
    tuner = Tuner(Thresholds(flush_bytes, flush_s, auto=True), ROOM)
    calls: dict[str, Callable[[int, float], None]] = {
        "woke": tuner.woke,
        "rested": lambda count, _: tuner.rested(count),
    }
    for call, count, gap_s, times in wakes:
        for _ in range(times):
            calls[call](count, gap_s)
        now = tuner.thresholds
        assert flush_bytes <= now.flush_bytes <= max(flush_bytes, MOST_FLUSH_BYTES)
        assert min(flush_s, LEAST_FLUSH_MS / 1000) <= now.flush_s <= flush_s
        assert 0 <= tuner.rest_s <= flush_s
