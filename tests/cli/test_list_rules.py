"""`termlab findings`: the table of rules, for people and for programs."""

import json

import pytest

from termlab.cli.list_rules import list_rules
from termlab.errors import UsageError
from termlab.runs.finding_rules import RULES


def test_every_rule_is_listed_with_its_limits(capsys: pytest.CaptureFixture[str]) -> None:
    assert list_rules(["findings"]) == 0
    said = capsys.readouterr().out
    assert all(f"\n{rule.name}  {rule.severity}" in said for rule in RULES[:1])
    assert {rule.name for rule in RULES} <= set(said.split())
    assert "    full clears outside synchronised output >= 0.50 a second: " in said


def test_programs_get_the_rows(capsys: pytest.CaptureFixture[str]) -> None:
    assert list_rules(["findings", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["rule"] for row in rows] == [rule.name for rule in RULES]
    assert all(row["limits"] and row["advice"] for row in rows)


def test_other_words_are_a_mistake() -> None:
    with pytest.raises(UsageError):
        list_rules(["findings", "loud"])
