"""What a server's panes share to be counted: nothing until somebody looks."""

import sys

import pytest

from termlab.model.figure import Missing
from termlab.server.observing.call_probes import CallProbes, PaneSeat
from termlab.server.observing.call_seat import GONE
from termlab.server.pane import Pane
from tests.server.world import Stage


@pytest.fixture
def pane(stage: Stage) -> Pane:
    stage.attach()
    stage.turn()
    return stage.server.attachments[0].focused()


def test_a_panes_seat_is_by_the_option_of_the_moment(stage: Stage, pane: Pane) -> None:
    assert pane.call_probes is not None
    for choice in ("off", "accounting"):
        pane.call_probes.choice = choice
        seat = PaneSeat(pane, stage.loop)
        found = seat.open()
        assert isinstance(found, Missing)
        if sys.platform == "linux":
            assert choice in found.reason
        seat.close()


def test_a_seat_its_program_was_started_in_is_taken_once(stage: Stage, pane: Pane) -> None:
    first = CallProbes(stage.loop, "off").seat()
    first.whole = True
    pane.call_seat = first
    assert PaneSeat(pane, stage.loop).whole
    assert pane.call_seat is None
    assert not PaneSeat(pane, stage.loop).whole


def test_behind_the_end_of_a_program_nobody_is_attached_to(stage: Stage, pane: Pane) -> None:
    pane.exit_status = 0
    assert PaneSeat(pane, stage.loop).open() is GONE
    pane.exit_status = None


def test_a_pane_that_nobody_looked_at_lets_go_of_its_seat(stage: Stage, pane: Pane) -> None:
    closed: list[bool] = []
    seat = CallProbes(stage.loop, "off").seat()
    seat.close = lambda: closed.append(True)  # type: ignore[method-assign]
    pane.call_seat = seat
    pane.close()
    assert closed == [True]


def test_nothing_is_loaded_for_a_way_that_is_not_ebpf(stage: Stage) -> None:
    probes = CallProbes(stage.loop, "accounting")
    for tier in ("", "perf", "strace"):
        probes.seat(tier).close()
    assert probes._shared is None
