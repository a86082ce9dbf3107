"""The table of rules as text and as a document."""

from termlab.runs.finding_rules import RULES
from termlab.runs.rule_text import rules_document, rules_text


def test_a_fault_is_told_once_with_each_way_to_see_it() -> None:
    lines = rules_text().splitlines()
    heads = [line for line in lines if line.startswith("small-writes  bad  ")]
    assert len(heads) == 1
    after = lines[lines.index(heads[0]) :]
    assert any(line.startswith("    or: output is written") for line in after[:12])
    assert "    enough: writes under 16 bytes >= 500: fewer take less than a millisecond" in after


def test_from_where_on_it_is_bad_is_told() -> None:
    assert "idle-timer  warn, bad from 50 a second  a timer wakes it" in rules_text()


def test_lines_fit_a_screen() -> None:
    assert max(map(len, rules_text().splitlines())) <= 100


def test_the_document_has_each_row_as_it_is() -> None:
    rows = rules_document()
    assert len(rows) == len(RULES)
    flicker = next(row for row in rows if row["rule"] == "flicker")
    assert flicker["limits"] == [
        {
            "fact": "unsynced_clears_per_s",
            "label": "full clears outside synchronised output",
            "unit": "per_s",
            "at": 0.5,
            "sense": ">=",
            "why": "a screen that is cleared every other second is seen to flicker",
        }
    ]
    assert all("{{" not in str(row["advice"]) for row in rows)
