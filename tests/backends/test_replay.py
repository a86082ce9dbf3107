"""Recordings that play: by a clock that the test moves, read through their descriptors."""

import json
import math
import os
import queue
import selectors
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from termlab.backends import replay
from termlab.backends.pty import Command
from termlab.backends.replay import (
    HANDOVER_BYTES,
    ReplayBackend,
    ReplayPty,
    Tape,
    open_tape,
)
from termlab.errors import PtyError, RecordingError
from termlab.model.geometry import Size
from termlab.model.recording import Event, Header, Playing
from tests.backends.child import DEADLINE_S, wait_ready

SIZE = Size(80, 24)
COMMAND = Command((), "/", {}, SIZE)
HEADER = Header(2, SIZE)
RECORDINGS = sorted((Path(__file__).parents[1] / "recordings").glob("*.cast"))
V2 = b'{"version": 2, "width": 80, "height": 24}\n'


class Hands:
    """A clock that stands unless the test moves it, and tells how long the thread would sleep."""

    def __init__(self) -> None:
        self._now = 1000.0
        self._sleeps: queue.Queue[float | None] = queue.Queue()
        self._condition: threading.Condition | None = None

    def now(self) -> float:
        return self._now

    def wait(self, condition: threading.Condition, timeout_s: float | None) -> None:
        self._condition = condition
        self._sleeps.put(timeout_s)
        condition.wait()

    def sleeps(self) -> float | None:
        """Once the thread has gone to sleep: for how long."""
        return self._sleeps.get(timeout=DEADLINE_S)

    def advance(self, seconds: float) -> None:
        """Time passes, and the thread wakes for it."""
        assert self._condition is not None
        with self._condition:
            self._now += seconds
            self._condition.notify()


class Show:
    """A recording that plays for the test."""

    def __init__(self, *events: tuple[float, str, str], playing: Playing | None = None) -> None:
        self.clock = Hands()
        tape = Tape("show", HEADER, [Event(*event) for event in events])
        self.pty: ReplayPty = ReplayBackend(tape, playing, self.clock).spawn(COMMAND)

    def read(self) -> bytes:
        return read(self.pty)

    def waits(self) -> bool:
        """Whether nothing is to be read now."""
        return self.pty.readv([memoryview(bytearray(100))]) is None

    def press(self, *keys: bytes) -> None:
        """Keys, one by one, each of them heard."""
        for key in keys:
            assert self.pty.writev([key]) == 1


def read(pty: ReplayPty, size: int = 65536) -> bytes:
    """What comes next; b"" at the end."""
    buffer = bytearray(size)
    while (count := pty.readv([memoryview(buffer)])) is None:
        wait_ready(pty.fileno(), selectors.EVENT_READ)
    return bytes(buffer[:count])


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("replay ")]


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    yield
    for thread in threads():
        thread.join(DEADLINE_S)
    assert threads() == []


def test_output_comes_when_it_is_due_and_then_the_end() -> None:
    show = Show((1.0, "o", "é"), (3.0, "o", "two"))
    assert show.clock.sleeps() == 1
    assert show.waits()
    show.clock.advance(1)
    assert show.read() == "é".encode()
    assert show.clock.sleeps() == 2
    assert show.pty.exit_status() is None
    show.clock.advance(2)
    assert (show.read(), show.read()) == (b"two", b"")
    assert show.pty.exit_status() == 0
    show.pty.close()
    assert show.pty.exit_status() == 0


def test_only_output_is_output_and_an_exit_is_the_status() -> None:
    show = Show((0, "o", "a"), (0, "i", "typed"), (0, "m", "mark"), (0, "r", "9x9"), (0, "x", "3"))
    assert (show.read(), show.read()) == (b"a", b"")
    assert show.pty.exit_status() == 3
    show.pty.close()


