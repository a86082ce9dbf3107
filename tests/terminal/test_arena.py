"""What every kind of arena does: in mappings, on the heap, and where no mapping can be made."""

import mmap
import sys
from collections.abc import Callable

import pytest

from termlab.errors import UsageError
from termlab.model.pool import BufferPool
from termlab.terminal.arena import (
    ALIGNMENT,
    RESIZES_KEPT,
    Counters,
    Persistent,
    Temporary,
    aligned,
    check_alignment,
    forget_pages,
    make_pool,
)
from termlab.terminal.heap_arena import HeapPersistent, HeapTemporary
from termlab.terminal.persistent_arena import PersistentArena
from termlab.terminal.ring import anonymous_mapping
from termlab.terminal.temporary_arena import TemporaryArena


def no_mapping(size: int) -> mmap.mmap:
    """As the kernel says it."""
    raise OSError(12, f"cannot map {size} bytes")


TEMPORARY: dict[str, Callable[[], Temporary]] = {
    "on": lambda: TemporaryArena(make_pool()),
    "off": HeapTemporary,
    "no mapping": lambda: TemporaryArena(BufferPool(no_mapping)),
}
PERSISTENT: dict[str, Callable[[], Persistent]] = {
    "on": lambda: PersistentArena(make_pool()),
    "off": HeapPersistent,
    "no mapping": lambda: PersistentArena(BufferPool(no_mapping)),
}


@pytest.fixture(params=TEMPORARY)
def temporary(request: pytest.FixtureRequest) -> Temporary:
    return TEMPORARY[request.param]()


@pytest.fixture(params=PERSISTENT)
def persistent(request: pytest.FixtureRequest) -> Persistent:
    return PERSISTENT[request.param]()


# Temporary


def test_memory_is_what_was_written_to_it(temporary: Temporary) -> None:
    views = [temporary.alloc(size) for size in (1, 7, 8, 5000, 200_000)]
    for number, view in enumerate(views):
        view[:] = bytes([number]) * len(view)
    assert [bytes(view) for view in views] == [
        bytes([number]) * size for number, size in enumerate((1, 7, 8, 5000, 200_000))
    ]


def test_nothing_is_an_empty_view_and_takes_no_room(temporary: Temporary) -> None:
    before = temporary.stats().used_bytes
    assert len(temporary.alloc(0)) == 0
    assert temporary.stats().used_bytes == before
    assert temporary.stats().allocations == 1


def test_a_negative_size_is_refused(temporary: Temporary) -> None:
    with pytest.raises(ValueError, match="can't give -1 bytes"):
        temporary.alloc(-1)
    with pytest.raises(ValueError, match="can't give -5 bytes"):
        temporary.reserve(-5)
    assert temporary.stats().allocations == 0


def test_what_is_larger_than_all_of_it_is_given_nevertheless(temporary: Temporary) -> None:
    view = temporary.alloc(9 << 20)
    view[-1] = 7
    assert len(view) == 9 << 20
    temporary.reset()
    assert temporary.stats().capacity_bytes <= 4 << 20


def test_room_is_reserved_and_only_what_was_used_is_taken(temporary: Temporary) -> None:
    memory, offset, size = temporary.reserve(100)
    assert size >= 100
    memory[offset : offset + 3] = b"abc"
    temporary.commit(3)
    assert bytes(memory[offset : offset + 3]) == b"abc"
    assert temporary.stats().allocations == 1


def test_more_than_was_reserved_can_not_be_used(temporary: Temporary) -> None:
    _, _, size = temporary.reserve(100)
    with pytest.raises(ValueError, match="reserved"):
        temporary.commit(size + 1)
    with pytest.raises(ValueError, match="reserved"):
        temporary.commit(-1)


def test_what_is_put_together_outlives_frames(temporary: Temporary) -> None:
    assembly = temporary.assembly(limit=1000)
    assert assembly.append(b"7;file")
    temporary.reset()
    temporary.alloc(5000)[:] = b"\xff" * 5000
    assert assembly.append(memoryview(b"://host/"))
    temporary.reset()
    temporary.alloc(50)[:] = b"\xff" * 50
    temporary.rest()
    temporary.alloc(50)[:] = b"\xff" * 50
    assert len(assembly) == 14
    assert assembly.take() == b"7;file://host/"
    assert len(assembly) == 0
    assert assembly.take() == b""


def test_what_is_put_together_has_a_limit(temporary: Temporary) -> None:
    assembly = temporary.assembly(limit=10)
    assert assembly.append(b"12345678")
    assert not assembly.append(b"901")
    assert assembly.append(b"90")
    assembly.clear()
    assert assembly.append(b"1234567890")
    assert assembly.take() == b"1234567890"


def test_there_is_one_string_under_way(temporary: Temporary) -> None:
    temporary.assembly(limit=10)
    with pytest.raises(UsageError, match="already"):
        temporary.assembly(limit=10)


def test_a_rest_without_need_does_nothing(temporary: Temporary) -> None:
    temporary.alloc(10)
    temporary.reset()
    assert not temporary.grown
    before = temporary.stats()
    temporary.rest()
    assert temporary.stats() == before


