"""Percentiles of one run, and spreads over runs."""

import pytest

from termlab.model.figure import Amount, Missing
from termlab.model.metrics import FIGURES
from termlab.runs.summary import Percentiles, Spread, complete, percentiles, spreads
from tests.runs.made import NO_KEYS, run


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([7.0], Percentiles(7, 7, 7, 7)),
        ([1.0, 3.0], Percentiles(2, 2.9, 2.98, 3)),
        ([float(n) for n in range(101, 0, -1)], Percentiles(51, 96, 100, 101)),
    ],
)
def test_percentiles_of_few_and_of_many(values: list[float], found: Percentiles) -> None:
    assert percentiles(values) == pytest.approx(found)


def test_a_spread_is_the_middle_and_the_ends_of_the_runs_that_have_the_figure() -> None:
    runs = [
        run(wall_s=Amount(3.0)),
        run(wall_s=Amount(1.0), keys=NO_KEYS),
        run(wall_s=Amount(8.0), keys=NO_KEYS),
    ]
    found = spreads(runs)
    assert list(found) == [row.name for row in FIGURES]
    assert found["wall_s"] == Spread(3.0, 1.0, 8.0, 3)
    assert isinstance(keys := found["keys"], Spread)
    assert keys.runs == 1


def test_a_figure_that_no_run_has_keeps_its_reason() -> None:
    assert spreads([run(keys=NO_KEYS), run(keys=NO_KEYS)])["keys"] == NO_KEYS
    assert isinstance(spreads([])["wall_s"], Missing)


def test_an_interrupted_run_counts_only_where_there_is_no_other() -> None:
    cut, whole = run(None, "SIGINT", interrupted=True), run()
    assert complete((whole, cut)) == (whole,)
    assert complete((cut,)) == (cut,)
    assert complete(()) == ()
