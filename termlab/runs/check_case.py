"""One thing that was checked and what came of it, for those who show such things: CI."""

from typing import Literal, NamedTuple

from termlab.runs.compare import NOT_COMPARED, Comparison
from termlab.runs.gates import gate_of

CaseStatus = Literal["passed", "failed", "skipped"]


class CheckCase(NamedTuple):
    """``said`` is one sentence; ``file`` and ``line`` are where it was asked for, "" and 0 for
    nowhere."""

    name: str
    status: CaseStatus
    said: str
    file: str = ""
    line: int = 0


def comparison_cases(found: Comparison) -> tuple[CheckCase, ...]:
    """A case for each figure that is held against the other run's."""
    if found.refused:
        return (CheckCase("comparison", "failed", found.refused),)
    return tuple(
        CheckCase(
            row.name,
            "failed" if verdict == "worse" else "skipped" if verdict == NOT_COMPARED else "passed",
            (row.judgement.reason or verdict)
            + (f", {(row.ratio.ratio - 1) * 100:+.1f} %" if row.ratio else ""),
        )
        for row in found.rows
        if gate_of(row.name).kind != "context" and (verdict := row.judgement.verdict)
    )
