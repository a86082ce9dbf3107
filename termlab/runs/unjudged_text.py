"""Rules that could not be held against a run, as lines for a person: for which reason, and which.

What is found is told by `report_details`. Pure.
"""

from textwrap import wrap
from typing import Final

from termlab.model.run import Run
from termlab.runs.findings import unjudged
from termlab.runs.plain import plain
from termlab.runs.report_rows import WIDTH

_TEXT_CHARS: Final = 1000


def unjudged_lines(run: Run) -> list[str]:
    """Rules of one reason together."""
    reasons: dict[str, list[str]] = {}
    for rule, reason in unjudged(run):
        # Of a long one the first half says why, and the rest what else was tried.
        reasons.setdefault(reason.partition("; ")[0], []).append(rule)
    lines: list[str] = []
    for reason, rules in reasons.items():
        text = plain(f"{', '.join(rules)}: {reason}", _TEXT_CHARS)
        lines += wrap(text, WIDTH, initial_indent="  ", subsequent_indent=" " * 8)
    return ["", "not judged", *lines] if lines else []
