"""The table of rules for who wants to know what runs are judged by: as text and as JSON. Pure."""

import textwrap
from collections.abc import Iterable
from itertools import groupby
from typing import Final

from termlab.runs.fact import said
from termlab.runs.facts import FACTS
from termlab.runs.finding_rules import RULES
from termlab.runs.rules.rule import Limit, Rule

_WIDTH: Final = 100
_INDENT: Final = "    "


def rules_text() -> str:
    """Each rule with its limits and their reasons, lines ended."""
    lines = [
        "What `termlab profile` judges a run by. A rule says nothing where a figure of it is "
        "missing.",
    ]
    for name, rows in groupby(RULES, key=lambda rule: rule.name):
        lines.append("")
        for number, rule in enumerate(rows):
            head = f"{name}  {_severity(rule)}  " if not number else f"{_INDENT}or: "
            lines += _wrapped(f"{head}{rule.looks_for}", "")
            lines += [line for each in rule.limits for line in _limit("", each)]
            lines += [line for each in rule.enough for line in _limit("enough: ", each)]
            if rule.unless:
                lines += _wrapped(f"not beside: {', '.join(rule.unless)}", _INDENT)
    return "\n".join(lines) + "\n"


def rules_document() -> list[dict[str, object]]:
    """The rows as they are, for programs."""
    return [
        {
            "rule": rule.name,
            "severity": rule.severity,
            "bad_at": rule.bad_at,
            "looks_for": rule.looks_for,
            "limits": _limits(rule.limits),
            "enough": _limits(rule.enough),
            "says": rule.says,
            "advice": rule.advice.format_map({}),
            "unless": list(rule.unless),
        }
        for rule in RULES
    ]


def _limits(limits: Iterable[Limit]) -> list[dict[str, object]]:
    return [
        {
            "fact": each.fact,
            "label": FACTS[each.fact].label,
            "unit": FACTS[each.fact].unit,
            "at": each.at,
            "sense": each.sense,
            "why": each.why,
        }
        for each in limits
    ]


def _severity(rule: Rule) -> str:
    if rule.bad_at is None:
        return rule.severity
    worse = said(FACTS[rule.limits[0].fact].unit, rule.bad_at)
    return f"{rule.severity}, bad from {worse}"


def _limit(before: str, limit: Limit) -> list[str]:
    fact = FACTS[limit.fact]
    at = said(fact.unit, limit.at)
    return _wrapped(f"{before}{fact.label} {limit.sense} {at}: {limit.why}", _INDENT)


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + _INDENT,
        break_on_hyphens=False,
    )
