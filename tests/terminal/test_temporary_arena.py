"""The temporary arena: flat whatever frames ask for, aligned, never overlapping, counted."""

import ctypes
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termlab.model.pool import BufferPool, size_class
from termlab.terminal.arena import Mapping, make_pool
from termlab.terminal.ring import anonymous_mapping
from termlab.terminal.temporary_arena import CALM_FRAMES, CAP_BYTES, INITIAL_BYTES, TemporaryArena

KIB = 1024


def address(view: memoryview) -> int:
    return ctypes.addressof(ctypes.c_char.from_buffer(view))


def test_a_thousand_large_frames_need_the_memory_of_one() -> None:
    pool = make_pool()
    arena = TemporaryArena(pool)
    capacities = set()
    for frame in range(1000):
        arena.reset()
        arena.alloc(300 * KIB)[-1] = 1
        if frame:
            capacities.add(arena.stats().capacity_bytes)
    stats = arena.stats()
    assert capacities == {512 * KIB}
    assert (stats.growths, stats.shrinks, stats.fallbacks) == (1, 1, 0)
    assert stats.high_water_bytes == 300 * KIB
    assert pool.stats().misses == 2


def test_so_do_frames_of_many_small_parts() -> None:
    arena = TemporaryArena(make_pool())
    for _ in range(1000):
        arena.reset()
        for _ in range(30):
            arena.alloc(10 * KIB)
    stats = arena.stats()
    assert stats.capacity_bytes == 512 * KIB
    assert (stats.growths, stats.allocations, stats.resets) == (2, 30_000, 1000)


def test_the_size_learned_from_a_frame_is_told() -> None:
    arena = TemporaryArena(make_pool())
    arena.alloc(INITIAL_BYTES)
    arena.alloc(8)
    arena.reset()
    arena.alloc(300 * KIB)
    arena.reset()
    assert arena.stats().resizes.split("; ") == [
        "768 to 512 KiB, a frame took 307200 bytes",
        "256 to 768 KiB, a frame did not fit",
        "128 to 256 KiB, a frame did not fit",
    ]


def test_many_small_frames_undo_what_a_large_one_took() -> None:
    arena = TemporaryArena(make_pool())
    arena.alloc(1 << 20)
    arena.reset()
    assert arena.stats().capacity_bytes == 1 << 20
    for _ in range(2 * CALM_FRAMES):
        arena.alloc(1000)
        arena.reset()
    stats = arena.stats()
    assert stats.capacity_bytes == INITIAL_BYTES
    assert stats.resizes.startswith("1024 to 128 KiB, 64 frames took 1000 bytes at most")


def test_frames_that_need_it_now_and_then_keep_it() -> None:
    arena = TemporaryArena(make_pool())
    for frame in range(10 * CALM_FRAMES):
        arena.alloc((1 << 20) if frame % 10 == 0 else 100)
        arena.reset()
    assert arena.stats().shrinks <= 1
    assert arena.stats().capacity_bytes == 1 << 20


def test_beyond_the_cap_the_heap_gives_and_is_counted() -> None:
    arena = TemporaryArena(make_pool(), cap_bytes=256 * KIB)
    for _ in range(3):
        arena.alloc(200 * KIB)[:] = b"a" * (200 * KIB)
    stats = arena.stats()
    assert stats.capacity_bytes <= 256 * KIB
    assert stats.fallbacks >= 2
    assert stats.heap_bytes == stats.fallbacks * 200 * KIB
    arena.reset()
    assert arena.stats().heap_bytes == 0


def test_one_request_beyond_the_cap_is_the_heaps_and_changes_nothing() -> None:
    arena = TemporaryArena(make_pool())
    view = arena.alloc(CAP_BYTES + 1)
    view[-1] = 3
    stats = arena.stats()
    assert (stats.fallbacks, stats.used_bytes) == (1, 0)
    assert (stats.heap_bytes, stats.capacity_bytes) == (CAP_BYTES + 1, INITIAL_BYTES)


class Scarce:
    """A kernel that gives so many mappings, then none."""

    def __init__(self, left: int) -> None:
        self.left = left

    def __call__(self, size: int) -> Mapping:
        if not self.left:
            raise OSError(12, "Cannot allocate memory")
        self.left -= 1
        return anonymous_mapping(size)


def test_a_growth_that_the_kernel_refuses_goes_to_the_heap() -> None:
    kernel = Scarce(1)
    arena = TemporaryArena(BufferPool(kernel))
    assert arena.alloc(100 * KIB)
    arena.alloc(100 * KIB)[-1] = 1
    assert (arena.stats().fallbacks, arena.stats().growths) == (1, 0)
    arena.reset()
    arena.alloc(100 * KIB)
    assert arena.stats().fallbacks == 1
    kernel.left = 1
    arena.alloc(100 * KIB)
    assert (arena.stats().fallbacks, arena.stats().growths) == (1, 1)


