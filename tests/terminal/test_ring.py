"""The ring loses, doubles and reorders nothing, whatever the sizes, moments and threads."""

import random
import sys
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import UsageError
from termlab.terminal.ring import Ring


def read_all(ring: Ring, limit: int = 1 << 20) -> bytes:
    out = bytearray()
    while view := ring.peek(limit):
        out += view
        ring.consume(len(view))
    return bytes(out)


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


@given(
    st.lists(
        st.one_of(st.binary(max_size=400), st.integers(min_value=1, max_value=400)), max_size=60
    )
)
def test_no_byte_is_lost_doubled_or_reordered(steps: list[bytes | int]) -> None:
    ring = Ring(256)
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
