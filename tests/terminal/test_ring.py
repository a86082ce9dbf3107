"""The ring loses, doubles and reorders nothing, whatever the sizes, moments and threads."""

import gc
import mmap
import random
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import UsageError
from termlab.terminal.ring import Ring, anonymous_mapping


def read_all(ring: Ring, limit: int = 1 << 20) -> bytes:
    out = bytearray()
    while view := ring.peek(limit):
        out += view
        ring.consume(len(view))
    return bytes(out)


def no_mapping(capacity: int) -> mmap.mmap:
    raise OSError("no memory to map")


def ring_of(capacity: int, mapped: bool) -> Ring:
    return Ring(capacity, anonymous_mapping if mapped else no_mapping)


def test_bytes_come_out_as_they_went_in_across_the_wrap() -> None:
    ring = Ring(256)
    assert ring.write(b"a" * 200) == 200
    ring.consume(150)
    assert ring.write(b"b" * 180) == 180
    assert len(ring.free_spans()) == 1
    assert read_all(ring) == b"a" * 50 + b"b" * 180


def test_a_full_ring_takes_nothing_and_counts_it() -> None:
    ring = Ring(256)
    assert ring.write(b"x" * 300) == 256
    assert ring.free_spans() == []
    assert ring.write(b"y") == 0
    assert ring.stats().full == 2
    assert ring.stats().high_water == 256
    assert read_all(ring) == b"x" * 256


def test_writing_nothing_into_a_full_ring_is_not_counted_as_full() -> None:
    ring = Ring(256)
    ring.write(b"x" * 256)
    ring.write(b"")
    assert ring.stats().full == 0


def test_reads_are_views_of_the_ring_itself() -> None:
    ring = Ring(256)
    span = ring.free_spans()[0]
    span[:3] = b"abc"
    ring.commit(3)
    view = ring.peek(10)
    span[0:1] = b"X"
    assert bytes(view) == b"Xbc"


@pytest.mark.parametrize("count", [-1, 257])
def test_committing_what_is_not_there_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="commit"):
        Ring(256).commit(count)


@pytest.mark.parametrize("count", [-1, 1])
def test_consuming_what_is_not_there_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="consume"):
        Ring(256).consume(count)


def test_a_ring_too_small_to_be_useful_is_refused() -> None:
    with pytest.raises(UsageError, match="too small"):
        Ring(16)


def test_without_a_mapping_the_heap_serves_and_it_is_counted() -> None:
    assert Ring(256).stats().fallbacks == 0
    ring = ring_of(256, mapped=False)
    ring.write(b"abc")
    assert read_all(ring) == b"abc"
    assert ring.stats().fallbacks == 1
    ring.close()


@pytest.mark.parametrize("mapped", [True, False])
def test_what_is_looked_for_is_found_in_place_up_to_the_limit_and_the_wrap(mapped: bool) -> None:
    ring = ring_of(256, mapped)
    ring.write(b"." * 100 + b"ab..ab")
    ring.consume(100)
    assert ring.rfind(b"ab", 100) == 4
    assert ring.rfind(b"ab", 5) == 0
    assert ring.rfind(b"ab", 1) == -1
    ring.consume(6)
    assert ring.rfind(b"ab", 100) == -1  # it is there, and consumed
    ring.write(b"." * 149 + b"ab")
    assert ring.rfind(b"ab", 256) == -1  # one byte before the wrap, one behind it
    ring.close()


@pytest.mark.parametrize("mapped", [True, False])
def test_a_closed_ring_has_counters_and_nothing_else(mapped: bool) -> None:
    ring = ring_of(256, mapped)
    ring.write(b"abc")
    ring.close()
    ring.close()
    assert ring.stats().written == 3
    for use in (ring.free_spans, lambda: ring.peek(1), lambda: ring.write(b"x")):
        with pytest.raises(ValueError, match="released"):
            use()


def test_closing_gives_the_mapping_back_at_once() -> None:
    made: list[mmap.mmap] = []

    def keep(capacity: int) -> mmap.mmap:
        made.append(anonymous_mapping(capacity))
        return made[0]

    Ring(4096, keep).close()
    assert made[0].closed


def test_a_view_outlives_the_ring_and_the_mapping_goes_with_the_last() -> None:
    ring = Ring(4096)
    ring.write(b"abc")
    mapping = weakref.ref(ring._store)
    view, inner = ring.peek(10), memoryview(ring.peek(10))
    ring.close()
    assert bytes(view) == bytes(inner) == b"abc"
    del view
    assert bytes(inner) == b"abc"
    del inner, ring
    gc.collect()
    assert mapping() is None


def test_a_reset_lets_the_high_water_mark_begin_anew() -> None:
    ring = Ring(256)
    ring.write(b"x" * 200)
    ring.consume(190)
    ring.reset_stats()
    assert ring.stats().high_water == 10
    ring.write(b"x" * 20)
    assert ring.stats().high_water == 30


@given(
    st.lists(
        st.one_of(st.binary(max_size=400), st.integers(min_value=1, max_value=400)), max_size=60
    ),
    st.booleans(),
)
def test_no_byte_is_lost_doubled_or_reordered(steps: list[bytes | int], mapped: bool) -> None:
    ring = ring_of(256, mapped)
    sent, got = bytearray(), bytearray()
    for step in steps:
        if isinstance(step, bytes):
            sent += step[: ring.write(step)]
        else:
            view = ring.peek(step)
            got += view
            ring.consume(len(view))
        assert ring.waiting + ring.free == 256
        assert ring.waiting == len(sent) - len(got)
    got += read_all(ring)
    assert got == sent


@pytest.fixture
def often_switched() -> Iterator[None]:
    """Threads take turns every 10 µs, so that they meet in the middle of each other's calls."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("often_switched")
def test_two_threads_share_a_ring_without_a_lock() -> None:
    ring = Ring(1024)
    data = random.Random(7).randbytes(400_000)
    got = bytearray()

    def produce() -> None:
        sizes, at = random.Random(1), 0
        while at < len(data):
            at += ring.write(data[at : at + sizes.randint(1, 700)])

    producer = threading.Thread(target=produce)
    producer.start()
    sizes = random.Random(2)
    while len(got) < len(data):
        view = ring.peek(sizes.randint(1, 900))
        got += view
        ring.consume(len(view))
    producer.join()
    assert bytes(got) == data


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_what_waits_can_be_written_at_once(first: int, gone: int, second: int) -> None:
    ring = Ring(256)
    data = bytes(number % 251 for number in range(first + second))
    taken = ring.write(data[:first])
    gone = min(gone, taken)
    ring.consume(gone)
    taken += ring.write(data[taken : taken + second])
    spans = ring.waiting_spans()
    assert b"".join(spans) == data[gone:taken]
    assert len(spans) <= 2
    assert all(map(len, spans))
