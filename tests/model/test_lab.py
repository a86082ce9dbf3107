"""What a dock does: each change is another record."""

from termlab.model.lab import (
    PANELS,
    RATES,
    SORTS,
    VIEWS,
    Lab,
    folded,
    paced,
    paused,
    sorted_by,
    viewed,
)


def test_it_begins_with_every_panel_open_and_is_not_paused() -> None:
    assert Lab() == Lab(False, PANELS, "count", "all", 1)


def test_a_panel_is_folded_and_opened_in_its_own_place() -> None:
    without = folded(Lab(), "memory")
    assert without.open == ("syscalls", "activity", "latency", "output")
    assert folded(without, "memory") == Lab()


def test_it_is_paused_and_goes_on() -> None:
    assert paused(Lab(), True) == Lab(paused=True)
    assert paused(Lab(paused=True), False) == Lab()


def test_what_is_not_named_is_the_next_one_round_and_round() -> None:
    lab, seen = Lab(), []
    for _ in SORTS:
        lab = sorted_by(lab, "")
        seen.append(lab.sort)
    assert seen == [*SORTS[1:], SORTS[0]]
    assert sorted_by(lab, "name").sort == "name"
    for _ in VIEWS:
        lab = viewed(lab, "")
    assert lab.view == VIEWS[0]
    assert viewed(lab, "key").view == "key"


def test_it_looks_faster_until_that_is_the_fastest() -> None:
    assert [paced(Lab(rate=rate), None).rate for rate in (*RATES, 3)] == [2, 4, 1, 4]
    assert paced(Lab(), 3).rate == 3
