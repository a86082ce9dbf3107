"""Both directions on scripted ends: bounded, in order, one never behind the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.backends.pty import Command
from termlab.model.geometry import Size
from termlab.server.bridge.end_key import Mode
from termlab.server.bridge.flows import INPUT_BYTES, Buffers, Input, Output
from termlab.terminal.flushing import Thresholds
from termlab.terminal.ring import DEFAULT_CAPACITY
from tests.server.fakes import ScriptedPty

LINES = Mode("lines", b"\x04")


class Pieces:
    """A source that brings what it is given, read by read; b"" is its end."""

    is_terminal = False

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)

    def fileno(self) -> int:
        return -1

    def readv(self, spans: Buffers) -> int | None:
        if not self.pieces:
            return None
        piece, rest = self.pieces[0][: len(spans[0])], self.pieces[0][len(spans[0]) :]
        spans[0][: len(piece)] = piece
        self.pieces[:1] = [rest] if rest else []
        return len(piece)

    def close(self) -> None: ...


class Shelf:
    """A sink with so much room; None is one nobody reads."""

    def __init__(self, room: int | None) -> None:
        self.room = room
        self.taken = b""

    def fileno(self) -> int:
        return -1

    def writev(self, buffers: Buffers) -> int | None:
        if self.room is None:
            return None
        count = min(len(buffers[0]), self.room)
        self.taken += buffers[0][:count]
        self.room -= count
        return count

    def close(self, finish: bool) -> None: ...


class Tap(ScriptedPty):
    """A child that takes so much and says what it is given."""

    def __init__(self, room: int, *says: bytes) -> None:
        super().__init__(1, Command(("tap",), "/", {}, Size(80, 24)))
        self._ours.close()  # nothing here waits for a descriptor
        self._child.close()
        self.room = room
        self.heard = b""
        self.pieces = list(says)

    def writev(self, buffers: object) -> int:
        assert isinstance(buffers, list)
        count = min(len(buffers[0]), self.room)
        self.heard += bytes(buffers[0][:count])
        self.room -= count
        return count

    def readv(self, spans: object) -> int | None:
        if not self.pieces:
            return None
        assert isinstance(spans, list)
        piece, rest = self.pieces[0][: len(spans[0])], self.pieces[0][len(spans[0]) :]
        spans[0][: len(piece)] = piece
        self.pieces[:1] = [rest] if rest else []
        return len(piece)


def output(sink: Shelf, *says: bytes) -> Output:
    return Output(Tap(0, *says), sink, Thresholds())


# Input


def test_a_key_goes_on_in_the_call_that_read_it() -> None:
    pty = Tap(1000)
    into = Input(pty, Pieces(b"k"))
    assert into.take() == 1
    assert pty.heard == b"k"
    assert into.waiting == 0


def test_a_child_that_takes_nothing_bounds_what_is_read() -> None:
    pty = Tap(0)
    into = Input(pty, Pieces(b"x" * (3 * INPUT_BYTES)))
    while into.room:
        assert into.take()
    assert into.waiting == INPUT_BYTES
    assert into.take() == 0
    assert not into.ended
    pty.room = 10
    into.deliver()
    assert (pty.heard, into.room) == (b"x" * 10, True)


@given(st.lists(st.binary(min_size=1, max_size=4000), max_size=20), st.integers(1, 5000))
def test_input_arrives_in_order_whatever_fits_at_a_time(pieces: list[bytes], room: int) -> None:
    pty = Tap(0)
    into = Input(pty, Pieces(*pieces, b""))
    while not into.ended or into.waiting:
        into.take()
        pty.room = room
        into.deliver()
    assert pty.heard == b"".join(pieces)


def test_the_end_is_typed_behind_all_of_it() -> None:
    pty = Tap(2)
    into = Input(pty, Pieces(b"abc", b""))
    into.take()
    into.take()
    assert into.ended
    assert into.waiting == 1
    pty.room = 100
    into.deliver()
    into.end(LINES)
    assert pty.heard == b"abc\x04\x04"
    into.end(LINES)
    assert pty.heard == b"abc\x04\x04\x04", "by then the line is finished"
    into.end(Mode("raw", b"\x04"))
    assert len(pty.heard) == 6


def test_what_nobody_will_take_is_dropped() -> None:
    into = Input(Tap(0), Pieces(b"abc"))
    into.take()
    into.drop()
    assert (into.waiting, into.room, into.ended) == (0, False, True)


# Output


def test_the_first_output_after_silence_is_written_at_once() -> None:
    sink = Shelf(1000)
    out = output(sink, b"hello")
    assert out.take(1.0) == 5
    assert out.advance(1.0) is None
    assert sink.taken == b"hello"


def test_more_of_it_waits_until_its_time_or_its_size() -> None:
    sink = Shelf(1 << 20)
    out = output(sink, b"a", b"b", b"c" * 9000)
    out.take(1.0)
    out.advance(1.0)
    out.take(1.001)
    due = out.advance(1.001)
    assert due == pytest.approx(1.006)
    assert sink.taken == b"a"
    assert out.advance(1.007) is None
    assert sink.taken == b"ab"
    out.take(1.0075)
    out.advance(1.0075)
    assert len(sink.taken) == 9002


def test_what_answers_a_key_does_not_wait_and_a_paste_is_no_key() -> None:
    for count, seen in ((1, b"ab"), (4000, b"a")):
        sink = Shelf(1 << 20)
        out = output(sink, b"a", b"b")
        out.take(1.0)
        out.advance(1.0)
        out.typed(count, 1.001)
        out.take(1.001)
        out.advance(1.001)
        assert sink.taken == seen


def test_a_full_sink_stops_the_reading_and_loses_nothing() -> None:
    sink = Shelf(3)
    out = output(sink, *[b"x" * 4096] * 40)
    while out.room:
        out.take(1.0)
        out.advance(1.0)
    assert out.blocked
    assert out.waiting == DEFAULT_CAPACITY
    sink.room = 1 << 20
    out.write()
    assert not out.blocked
    assert len(sink.taken) == DEFAULT_CAPACITY + 3


def test_the_end_of_output_flushes_all_of_it() -> None:
    sink = Shelf(100)
    out = output(sink, b"a", b"b", b"")
    for _ in range(3):
        out.take(1.0)
    assert out.ended
    out.advance(1.0)
    assert sink.taken == b"ab"


def test_nobody_reading_is_told() -> None:
    out = output(Shelf(None), b"a")
    out.take(1.0)
    out.advance(1.0)
    assert out.gone
