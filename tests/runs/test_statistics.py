"""The mathematics: the same each time, right where it is known, and named where it is not there."""

import sys
from random import Random

import pytest

from termlab.errors import UsageError
from termlab.runs.statistics import (
    Middle,
    Ratio,
    for_many,
    middle,
    outliers,
    persistence,
    rank_test,
    ratio,
    variation,
)

LOW = (9.5, 9.8, 9.9, 10.0, 10.1, 10.2, 10.3, 10.4, 10.6, 10.9)
HIGH = tuple(value + 5 for value in LOW)


def test_a_middle_lies_in_its_interval_and_is_the_same_each_time() -> None:
    found = middle(LOW)
    assert found == middle(LOW)
    assert found.median == pytest.approx(10.15)
    assert found.runs == 10
    assert min(LOW) < found.low < 10.15 < found.high < max(LOW)


def test_more_values_make_the_interval_narrower() -> None:
    few, many = middle(LOW), middle(LOW * 10)
    assert many.high - many.low < few.high - few.low


def test_of_few_values_the_interval_is_their_ends_and_asks_no_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    assert middle((3.0,)) == Middle(3.0, 3.0, 3.0, 1)
    assert middle((3.0, 1.0, 2.0)) == Middle(2.0, 1.0, 3.0, 3)
    assert middle((7.0,) * 20) == Middle(7.0, 7.0, 7.0, 20)
    assert ratio((2.0, 4.0), (6.0,)) == Ratio(2.0, 1.5, 3.0)
    assert ratio((2.0,) * 10, (3.0,) * 10) == Ratio(1.5, 1.5, 1.5)


def test_a_library_that_is_missing_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(UsageError, match=r"needs scipy.*pip install 'termlab\[stats\]'"):
        rank_test(LOW, HIGH)


def test_a_ratio_has_an_interval_around_it() -> None:
    found = ratio(LOW, HIGH)
    assert found is not None
    assert found.ratio == pytest.approx(15.15 / 10.15)
    assert found.low is not None
    assert found.high is not None
    assert 1.4 < found.low < found.ratio < found.high < 1.6


@pytest.mark.parametrize(("a", "b"), [((0.0,), (1.0,)), ((1.0,), (-1.0,)), ((0.0,), (0.0,))])
def test_no_ratio_to_zero_or_across_it(a: tuple[float, ...], b: tuple[float, ...]) -> None:
    assert ratio(a, b) is None


def test_a_ratio_to_values_about_zero_has_no_interval() -> None:
    assert ratio((-1.0, 2.0, 3.0), (4.0, 4.0, 4.0)) == Ratio(2.0, None, None)


def test_ten_against_ten_wholly_apart_is_the_exact_least_p() -> None:
    found = rank_test(LOW, HIGH)
    assert found.p == pytest.approx(2 / 184_756)  # two of C(20, 10) orders
    assert found.effect == 1.0
    assert rank_test(HIGH, LOW).effect == -1.0


def test_equal_sides_have_no_effect_and_ties_are_counted_half() -> None:
    assert rank_test(LOW, LOW).p == pytest.approx(1.0)
    assert rank_test(LOW, LOW).effect == 0.0
    assert rank_test((5.0,) * 10, (5.0,) * 10) == (1.0, 0.0)
    assert rank_test((1.0, 1.0, 1.0, 2.0), (1.0, 1.0, 1.0, 3.0)).effect == pytest.approx(0.0625)


def test_p_values_of_many_tests_are_adjusted_by_benjamini_and_hochberg() -> None:
    # The example of their paper (1995), of which they reject the first four at 0.05.
    paper = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    paper += [0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0]
    assert [p < 0.05 for p in for_many(paper)] == [True] * 4 + [False] * 11
    assert for_many((0.04,)) == (0.04,)
    assert for_many(()) == ()


def test_a_value_far_from_the_others_is_named_by_its_place() -> None:
    assert outliers((*LOW, 14.0)) == (10,)
    assert outliers((6.0, *LOW)) == (0,)
    assert outliers(LOW) == ()


def test_variation_is_the_standard_deviation_of_normal_values_and_no_outlier_moves_it() -> None:
    chance = Random(3)
    values = [100 + chance.gauss(0, 5) for _ in range(2000)]
    assert variation(values) == pytest.approx(0.05, rel=0.1)
    assert variation([*values, *[1e6] * 20]) == pytest.approx(0.05, rel=0.1)
    assert variation((0.0,) * 9) == variation((1.0, 9.0)) == 0.0


def test_persistence_tells_a_drift_from_noise() -> None:
    chance = Random(4)
    noise = [chance.gauss(100, 5) for _ in range(500)]
    drift = [100 + number % 50 for number in range(500)]
    assert abs(persistence(noise, noise)) < 0.1
    assert persistence(drift) > 0.8
    assert persistence([1.0, 2.0] * 50) < -0.8
    assert persistence([5.0] * 10) == 0.0


def test_of_few_values_and_of_equal_ones_there_is_no_outlier() -> None:
    assert outliers((1.0, 1.0, 1.0, 9.0)) == ()
    assert outliers((*(5.0,) * 10, 6.0)) == ()
