"""What the output was worth."""

from termlab.model.figure import Amount, Missing
from termlab.model.metrics import FIGURES
from termlab.runs.reports.quality_chart import quality_chart, shares
from tests.runs.made import profile, with_figures
from tests.runs.reports.plotly_checked import checked

NONE = {row.name: Missing("not told") for row in FIGURES}


def test_each_kind_is_whole_and_its_parts_are_told() -> None:
    made = with_figures(NONE | {"rows_touched": Amount(50), "rows_unchanged": Amount(20)}, 0)
    figure = checked(quality_chart(profile(made)))
    good, bad = figure["data"]
    assert (list(good["x"]), list(bad["x"])) == ([60.0], [40.0])
    assert bad["customdata"][0] == "rows written: 20 of 50 changed nothing"


def test_medians_are_drawn_of_several_runs() -> None:
    runs = [
        with_figures(NONE | {"full_clears": Amount(10), "full_clears_unsynced": Amount(n)}, 0)
        for n in (1, 2, 9)
    ]
    (share,) = shares(profile(*runs))
    assert (share.whole, share.wasted, share.percent) == (10, 2, 20.0)


def test_what_there_was_none_of_or_is_not_known_is_no_chart() -> None:
    none = with_figures(NONE | {"rows_touched": Amount(0), "rows_unchanged": Amount(0)}, 0)
    assert quality_chart(profile(none)) is None
    assert quality_chart(profile(with_figures(NONE, 0))) is None
