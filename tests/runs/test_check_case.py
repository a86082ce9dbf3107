"""What a comparison checked, as cases."""

from termlab.model.figure import Amount, Missing
from termlab.runs.check_case import comparison_cases
from termlab.runs.compare import compare
from tests.runs.made import profile, run


def test_a_figure_that_is_worse_is_a_case_that_failed() -> None:
    found = compare(
        profile(run(calls=Amount(100.0), wall_s=Amount(1.0))),
        profile(run(calls=Amount(200.0), wall_s=Amount(2.0), read_calls=Missing("why"))),
    )
    cases = {case.name: case for case in comparison_cases(found)}
    assert "keys" not in cases  # held against nobody
    assert (cases["write_calls"].status, cases["write_calls"].said) == (
        "passed",
        "no difference seen, +0.0 %",
    )
    assert cases["wall_s"].status == "skipped"
    assert cases["wall_s"].said.startswith("not enough runs to tell: 1 of 10")
    assert cases["read_calls"].said == "B has none: why"


def test_two_that_can_t_be_compared_are_one_case_that_failed() -> None:
    (case,) = comparison_cases(compare(profile(), profile(run())))
    assert (case.status, case.said) == ("failed", "A has no run that was finished")
