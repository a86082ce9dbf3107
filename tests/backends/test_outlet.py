"""The outlet on readers that stop and go on when a test says so."""

import random
import threading
import time
from collections.abc import Callable

import pytest

from termlab.backends.outlet import Outlet, OutletStats
from tests.backends.child import DEADLINE_S


class Reader:
    """Takes what is written; ``open`` says whether it does. Notes each piece."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.open.set()
        self.pieces: list[bytes] = []
        self.at_it = threading.Event()  # somebody writes
        self.gone = False

    def takes_some(self) -> bool:
        return self.open.is_set()

    def write_all(self, data: memoryview) -> None:
        self.at_it.set()
        assert self.open.wait(DEADLINE_S)
        if self.gone:
            raise BrokenPipeError
        self.pieces.append(bytes(data))


def stopped(size: int = 100) -> tuple[Reader, Outlet]:
    """A reader that is behind: the first byte is on its way to it."""
    reader = Reader()
    reader.open.clear()
    outlet = Outlet(reader.write_all, reader.takes_some, size)
    outlet.write(b"0")
    assert reader.at_it.wait(DEADLINE_S)
    return reader, outlet


def test_while_the_reader_takes_it_writing_is_direct_and_needs_no_thread() -> None:
    reader, before = Reader(), threading.active_count()
    outlet = Outlet(reader.write_all, reader.takes_some)
    outlet.write(b"one")
    outlet.write(b"two")
    assert reader.pieces == [b"one", b"two"]
    assert threading.active_count() == before
    outlet.end()
    assert outlet.stats() == OutletStats(6, 2, 0, 0, 0)


def test_behind_a_write_that_waits_what_comes_gathers_and_goes_in_one_piece() -> None:
    reader, outlet = stopped()
    for piece in (b"one", b"two", b"three"):
        outlet.write(piece)
    reader.open.set()
    outlet.end()
    assert reader.pieces == [b"0", b"onetwothree"]
    assert outlet.stats() == OutletStats(12, 0, 4, 2, 0)


def test_with_both_buffers_full_the_source_waits_and_goes_on() -> None:
    reader, outlet = stopped(size=4)
    source = threading.Thread(target=outlet.write, args=(b"123456789",))
    source.start()
    source.join(0.05)
    assert source.is_alive()
    reader.open.set()
    source.join(DEADLINE_S)
    assert not source.is_alive()
    outlet.end()
    assert b"".join(reader.pieces) == b"0123456789"
    assert max(map(len, reader.pieces)) == 4
    assert outlet.stats().full >= 1


def test_a_reader_that_has_gone_is_told_to_a_source_that_waits() -> None:
    reader, outlet = stopped(size=4)
    failures: list[OSError] = []

    def write() -> None:
        try:
            outlet.write(b"123456789")
        except OSError as error:
            failures.append(error)

    source = threading.Thread(target=write)
    source.start()
    reader.gone = True
    reader.open.set()
    source.join(DEADLINE_S)
    outlet.end()
    assert [type(each) for each in failures] == [BrokenPipeError]
    with pytest.raises(BrokenPipeError):
        outlet.write(b"more")


def test_a_machine_without_threads_writes_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    reader = Reader()
    outlet = Outlet(reader.write_all, lambda: False)
    outlet.write(b"one")
    outlet.end()
    assert reader.pieces == [b"one"]


@pytest.mark.parametrize("seed", range(5))
def test_nothing_is_lost_doubled_or_reordered_whenever_the_reader_stops(seed: int) -> None:
    dice = random.Random(seed)
    pieces: list[bytes] = []
    behind: Callable[[], bool] = lambda: dice.random() < 0.5  # noqa: E731
    outlet = Outlet(lambda data: pieces.append(bytes(data)), behind, 64)
    sent = b""
    for _ in range(2000):
        data = dice.randbytes(dice.randrange(1, 200))
        sent += data
        outlet.write(data)
    outlet.end()
    assert b"".join(pieces) == sent
    assert outlet.stats().bytes == len(sent)


def test_once_all_is_out_writing_is_direct_again() -> None:
    reader, outlet = stopped()
    reader.open.set()
    end = time.monotonic() + DEADLINE_S
    while not outlet.stats().direct and time.monotonic() < end:
        outlet.write(b"")  # nothing, which keeps nobody at work
    outlet.write(b"1")
    assert reader.pieces[0] == b"0"
    assert reader.pieces[-1] == b"1"
    assert outlet.stats().direct == 2
    outlet.end()
