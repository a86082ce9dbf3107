"""A run held against the rules: what is wrong with its program, and what could not be judged.

A rule says nothing where one of its facts is missing. Pure; no rule is here.
"""

from collections.abc import Iterable
from string import Formatter
from typing import Final, NamedTuple

from termlab.model.figure import Missing
from termlab.model.finding import Finding, Severity
from termlab.model.run import Run
from termlab.runs.fact import said
from termlab.runs.facts import FACTS, WORDS
from termlab.runs.finding_rules import RULES
from termlab.runs.rules.rule import Limit, Rule

# The worst first.
SEVERITIES: Final[tuple[Severity, ...]] = ("bad", "warn", "info")


class Unjudged(NamedTuple):
    """A rule that could not be held against a run, and why."""

    rule: str
    reason: str


def judge(run: Run, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """What was found, the worst first; one of each rule at most."""
    found: dict[str, Finding] = {}
    for rule in rules:
        if rule.name in found or any(name in found for name in rule.unless):
            continue
        finding = _hold(rule, run)
        if isinstance(finding, Finding):
            found[rule.name] = finding
    return tuple(sorted(found.values(), key=lambda each: SEVERITIES.index(each.severity)))


def unjudged(run: Run, rules: Iterable[Rule] = RULES) -> tuple[Unjudged, ...]:
    """The rules of which no row had all its facts, with the first one's reason."""
    reasons: dict[str, str] = {}
    judged: set[str] = set()
    for rule in rules:
        held = _hold(rule, run)
        if isinstance(held, Missing):
            reasons.setdefault(rule.name, held.reason)
        else:
            judged.add(rule.name)
    return tuple(Unjudged(*each) for each in reasons.items() if each[0] not in judged)


def fields(text: str) -> tuple[str, ...]:
    """The names that stand in braces."""
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name)


def _hold(rule: Rule, run: Run) -> Finding | Missing | None:
    """None: it is not so, or not enough was seen of it."""
    values = _values(rule, run)
    if values is None or isinstance(values, Missing):
        return values
    first = values[rule.limits[0].fact]
    bad = rule.bad_at is not None and first >= rule.bad_at
    said_of = {name: said(FACTS[name].unit, value) for name, value in values.items()}
    return Finding(
        rule.name,
        "bad" if bad else rule.severity,
        rule.says.format_map(said_of | {name: words(run) for name, words in WORDS.items()}),
        "; ".join(_evidence(limit, said_of[limit.fact]) for limit in rule.limits),
        rule.advice.format_map({}),
    )


def _values(rule: Rule, run: Run) -> dict[str, float] | Missing | None:
    """Of all facts that it asks for and tells. One that is missing matters only where no other
    says already that it is not so."""
    limits = {limit.fact: limit for limit in (*rule.limits, *rule.enough)}
    values: dict[str, float] = {}
    missing: Missing | None = None
    for name in (*limits, *(each for each in fields(rule.says) if each not in WORDS)):
        figure = FACTS[name].of(run)
        if isinstance(figure, Missing):
            missing = missing or figure
        elif name in limits and not limits[name].crossed(figure.value):
            return None
        else:
            values[name] = figure.value
    return missing or values


def _evidence(limit: Limit, value: str) -> str:
    fact = FACTS[limit.fact]
    return f"{fact.label} {value} {limit.sense} {said(fact.unit, limit.at)}"
