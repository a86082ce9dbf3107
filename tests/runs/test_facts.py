"""What follows from several figures of a run."""

from collections.abc import Callable

import pytest

from termlab.model.figure import Amount, Missing
from termlab.model.metrics import FIGURES
from termlab.model.run import Run
from termlab.runs.fact import FactRow
from termlab.runs.facts import FACTS, WORDS
from tests.runs.judged import NOT_HERE, blank, run


def test_each_figure_is_a_fact_and_each_fact_has_the_name_it_is_found_by() -> None:
    assert {row.name for row in FIGURES} <= set(FACTS)
    assert all(name == fact.name for name, fact in FACTS.items())


# Of keys that nobody typed there are none to be judged.
OF_NO_KEYS = {"keys_measured", "keys_followed", "first_output_ms"}


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: str(fact.name))
def test_of_a_run_without_figures_nothing_follows(fact: FactRow) -> None:
    found = fact.of(blank())
    assert isinstance(found, Missing) or fact.name in OF_NO_KEYS


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_of_a_run_without_figures_nothing_is_said(words: Callable[[Run], str]) -> None:
    assert words(blank()) == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("write_mean_bytes", 20_000 / 120),
        ("small_writes_per_burst", 0.3),
        ("busy_s", 5.0),
        ("rows_unchanged_percent", 8.0),
        ("moves_per_row", 1.6),
        ("bytes_per_move", 50.0),
        ("colour_bytes_percent", 0.5),
        ("interactive", 1),
    ],
)
def test_ratios(name: str, value: float) -> None:
    found = FACTS[name].of(run())
    assert isinstance(found, Amount)
    assert found.value == pytest.approx(value)


def test_who_uses_it_is_told_by_keys_or_by_the_whole_screen() -> None:
    of = FACTS["interactive"].of
    nobody = Missing("no keys were typed")
    assert of(run(keys=nobody, alternate_screens=1)) == Amount(1)
    assert of(run(keys=3, alternate_screens=0)) == Amount(1)
    assert isinstance(of(run(keys=nobody, alternate_screens=0)), Missing)
    assert isinstance(of(run(keys=nobody, alternate_screens=NOT_HERE)), Missing)


def test_silence_of_a_run_longer_than_the_run_leaves_no_busy_time() -> None:
    assert FACTS["busy_s"].of(run(idle_s=11.0)) == Amount(0)
