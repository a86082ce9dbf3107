"""Who was woken how often, by name."""

from termlab.model.wakers import Waker
from termlab.probes.process_tree import Seen
from termlab.probes.woken import MAX_THREADS, MAX_WAKERS, Woken, most_woken


def seen(switches: dict[int, int], *names: str) -> Seen:
    return Seen(0, 0, None, switches, 0, names=tuple(zip(switches, names, strict=False)))


def test_each_thread_has_its_name_its_process_and_what_was_added() -> None:
    woken = Woken()
    old, now = seen({5: 10, 6: 20}), seen({5: 12, 6: 50}, "python3", "timer")
    assert woken.add((5, 0), old, now, counted=True, idle=False) == 32
    assert woken.add((5, 0), now, seen({5: 12, 6: 60}, "python3", "timer"), True, True) == 10
    assert most_woken((), woken.all()) == (
        Waker("python3", "timer", 5, 6, 40, 10),
        Waker("python3", "python3", 5, 5, 2, 0),
    )


def test_a_new_process_counts_from_its_start() -> None:
    woken = Woken()
    assert woken.add((7, 0), None, seen({7: 3}, "sh"), counted=True, idle=True) == 3


def test_since_an_earlier_look_only_what_was_added_is_told() -> None:
    before = (Waker("a", "a", 1, 1, 10, 5), Waker("a", "b", 1, 2, 10, 5))
    now = (Waker("a", "a", 1, 1, 10, 5), Waker("a", "b", 1, 2, 30, 6))
    assert most_woken(before, now) == (Waker("a", "b", 1, 2, 20, 1),)


def test_idle_wakeups_an_edge_knows_of_already_are_wakeups() -> None:
    assert most_woken((), (Waker("a", "a", 1, 1, 0, 3),)) == (Waker("a", "a", 1, 1, 3, 3),)


def test_of_a_storm_those_that_were_woken_most_stay() -> None:
    woken = Woken()
    for pid in range(1, MAX_THREADS + 2):
        woken.add((pid, 0), None, seen({pid: pid}, "x"), counted=True, idle=False)
    assert len(woken.all()) <= MAX_THREADS
    assert most_woken((), woken.all())[0].pid == MAX_THREADS + 1
    assert len(most_woken((), woken.all())) == MAX_WAKERS
