"""The heap in the place of arenas: what differs from them. What does not is in `test_arena`."""

import pytest

from termlab.terminal.heap_arena import (
    BUFFER_BYTES,
    KEEP_BUFFER_BYTES,
    HeapPersistent,
    HeapTemporary,
    Kept,
    fitting,
)


def test_one_buffer_is_written_over_again() -> None:
    arena = HeapTemporary()
    first = arena.reserve(10)[0]
    arena.commit(5)
    assert arena.reserve(10)[0] is first


def test_a_large_buffer_is_kept_until_rest_and_an_extreme_one_is_not() -> None:
    arena = HeapTemporary()
    large = arena.reserve(2 * BUFFER_BYTES)[0]
    assert arena.reserve(1)[0] is large
    assert arena.grown
    assert len(arena.reserve(KEEP_BUFFER_BYTES + 1)[0]) > KEEP_BUFFER_BYTES
    assert arena.reserve(1)[0] is large
    arena.rest()
    assert len(arena.reserve(1)[0]) == BUFFER_BYTES


def test_what_it_holds_is_the_heaps() -> None:
    arena = HeapPersistent()
    arena.store(b"12345", 1)
    stats = arena.stats()
    assert (stats.capacity_bytes, stats.heap_bytes, stats.used_bytes) == (0, 5, 5)
    assert stats.fallbacks == 0
    arena.release(1)
    assert arena.stats().heap_bytes == 0
    assert arena.stats().high_water_bytes == 5


def test_numbers_are_never_used_again() -> None:
    kept = Kept()
    first = kept.add(b"a", 1)
    kept.clear()
    assert kept.add(b"b", 1) != first


def test_a_text_is_cut_at_a_character() -> None:
    assert fitting(b"abc", 3) == b"abc"
    assert fitting("aé".encode(), 2) == b"a"


def test_strings_that_come_and_go_take_no_more_than_those_that_are_there() -> None:
    kept, numbers = Kept(), []
    for generation in range(10_000):
        numbers.append(kept.add(b"%d" % generation, generation))
        kept.release(generation - 100)
    assert kept.size == 100 * len(b"9900")
    assert len(kept._strings) <= 201
    assert [kept.data(number) for number in numbers[-100:]] == [
        b"%d" % n for n in range(9900, 10_000)
    ]
    for number in (numbers[0], numbers[-101]):
        with pytest.raises(LookupError):
            kept.data(number)
