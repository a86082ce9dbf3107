"""What was seen of a figure before."""

from termlab.model.figure import Amount, Missing
from termlab.ui.dock.trail import MAX_SAMPLES, Trail


def test_what_is_missing_is_a_gap_but_not_before_anything_came() -> None:
    trail = Trail()
    for figure in (Missing("first"), Amount(2.0), Missing("ended"), Amount(0.0)):
        trail.add(figure)
    assert trail.samples == [2.0, None, 0.0]


def test_it_is_bounded() -> None:
    trail = Trail()
    for number in range(MAX_SAMPLES + 5):
        trail.add(Amount(number))
    assert len(trail.samples) == MAX_SAMPLES
    assert trail.samples[-1] == MAX_SAMPLES + 4


def test_another_pane_begins_anew() -> None:
    trail = Trail()
    trail.add(Amount(1.0))
    trail.clear()
    trail.add(Missing("first"))
    assert trail.samples == []
