"""The arenas of panes: learned sizes, the pool they share, on and off."""

from termlab.terminal.pane_arenas import (
    MOST_INITIAL_BYTES,
    PANES_REMEMBERED,
    ArenaMaker,
    Learned,
    heap_arenas,
)
from termlab.terminal.persistent_arena import INITIAL_BYTES
from termlab.terminal.temporary_arena import INITIAL_BYTES as FRAME_BYTES


def test_a_pane_has_both_and_room_for_its_names() -> None:
    arenas = ArenaMaker().make()
    stats = arenas.stats()
    assert stats.on
    assert stats.persistent.capacity_bytes == INITIAL_BYTES
    assert stats.temporary.capacity_bytes == FRAME_BYTES
    arenas.title.set(b"vim")
    arenas.directory.set(b"/" * 4096)
    assert (arenas.title.text(), arenas.directory.text()) == ("vim", "/" * 4096)
    assert arenas.stats().persistent.fallbacks == 0


def test_the_next_pane_begins_as_large_as_the_last_had_to_be() -> None:
    maker = ArenaMaker()
    first = maker.make()
    first.temporary.alloc(300_000)
    for row in range(3000):
        first.persistent.store(b"x" * 40, row)
    first.close()
    second = maker.make()
    second.temporary.alloc(300_000)
    for row in range(3000):
        second.persistent.store(b"x" * 40, row)
    stats = second.stats()
    assert (stats.temporary.growths, stats.persistent.growths) == (0, 0)
    learned = maker.stats()
    assert learned.on
    assert learned.temporary_bytes == 512 << 10
    why = "128 to 512 KiB, of the last 1 panes one needed 300000 bytes"
    assert learned.temporary_resizes == why
    assert learned.persistent_bytes == 128 << 10


def test_small_panes_undo_what_a_large_one_taught() -> None:
    learned = Learned(FRAME_BYTES)
    learned.note(500_000)
    assert learned.bytes == 512 << 10
    for _ in range(PANES_REMEMBERED):
        learned.note(10)
    assert learned.bytes == FRAME_BYTES
    assert [after for _, after, _ in learned.resizes] == [512 << 10, FRAME_BYTES]


def test_no_pane_begins_with_more_than_a_mebibyte() -> None:
    learned = Learned(FRAME_BYTES)
    learned.note(1 << 30)
    assert learned.bytes == MOST_INITIAL_BYTES


def test_memory_goes_from_pane_to_pane() -> None:
    maker = ArenaMaker()
    for _ in range(50):
        maker.make().close()
    stats = maker.pool.stats()
    assert (stats.misses, stats.hits, stats.kept) == (2, 98, 2)


def test_closing_twice_gives_back_once() -> None:
    maker = ArenaMaker()
    arenas = maker.make()
    arenas.close()
    arenas.close()
    assert maker.pool.stats().returned == 2
    assert arenas.title.text() == ""


def test_off_is_the_heap() -> None:
    maker = ArenaMaker()
    before = maker.make()
    maker.on = False
    arenas = maker.make()
    arenas.temporary.alloc(300_000)
    arenas.close()
    assert not arenas.stats().on
    assert before.stats().on
    assert maker.temporary.bytes == FRAME_BYTES
    assert maker.pool.stats().misses == 2
    assert not heap_arenas().on


def test_rest_is_of_both() -> None:
    arenas = ArenaMaker().make()
    arenas.temporary.alloc(1 << 20)
    for row in range(5000):
        arenas.persistent.store(b"x" * 100, row)
    arenas.persistent.release(5000)
    assert arenas.grown
    arenas.rest()
    assert not arenas.grown
    stats = arenas.stats()
    assert stats.persistent.capacity_bytes == INITIAL_BYTES
    assert stats.temporary.capacity_bytes == FRAME_BYTES
