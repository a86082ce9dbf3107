"""Commands on the screen: their places, and which of them are settled."""

from termlab.model.geometry import Size
from termlab.terminal.followed_lines import END, INPUT, MAX_FOLLOWED, OUTPUT, Followed, OnScreen
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.settled_lines import Place


def begun(screen: OnScreen, row: int) -> Followed:
    entry = Followed("/", marked=False)
    screen.begin(entry, Place(row, 0))
    return entry


def test_a_prompt_takes_its_row_and_those_below_from_others() -> None:
    screen = OnScreen(GhosttyEmulator(Size(20, 9)))
    for row in (1, 3, 5, 7):
        begun(screen, row)
    begun(screen, 3)
    assert screen.rows() == [1, 3]


def test_places_are_between_the_prompt_and_the_next() -> None:
    screen = OnScreen(GhosttyEmulator(Size(20, 9)))
    entry = begun(screen, 3)
    screen.hold(entry, INPUT, Place(3, 2))
    screen.hold(entry, OUTPUT, Place(1, 4))
    screen.hold(entry, END, Place(8, 0))
    assert screen.places(entry, 5) == (Place(3, 0), Place(3, 2), Place(3, 0), Place(5, 0))


def test_it_runs_from_its_output_to_its_end() -> None:
    screen = OnScreen(GhosttyEmulator(Size(20, 9)))
    entry = begun(screen, 0)
    seen = [(entry.started_one, entry.runs)]
    for which in (OUTPUT, END):
        screen.hold(entry, which, Place(1, 0))
        seen.append((entry.started_one, entry.runs))
    assert seen == [(False, False), (True, True), (True, False)]


def test_only_what_is_in_the_history_is_settled_and_the_newest_never() -> None:
    emulator = GhosttyEmulator(Size(20, 4))
    screen = OnScreen(emulator)
    emulator.feed(memoryview(b"$ a\r\n$ b\r\n$ c"))
    first = begun(screen, 0)
    begun(screen, 2)
    assert screen.take_settled() is None
    emulator.feed(memoryview(b"\r\nx" * 9))
    found = screen.take_settled()
    assert found is not None
    assert (found[0], found[1][0]) == (first, Place(0, 0))
    assert screen.take_settled() is None


def test_more_than_can_be_followed_are_settled_where_they_are() -> None:
    emulator = GhosttyEmulator(Size(20, 100))
    emulator.feed(memoryview(b"$\r\n" * 99))
    screen = OnScreen(emulator)
    for row in range(99):
        begun(screen, row)
        while screen.take_settled() is not None:
            pass
    assert len(screen) == MAX_FOLLOWED


def test_what_was_erased_is_forgotten() -> None:
    emulator = GhosttyEmulator(Size(20, 6))
    screen = OnScreen(emulator)
    emulator.feed(memoryview(b"$ a\r\n$ b\r\n"))
    for row in (0, 1):
        screen.hold(begun(screen, row), INPUT, Place(row, 2))
    emulator.feed(memoryview(b"\x1b[1;1H\x1b[2K"))
    screen.forget_erased()
    assert screen.rows() == [1]
