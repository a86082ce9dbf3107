"""What became of a budget: for a person, for programs, and as cases for whoever shows test results.
Pure.
"""

from collections.abc import Mapping
from typing import Final

from termlab.runs.budgets import BudgetReport, Outcome
from termlab.runs.check_case import CheckCase
from termlab.runs.plain import columns, text_of
from termlab.runs.report import show

VERSION: Final = 1
_TITLES: Final = ("BUDGET", "TARGET", "CURRENT", "GAP", "")
_RIGHT: Final = (False, False, True, True, False)
_NONE: Final = "-"
_SAID: Final = {"kept": "kept", "broken": "BROKEN", "not measured": "NOT MEASURED"}


def budget_text(report: BudgetReport) -> str:
    """A line a limit: what is to be, what is, how far it is beyond; and the result."""
    lines = columns([_TITLES, *(_cells(outcome) for outcome in report.outcomes)], _RIGHT)
    failed = len(report.failed)
    of = f"of {len(report.outcomes)} limits"
    result = f"{failed} {of} not kept" if failed else f"none {of} is passed"
    return text_of([*lines, f"{result}{_source(report)}"])


def budget_document(report: BudgetReport) -> Mapping[str, object]:
    """For programs."""
    return {
        "version": VERSION,
        "source": report.source or None,
        "failed": bool(report.failed),
        "limits": [
            {
                "limit": outcome.limit.text,
                "figure": outcome.limit.row.name,
                "unit": outcome.limit.row.unit,
                "status": outcome.status,
                "failed": outcome.failed,
                "bound": outcome.bound,
                "current": outcome.current,
                "gap": outcome.gap,
                "reason": outcome.reason or None,
            }
            for outcome in report.outcomes
        ],
    }


def budget_cases(report: BudgetReport) -> tuple[CheckCase, ...]:
    """A case for each limit."""
    return tuple(
        CheckCase(
            outcome.limit.text,
            "failed" if outcome.failed else "passed" if outcome.status == "kept" else "skipped",
            _sentence(outcome),
            report.source,
            outcome.limit.line,
        )
        for outcome in report.outcomes
    )


def _sentence(outcome: Outcome) -> str:
    _, target, current, gap, said = _cells(outcome)
    if outcome.current is None or outcome.reason:
        return f"{outcome.limit.row.name}: {said}"
    return f"{outcome.limit.row.name} is {current}, the target {target}, the gap {gap}"


def _cells(outcome: Outcome) -> tuple[str, ...]:
    limit = outcome.limit
    target = limit.target(outcome.bound) if outcome.bound is not None else limit.text
    current = show(limit.row.unit, outcome.current) if outcome.current is not None else _NONE
    gap = f"{outcome.gap * 100:+.1f} %" if outcome.gap is not None else _NONE
    said = _SAID.get(outcome.status, "NOT TOLD")
    if outcome.status not in ("kept", "broken"):
        said = f"{said.lower() if limit.optional else said}: {outcome.reason}"
    return (limit.row.name, target, current, gap, said)


def _source(report: BudgetReport) -> str:
    return f" ({report.source})" if report.source else " (the defaults)"
