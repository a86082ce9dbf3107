"""The coalescer's rules at the edges of both thresholds, on a clock the test drives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import UsageError
from termlab.terminal.coalescer import Coalescer, Flush
from termlab.terminal.flushing import Thresholds
from termlab.terminal.ring import Ring
from termlab.terminal.tuning import BULK, MOST_FLUSH_BYTES, PIECES, WINDOW

BUSY = Thresholds(flush_bytes=8192, flush_s=0.005, key_s=0.1)


def under_load(now: float = 10.0) -> Coalescer:
    """A stream that flushed just before ``now``: its next byte is not after a silence."""
    coalescer = Coalescer(BUSY)
    coalescer.arrived(1, now - 0.001)
    coalescer.flushed(Flush.QUIET)
    coalescer.arrived(1, now)
    return coalescer


def test_the_first_byte_after_silence_goes_at_once() -> None:
    coalescer = Coalescer(BUSY)
    coalescer.arrived(1, 10.0)
    assert coalescer.check(1, False, 10.0) == Flush.QUIET


def test_silence_of_exactly_the_threshold_counts_as_quiet() -> None:
    coalescer = Coalescer(Thresholds(flush_s=0.5))
    coalescer.arrived(1, 10.0)
    coalescer.flushed(Flush.QUIET)
    coalescer.arrived(1, 10.5)
    assert coalescer.check(1, False, 10.5) == Flush.QUIET


def test_under_load_a_byte_waits_for_the_deadline_and_no_longer() -> None:
    coalescer = under_load(10.0)
    deadline = coalescer.deadline()
    assert deadline == pytest.approx(10.005)
    assert coalescer.check(1, False, 10.00499) is None
    assert deadline is not None
    assert coalescer.check(1, False, deadline) == Flush.TIME


def test_the_size_threshold_is_met_at_exactly_its_bytes() -> None:
    coalescer = under_load()
    assert coalescer.check(8191, False, 10.0) is None
    assert coalescer.check(8192, False, 10.0) == Flush.SIZE


def test_a_key_makes_its_answer_urgent_even_under_load() -> None:
    coalescer = under_load(10.0)
    coalescer.key_sent(9.95)
    assert coalescer.check(1, False, 10.0) == Flush.KEY
    coalescer.key_sent(9.89)
    assert coalescer.check(1, False, 10.0) is None


def test_a_full_ring_flushes_before_anything_else_is_asked() -> None:
    assert under_load().check(100, True, 10.0) == Flush.FULL


def test_nothing_is_armed_while_no_byte_waits() -> None:
    coalescer = Coalescer(BUSY)
    assert coalescer.deadline() is None
    assert coalescer.check(0, False, 10.0) is None
    coalescer.arrived(5, 10.0)
    coalescer.flushed(Flush.QUIET)
    assert coalescer.deadline() is None


def test_flushes_are_counted_by_reason_and_reads_saved() -> None:
    coalescer = under_load()
    coalescer.arrived(99, 10.001)
    coalescer.flushed(Flush.TIME)
    stats = coalescer.stats()
    assert stats.reads == 3
    assert stats.bytes == 101
    assert stats.flushes["quiet"] == 1
    assert stats.flushes["time"] == 1
    assert stats.mean_flush_bytes == pytest.approx(50.5)
    assert stats.saved == 1


AUTO = BUSY._replace(auto=True)


def after_pieces() -> tuple[Coalescer, float]:
    """A stream of single bytes that was learned, the last of them waiting; and when that was."""
    coalescer, now = Coalescer(AUTO), 10.0
    for _ in range(WINDOW + 1):
        now += 0.0001
        coalescer.arrived(1, now)
    assert coalescer.stats().learned == PIECES
    coalescer.flushed(Flush.TIME)
    coalescer.arrived(1, now)
    assert coalescer.check(1, False, now) is None
    return coalescer, now


def test_a_rest_ends_with_the_deadline_at_the_latest() -> None:
    coalescer, now = after_pieces()
    assert coalescer.rest(now) == coalescer.deadline() == now + 0.005
    assert coalescer.rest(now + 0.004) == coalescer.deadline()


def test_nothing_rests_behind_a_key_or_where_nothing_waits_or_as_configured() -> None:
    coalescer, now = after_pieces()
    coalescer.key_sent(now)
    assert coalescer.rest(now + BUSY.key_s) is None
    coalescer, now = after_pieces()
    coalescer.flushed(Flush.TIME)
    assert coalescer.rest(now) is None
    coalescer, now = after_pieces()
    coalescer.configure(BUSY)
    assert coalescer.rest(now) is None


def test_what_comes_at_the_end_of_a_rest_is_as_old_as_the_rest() -> None:
    coalescer, now = after_pieces()
    assert coalescer.rest(now)
    end = now + 0.005
    coalescer.arrived(4000, end)
    assert coalescer.check(4001, False, end) == Flush.TIME
    coalescer.flushed(Flush.TIME)
    coalescer.arrived(4000, end)  # the kernel held more
    assert coalescer.check(4000, False, end) == Flush.TIME
    coalescer.flushed(Flush.TIME)
    coalescer.rested()
    coalescer.arrived(1, end)
    assert coalescer.check(1, False, end) is None
    assert coalescer.stats().held == coalescer.stats().rests == 1


def test_what_was_learned_is_told_and_forgotten_with_other_thresholds() -> None:
    coalescer = Coalescer(AUTO)
    for number in range(WINDOW + 1):
        coalescer.arrived(4095, 10.0 + number / 10_000)
    stats = coalescer.stats()
    assert (stats.auto, stats.learned, stats.flush_bytes) == (True, BULK, MOST_FLUSH_BYTES)
    assert "a wake-up brings 4,095 bytes" in stats.why
    assert stats.switches == stats.judged == 1
    coalescer.configure(BUSY)
    stats = coalescer.stats()
    assert (stats.auto, stats.learned, stats.flush_bytes) == (False, "fixed", 8192)
    assert stats.reads == WINDOW + 1


@pytest.mark.parametrize("bad", [Thresholds(flush_bytes=0), Thresholds(flush_s=-1.0)])
def test_thresholds_that_cannot_be_are_refused(bad: Thresholds) -> None:
    with pytest.raises(UsageError, match="flush_bytes"):
        Coalescer(bad)


@given(
    st.lists(
        st.tuples(
            st.binary(min_size=1, max_size=300),
            st.floats(min_value=0, max_value=0.02),
            st.booleans(),
        ),
        max_size=50,
    )
)
def test_no_byte_is_lost_and_none_waits_past_the_deadline(
    arrivals: list[tuple[bytes, float, bool]],
) -> None:
    ring, coalescer = Ring(512), Coalescer(Thresholds(flush_bytes=200, flush_s=0.005, key_s=0.01))
    sent, got = bytearray(), bytearray()
    now = 100.0

    def drain(reason: str) -> None:
        while view := ring.peek(64):
            got.extend(view)
            ring.consume(len(view))
        coalescer.flushed(reason)

    for data, gap, key in arrivals:
        target = now + gap
        deadline = coalescer.deadline()
        if deadline is not None and deadline <= target:
            now = deadline
            reason = coalescer.check(ring.waiting, not ring.free, now)
            assert reason is not None
            drain(reason)
        now = target
        if key:
            coalescer.key_sent(now)
        sent += data
        assert ring.write(data) == len(data)
        coalescer.arrived(len(data), now)
        if reason := coalescer.check(ring.waiting, not ring.free, now):
            drain(reason)
    if ring.waiting:
        drain(Flush.END)
    assert got == sent