def test_a_pause_sleeps_without_a_limit_until_it_is_over() -> None:
    show = Show((2.0, "o", "a"))
    assert show.clock.sleeps() == 2
    show.clock.advance(0.5)
    assert show.clock.sleeps() == 1.5
    show.press(b" ")
    assert show.clock.sleeps() is None
    show.clock.advance(60)
    assert show.clock.sleeps() is None
    show.press(b" ")
    assert show.clock.sleeps() == 1.5
    show.pty.close()


def test_a_paused_recording_goes_on_step_by_step() -> None:
    show = Show((1.0, "o", "a"), (5.0, "m", ""), (9.0, "o", "b"), (9.5, "o", "c"))
    show.clock.sleeps()
    show.press(b" ")
    assert show.clock.sleeps() is None
    show.press(b".")
    assert show.read() == b"a"
    assert show.clock.sleeps() is None
    show.press(b".")
    assert show.read() == b"b"
    assert show.clock.sleeps() is None
    show.press(b" ")
    assert show.clock.sleeps() == 0.5
    show.pty.close()


def test_keys_double_and_halve_the_speed() -> None:
    show = Show((8.0, "o", "a"))
    assert show.clock.sleeps() == 8
    show.press(b"+")
    assert show.clock.sleeps() == 4
    show.press(b"-")
    assert show.clock.sleeps() == 8
    show.press(b"-")
    assert show.clock.sleeps() == 16
    show.pty.close()


@pytest.mark.parametrize("speed", [0.0, math.inf])
def test_all_at_once_sleeps_never(speed: float) -> None:
    show = Show((1.0, "o", "a"), (1e6, "o", "b"), playing=Playing(speed))
    assert show.read() + show.read() + show.read() == b"ab"
    show.pty.close()


def test_the_idle_limit_is_the_one_asked_for_else_the_recording_s() -> None:
    for asked, sleeps in ((None, 2.0), (0.5, 0.5)):
        clock = Hands()
        tape = Tape("x", HEADER._replace(idle_limit_s=2.0), [Event(60, "o", "a")])
        pty = ReplayBackend(tape, Playing(1.0, asked), clock).spawn(COMMAND)
        assert clock.sleeps() == sleeps
        pty.close()


@pytest.mark.parametrize(("key", "status"), [(b"q", 0), (b"\x03", -2)])
def test_a_key_ends_it_with_what_was_shown_still_to_be_read(key: bytes, status: int) -> None:
    show = Show((0, "o", "shown"), (9.0, "o", "never"))
    show.clock.sleeps()
    show.press(key)
    assert show.pty.exit_status() == status
    assert (show.read(), show.read()) == (b"shown", b"")
    show.press(b"q")
    show.pty.close()


@pytest.mark.parametrize("number", [1, 2, 9, 15])
def test_a_signal_that_ends_programs_ends_it(number: int) -> None:
    show = Show((9.0, "o", "never"))
    show.pty.signal(number)
    assert show.pty.exit_status() == -number
    assert show.read() == b""
    show.pty.signal(9)
    assert show.pty.exit_status() == -number
    show.pty.close()


def test_other_signals_are_ignored_and_impossible_ones_are_errors() -> None:
    show = Show((9.0, "o", "never"))
    show.pty.signal(0)
    show.pty.signal(28)
    assert show.pty.exit_status() is None
    with pytest.raises(PtyError, match="no such signal"):
        show.pty.signal(65)
    show.pty.close()
    assert show.pty.exit_status() == -1


def test_what_is_not_read_is_not_handed_over() -> None:
    part = 16 * 1024
    total, taken = 200, 0

    def events() -> Iterator[Event]:
        nonlocal taken
        for _ in range(total):
            taken += 1
            yield Event(0, "o", "x" * part)

    pty = ReplayBackend(Tape("big", HEADER, events()), None, Hands()).spawn(COMMAND)
    got = 0
    while data := read(pty, 4096):
        got += len(data)
        assert taken * part - got <= 4 * HANDOVER_BYTES
    assert got == total * part
    pty.close()