def test_without_any_mapping_all_is_the_heaps_until_there_is_one() -> None:
    kernel = Scarce(0)
    arena = TemporaryArena(BufferPool(kernel))
    arena.alloc(10)[:] = b"0123456789"
    assert (arena.stats().fallbacks, arena.stats().capacity_bytes) == (1, 0)
    kernel.left = 1
    arena.reset()
    arena.alloc(10)
    assert (arena.stats().fallbacks, arena.stats().capacity_bytes) == (1, INITIAL_BYTES)


def test_its_memory_goes_to_the_next_pane() -> None:
    pool = make_pool()
    first = TemporaryArena(pool)
    first.alloc(100)[:] = b"s" * 100
    first.close()
    second = TemporaryArena(pool)
    assert (pool.stats().hits, pool.stats().misses) == (1, 1)
    second.alloc(10)
    second.close()
    assert pool.stats().kept == 1


def test_a_closed_one_gives_from_the_heap() -> None:
    pool = make_pool()
    arena = TemporaryArena(pool)
    arena.close()
    arena.alloc(10)[:] = b"0123456789"
    arena.reset()
    arena.close()
    assert (arena.stats().capacity_bytes, pool.stats().kept) == (0, 1)


@pytest.mark.parametrize("alignment", [1, 8, 64, 4096])
def test_addresses_are_multiples_of_the_alignment(alignment: int) -> None:
    arena = TemporaryArena(make_pool(), alignment=alignment)
    for size in (1, 3, 64, 100, 5000, 1):
        assert address(arena.alloc(size)) % alignment == 0


def calm_down(arena: TemporaryArena) -> None:
    for _ in range(2 * CALM_FRAMES):
        arena.reset()


def test_memory_that_was_let_go_has_no_pages() -> None:
    """A view of a block that shrank away reads zeros: its pages are the kernel's again."""
    for let_go in (TemporaryArena.rest, calm_down):
        arena = TemporaryArena(make_pool())
        view = arena.alloc(1 << 20)
        view[:] = b"x" * (1 << 20)
        let_go(arena)
        assert arena.stats().capacity_bytes == INITIAL_BYTES
        if sys.platform == "linux":
            assert bytes(view[:4096]) == bytes(4096)


frames = st.lists(st.lists(st.integers(0, 90_000), max_size=12), max_size=15)


@given(frames, st.sampled_from([1, 8, 32]), st.sampled_from([64 * KIB, 256 * KIB, CAP_BYTES]))
@settings(max_examples=60, deadline=None)
def test_no_two_allocations_of_a_frame_overlap(
    wanted: list[list[int]], alignment: int, cap: int
) -> None:
    arena = TemporaryArena(make_pool(), 16 * KIB, cap, alignment)
    for frame in wanted:
        arena.reset()
        views = [arena.alloc(size) for size in frame]
        for number, view in enumerate(views):
            view[:] = bytes([number % 251]) * len(view)
        for number, (view, size) in enumerate(zip(views, frame, strict=True)):
            assert bytes(view) == bytes([number % 251]) * size
        stats = arena.stats()
        assert stats.used_bytes <= stats.capacity_bytes <= cap
        assert stats.used_bytes <= stats.high_water_bytes
        assert stats.used_bytes + stats.heap_bytes >= sum(frame)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40_000)), max_size=60))
@settings(max_examples=60, deadline=None)
def test_what_is_put_together_is_whole_whatever_else_goes_on(steps: list[tuple[int, int]]) -> None:
    arena = TemporaryArena(make_pool(), 16 * KIB, 128 * KIB)
    assembly = arena.assembly(limit=60_000)
    expected = b""
    for what, size in steps:
        if what == 0:
            part = bytes([size % 256]) * (size % 5000)
            if assembly.append(part):
                expected += part
            else:
                assert len(expected) + len(part) > 60_000
        elif what == 1:
            arena.alloc(size)[:] = b"\xee" * size
        elif what == 2:
            arena.reset()
        else:
            arena.rest()
        assert len(assembly) == len(expected)
    assert assembly.take() == expected


def test_strings_put_together_without_a_frame_need_the_room_of_one() -> None:
    """As in a pane that nobody looks at."""
    arena = TemporaryArena(make_pool())
    assembly = arena.assembly(limit=12_000)
    for number in range(10_000):
        assert assembly.append(bytes(number % 6000))
        assert assembly.append(bytes(number % 6000))
        assert len(assembly.take()) == 2 * (number % 6000)
    assert arena.stats().used_bytes <= 36_000


def test_the_least_block_is_of_a_class() -> None:
    assert TemporaryArena(make_pool(), 5000).stats().capacity_bytes == size_class(5000)
