"""From which amounts on a figure has a colour."""

import pytest

from termlab.ui.dock.thresholds import LIMITS, judge


@pytest.mark.parametrize("name", LIMITS)
def test_the_limits_themselves_are_worth_it(name: str) -> None:
    limits = LIMITS[name]
    assert judge(name, limits.warn * 0.99) == "good"
    assert judge(name, limits.warn) == "warn"
    assert judge(name, limits.bad) == "bad"


@pytest.mark.parametrize("name", LIMITS)
def test_what_is_bad_was_worth_a_look_before(name: str) -> None:
    assert 0 < LIMITS[name].warn < LIMITS[name].bad
