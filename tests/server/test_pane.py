"""A pane at work, on a scripted child and the real engine; time is driven."""

from collections.abc import Iterator

import pytest

from termlab.backends.pty import Command
from termlab.model.geometry import Size
from termlab.server.loop import Loop
from termlab.server.pane import NAME_S, Pane
from termlab.server.stdin import MAX_INPUT_BYTES
from termlab.terminal.coalescer import Coalescer
from termlab.terminal.feeder import TYPING_BUDGET_S, Feeder
from termlab.terminal.flushing import Thresholds
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.ring import Ring
from tests.server.fakes import Clock, ScriptedPty

SIZE = Size(80, 24)


class Watcher:
    """An owner that notes what it is told."""

    def __init__(self) -> None:
        self.last_key = float("-inf")
        self.output: list[int] = []
        self.told: list[str] = []
        self.fed = 0

    def pane_output(self, pane: Pane, count: int) -> None:
        self.output.append(count)

    def pane_changed(self, pane: Pane) -> None:
        self.told.append("changed")

    def pane_rang(self, pane: Pane) -> None:
        self.told.append("rang")

    def pane_drained(self, pane: Pane) -> None:
        self.told.append("drained")

    def pane_ended(self, pane: Pane) -> None:
        self.told.append("ended")
        self.fed = pane.emulator.stats().bytes_fed
        pane.close()


class Slow(GhosttyEmulator):
    """Takes ``byte_s`` of the driven clock for each byte it is fed."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(SIZE)
        self.clock = clock
        self.byte_s = 0.0

    def feed(self, data: memoryview) -> None:
        self.clock.advance(len(data) * self.byte_s)
        super().feed(data)


class Bench:
    """One pane with all around it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.failures: list[Exception] = []
        self.loop = Loop(self.failures.append, self.clock)
        self.owner = Watcher()
        self.child = ScriptedPty(1, Command(("prog",), "/", {}, SIZE))
        self.engine = Slow(self.clock)
        feeder = Feeder(Ring(), Coalescer(), self.engine, self.clock)
        self.pane = Pane(0, self.child, feeder, self.loop, self.owner)

    def turn(self, count: int = 4) -> None:
        for _ in range(count):
            self.loop.turn(wait=False)

    def says(self, data: bytes) -> None:
        self.child.says(data)
        self.turn()

    def row(self, y: int) -> bytes:
        return self.pane.refresh().rows[y]


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.pane.close()
    assert bench.failures == []


def test_output_after_silence_is_interpreted_at_once(bench: Bench) -> None:
    bench.says(b"hello")
    assert bench.row(0) == b"hello"
    assert sum(bench.owner.output) == 5


def test_output_under_load_waits_for_the_deadline_and_no_longer(bench: Bench) -> None:
    bench.says(b"one")
    bench.clock.advance(0.001)
    bench.says(b"two")
    assert bench.row(0) == b"one"
    bench.clock.advance(0.005)
    bench.turn(1)
    assert bench.row(0) == b"onetwo"


def test_the_answer_to_a_key_waits_for_nothing(bench: Bench) -> None:
    bench.says(b"one")
    bench.clock.advance(0.001)
    bench.pane.type(b"k")
    bench.says(b"k")
    assert bench.row(0) == b"onek"


def test_a_full_ring_stops_the_reading_and_loses_nothing(bench: Bench) -> None:
    bench.engine.byte_s = 0.001  # a byte a millisecond: nothing is taken in a turn
    sent = 0
    for _ in range(400):
        try:
            bench.child.says(b"x" * 1000)
            sent += 1000
        except BlockingIOError:
            pass
        bench.turn(1)
    assert bench.pane.ring.stats().high_water == bench.pane.ring.stats().capacity
    bench.engine.byte_s = 0.0
    bench.turn(200)
    assert bench.engine.stats().bytes_fed == sent


def test_a_turn_of_a_pane_that_is_behind_takes_one_budget(bench: Bench) -> None:
    bench.owner.last_key = bench.clock()
    bench.engine.byte_s = 4e-6
    took = []
    for _ in range(60):
        bench.child.says(b"x" * 500)
        before = bench.clock()
        bench.owner.last_key = before
        bench.turn(1)
        took.append(bench.clock() - before)
    # The first call measures; a burst begins with two budgets in its turn, then there is one.
    assert max(took[1:]) < 3 * TYPING_BUDGET_S
    assert max(took[-20:]) < 2 * TYPING_BUDGET_S
    assert sum(took[-20:]) > 10 * TYPING_BUDGET_S


def test_the_answers_the_engine_gives_go_to_the_child(bench: Bench) -> None:
    bench.says(b"\x1b[6n")
    assert bench.child.takes() == b"\x1b[1;1R"


def test_titles_directories_and_bells_are_told(bench: Bench) -> None:
    bench.says(b"\x1b]2;my title\x07")
    assert bench.pane.title == "my title"
    bench.says(b"\x1b]7;file:///tmp\x07\x07")
    bench.clock.advance(0.01)
    bench.turn()
    assert bench.pane.directory == "/tmp"
    assert bench.owner.told == ["changed", "changed", "rang"]


def test_the_program_in_front_is_looked_up_soon_after_output(bench: Bench) -> None:
    bench.says(b"x")
    bench.child.name = "vim"
    bench.turn()
    assert bench.pane.command == "prog"
    bench.clock.advance(NAME_S)
    bench.turn()
    assert bench.pane.command == "vim"
    assert bench.owner.told == ["changed"]


