"""From bytes to callbacks: whole, in order, each at its source, however the bytes were cut."""

import os
import sys
import threading
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.event_queue import SLACK_EVENTS
from termlab.client.input import InputParser
from termlab.client.intake import Intake
from termlab.client.sources import FOCUS, KEYBOARD, MOUSE, NAMES, PASTE, RESIZE, Callback, Given
from termlab.model.geometry import Size
from termlab.model.keys import (
    MOTION,
    Focus,
    InputEvent,
    Key,
    Mouse,
    Paste,
    TerminalReply,
)

A, B = Key("a", text="a"), Key("b", text="b")


class Desk:
    """An intake, and what its callbacks got: (source, events, time)."""

    def __init__(self, queue_events: int = 4096) -> None:
        self.intake = Intake(InputParser(), clock=lambda: 0.0)
        self.intake.configure(queue_events, True, False)
        self.runs: list[tuple[int, list[Given]]] = []
        self.replies: list[TerminalReply] = []
        self.settled = 0
        self.longest = 0
        self.intake.replied = lambda replies, now: self.replies.extend(replies)
        self.intake.settled = self._settled
        for source in range(len(NAMES)):
            self.intake.sources.register(source, self._callback(source))

    def _callback(self, source: int) -> Callback:
        def called(events: Sequence[Given], now: float) -> None:
            self.longest = max(self.longest, len(events))
            self.runs.append((source, list(events)))

        return called

    def _settled(self, now: float) -> None:
        self.settled += 1

    @property
    def events(self) -> list[Given]:
        return [event for _, events in self.runs for event in events]


def opened(queue_events: int = 4096) -> Desk:
    desk = Desk(queue_events)
    desk.intake.open(0.0)
    return desk


def test_each_run_of_a_source_is_one_call_and_each_read_is_settled_once() -> None:
    desk = opened()
    desk.intake.feed(b"ab\x1b[Ib\x1b[<0;2;2M\x1b[200~text\x1b[201~a", 1.0)
    assert desk.runs == [
        (KEYBOARD, [A, B]),
        (FOCUS, [Focus(True)]),
        (KEYBOARD, [B]),
        (MOUSE, [Mouse(1, 1, 1, 1)]),
        (PASTE, [Paste(b"text")]),
        (KEYBOARD, [A]),
    ]
    assert desk.settled == 1
    desk.intake.feed(b"a", 2.0)
    assert desk.settled == 2


def test_answers_of_the_terminal_wait_for_nobody() -> None:
    desk = Desk()
    desk.intake.feed(b"a\x1b[?62cb", 1.0)
    assert desk.replies == [TerminalReply("da1", (62,))]
    assert (desk.runs, desk.settled) == ([], 0)
    desk.intake.feed(b"\x1b[?62c", 1.0)
    desk.intake.open(2.0)
    assert desk.runs == [(KEYBOARD, [A, B])]
    assert len(desk.replies) == 2
    desk.intake.feed(b"\x1b[?62c", 3.0)
    assert desk.settled == 1


def test_another_size_is_a_source_of_its_own() -> None:
    desk = Desk()
    desk.intake.resized(Size(80, 24), 1.0)
    assert desk.runs == [(RESIZE, [Size(80, 24)])]


def test_an_escape_is_one_once_nothing_more_came() -> None:
    desk = opened()
    desk.intake.feed(b"\x1b", 1.0)
    due = desk.intake.deadline()
    assert due is not None
    desk.intake.expire(due)
    assert desk.runs == [(KEYBOARD, [Key("Escape")])]
    assert desk.intake.deadline() is None


def test_while_it_is_full_bytes_wait_unread_and_none_is_lost() -> None:
    desk = Desk(queue_events=16)
    desk.intake.feed(b"a" * 10, 1.0)
    assert not desk.intake.full
    desk.intake.feed(b"b" * 20 + b"\x1b", 1.0)
    assert (desk.intake.full, len(desk.intake.queue)) == (True, 16)
    # The rest may tell what the Escape is: no time decides.
    assert desk.intake.deadline() is None
    desk.intake.expire(99.0)
    desk.intake.feed(b"[A", 1.0)
    assert desk.intake.counters().overruns == 2
    desk.intake.open(2.0)
    assert desk.events == [A] * 10 + [B] * 20 + [Key("Up")]
    assert not desk.intake.full


def test_who_polls_gets_batches_with_their_times() -> None:
    desk = Desk(queue_events=16)
    desk.intake.feed(b"a" * 12, 1.0)
    desk.intake.feed(b"b" * 12, 2.0)
    polled: list[tuple[InputEvent, float]] = []
    while len(view := desk.intake.poll(5)):
        polled += zip(view, view.stamps(), strict=True)
        desk.intake.queue.consume(len(view))
    assert polled == [(A, 1.0)] * 12 + [(B, 2.0)] * 12
    assert not desk.intake.full
    assert desk.runs == []


def test_events_that_nobody_could_hold_back_are_refused_and_counted() -> None:
    desk = Desk(queue_events=16)
    desk.intake.post([A] * 20, 1.0)
    counted = desk.intake.counters()
    assert (counted.overruns, counted.refused, desk.intake.refused) == (1, 4, 4)
    desk.intake.open(2.0)
    assert desk.events == [A] * 16


