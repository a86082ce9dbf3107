"""Growth is what goes on; what happens once is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.model.figure import Amount
from termlab.server.observing.growth import MIN_POINTS, TOO_SHORT, Point, growth

MIB = 1 << 20


def slope(points: list[Point]) -> float:
    found = growth(points)
    assert isinstance(found, Amount)
    return found.value


def test_too_short_or_too_few_tell_nothing() -> None:
    assert growth([]) is TOO_SHORT
    assert growth([(i * 0.1, i * MIB) for i in range(20)]) is TOO_SHORT
    assert growth([(i * 10.0, i * MIB) for i in range(MIN_POINTS - 1)]) is TOO_SHORT
    assert growth([(i * 10.0, i * MIB) for i in range(MIN_POINTS)]) is not TOO_SHORT


@given(st.integers(-MIB, MIB), st.integers(MIN_POINTS, 400))
def test_a_steady_rate_is_told_however_many_points(rate: int, count: int) -> None:
    points = [(i * 0.5, 1000 * MIB + i * rate // 2) for i in range(count)]
    whole = abs(rate) * count * 0.5
    if whole > 8192:
        assert slope(points) == pytest.approx(rate, rel=0.01, abs=4)


def test_what_is_taken_once_or_given_back_once_is_no_growth() -> None:
    for at in range(1, 39):
        up = [(i * 0.25, 5 * MIB + (90 * MIB if i >= at else 0)) for i in range(40)]
        assert slope(up) == 0
        down = [(i * 0.25, 99 * MIB - (90 * MIB if i >= at else 0)) for i in range(40)]
        assert slope(down) == 0


def test_a_leak_behind_a_long_start_is_told() -> None:
    start = [(i * 0.25, i * 4 * MIB) for i in range(8)]
    rest = [(i * 0.25, 28 * MIB + (i - 7) * MIB) for i in range(8, 60)]
    assert slope(start + rest) == pytest.approx(4 * MIB, rel=0.01)


def test_less_than_a_page_is_nothing() -> None:
    assert slope([(float(i), 5 * MIB + i * 100) for i in range(20)]) == 0
