"""A comparison in words: the sides, the lines, the result; and for programs."""

import json

import msgspec
import pytest

from termlab.model.figure import Amount
from termlab.model.packed import titled
from termlab.model.run import Profile
from termlab.runs.compare import Comparison, compare
from termlab.runs.compared_text import compared_document, compared_text, result
from tests.runs.made import profile, run

TEN = (1.00, 1.01, 1.02, 1.03, 1.04, 0.99, 0.98, 0.97, 0.96, 1.5)


def side(factor: float, calls: float) -> Profile:
    runs = (run(wall_s=Amount(value * factor), calls=Amount(calls)) for value in TEN)
    evil = ("printf", "\x1b[2J")
    return titled(profile(*runs, command=evil), "base", ())


def slower() -> Comparison:
    a, b = side(1.0, 100.0), side(1.2, 90.0)
    return compare(msgspec.structs.replace(a, keys="k"), msgspec.structs.replace(b, keys="k"))


def test_what_differs_has_a_line_with_both_middles_ratio_p_and_effect() -> None:
    lines = compared_text(slower()).splitlines()
    assert lines[0] == "A  base: printf '?[2J' (10 runs)"
    (wall,) = [line.split() for line in lines if line.startswith("  wall_s")]
    assert wall[1:4] == ["WORSE", "1.005", "s"]
    assert wall[4].startswith("±")
    assert wall[5:7] == ["1.206", "s"]
    assert wall[8] == "1.200"
    assert wall[12] < "0.0100"
    (calls,) = [line.split() for line in lines if line.startswith("  calls ")]
    assert calls[1] == "better"
    assert "outliers, by the number of the run: wall_s A 10; wall_s B 10" in lines


def test_what_is_the_same_in_every_run_shares_a_line_and_with_all_has_its_own() -> None:
    found = slower()
    assert "\n  cpu_s " not in compared_text(found)
    assert "the same in every run: cpu_s, cpu_user_s, " in compared_text(found)
    assert "\n  cpu_s " in compared_text(found, everything=True)
    assert "\n  termlab_cpu_s " in compared_text(found, everything=True)


def test_the_result_is_a_sentence() -> None:
    assert result(slower()).startswith(
        "worse: wall_s +20.0 %; better: calls -10.0 %; no difference seen in "
    )
    same = compare(profile(run()), profile(run()))
    assert result(same).startswith("no difference seen in ")
    assert result(compare(profile(), profile(run()))) == "B was not held against A."


def test_a_change_from_zero_is_told_in_figures() -> None:
    found = compare(profile(run(full_clears=Amount(0.0))), profile(run(full_clears=Amount(3.0))))
    found = compare(*(_typed(each) for each in (found.a, found.b)))
    assert "worse: full_clears 0 -> 3;" in result(found)


def _typed(one: Profile) -> Profile:
    return msgspec.structs.replace(one, keys="k")


def test_reasons_are_told_once_with_all_they_are_of() -> None:
    text = compared_text(
        compare(profile(run(wall_s=Amount(1.0))), profile(run(wall_s=Amount(9.0))))
    )
    assert text.count("not enough runs to tell: 1 of 10") == 1
    assert "not compared, not enough runs to tell: 1 of 10, for it varies: wall_s" in text


def test_why_nothing_is_compared_is_told_and_the_figures_are_shown() -> None:
    text = compared_text(compare(profile(run(interrupted=True)), profile(run())))
    assert "not compared: A has no run that was finished" in text
    assert text.endswith("B was not held against A.\n")


def test_programs_get_every_figure() -> None:
    document = json.loads(json.dumps(compared_document(slower())))
    assert (document["failed"], document["worse"], document["better"]) == (
        True,
        ["wall_s"],
        ["calls"],
    )
    wall = document["figures"]["wall_s"]
    assert (wall["verdict"], wall["unit"], wall["effect"]) == ("worse", "s", pytest.approx(0.82))
    assert wall["a"]["runs"] == 10
    assert wall["a"]["interval"][0] < 1.005 < wall["a"]["interval"][1]
    assert document["figures"]["termlab_cpu_s"]["verdict"] is None
