"""The pool of buffers: classes, bounds, counts, and what it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import UsageError
from termlab.model.pool import LEAST_BYTES, MOST_BYTES, BufferPool, size_class


def bytes_pool(limit_bytes: int = 1 << 20) -> BufferPool[bytearray]:
    return BufferPool(bytearray, limit_bytes)


def test_what_was_let_go_is_used_again() -> None:
    pool = bytes_pool()
    first = pool.take(5000)
    assert len(first) == 8192
    pool.give(first)
    assert pool.take(8000) is first
    assert pool.take(8000) is not first
    stats = pool.stats()
    assert (stats.hits, stats.misses, stats.returned, stats.dropped) == (1, 2, 1, 0)


def test_a_buffer_of_another_class_is_no_hit() -> None:
    pool = bytes_pool()
    pool.give(pool.take(4096))
    assert len(pool.take(4097)) == 8192
    assert pool.stats().hits == 0


def test_what_has_no_room_is_dropped_and_counted() -> None:
    pool = bytes_pool(limit_bytes=3 * LEAST_BYTES)
    buffers = [pool.take(1) for _ in range(5)]
    for buffer in buffers:
        pool.give(buffer)
    stats = pool.stats()
    assert (stats.kept, stats.kept_bytes, stats.dropped) == (3, 3 * LEAST_BYTES, 2)


def test_a_pool_without_room_keeps_nothing() -> None:
    pool = bytes_pool(limit_bytes=0)
    pool.give(pool.take(1))
    assert pool.stats().kept == 0


def test_giving_back_twice_is_refused_and_harms_nothing() -> None:
    pool = bytes_pool()
    buffer = pool.take(100)
    pool.give(buffer)
    with pytest.raises(ValueError, match="twice"):
        pool.give(buffer)
    assert pool.take(100) is buffer
    assert pool.take(100) is not buffer


def test_a_buffer_whose_size_was_changed_is_refused() -> None:
    pool = bytes_pool()
    buffer = pool.take(100)
    buffer += b"x"
    with pytest.raises(ValueError, match="of no class"):
        pool.give(buffer)


def test_beyond_the_largest_class_a_buffer_is_made_to_measure_and_not_kept() -> None:
    pool = bytes_pool(limit_bytes=1 << 30)
    buffer = pool.take(MOST_BYTES + 1)
    assert len(buffer) == MOST_BYTES + 1
    pool.give(buffer)
    assert (pool.stats().kept, pool.stats().dropped) == (0, 1)


def test_nothing_is_a_buffer_of_the_least_class() -> None:
    assert len(bytes_pool().take(0)) == LEAST_BYTES


def test_impossible_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="can't have -1"):
        bytes_pool().take(-1)
    with pytest.raises(UsageError, match="give 0 or more"):
        bytes_pool(limit_bytes=-1)


def no_memory(size: int) -> bytearray:
    raise OSError(12, f"no {size} bytes")


def test_what_can_not_be_made_is_told_and_kept_ones_still_serve() -> None:
    pool = BufferPool(no_memory)
    with pytest.raises(OSError, match="no 4096 bytes"):
        pool.take(1)
    pool.give(bytearray(4096))
    assert len(pool.take(1)) == 4096
    assert (pool.stats().hits, pool.stats().misses) == (1, 1)


def test_all_that_is_kept_can_be_let_go() -> None:
    pool = bytes_pool()
    buffer = pool.take(1)
    pool.give(buffer)
    pool.clear()
    assert (pool.stats().kept, pool.stats().kept_bytes) == (0, 0)
    assert pool.take(1) is not buffer


@given(st.integers(0, MOST_BYTES))
def test_a_class_holds_the_size_and_is_its_own_class(size: int) -> None:
    found = size_class(size)
    assert found >= size
    assert found < 2 * max(size, LEAST_BYTES)
    assert size_class(found) == found


@given(st.lists(st.integers(0, 20_000) | st.none(), max_size=60), st.integers(0, 60_000))
def test_it_never_keeps_more_than_its_limit_nor_gives_one_buffer_twice(
    sizes: list[int | None], limit: int
) -> None:
    pool, out = bytes_pool(limit), list[bytearray]()
    for size in sizes:
        if size is not None:
            buffer = pool.take(size)
            assert not any(each is buffer for each in out)
            out.append(buffer)
        elif out:
            pool.give(out.pop(0))
        stats = pool.stats()
        assert stats.kept_bytes <= limit
        assert stats.kept == stats.returned - stats.hits
