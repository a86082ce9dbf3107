"""CPU and wakeups told of two readings, busy and idle; what can't be told, with the reason."""

from typing import Any

import pytest

from termlab.backends.pty import ChildUsage
from termlab.model.figure import Amount, Figure, Missing
from termlab.model.metrics import RunFigures
from termlab.model.wakers import Waker
from termlab.probes.accounting import IoCounts
from termlab.probes.tally import GONE, NO_SWITCHES, Sums
from termlab.server.observing.activity_watch import Idle
from termlab.server.observing.observation import Reading
from termlab.server.observing.rates import FIRST, UNSEEN
from termlab.server.observing.seen_activity import (
    NEVER_SILENT,
    NO_KEYS,
    NO_KEYS_AT_ALL,
    NO_OUTPUT,
    NOT_BUSY,
    NOT_SILENT,
    TOO_SHORT,
    UNSEEN_SILENCE,
    activity,
    activity_figures,
    waker_text,
    wakers,
)


def sums(at: float, cpu_s: float = 0.0, switches: int | Missing = 0, **more: Any) -> Sums:
    made = Sums(at, 2, cpu_s, IoCounts(0, 0, 0, 0), switches, 0, 0, False, False)
    return made._replace(**more)


def reading(seen: Sums | Missing | None, idle: Idle | None = None, **more: Any) -> Reading:
    at = seen.at_s if isinstance(seen, Sums) else 0.0
    return Reading(at, seen, idle or Idle())._replace(**more)


def amount(figure: Figure) -> float:
    assert isinstance(figure, Amount), figure
    return figure.value


START = reading(sums(0.0))
# Ten seconds, four of them silent; two seconds of CPU, a tenth of one in silence.
END = reading(sums(10.0, 2.0, 500, ever=5), Idle(4.0, 0.1, 80), keys=10, output_bytes=2_000_000)


def test_busy_and_idle_are_told_apart() -> None:
    found = activity(START, END)
    assert amount(found.processes) == 2
    assert amount(found.cpu_percent) == pytest.approx(20)
    assert amount(found.wakeups_per_s) == 50
    assert amount(found.idle_cpu_percent) == pytest.approx(2.5)
    assert amount(found.idle_wakeups_per_s) == 20
    assert amount(found.busy_cpu_percent) == pytest.approx(1.9 / 6 * 100)
    assert amount(found.cpu_per_key_ms) == pytest.approx(190)
    assert amount(found.cpu_per_mb_ms) == pytest.approx(950)


def test_a_run_is_told_by_the_same_words_and_by_the_kernel_s_account() -> None:
    found = activity_figures(START, END, ChildUsage(1.0, 1.0, 1, 1, wakeups=512))
    assert found.keys() <= set(RunFigures.__struct_fields__)
    assert amount(found["idle_s"]) == 4.0
    assert amount(found["idle_cpu_percent"]) == pytest.approx(2.5)
    assert amount(found["busy_cpu_percent"]) == pytest.approx(1.9 / 6 * 100)
    assert amount(found["wakeups"]) == 512
    assert amount(found["idle_wakeups_per_s"]) == 20
    assert amount(found["cpu_per_key_ms"]) == pytest.approx(190)
    assert amount(found["processes"]) == 5
    assert amount(activity_figures(START, END)["wakeups"]) == 500


def test_what_a_run_did_before_the_first_look_is_busy_by_the_kernel_s_account() -> None:
    late = START._replace(sums=sums(1.0))
    found = activity_figures(late, END, ChildUsage(2.0, 1.0, 1, 1, wakeups=512), 0.0)
    assert amount(found["busy_cpu_percent"]) == pytest.approx(2.9 / 6 * 100)
    # Of those that nobody waited for only the looks know.
    found = activity_figures(START, END, ChildUsage(0.1, 0.1, 1, 1, wakeups=512), 0.0)
    assert amount(found["busy_cpu_percent"]) == pytest.approx(1.9 / 6 * 100)


def test_the_first_look_has_no_rates() -> None:
    found = activity(None, END)
    assert amount(found.processes) == 2
    assert found.cpu_percent is found.busy_cpu_percent is found.cpu_per_key_ms is FIRST


@pytest.mark.parametrize("why", [GONE, UNSEEN])
def test_without_processes_every_figure_has_the_reason(why: Missing) -> None:
    gone = reading(why)
    found = activity(START, gone)
    assert {found.processes, found.cpu_percent, found.busy_cpu_percent} == {why}
    figures = activity_figures(START, gone)
    assert {*figures.values()} == {why}
    assert activity_figures(reading(None), END)["idle_s"] is UNSEEN
    assert amount(activity_figures(START, gone, ChildUsage(0, 0, 0, 0, 7))["wakeups"]) == 7


