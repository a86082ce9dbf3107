"""What a program printed and was typed, as an asciicast."""

import pytest

import termlab.server.tape as module
from termlab.model.geometry import Size
from termlab.model.recording import decode
from termlab.server.tape import Tape

SIZE = Size(80, 24)


def said(tape: Tape, data: bytes, now: float) -> None:
    half = len(data) // 2
    room = bytearray(data + b"rubbish")
    tape.came([memoryview(room)[:half], memoryview(room)[half:]], len(data), now)


def test_output_and_keys_are_kept_with_their_times() -> None:
    tape = Tape(100.0)
    said(tape, b"hello", 100.5)
    tape.typed(b"\x1b[A", 101.25)
    recording = decode(tape.cast(SIZE, "prog", 1_700_000_000.9), "it")
    assert recording.header.size == SIZE
    assert recording.header.title == "prog"
    assert [tuple(event) for event in recording.events] == [
        (0.5, "o", "hello"),
        (1.25, "i", "\x1b[A"),
    ]


def test_keys_alone_are_a_recording_of_their_own() -> None:
    tape = Tape(0.0)
    said(tape, b"shown", 0.1)
    tape.typed(b"x", 0.2)
    events = decode(tape.keys(SIZE, "prog", 0.0), "it").events
    assert [event.data for event in events] == ["x"]


def test_a_character_cut_in_two_by_a_read_is_whole_again() -> None:
    tape = Tape(0.0)
    data = "ü".encode()
    said(tape, b"a" + data[:1], 0.1)
    said(tape, data[1:] + b"b", 0.2)
    said(tape, b"\xff", 0.3)
    events = decode(tape.cast(SIZE, "prog", 0.0), "it").events
    assert "".join(event.data for event in events) == "aüb\ufffd"


def test_a_mark_stands_where_its_time_is() -> None:
    tape = Tape(0.0)
    said(tape, b"a", 0.1)
    said(tape, b"b", 0.9)
    tape.mark(0.5, "slow")
    events = decode(tape.cast(SIZE, "prog", 0.0), "it").events
    assert [(event.code, event.data) for event in events] == [("o", "a"), ("m", "slow"), ("o", "b")]


def test_it_is_bounded_and_says_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 4 * (1000 + module.EVENT_BYTES))
    tape = Tape(0.0)
    for second in range(6):
        tape.typed(b"x" * 1000, float(second))
    events = decode(tape.cast(SIZE, "prog", 0.0), "it").events
    assert [event.code for event in events] == ["i"] * 4 + ["m"]
    assert events[-1].at_s == 4.0
    assert "not recorded from here on" in events[-1].data


def test_single_bytes_count_as_what_they_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 4000)
    tape = Tape(0.0)
    for second in range(60):
        tape.typed(b"x", float(second))
    events = decode(tape.cast(SIZE, "prog", 0.0), "it").events
    assert len(events) == 4000 // (1 + module.EVENT_BYTES) + 1