def test_the_mark_begins_anew_and_counts_go_on(temporary: Temporary) -> None:
    temporary.alloc(500_000)
    temporary.reset()
    before = temporary.stats()
    temporary.reset_stats()
    stats = temporary.stats()
    assert stats.high_water_bytes == stats.used_bytes == 0
    assert (stats.allocations, stats.resets) == (before.allocations, before.resets) == (1, 1)


def test_it_can_be_closed(temporary: Temporary) -> None:
    temporary.alloc(10)
    temporary.close()
    assert temporary.stats().capacity_bytes == 0


# Persistent


def test_a_string_is_kept_until_its_row_goes(persistent: Persistent) -> None:
    first = persistent.store(b"/tmp", 1)
    second = persistent.store(memoryview("grüß".encode()), 2)
    assert (persistent.data(first), persistent.text(second)) == (b"/tmp", "grüß")
    persistent.release(0)
    assert persistent.data(first) == b"/tmp"
    persistent.release(2)
    for handle in (first, second):
        with pytest.raises(LookupError, match="went with its row"):
            persistent.data(handle)


def test_an_empty_string_is_one(persistent: Persistent) -> None:
    handle = persistent.store(b"", 5)
    assert persistent.data(handle) == b""
    persistent.release(5)
    with pytest.raises(LookupError):
        persistent.data(handle)


def test_bytes_that_are_no_text_are_replaced(persistent: Persistent) -> None:
    assert persistent.text(persistent.store(b"a\xffb", 1)) == "a\ufffdb"


def test_a_string_of_any_length_is_kept(persistent: Persistent) -> None:
    large = bytes(range(256)) * 20_000
    handle = persistent.store(large, 1)
    assert persistent.data(handle) == large
    persistent.release(1)
    assert persistent.stats().capacity_bytes <= 4 << 20


def test_a_handle_is_never_of_another_string(persistent: Persistent) -> None:
    old = [persistent.store(b"old", generation) for generation in range(20)]
    persistent.reset()
    new = [persistent.store(b"new", generation) for generation in range(20)]
    assert not set(old) & set(new)
    for handle in old:
        with pytest.raises(LookupError):
            persistent.data(handle)


def test_slots_hold_one_string_each_and_outlive_all_rows(persistent: Persistent) -> None:
    title, directory = persistent.slot(1024), persistent.slot(4096)
    assert (title.text(), directory.data()) == ("", b"")
    for number in range(500):
        title.set(f"title {number}".encode())
        directory.set(b"/" * (number % 4096))
        persistent.store(b"x" * 700, number)
    persistent.release(500)
    persistent.reset()
    assert (title.text(), directory.data()) == ("title 499", b"/" * 499)


def test_a_slot_cuts_at_a_character(persistent: Persistent) -> None:
    slot = persistent.slot(4)
    slot.set("aéé".encode())
    assert slot.text() == "aé"
    slot.set("éé".encode())
    assert slot.text() == "éé"


def test_slots_are_never_refused(persistent: Persistent) -> None:
    slots = [persistent.slot(4096) for _ in range(5)]
    for number, slot in enumerate(slots):
        slot.set(b"%d" % number)
    assert [slot.text() for slot in slots] == ["0", "1", "2", "3", "4"]


def test_a_closed_one_has_nothing(persistent: Persistent) -> None:
    slot, handle = persistent.slot(10), persistent.store(b"x", 1)
    slot.set(b"y")
    persistent.close()
    assert persistent.stats().capacity_bytes == persistent.stats().used_bytes == 0
    with pytest.raises(LookupError):
        persistent.data(handle)


# What they consist of


def test_sizes_are_rounded_up_to_the_alignment() -> None:
    assert [aligned(size) for size in (0, 1, 8, 9)] == [0, 8, 8, 16]
    assert aligned(17, 16) == 32


@pytest.mark.parametrize("alignment", [0, -8, 3, 12, 8192])
def test_an_alignment_is_a_power_of_two_within_a_page(alignment: int) -> None:
    with pytest.raises(UsageError, match="power of two"):
        check_alignment(alignment)
    assert check_alignment(ALIGNMENT) == 8


def test_resizes_are_counted_and_the_latest_kept() -> None:
    counters = Counters()
    for number in range(1, 2 * RESIZES_KEPT + 1):
        counters.resized(number << 12, (number + 1) << 12, f"growth {number}")
    counters.resized(512 << 10, 128 << 10, "quiet")
    counters.resized(4096, 4096, "nothing")
    stats = counters.stats(used=0, capacity=100, heap_bytes=0)
    assert (stats.growths, stats.shrinks) == (2 * RESIZES_KEPT, 1)
    assert stats.resizes.startswith("512 to 128 KiB, quiet; 64 to 68 KiB, growth 16; ")
    assert stats.resizes.count(" to ") == RESIZES_KEPT


@pytest.mark.skipif(sys.platform != "linux", reason="other systems promise nothing")
def test_forgotten_pages_are_zeros() -> None:
    memory = anonymous_mapping(8192)
    memory[4096:4099] = b"abc"
    forget_pages(memory)
    assert memory[4096:4099] == bytes(3)