def test_where_it_was_never_silent_there_are_no_idle_figures() -> None:
    loud = reading(sums(2.0, 1.0, 9))
    assert activity(START, loud).idle_cpu_percent is NOT_SILENT
    figures = activity_figures(START, loud)
    assert figures["idle_wakeups_per_s"] is NEVER_SILENT
    assert amount(figures["idle_s"]) == 0
    crowd = reading(sums(2.0), Idle(unseen_s=1.0))
    assert activity_figures(START, crowd)["idle_cpu_percent"] is UNSEEN_SILENCE


def test_where_it_was_silent_all_the_time_there_are_no_busy_ones() -> None:
    silent = reading(sums(2.0, 0.1), Idle(2.0, 0.1))
    assert activity(START, silent).busy_cpu_percent is NOT_BUSY


def test_of_a_moment_it_is_not_said_that_it_was_silent() -> None:
    crashed = reading(sums(0.004, 0.003))
    assert activity_figures(START, crashed)["busy_cpu_percent"] is TOO_SHORT


def test_without_keys_or_output_nothing_is_divided_by_them() -> None:
    quiet = reading(sums(2.0, 1.0), output_bytes=100)
    found = activity(START, quiet)
    assert (found.cpu_per_key_ms, found.cpu_per_mb_ms) == (NO_KEYS, NO_OUTPUT)
    figures = activity_figures(START, quiet)
    assert figures["cpu_per_key_ms"] is NO_KEYS_AT_ALL
    assert figures["cpu_per_mb_ms"] == Missing("100 bytes of output are too few to tell")


def test_switches_that_are_not_shown_are_no_zero() -> None:
    blind = reading(sums(10.0, 2.0, NO_SWITCHES), Idle(4.0, 0.1, 0))
    found = activity(START, blind)
    assert found.wakeups_per_s is found.idle_wakeups_per_s is NO_SWITCHES
    assert amount(found.idle_cpu_percent) == pytest.approx(2.5)
    assert activity_figures(START, blind)["wakeups"] is NO_SWITCHES


def test_how_sure_a_share_is_where_children_ended_is_said() -> None:
    found = activity_figures(START, END)["idle_cpu_percent"]
    assert isinstance(found, Amount)
    assert "± 0.5 % for children that ended" in found.note
    alone = END._replace(sums=sums(10.0, 2.0, 500, ever=1))
    found = activity_figures(START, alone)["idle_cpu_percent"]
    assert isinstance(found, Amount)
    assert "±" not in found.note
    brief = reading(sums(0.5, 0.01, 5, ended=True), Idle(0.3, 0.001, 1))
    found = activity(START, brief).idle_cpu_percent
    assert isinstance(found, Missing)
    assert "0.30 s are too short to tell" in found.reason


def test_how_many_wakeups_have_no_place_in_time_is_said() -> None:
    figure = activity_figures(START, END, ChildUsage(1, 1, 1, 1, wakeups=900))["idle_wakeups_per_s"]
    assert isinstance(figure, Amount)
    assert "400 of those that ended" in figure.note
    figure = activity_figures(START, END, ChildUsage(1, 1, 1, 1, wakeups=505))["idle_wakeups_per_s"]
    assert isinstance(figure, Amount)
    assert "ended" not in figure.note


def test_what_is_lost_is_said() -> None:
    found = activity(START, reading(sums(1.0, 0.5, lost=1))).cpu_percent
    assert isinstance(found, Amount)
    assert "nobody waited for" in found.note


TIMER = Waker("python3", "timer", 7, 9, 300, 240)
MAIN = Waker("python3", "python3", 7, 7, 400, 4)


def test_who_wakes_most_is_told_in_silence_by_what_it_does_there() -> None:
    assert waker_text((MAIN, TIMER), 5.0, 4.0) == "timer in python3: 60/s"
    assert waker_text((MAIN, TIMER), 5.0, 0.0) == "python3: 80/s"
    unnamed = Waker("python3", "python3", 7, 9, 300, 240)
    assert waker_text((unnamed, MAIN), 5.0, 4.0) == "a thread of python3: 60/s"
    assert waker_text((), 5.0, 4.0) == ""
    assert waker_text((Waker("sh", "sh", 1, 1, 3, 0),), 2.0, 2.0) == ""
    assert waker_text((Waker("sh", "", 1, 1, 3, 3),), 2.0, 2.0) == "sh: 1.5/s"
    before, now = reading(sums(0.0), wakers=(TIMER,)), reading(sums(1.0), wakers=(MAIN, TIMER))
    assert wakers(before, now) == (MAIN,)
    assert activity(before, now).waker == "python3: 400/s"
