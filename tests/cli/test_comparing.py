"""`termlab compare` as processes: what it says, what it writes, what it exits with."""

import json
import sys
from xml.etree.ElementTree import parse

import pytest

from termlab.model.figure import Amount
from termlab.model.packed import titled
from termlab.model.run import Profile
from termlab.runs.store import Store
from tests.runs.made import profile, run

if sys.platform != "win32":
    from tests.cli.conftest import Termlab

assert sys.platform != "win32"


def one(name: str, calls: float, wall: float) -> Profile:
    runs = (
        run(calls=Amount(calls), keys=Amount(0.0), wall_s=Amount(wall + number / 100))
        for number in range(10)
    )
    return titled(profile(*runs), name, ())


@pytest.fixture
def kept(termlab: Termlab) -> Termlab:
    store = Store(str(termlab.directory / "data" / "runs.db"))
    for name, calls, wall in (("base", 100, 1.0), ("same", 100, 1.001), ("slow", 150, 1.5)):
        store.add(one(name, calls, wall))
    termlab.environment["TERMLAB_DATA"] = str(termlab.directory / "data")
    return termlab


def test_no_difference_seen_exits_0(kept: Termlab) -> None:
    text = kept.ok("compare", "base", "same")
    assert "no difference seen in" in text.splitlines()[-3]


def test_worse_exits_1_and_the_other_way_round_is_better(kept: Termlab) -> None:
    code, out, err = kept.run("compare", "base", "slow")
    assert (code, err) == (1, "")
    assert "worse: wall_s +47.8 %, calls +50.0 %;" in out
    assert "better: wall_s -32.4 %, calls -33.3 %;" in kept.ok("compare", "slow", "base")


def test_programs_and_ci_get_it_too(kept: Termlab) -> None:
    code, out, err = kept.run("compare", "1", "3", "--json", "--junit", "out.xml")
    assert (code, err) == (1, "")
    assert json.loads(out)["worse"] == ["wall_s", "calls"]
    (suite,) = parse(kept.directory / "out.xml").getroot()
    assert suite.get("failures") == "2"
    out = kept.run("compare", "1", "3", "--github")[1]
    assert "\n::error title=termlab%3A run 3 against run 1::calls: worse, +50.0 %25\n" in out


def test_a_budget_is_checked_with_the_first_as_the_baseline(kept: Termlab) -> None:
    budget = kept.directory / "budget.toml"
    budget.write_text('limits = ["wall <= 110% of baseline",\n"syscalls <= 120"]\n')
    text = kept.ok("compare", "base", "same", "--budget", "budget.toml")
    assert text.endswith("none of 2 limits is passed (budget.toml)\n")
    code, out, err = kept.run("compare", "base", "slow", "--budget", "budget.toml", "--github")
    assert (code, err) == (1, "")
    assert "2 of 2 limits not kept (budget.toml)" in out
    assert "::error file=budget.toml,line=2,title=" in out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["base", "nobody"], 3, "there is no run 'nobody'"),
        (["base"], 2, "Missing argument 'B'"),
        (["base", "same", "--budget", "none.toml"], 2, "the budget 'none.toml' can't be read"),
        (["base", "same", "--json", "--github"], 2, "leave out one of them"),
        (["base", "same", "--junit", "no/where.xml"], 2, "there is no directory"),
    ],
)
def test_what_can_t_be_is_told(kept: Termlab, words: list[str], code: int, said: str) -> None:
    got, out, err = kept.run("compare", *words)
    assert (got, out) == (code, "")
    assert said in err


def test_a_missing_library_is_named_with_its_extra(kept: Termlab) -> None:
    hidden = kept.directory / "hidden" / "scipy"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError")
    extra = {"PYTHONPATH": str(hidden.parent)}
    code, out, err = kept.run("compare", "base", "slow", extra=extra)
    assert (code, out) == (2, "")
    assert "pip install 'termlab[stats]'" in err
