"""Silence and keys of a pane that is looked at; time is driven, the processes are a script."""

import pytest

from termlab.model.metrics import Missing
from termlab.probes.accounting import IoCounts
from termlab.probes.tally import GONE, Sums
from termlab.server.loop import Loop
from termlab.server.pane_gauge import MAX_KEYS, SILENCE_S, Gauge, Silence
from tests.server.fakes import Clock

NO_IO = IoCounts(0, 0, 0, 0)


class Bench:
    """Processes that take a tenth of a CPU and wake up twenty times a second, all the time."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.loop = Loop(self._failed, self.clock)
        self.looks = 0
        self.gone = False
        self.blind = False
        self.gauge = Gauge(self._look, self.loop, self.clock())

    def _failed(self, error: Exception) -> None:
        raise error

    def _look(self, now: float) -> Sums | Missing:
        self.looks += 1
        if self.gone:
            return GONE
        switches = Missing("not shown") if self.blind else round(now * 20)
        return Sums(now, 1, now / 10, NO_IO, switches, 0, 0, False, False)

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.loop.turn(wait=False)

    @property
    def due(self) -> bool:
        return any(timer.action is not None for timer in self.loop._timers)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def silence(bench: Bench) -> Silence:
    bench.gauge.read()
    return bench.gauge.silence


def test_silence_begins_so_long_after_the_last_that_stirred_and_is_looked_at_once(
    bench: Bench,
) -> None:
    bench.pass_time(SILENCE_S)
    assert (bench.looks, bench.due) == (1, False)
    bench.pass_time(1.0)
    assert silence(bench) == pytest.approx(Silence(1.0, 0.1, 20))
    bench.pass_time(0.5)
    assert silence(bench) == pytest.approx(Silence(1.5, 0.15, 30))


def test_output_ends_it_and_what_was_done_since_the_last_look_is_nobodys(bench: Bench) -> None:
    bench.pass_time(SILENCE_S)
    bench.pass_time(1.0)
    bench.gauge.arrived()
    assert silence(bench) == Silence()
    bench.pass_time(0.2)
    assert silence(bench) == Silence()


def test_a_key_ends_it_as_well(bench: Bench) -> None:
    bench.pass_time(SILENCE_S)
    bench.gauge.typed(1)
    bench.pass_time(0.1)
    assert silence(bench) == Silence()
    bench.pass_time(SILENCE_S)
    bench.pass_time(0.4)
    assert silence(bench).s > 0.3


def test_a_flood_costs_a_timer_each_quarter_of_a_second_and_no_look(bench: Bench) -> None:
    bench.gauge.close()
    bench.gauge.arrived()
    for _ in range(100):
        bench.pass_time(0.01)
        bench.gauge.arrived()
        assert sum(timer.action is not None for timer in bench.loop._timers) == 1
    assert bench.looks == 0
    bench.pass_time(SILENCE_S - 0.01)
    assert (bench.looks, bench.due) == (0, True)
    bench.pass_time(SILENCE_S)
    assert (bench.looks, bench.due) == (1, False)


def test_processes_that_are_gone_have_no_silence(bench: Bench) -> None:
    bench.pass_time(SILENCE_S)
    bench.gone = True
    assert bench.gauge.read() is GONE
    assert bench.gauge.silence == Silence()


def test_where_switches_are_not_shown_the_rest_of_silence_is(bench: Bench) -> None:
    bench.blind = True
    bench.pass_time(SILENCE_S)
    bench.pass_time(1.0)
    assert silence(bench) == pytest.approx(Silence(1.0, 0.1, 0))


def test_closed_it_wakes_nobody(bench: Bench) -> None:
    bench.gauge.close()
    bench.gauge.close()
    bench.pass_time(10.0)
    assert bench.looks == 0


def test_of_keys_the_last_are_kept(bench: Bench) -> None:
    for count in range(MAX_KEYS + 5):
        bench.pass_time(1.0)
        bench.gauge.typed(1)
        bench.pass_time((count + 1) / 1e6)
        bench.gauge.arrived()
    bench.gauge.keys()
    assert len(bench.gauge.latencies_s) == MAX_KEYS
    assert bench.gauge.latencies_s[0] == pytest.approx(6e-6, abs=1e-7)
    assert bench.gauge.keys().latencies_s == []
