"""The two threads on consoles made for one question each."""

import select
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest

from termlab.backends.console_pumps import QUEUE_BYTES, socket_pair, start_pumps
from tests.backends.child import DEADLINE_S


class Refused(Exception):
    """What this console's calls fail with."""


class ScriptedConsole:
    """Reads bring what it is given, then the end; what is written is kept."""

    def __init__(self, output: Sequence[str] = ()) -> None:
        self.output = iter(output)
        self.given = 0
        self.more = threading.Event()  # a read with nothing left waits for it
        self.takes = threading.Event()  # a write waits for it
        self.takes.set()
        self.written = ""
        self.refusing = False
        self._changed = threading.Condition()

    def read(self, blocking: bool = False) -> str:
        assert blocking
        text = next(self.output, None)
        if text is None:
            assert self.more.wait(DEADLINE_S)
            raise Refused
        self.given += len(text)
        return text

    def write(self, to_write: str) -> int:
        assert self.takes.wait(DEADLINE_S)
        if self.refusing:
            raise Refused
        with self._changed:
            self.written += to_write
            self._changed.notify()
        return len(to_write)

    def wait_written(self, text: str) -> None:
        """Wait until all of ``text`` is; fail at the deadline."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.written) >= len(text), DEADLINE_S)
        assert self.written == text


@contextmanager
def pumped(
    console: ScriptedConsole,
    gone: Callable[[], None] = lambda: None,
    pair: tuple[socket.socket, socket.socket] | None = None,
) -> Iterator[socket.socket]:
    """The loop's end; at the end of the block both threads have ended."""
    before = set(threading.enumerate())
    ours, theirs = pair or socket_pair()
    start_pumps(console, theirs, Refused, gone)
    pumps = set(threading.enumerate()) - before
    try:
        yield ours
    finally:
        ours.close()
        console.more.set()
        console.takes.set()
        for pump in pumps:
            pump.join(DEADLINE_S)
            assert not pump.is_alive()


def fill(ours: socket.socket, data: bytes) -> int:
    """Send what fits: how much that was."""
    taken = 0
    try:
        while True:
            taken += ours.send(data[taken : taken + 65536])
    except BlockingIOError:
        return taken


def received(ours: socket.socket) -> bytes:
    """All output up to its end."""
    ours.settimeout(DEADLINE_S)
    seen = b""
    while data := ours.recv(65536):
        seen += data
    return seen


def test_output_arrives_as_utf8_and_then_its_end() -> None:
    console = ScriptedConsole(["größe ", "\U0001f600", "\ud800."])
    console.more.set()
    with pumped(console) as ours:
        assert received(ours) == "größe \U0001f600?.".encode()


def test_reads_of_nothing_are_not_the_end_until_there_are_many() -> None:
    console = ScriptedConsole(["", "", "a", *[""] * 30, "b", *[""] * 64, "never"])
    with pumped(console) as ours:
        assert received(ours) == b"ab"


def test_output_nobody_reads_holds_the_reading_thread() -> None:
    lines = [f"{number:07}\n" * 100 for number in range(10_000)]
    console = ScriptedConsole(lines)
    console.more.set()
    ours, theirs = socket_pair()
    with pumped(console, pair=(ours, theirs)):
        assert any(not select.select([], [theirs], [], 0)[1] for _ in range(1_000_000))
        assert 0 < console.given < 16 * QUEUE_BYTES
        assert received(ours) == "".join(lines).encode()


def test_the_end_is_told_only_when_the_child_has_gone() -> None:
    ended = threading.Event()
    asked = threading.Event()

    def gone() -> None:
        asked.set()
        assert ended.wait(DEADLINE_S)

    console = ScriptedConsole(["last"])
    console.more.set()
    with pumped(console, gone) as ours:
        try:
            assert asked.wait(DEADLINE_S)
            assert ours.recv(100) == b"last"
            with pytest.raises(BlockingIOError):
                ours.recv(100)
        finally:
            ended.set()
        assert received(ours) == b""


@pytest.mark.parametrize("split", [1, 2, 3])
def test_a_character_split_between_two_writes_reaches_the_console_whole(split: int) -> None:
    console = ScriptedConsole()
    character = "\U0001f600".encode()
    with pumped(console) as ours:
        ours.send(b"a" + character[:split])
        console.wait_written("a")
        ours.send(character[split:] + b"b")
        console.wait_written("a\U0001f600b")


def test_a_console_that_takes_nothing_fills_the_pair_and_goes_on_where_it_stopped() -> None:
    console = ScriptedConsole()
    console.takes.clear()
    typed = b"".join(b"%07d\n" % number for number in range(1_000_000))
    with pumped(console) as ours:
        taken = fill(ours, typed)
        assert 0 < taken < 16 * QUEUE_BYTES
        assert not select.select([], [ours], [], 0)[1]
        console.takes.set()
        assert select.select([], [ours], [], DEADLINE_S)[1]
        ours.settimeout(DEADLINE_S)
        ours.sendall(typed[taken:])
        console.wait_written(typed.decode())


def test_what_a_console_refuses_is_dropped_and_more_is_taken() -> None:
    console = ScriptedConsole()
    console.refusing = True
    with pumped(console) as ours:
        ours.settimeout(DEADLINE_S)
        ours.sendall(bytes(16 * QUEUE_BYTES))
    assert console.written == ""


def test_closing_ends_threads_that_wait_for_the_loop() -> None:
    console = ScriptedConsole(["x" * 10_000_000])
    with pumped(console) as ours:
        assert select.select([ours], [], [], DEADLINE_S)[0]


def test_a_thread_that_can_not_start_leaves_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    ours, theirs = socket_pair()
    with pytest.raises(RuntimeError):
        start_pumps(ScriptedConsole(), theirs, Refused, lambda: None)
    theirs.close()
    # Nobody else has the other end any more.
    assert ours.recv(1) == b""
    ours.close()
