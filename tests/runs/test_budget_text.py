"""What became of a budget, as a table and for programs."""

from termlab.model.figure import Amount, Missing
from termlab.runs.budget_text import budget_cases, budget_document, budget_text
from termlab.runs.budgets import BudgetReport, check, parse_budgets
from tests.runs.made import profile, run

TEXT = """limits = [
    "latency.p95 <= 5 ms",
    "memory.peak <= 100 MB",
    "syscalls <= 10",
    "wakeups <= 5, optional",
    "throughput >= 90% of baseline",
]
"""


def report() -> BudgetReport:
    one = run(
        key_p95_ms=Amount(5.5),
        memory_peak_bytes=Amount(50e6),
        calls=Missing("strace is not installed"),
        wakeups=Missing("the kernel does not say"),
    )
    return check(profile(one), None, parse_budgets(TEXT, "ci/budget.toml"))


def test_what_a_reason_holds_cannot_act_on_the_terminal() -> None:
    one = run(calls=Missing("\x1b[2J"))
    text = budget_text(check(profile(one), None, parse_budgets(TEXT, "b")))
    assert "\x1b" not in text
    assert "?[2J" in text


def test_each_limit_is_a_line_with_target_current_and_gap() -> None:
    titles, *lines, result = budget_text(report()).splitlines()
    assert titles.split() == ["BUDGET", "TARGET", "CURRENT", "GAP"]
    assert lines[0].split() == [
        "key_p95_ms",
        "<=",
        "5.00",
        "ms",
        "5.50",
        "ms",
        "+10.0",
        "%",
        "BROKEN",
    ]
    assert lines[1].endswith("-50.0 %  kept")
    assert lines[2].endswith("-  NOT MEASURED: strace is not installed")
    assert lines[3].endswith("-  not measured: the kernel does not say")
    assert lines[4].endswith("NOT TOLD: there is no baseline: name one with --baseline")
    assert result == "3 of 5 limits not kept (ci/budget.toml)"


def test_a_budget_that_is_kept_says_so() -> None:
    kept = check(profile(run()), None, parse_budgets("limits = ['syscalls <= 1000']", "b"))
    assert budget_text(kept).splitlines()[-1] == "none of 1 limits is passed (b)"


def test_programs_get_every_limit() -> None:
    document = budget_document(report())
    assert document["failed"] is True
    limits = document["limits"]
    assert isinstance(limits, list)
    assert limits[0]["status"] == "broken"
    assert (limits[0]["bound"], limits[0]["current"], limits[0]["unit"]) == (5.0, 5.5, "ms")
    assert [each["failed"] for each in limits] == [True, False, True, False, True]
    assert limits[2]["reason"] == "strace is not installed"


def test_each_limit_is_a_case_where_it_stands() -> None:
    cases = budget_cases(report())
    assert [case.status for case in cases] == ["failed", "passed", "failed", "skipped", "failed"]
    assert cases[0].said == ("key_p95_ms is 5.50 ms, the target <= 5.00 ms, the gap +10.0 %")
    assert cases[2].said == "calls: NOT MEASURED: strace is not installed"
    assert (cases[3].file, cases[3].line) == ("ci/budget.toml", 5)
