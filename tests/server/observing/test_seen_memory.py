"""Memory told of readings: for the dock and for a run; what can't be told, with the reason."""

from typing import Any

import pytest

from termlab.backends.pty import ChildUsage
from termlab.model.figure import Amount, Figure, Missing
from termlab.model.metrics import RunFigures
from termlab.probes.accounting import IoCounts
from termlab.probes.shared_pages import STRANGERS, Pss
from termlab.probes.tally import GONE, NO_FAULTS, Faults, Sums
from termlab.server.observing.activity_watch import Idle
from termlab.server.observing.growth import TOO_SHORT
from termlab.server.observing.memory_watch import NOT_YET, MemorySeen
from termlab.server.observing.observation import Reading
from termlab.server.observing.rates import FIRST, UNSEEN
from termlab.server.observing.seen_memory import NO_PEAK, memory_figures, storage
from termlab.server.pane import Pane
from tests.server.world import Stage

MIB = 1 << 20


def reading(at: float, memory: MemorySeen | None = None, **more: Any) -> Reading:
    sums = Sums(at, 2, 0.0, IoCounts(0, 0, 0, 0), 0, 5 * MIB, 0, False, False)
    return Reading(at, sums._replace(**more), Idle(), memory)


def amount(figure: Figure) -> float:
    assert isinstance(figure, Amount), figure
    return figure.value


@pytest.fixture
def pane(stage: Stage) -> Pane:
    stage.attach()
    stage.turn()
    return stage.server.attachments[0].focused()


LEAK = tuple((i * 1.0, MIB + i * 1000) for i in range(20))
SEEN = MemorySeen(Pss(3 * MIB, 2, 0), 0.1, 4 * MIB, 7 * MIB, LEAK)


def test_the_dock_is_told_what_is_shared_the_peak_growth_and_faults(pane: Pane) -> None:
    before = reading(10.0, SEEN, faults=Faults(100, 1))
    now = reading(20.0, SEEN, faults=Faults(150, 3), peak_bytes=6 * MIB)
    found = storage(pane, now, before)
    assert found.pss_bytes == Amount(3 * MIB)
    assert amount(found.peak_bytes) == 7 * MIB
    assert amount(found.growth_bytes_per_s) == pytest.approx(1000)
    assert amount(found.minor_faults_per_s) == 5
    assert amount(found.major_faults_per_s) == pytest.approx(0.2)
    assert amount(found.pool_bytes) >= 0
    later = storage(pane, reading(20.0, SEEN._replace(rss_peak_bytes=1), peak_bytes=6 * MIB))
    assert later.peak_bytes == Amount(6 * MIB, "RSS of the largest process")
    assert later.minor_faults_per_s is FIRST


def test_how_old_and_of_how_many_the_pss_is_stands_beside_it(pane: Pane) -> None:
    seen = SEEN._replace(pss=Pss(MIB, 1, 1), pss_age_s=3.0)
    note = "3 s ago, without 1 of another user's"
    assert storage(pane, reading(20.0, seen)).pss_bytes == Amount(MIB, note)


def test_what_is_not_known_has_a_reason_and_no_zero(pane: Pane) -> None:
    found = storage(pane, reading(1.0, MemorySeen()), reading(0.0))
    assert found.pss_bytes is NOT_YET
    assert found.peak_bytes is NO_PEAK
    assert found.growth_bytes_per_s is TOO_SHORT
    assert found.minor_faults_per_s is NO_FAULTS
    unwanted = storage(pane, Reading(1.0, None, Idle()))
    assert {unwanted.pss_bytes, unwanted.peak_bytes, unwanted.major_faults_per_s} == {UNSEEN}
    gone = storage(pane, Reading(1.0, GONE, Idle(), MemorySeen()))
    assert {gone.rss_bytes, gone.peak_bytes, gone.minor_faults_per_s} == {GONE}


def test_a_run_has_its_figures_by_the_kernel_s_account(pane: Pane) -> None:
    first, last = reading(0.0, faults=Faults(5, 0)), reading(19.0, SEEN, faults=Faults(25, 2))
    found = memory_figures(pane, first, last, ChildUsage(0, 0, 0, 0, 1, 321, 2))
    assert found.keys() <= set(RunFigures.__struct_fields__)
    assert amount(found["pss_peak_bytes"]) == 4 * MIB
    assert amount(found["memory_slope_bytes_per_s"]) == pytest.approx(1000)
    assert (amount(found["minor_faults"]), amount(found["major_faults"])) == (321, 2)
    assert amount(found["emulator_bytes"]) > 0
    seen = memory_figures(pane, first, last)
    assert (amount(seen["minor_faults"]), amount(seen["major_faults"])) == (20, 2)


def test_growth_in_a_run_is_of_its_own_time(pane: Pane) -> None:
    found = memory_figures(pane, reading(18.0), reading(19.0, SEEN))
    assert found["memory_slope_bytes_per_s"] is TOO_SHORT


def test_another_user_s_program_has_no_pss_but_the_reason(pane: Pane) -> None:
    seen = MemorySeen(STRANGERS)
    assert memory_figures(pane, reading(0.0), reading(9.0, seen))["pss_peak_bytes"] is STRANGERS
    figures = memory_figures(pane, reading(0.0), Reading(9.0, GONE, Idle(), seen))
    assert isinstance(figures["minor_faults"], Missing)