def test_held_output_is_not_shown_until_it_is_let_go(bench: Bench) -> None:
    bench.says(b"before")
    assert bench.row(0) == b"before"
    shown = len(bench.owner.output)
    bench.clock.advance(0.1)
    bench.says(b"\x1b[?2026h\rAFTER!")
    assert bench.row(0) == b"before"
    assert len(bench.owner.output) == shown
    bench.clock.advance(0.1)
    bench.says(b"\x1b[?2026l")
    assert bench.row(0) == b"AFTER!"
    assert len(bench.owner.output) > shown


def test_held_output_is_shown_after_150_ms_at_the_latest(bench: Bench) -> None:
    bench.says(b"\x1b[?2026hheld")
    bench.clock.advance(0.149)
    bench.turn()
    assert bench.row(0) == b""
    bench.clock.advance(0.001)
    bench.turn()
    assert bench.row(0) == b"held"


def test_the_cursor_stays_with_the_rows_that_are_held(bench: Bench) -> None:
    bench.says(b"ab")
    bench.row(0)
    assert bench.pane.cursor().x == 2
    bench.clock.advance(0.1)
    bench.says(b"\x1b[?2026h\x1b[10;10H")
    bench.row(0)
    assert bench.pane.cursor().x == 2


def test_input_that_does_not_fit_waits_and_is_written_in_order(bench: Bench) -> None:
    data = bytes(range(256)) * 200
    assert bench.pane.write(data)
    assert bench.pane.write(b"END")
    assert bench.pane.input_waiting > 0
    got = b""
    for _ in range(200):
        got += bench.child.takes()
        bench.turn(1)
    assert got == data + b"END"
    assert bench.pane.input_waiting == 0
    assert "drained" in bench.owner.told


def test_input_beyond_the_limit_is_refused_whole(bench: Bench) -> None:
    assert bench.pane.write(b"x" * MAX_INPUT_BYTES)
    waiting = bench.pane.input_waiting
    assert not bench.pane.write(b"y" * (MAX_INPUT_BYTES - waiting + 1))
    assert bench.pane.input_waiting == waiting
    assert bench.pane.write(b"y" * (MAX_INPUT_BYTES - waiting))


def test_an_empty_write_is_no_write(bench: Bench) -> None:
    assert bench.pane.write(b"")
    assert bench.child.takes() == b""


def test_a_child_that_ends_is_told_once_its_last_output_was_interpreted(bench: Bench) -> None:
    bench.child.says(b"last words")
    bench.child.ends(3)
    bench.turn()
    assert bench.owner.told == ["ended"]
    assert bench.pane.exit_status == 3
    assert bench.owner.fed == len(b"last words")


def test_an_end_that_comes_before_the_exit_waits_for_the_exit(bench: Bench) -> None:
    bench.child.ends()
    bench.child.status = None
    bench.turn()
    assert bench.owner.told == []
    bench.child.status = 0
    bench.pane.check_exit()
    bench.turn()
    assert bench.owner.told == ["ended"]


def test_an_exit_with_the_terminal_still_open_is_the_end(bench: Bench) -> None:
    bench.child.says(b"x" * 3000)
    bench.child.status = 0
    bench.pane.check_exit()
    bench.turn(10)
    assert bench.owner.told == ["ended"]
    assert bench.owner.fed == 3000


@pytest.mark.parametrize("byte_s", [0.0, 1e-6])
def test_what_goes_on_writing_after_the_exit_does_not_keep_the_pane(
    bench: Bench, byte_s: float
) -> None:
    bench.engine.byte_s = byte_s
    bench.child.endless = True
    bench.child.status = 0
    bench.pane.check_exit()
    bench.turn(500)
    assert bench.owner.told == ["ended"]


def test_a_new_size_reflows_and_is_told_to_the_child_once(bench: Bench) -> None:
    bench.pane.resize(Size(40, 10))
    bench.pane.resize(Size(40, 10))
    assert bench.child.sizes == [SIZE, Size(40, 10)]
    assert len(bench.pane.refresh().rows) == 10


def test_closing_twice_is_closing_once_and_nothing_follows(bench: Bench) -> None:
    bench.child.says(b"\x1b[?2026hx")
    bench.turn()
    bench.pane.close()
    bench.pane.close()
    bench.clock.advance(10)
    bench.turn()
    assert bench.child.closed
    assert not bench.pane.write(b"x")
    bench.pane.resize(Size(10, 10))
    bench.pane.check_exit()


def test_a_pane_closed_while_more_is_to_be_read_reads_no_more(bench: Bench) -> None:
    bench.child.says(b"x" * 3000)
    bench.child.status = 0
    bench.pane.check_exit()
    bench.pane.close()
    bench.turn()
    assert bench.failures == []


def test_a_terminal_that_cannot_be_read_ends_its_output_and_is_asked_no_more(bench: Bench) -> None:
    bench.says(b"shown")
    bench.child.broken = True
    bench.says(b"lost")
    reads = bench.child.reads
    bench.says(b"lost as well")
    assert bench.child.reads == reads
    assert bench.row(0) == b"shown"
    bench.child.ends(3)
    bench.pane.check_exit()
    bench.turn()
    assert bench.owner.told == ["ended"]
    assert bench.pane.exit_status == 3


def test_other_thresholds_hold_at_once_for_what_waits_already(bench: Bench) -> None:
    bench.pane.retune(Thresholds(8192, 10.0))
    bench.says(b"one")
    bench.clock.advance(0.001)
    bench.says(b"two")
    bench.clock.advance(1.0)
    bench.turn()
    assert bench.row(0) == b"one"  # it may wait for ten seconds
    bench.pane.retune(Thresholds(8192, 0.005))
    bench.turn()
    assert bench.row(0) == b"onetwo"
    bench.pane.close()
    bench.pane.retune(Thresholds(8192, 0.005))  # a pane that is gone is left alone
