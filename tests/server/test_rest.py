"""A quiet pane's history is made smaller, on a clock the test drives."""

from termlab.model.geometry import Size
from termlab.server.loop import Loop
from termlab.server.rest import GROWN_ROWS, QUIET_S, Rest
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.pane_arenas import ArenaMaker, heap_arenas
from tests.server.fakes import Clock


class Counting(GhosttyEmulator):
    """Says how often it was asked to be smaller."""

    steps = 0

    def compress(self) -> bool:
        self.steps += 1
        return super().compress()


def bench(rows: int) -> tuple[Clock, Loop, Counting, Rest]:
    clock = Clock()
    failures: list[Exception] = []
    loop = Loop(failures.append, clock)
    emulator = Counting(Size(80, 24))
    emulator.feed(memoryview(b"a line of text\r\n" * (rows + 24)))
    return clock, loop, emulator, Rest(emulator, loop, heap_arenas())


def test_it_begins_after_silence_and_ends_by_itself() -> None:
    clock, loop, emulator, rest = bench(20 * GROWN_ROWS)
    rest.consider()
    clock.advance(QUIET_S / 2)
    loop.turn(wait=False)
    rest.output_at = loop.now
    clock.advance(QUIET_S * 0.75)
    loop.turn(wait=False)
    assert emulator.steps == 0
    clock.advance(QUIET_S)
    for _ in range(1000):
        loop.turn(wait=False)
    assert emulator.steps > 1
    steps = emulator.steps
    rest.consider()
    clock.advance(9 * QUIET_S)
    loop.turn(wait=False)
    assert emulator.steps == steps


def test_a_short_history_is_left_alone() -> None:
    clock, loop, emulator, rest = bench(GROWN_ROWS // 2)
    rest.consider()
    clock.advance(9 * QUIET_S)
    loop.turn(wait=False)
    assert emulator.steps == 0


def test_nothing_happens_once_it_is_closed() -> None:
    clock, loop, emulator, rest = bench(2 * GROWN_ROWS)
    rest.consider()
    rest.close()
    clock.advance(9 * QUIET_S)
    loop.turn(wait=False)
    assert emulator.steps == 0


def test_history_that_was_read_is_made_small_again() -> None:
    clock, loop, emulator, rest = bench(2 * GROWN_ROWS)
    rest.consider()
    clock.advance(2 * QUIET_S)
    for _ in range(100):
        loop.turn(wait=False)
    steps = emulator.steps
    emulator.joined_at(0, 2 * GROWN_ROWS)
    rest.again()
    clock.advance(2 * QUIET_S)
    for _ in range(100):
        loop.turn(wait=False)
    assert emulator.steps > steps > 0
    assert loop._timeout() is None


def test_an_arena_that_grew_is_made_small_again() -> None:
    clock = Clock()
    failures: list[Exception] = []
    loop = Loop(failures.append, clock)
    arenas = ArenaMaker().make()
    rest = Rest(GhosttyEmulator(Size(80, 24)), loop, arenas)
    small = arenas.stats().temporary.capacity_bytes
    arenas.temporary.alloc(4 * small)
    rest.consider()
    assert arenas.grown
    clock.advance(QUIET_S)
    loop.turn(wait=False)
    assert not arenas.grown
    assert arenas.stats().temporary.capacity_bytes == small
    assert arenas.stats().temporary.resizes.startswith("640 to 128 KiB, quiet; ")
    assert not failures
