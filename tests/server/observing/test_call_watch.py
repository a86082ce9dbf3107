"""Calls in all, in silence and since the first key; time is driven, the source is a script."""

import pytest

from termlab.model.figure import Missing
from termlab.probes.call_source import CallSource, CallSum, CallSums
from termlab.server.observing.call_watch import LOADING, UNSEEN, CallsSeen, CallWatch
from tests.server.fakes import Clock

REFUSED = Missing("the kernel won't")


class Bench:
    """A program that reads a hundred times a second and writes ten times, all the time; its own
    seat and source."""

    whole = False
    tier = "ebpf"

    def __init__(self) -> None:
        self.clock = Clock()
        self.there: bool | Missing = True
        self.closed = 0
        self.left = 0
        self.watch = CallWatch(self, self.clock)

    def open(self) -> "CallSource | Missing | None":
        if isinstance(self.there, Missing):
            return self.there
        return Source(self) if self.there else None

    def close(self) -> None:
        self.left += 1

    def pass_time(self, s: float) -> None:
        self.clock.advance(s)

    def seen(self) -> CallsSeen:
        return self.watch.read()


class Source:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def read(self) -> CallSums:
        now = self._bench.clock()
        reads, writes = round(now * 100), round(now * 10)
        by_name = {"read": CallSum(reads), "write": CallSum(writes)}
        return CallSums("ebpf", "exact", reads + writes, by_name)

    def close(self) -> None:
        self._bench.closed += 1


@pytest.fixture
def bench() -> Bench:
    return Bench()


def total(seen: CallsSeen) -> int:
    assert not isinstance(seen.sums, Missing)
    return seen.sums.total


def test_without_silence_nothing_is_idle(bench: Bench) -> None:
    first = bench.seen()
    bench.pass_time(2.0)
    last = bench.seen()
    assert total(last) - total(first) == 220
    assert (last.idle_s, last.idle_total, last.idle) == (0.0, 0, {})


def test_what_is_called_between_the_edges_is_idle(bench: Bench) -> None:
    bench.seen()
    bench.pass_time(1.0)
    bench.watch.edge(True)
    bench.pass_time(3.0)
    bench.watch.edge(False)
    bench.pass_time(1.0)
    seen = bench.seen()
    assert seen.idle_s == pytest.approx(3.0)
    assert seen.idle_total == 330
    assert seen.idle == {"read": 300, "write": 30}


def test_looks_within_a_silence_add_up(bench: Bench) -> None:
    bench.watch.edge(True)
    for _ in range(4):
        bench.pass_time(0.5)
        bench.seen()
    assert bench.seen().idle_s == pytest.approx(2.0)
    assert bench.seen().idle_total == 220


def test_who_was_told_of_idle_calls_keeps_them(bench: Bench) -> None:
    bench.watch.edge(True)
    bench.pass_time(1.0)
    early = bench.seen()
    bench.pass_time(1.0)
    bench.seen()
    assert early.idle == {"read": 100, "write": 10}


def test_the_first_key_marks_where_calls_a_key_begin(bench: Bench) -> None:
    bench.watch.edge(True)
    bench.pass_time(1.0)
    assert bench.seen().typed_from is None
    bench.watch.edge(False)
    bench.watch.typed()
    bench.pass_time(1.0)
    bench.watch.typed()
    seen = bench.seen()
    assert seen.typed_from is not None
    assert total(seen) - seen.typed_from == 110
    assert seen.idle_from == 110


def test_what_is_being_loaded_is_asked_for_again(bench: Bench) -> None:
    bench.there = False
    assert bench.seen().sums is LOADING
    bench.watch.typed()
    assert bench.seen().typed_from is None
    bench.there = True
    assert not isinstance(bench.seen().sums, Missing)


def test_a_refusal_is_the_answer_from_then_on(bench: Bench) -> None:
    bench.there = REFUSED
    bench.watch.edge(True)
    assert bench.seen().sums is REFUSED
    bench.there = True
    assert bench.seen().sums is REFUSED
    assert bench.watch.stamps is None


def test_closing_leaves_the_seat_and_asks_for_no_other(bench: Bench) -> None:
    bench.seen()
    bench.watch.close()
    assert bench.left == 1
    assert bench.seen().sums is UNSEEN
