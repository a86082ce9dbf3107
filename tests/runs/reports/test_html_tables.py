"""The tables of the HTML report."""

from termlab.model.calls import CallCount, CallTable
from termlab.model.figure import Amount, Missing
from termlab.model.metrics import FIGURES
from termlab.runs.reports.html_tables import (
    calls_table,
    figures_table,
    stages_table,
    text,
    wakers_table,
)
from tests.runs.made import profile, run
from tests.runs.reports.hostile import IMAGE, SCRIPT, hostile_profile
from tests.runs.reports.page import Page
from tests.runs.rich import rich_profile


def test_every_figure_has_a_row_with_its_value_or_the_reason() -> None:
    one = run(wall_s=Amount(1.5, "of the clock"), wakeups=Missing("the kernel is too old"))
    page = Page(figures_table(profile(one)))
    rows = [found for tag, found in page.elements if tag == "th" and found.get("scope") == "row"]
    assert len(rows) == len(FIGURES)
    assert "1.500 s" in page.words
    assert "of the clock" in page.words
    assert "not available: the kernel is too old" in page.words
    assert not page.crossed
    assert not page.left_open


def test_several_runs_have_median_and_ends() -> None:
    page = Page(figures_table(profile(*(run(wall_s=Amount(s)) for s in (1.0, 2.0, 6.0)))))
    assert "2.000 s1.000 s6.000 s" in page.words


def test_a_figure_only_some_runs_have_says_so() -> None:
    runs = [run(calls=Amount(5)), run(calls=Missing("no"))]
    assert "in 1 of the runs" in Page(figures_table(profile(*runs))).words


def test_what_a_tier_can_not_tell_of_a_call_is_empty_never_a_zero() -> None:
    table = CallTable("perf", "the total", 7, (CallCount("read", 7),))
    page = Page(calls_table(table))
    assert page.words == "CallCountIdleTimeErrorsread7"


def test_wakers_of_all_runs_are_added_up_the_idle_ones_first() -> None:
    page = Page(wakers_table(rich_profile(2)))
    assert page.words.index("spinner") < page.words.index("MainThread")
    assert "960920" in page.words
    assert wakers_table(profile(run())) == ""


def test_stages_are_told_only_where_keys_were() -> None:
    assert "key → drawn on the screen" in Page(stages_table(rich_profile(1))).words
    assert stages_table(profile(run())) == ""


def test_nothing_a_program_says_becomes_an_element() -> None:
    worst = hostile_profile()
    table = worst.runs[0].table
    assert isinstance(table, CallTable)
    for made in (figures_table(worst), calls_table(table), wakers_table(worst)):
        page = Page(made)
        assert not {tag for tag, _ in page.elements} & {"script", "img"}
        assert SCRIPT in page.words or IMAGE in page.words


def test_control_characters_are_replaced() -> None:
    assert text("\x1b<&\"'") == "\N{REPLACEMENT CHARACTER}&lt;&amp;&quot;&#x27;"
