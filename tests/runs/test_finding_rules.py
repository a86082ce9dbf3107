"""The table of rules holds together: names, facts, words and reasons."""

import itertools

import pytest

from termlab.runs.facts import FACTS, WORDS
from termlab.runs.finding_rules import RULES
from termlab.runs.findings import fields
from termlab.runs.rules.rule import Rule

IDS = [f"{number}-{rule.name}" for number, rule in enumerate(RULES)]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_asks_for_facts_there_are_and_says_why(rule: Rule) -> None:
    for limit in (*rule.limits, *rule.enough):
        assert limit.fact in FACTS
        assert limit.why
    assert rule.limits
    assert set(fields(rule.says)) <= FACTS.keys() | WORDS.keys()


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_asks_for_a_fact_once(rule: Rule) -> None:
    asked = [limit.fact for limit in (*rule.limits, *rule.enough)]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_says_figures_and_its_advice_none(rule: Rule) -> None:
    assert set(fields(rule.says)) & FACTS.keys()
    assert not fields(rule.advice)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_what_makes_a_rule_silent_was_judged_before(rule: Rule) -> None:
    before = {other.name for other in itertools.takewhile(lambda other: other != rule, RULES)}
    assert set(rule.unless) <= before


def test_rows_of_one_name_stand_together() -> None:
    names = [name for name, _ in itertools.groupby(rule.name for rule in RULES)]
    together = [name for name, _ in itertools.groupby(sorted(names))]
    assert len(together) >= 18


@pytest.mark.parametrize("rule", [r for r in RULES if r.bad_at is not None])
def test_worse_is_beyond_the_limit(rule: Rule) -> None:
    assert rule.bad_at is not None
    assert rule.bad_at > rule.limits[0].at
    assert not rule.limits[0].below
