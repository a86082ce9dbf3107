"""What shells ask for waits in the arena, bounded."""

from termlab.terminal.asked import MAX_BYTES, MAX_WAITING, Asked
from termlab.terminal.heap_arena import HeapPersistent


def test_they_are_taken_in_order() -> None:
    came: list[int] = []
    asked = Asked(HeapPersistent(), lambda: True, lambda: came.append(1))
    asked.put(b"one", 0)
    asked.put(b"two", 0)
    assert len(came) == len(asked) == 2
    assert [asked.take(), asked.take(), asked.take()] == [b"one", b"two", None]


def test_full_or_too_long_or_unwanted_ones_are_refused_and_counted() -> None:
    taking = True
    asked = Asked(HeapPersistent(), lambda: taking, lambda: None)
    asked.put(b"x" * (MAX_BYTES + 1), 0)
    for _ in range(MAX_WAITING + 1):
        asked.put(b"x", 0)
    taking = False
    asked.put(b"x", 0)
    assert (asked.asked, asked.refused, len(asked)) == (MAX_WAITING + 3, 3, MAX_WAITING)


def test_one_outlives_the_rows_of_its_time_but_not_the_arena() -> None:
    arena = HeapPersistent()
    asked = Asked(arena, lambda: True, lambda: None)
    asked.put(b"one", 5)
    arena.release(6)
    assert asked.take() == b"one"
    asked.put(b"two", 5)
    arena.reset()
    assert asked.take() is None
    assert asked.refused == 1