@pytest.mark.parametrize("ending", ["close", "quit"])
def test_a_recording_nobody_reads_can_be_ended(ending: str) -> None:
    tape = Tape("big", HEADER, [Event(0, "o", "x" * 10_000_000)])
    pty = ReplayBackend(tape, None, Hands()).spawn(COMMAND)
    wait_ready(pty.fileno(), selectors.EVENT_READ)
    if ending == "close":
        pty.close()
        assert pty.exit_status() == -1
    else:
        pty.writev([b"q"])
        for thread in threads():  # it waited to be read, and ends all the same
            thread.join(DEADLINE_S)
        got = 0
        while data := read(pty):
            got += len(data)
        assert 0 < got < 10_000_000
        pty.close()


def test_the_real_clock_plays_too(tmp_path: Path) -> None:
    file = tmp_path / "x.cast"
    file.write_bytes(V2 + b'[0.01, "o", "a"]\n[0.02, "o", "b"]\n')
    pty = ReplayBackend(open_tape(str(file))).spawn(COMMAND)
    assert read(pty) + read(pty) + read(pty) == b"ab"
    pty.close()


def test_a_file_that_turns_out_to_be_broken_says_so_where_it_plays(tmp_path: Path) -> None:
    file = tmp_path / "x.cast"
    file.write_bytes(V2 + b'[0, "o", "a"]\nbroken\n[0, "o", "b"]\n')
    pty = ReplayBackend(open_tape(str(file))).spawn(COMMAND)
    shown = b""
    while data := read(pty):
        shown += data
    assert shown.startswith(b"a\r\ncan't play ")
    assert b"line 3: it is no event" in shown
    assert pty.exit_status() == 1
    pty.close()


def test_a_file_can_be_checked_without_being_played(tmp_path: Path) -> None:
    file = tmp_path / "x.cast"
    file.write_bytes(V2.replace(b"80", b"100") + b'[0, "o", "a"]\n')
    assert open_tape(str(file)).check() == Size(100, 24)
    file.write_bytes(V2 + b"broken\n")
    with pytest.raises(RecordingError, match="line 2"):
        open_tape(str(file)).check()


def test_what_is_no_file_to_play_is_told_and_waited_for_never(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    found = [
        ("nothing", "No such file or directory: check the path"),
        ("a\0b", "null"),
        ("empty", "line 1: it is empty"),
    ]
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
        found += [(".", "it is a directory"), ("pipe", "it is no regular file")]
    for name, why in found:
        with pytest.raises(RecordingError, match=why):
            open_tape(str(tmp_path / name))


def test_a_file_too_long_is_refused_even_if_it_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.cast"
    file.write_bytes(V2)
    monkeypatch.setattr(replay, "MAX_FILE_BYTES", len(V2) + 30)
    tape = open_tape(str(file))
    with file.open("ab") as more:
        more.write(b'[0, "o", "a"]\n' * 5)
    with pytest.raises(RecordingError, match="longer than"):
        tape.check()
    with pytest.raises(RecordingError, match="longer than"):
        open_tape(str(file))


def test_it_is_named_after_its_file_in_printable_letters() -> None:
    pty = ReplayBackend(Tape("a\x1bb" + "c" * 99, HEADER, [])).spawn(COMMAND)
    assert pty.foreground() == "ab" + "c" * 62
    pty.close()


def test_any_possible_size_is_taken() -> None:
    show = Show((9.0, "o", "never"))
    show.pty.resize(Size(10, 5))
    with pytest.raises(PtyError, match="can't be 0x5"):
        show.pty.resize(Size(0, 5))
    show.pty.close()
    with pytest.raises(PtyError, match="can't be"):
        ReplayBackend(Tape("x", HEADER, [])).spawn(COMMAND._replace(size=Size(0, 0)))


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: str(path.stem))
def test_a_real_recording_is_written_whole(path: Path) -> None:
    pty = ReplayBackend(open_tape(str(path)), Playing(0.0)).spawn(COMMAND)
    shown = b""
    while data := read(pty):
        shown += data
    events = [json.loads(line) for line in path.read_text().splitlines()[1:]]
    assert shown.decode() == "".join(text for _, code, text in events if code == "o")
    assert pty.exit_status() == 0
    pty.close()
