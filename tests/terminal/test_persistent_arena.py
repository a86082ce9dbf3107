"""The persistent arena: strings go with their rows, its capacity stays where the rows are."""

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termlab.model.pool import BufferPool
from termlab.terminal import persistent_arena
from termlab.terminal.arena import make_pool
from termlab.terminal.persistent_arena import (
    BLOCK_BYTES,
    CAP_BYTES,
    INITIAL_BYTES,
    MAX_STRING_BYTES,
    SLOT_BYTES,
    PersistentArena,
)
from tests.terminal.test_temporary_arena import Scarce

RECORD = b"/home/someone/projects/termlab\x00make test\x00"


def test_ten_thousand_records_of_rows_that_come_and_go_need_what_is_there() -> None:
    """1,000 rows are kept, as a scroll-back does."""
    pool = make_pool()
    arena = PersistentArena(pool)
    capacities = []
    for row in range(10_000):
        arena.store(RECORD, row)
        arena.release(row - 1000)
        capacities.append(arena.stats().capacity_bytes)
    live = 1000 * (len(RECORD) + 8)
    assert max(capacities) <= live + 3 * INITIAL_BYTES
    assert max(capacities[5000:]) == max(capacities[2500:5000])
    misses = pool.stats().misses
    assert misses <= 4
    assert arena.stats().fallbacks == 0


def test_ten_thousand_records_that_stay_are_all_there() -> None:
    arena = PersistentArena(make_pool())
    handles = [arena.store(RECORD + b"%d" % row, row) for row in range(10_000)]
    assert all(arena.data(each) == RECORD + b"%d" % row for row, each in enumerate(handles))
    stats = arena.stats()
    assert stats.fallbacks == 0
    assert stats.used_bytes <= stats.capacity_bytes <= stats.used_bytes + BLOCK_BYTES + SLOT_BYTES
    arena.release(9_999)
    assert arena.stats().used_bytes == 0
    arena.rest()
    assert arena.stats().capacity_bytes == INITIAL_BYTES


def test_capacity_doubles_from_the_first_block_on() -> None:
    arena = PersistentArena(make_pool())
    sizes = [1]
    for row in range(20_000):
        arena.store(RECORD, row)
        size = arena.stats().capacity_bytes // INITIAL_BYTES
        if size != sizes[-1]:
            sizes.append(size)
    assert sizes[:6] == [1, 2, 4, 8, 12, 16]
    assert arena.stats().growths == len(sizes) - 1


def test_beyond_the_cap_the_heap_keeps_and_is_counted() -> None:
    arena = PersistentArena(make_pool(), cap_bytes=2 * INITIAL_BYTES)
    handles = [arena.store(b"x" * 1000 + b"%d" % row, row) for row in range(500)]
    stats = arena.stats()
    assert stats.capacity_bytes == 2 * INITIAL_BYTES
    assert 300 < stats.fallbacks < 500
    assert stats.heap_bytes > 300_000
    assert arena.data(handles[499]) == b"x" * 1000 + b"499"
    arena.release(499)
    assert (arena.stats().heap_bytes, arena.stats().used_bytes) == (0, 0)
    with pytest.raises(LookupError):
        arena.data(handles[499])


@pytest.mark.parametrize("size", [MAX_STRING_BYTES + 1, CAP_BYTES + 1])
def test_what_is_longer_than_any_path_is_the_heaps(size: int) -> None:
    arena = PersistentArena(make_pool())
    longest = arena.store(b"p" * MAX_STRING_BYTES, 1)
    handle = arena.store(bytes(size), 1)
    assert arena.stats().fallbacks == 1
    assert arena.stats().heap_bytes == len(arena.data(handle)) == size
    assert arena.data(longest) == b"p" * MAX_STRING_BYTES


