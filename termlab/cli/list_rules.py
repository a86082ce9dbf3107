"""`termlab findings`: what runs are judged by, from the table of rules."""

from termlab.cli.answer import print_text
from termlab.commands.parse import parse
from termlab.runs.rule_text import rules_document, rules_text


def list_rules(words: list[str]) -> int:
    """Print the table, with --json for programs."""
    call = parse(words)
    if call.flag("json"):
        from termlab.wire.jsontext import to_json

        print_text(to_json(rules_document()))
    else:
        print_text(rules_text())
    return 0