def test_motion_within_one_read_is_merged_and_counted_at_its_source() -> None:
    desk = opened()
    desk.intake.feed(b"\x1b[<35;1;1M\x1b[<35;2;1M\x1b[<35;3;1Ma\x1b[<35;4;1M", 1.0)
    assert desk.events == [Mouse(2, 0, MOTION), A, Mouse(3, 0, MOTION)]
    counted = desk.intake.counters()
    assert (counted.merged, counted.sources[MOUSE].merged) == (2, 2)
    assert (counted.events, counted.sources[MOUSE].events) == (3, 2)


def test_a_reset_counts_anew_and_keeps_what_waits() -> None:
    desk = Desk(queue_events=16)
    desk.intake.feed(b"a" * 20, 1.0)
    desk.intake.reset()
    counted = desk.intake.counters()
    assert (counted.overruns, counted.bytes, counted.high_water) == (0, 0, 0)
    desk.intake.open(2.0)
    assert desk.events == [A] * 20


def test_what_one_late_byte_ends_may_be_more_than_there_was_room_for() -> None:
    desk = Desk(queue_events=16)
    desk.intake.feed(b"\x1b[0;;" + b"97:" * 39 + b"97", 1.0)  # text that no key made
    desk.intake.feed(b"a" * 0 + b"u", 1.0)
    assert 16 < len(desk.intake.queue) <= 16 + SLACK_EVENTS
    desk.intake.open(1.0)
    assert desk.events == [A] * 40


def test_a_callback_that_fails_loses_only_what_it_was_given() -> None:
    desk = opened()

    def fails(events: Sequence[Given], now: float) -> None:
        raise RuntimeError("as asked")

    desk.intake.sources.register(FOCUS, fails)
    with pytest.raises(RuntimeError):
        desk.intake.feed(b"a\x1b[Ib", 1.0)
    desk.intake.sources.unregister(FOCUS, fails)
    desk.intake.feed(b"a", 1.0)
    assert desk.runs == [
        (KEYBOARD, [A]),
        (FOCUS, [Focus(True)]),
        (KEYBOARD, [B, A]),
    ]


@pytest.mark.slow
def test_a_slow_callback_makes_keys_wait_is_counted_and_loses_none() -> None:
    """A real terminal into which somebody types faster than keys are handled."""
    if sys.platform == "win32":
        pytest.skip("there are no PTYs")
    import pty
    import tty

    master, slave = pty.openpty()
    tty.setraw(slave)
    intake = Intake(InputParser())
    intake.configure(16, True, False)
    got: list[str] = []

    def slow(events: Sequence[Given], now: float) -> None:
        until = time.perf_counter() + 0.0005 * len(events)
        while time.perf_counter() < until:
            pass
        got.extend(event.name for event in events if isinstance(event, Key))

    intake.sources.register(KEYBOARD, slow)
    intake.open(time.monotonic())
    typed = "abcdefghij" * 60
    writer = threading.Thread(target=os.write, args=(master, typed.encode()))
    writer.start()
    reads = 0
    while len(got) < len(typed):
        now = time.monotonic()
        intake.feed(os.read(slave, 65536), now)
        reads += 1
    writer.join()
    os.close(master)
    os.close(slave)
    assert "".join(got) == typed
    told = intake.counters()
    assert 0 < told.overruns <= reads
    assert (told.events, told.refused, told.high_water) == (len(typed), 0, 16)
    # Who came last in a read waited for those before it.
    assert told.callback_ms >= 0.5 * len(typed)
    assert told.max_us > 10 * 500


PIECES = (
    *(b"a", b"\x1b[A", b"\x1b[<35;5;6M", b"\x1b[<35;7;6M", b"\x1b[<0;5;6M", b"\x1b[I"),
    *(b"\x1b[200~pa\nsted\x1b[201~", "ß".encode(), b"\x03", b"\x1b[98;5u", b"\x1bOP"),
    *(b"\x1b[0;;97:98:99u", b"\x1b[<32;1;1M", b"\x1b[?62c"),
)
pieces = st.sampled_from(PIECES)


@given(st.lists(pieces, max_size=40), st.lists(st.integers(1, 30)), st.integers(16, 40))
def test_where_reads_are_cut_changes_nothing_but_which_motion_is_merged(
    parts: list[bytes], cuts: list[int], queue_events: int
) -> None:
    stream = b"".join(parts)
    wanted = opened(4096)
    wanted.intake.configure(4096, False, False)
    wanted.intake.feed(stream, 1.0)
    for merge in (False, True):
        desk = opened(queue_events)
        desk.intake.configure(queue_events, merge, False)
        rest = stream
        for cut in cuts:
            desk.intake.feed(rest[:cut], 1.0)
            rest = rest[cut:]
        desk.intake.feed(rest, 1.0)
        assert still(desk.events) == still(wanted.events)
        assert pasted(desk.events) == pasted(wanted.events)
        assert desk.replies == wanted.replies
        assert desk.longest <= queue_events + SLACK_EVENTS
        if not merge:
            assert moved(desk.events) == moved(wanted.events)
        counted = desk.intake.counters()
        assert counted.events == len(desk.events)


def moved(events: list[Given]) -> list[Given]:
    """All but pastes, whose parts are as the reads were."""
    return [event for event in events if not isinstance(event, Paste)]


def still(events: list[Given]) -> list[Given]:
    """Without motion."""
    return [e for e in moved(events) if not (isinstance(e, Mouse) and e.action == MOTION)]


def pasted(events: list[Given]) -> bytes:
    return b"".join(event.data for event in events if isinstance(event, Paste))