def test_a_handle_fits_64_bits_however_often_all_rows_went(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(persistent_arena, "_SERIALS", 8)
    arena = PersistentArena(make_pool())
    kept = arena.store(b"kept", 10**9)
    for generation in range(10_000):
        (handle,) = array("q", [arena.store(b"%d" % generation, generation)])
        assert arena.data(handle) == b"%d" % generation
        arena.release(generation)
    assert arena.data(kept) == b"kept"
    arena.reset()
    for generation in range(10_000):
        (handle,) = array("q", [arena.store(b"%d" % generation, generation)])
        assert arena.data(handle) == b"%d" % generation
        arena.release(generation)
    assert max(array("q", [arena.store(b"x", 1)])) < 1 << 63


def test_without_a_mapping_it_works_and_gets_one_when_there_is() -> None:
    kernel = Scarce(0)
    arena = PersistentArena(BufferPool(kernel))
    slot = arena.slot(100)
    slot.set(b"title")
    first = arena.store(b"first", 1)
    assert (arena.stats().fallbacks, arena.stats().capacity_bytes) == (2, 0)
    kernel.left = 1
    second = arena.store(b"second", 2)
    assert arena.stats().fallbacks == 2
    assert arena.stats().capacity_bytes > 0
    assert (arena.data(first), arena.data(second), slot.text()) == (b"first", b"second", "title")


def test_slots_that_the_first_block_has_no_room_for_are_the_heaps() -> None:
    arena = PersistentArena(make_pool())
    for _ in range(SLOT_BYTES // 4096):
        arena.slot(4096)
    assert arena.stats().fallbacks == 0
    arena.slot(4096)
    assert arena.stats().fallbacks == 1


def test_what_slots_hold_counts_as_used() -> None:
    arena = PersistentArena(make_pool())
    slot = arena.slot(100)
    slot.set(b"12345")
    assert arena.stats().used_bytes == arena.stats().high_water_bytes == 5
    slot.set(b"")
    assert (arena.stats().used_bytes, arena.stats().high_water_bytes) == (0, 5)


def test_blocks_go_to_the_next_pane() -> None:
    pool = make_pool()
    first = PersistentArena(pool)
    for row in range(3000):
        first.store(RECORD, row)
    first.close()
    kept = pool.stats().kept
    assert kept >= 3
    PersistentArena(pool).store(RECORD, 1)
    assert pool.stats().hits == 1


def test_a_slot_of_a_closed_one_is_empty_and_writes_nowhere() -> None:
    pool = make_pool()
    first = PersistentArena(pool)
    slot = first.slot(100)
    slot.set(b"mine")
    first.close()
    other = PersistentArena(pool).slot(100)
    other.set(b"theirs")
    slot.set(b"again")
    assert (slot.data(), other.data()) == (b"", b"theirs")


def test_an_alignment_is_kept() -> None:
    arena = PersistentArena(make_pool(), alignment=64)
    for row in range(10):
        arena.store(b"x", row)
    assert arena.stats().used_bytes == 640


operations = st.lists(
    st.tuples(
        st.sampled_from(["store", "store", "store", "release", "reset", "rest"]),
        st.integers(1, 9000),
        st.integers(0, 3),
    ),
    max_size=80,
)


@given(operations, st.sampled_from([16 << 10, 64 << 10, CAP_BYTES]))
@settings(max_examples=80, deadline=None)
def test_every_string_is_itself_until_its_row_goes(
    steps: list[tuple[str, int, int]], cap: int
) -> None:
    arena = PersistentArena(make_pool(), 16 << 10, cap)
    there: dict[int, tuple[bytes, int]] = {}
    gone: dict[int, bytes] = {}
    generation = 0
    for number, (what, size, step) in enumerate(steps):
        if what == "store":
            generation += step
            data = bytes([number % 256]) * size
            handle = arena.store(data, generation)
            assert handle not in there
            assert handle not in gone
            there[handle] = (data, generation)
        elif what == "rest":
            arena.rest()
        else:
            until = generation - step if what == "release" else generation
            if what == "release":
                arena.release(until)
            else:
                arena.reset()
            gone |= {each: data for each, (data, born) in there.items() if born <= until}
            there = {each: kept for each, kept in there.items() if kept[1] > until}
        assert all(arena.data(each) == data for each, (data, _) in there.items())
        check_gone(arena, gone)
        stats = arena.stats()
        assert stats.used_bytes <= stats.capacity_bytes <= cap
        assert stats.used_bytes + stats.heap_bytes >= sum(len(data) for data, _ in there.values())
    arena.release(generation)
    assert (arena.stats().used_bytes, arena.stats().heap_bytes) == (0, 0)


def check_gone(arena: PersistentArena, gone: dict[int, bytes]) -> None:
    """What is gone is not found, or is, in a block that later rows keep, what it was."""
    for handle, data in gone.items():
        try:
            assert arena.data(handle) == data
        except LookupError:
            continue


def test_a_closed_one_keeps_on_the_heap() -> None:
    pool = make_pool()
    arena = PersistentArena(pool)
    arena.store(b"before", 1)
    arena.close()
    arena.close()
    assert pool.stats().kept == 1
    assert arena.data(arena.store(b"after", 2)) == b"after"
    assert (arena.stats().used_bytes, arena.stats().capacity_bytes) == (0, 0)
