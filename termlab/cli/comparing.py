"""`termlab compare`: two runs that are kept, figure by figure, or one by a budget with the other as
its baseline. It exits 1 where the second is worse, a limit is passed, or nothing can be told.
"""

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from termlab.cli.answer import print_text
from termlab.commands.parse import Call, parse
from termlab.errors import UsageError
from termlab.runs.check_case import CheckCase
from termlab.runs.keep import check_file, write_file
from termlab.runs.place import store_path
from termlab.runs.plain import command_line
from termlab.runs.store import Store, Stored
from termlab.wire.jsontext import to_json


class _Found(NamedTuple):
    """What came out, in each form there is."""

    failed: bool
    text: str
    document: Mapping[str, object]
    cases: Sequence[CheckCase]


def compare_runs(words: list[str]) -> int:
    """Do it: the exit code. Raises ``TargetError`` where there is no such run."""
    call = parse(words)
    if call.flag("json") and call.flag("github"):
        raise UsageError("compare: --json and --github both print: leave out one of them")
    path = check_file(call.text("junit")) if call.text("junit") else ""
    store = Store(store_path(os.environ))
    a, b = store.find(call.text("a")), store.find(call.text("b"))
    found = _by_budget(call, a, b) if call.text("budget") else _held(call, a, b)
    title = f"run {b.id} against run {a.id}"
    if path:
        from termlab.runs.junit import junit

        write_file(path, junit(f"termlab: {title}", command_line(b.command), found.cases))
    print_text(to_json(found.document) if call.flag("json") else found.text)
    if call.flag("github"):
        from termlab.runs.annotations import annotations

        print_text(annotations(f"termlab: {title}", found.cases))
    return int(found.failed)


def _held(call: Call, a: Stored, b: Stored) -> _Found:
    from termlab.runs.check_case import comparison_cases
    from termlab.runs.compare import compare
    from termlab.runs.compared_text import compared_document, compared_text

    found = compare(a.profile, b.profile)
    text = compared_text(found, call.flag("all"))
    return _Found(found.failed, text, compared_document(found), comparison_cases(found))


def _by_budget(call: Call, a: Stored, b: Stored) -> _Found:
    from termlab.runs.budget_text import budget_cases, budget_document, budget_text
    from termlab.runs.budgets import check, load

    report = check(b.profile, a.profile, load(call.text("budget")))
    text, document = budget_text(report), budget_document(report)
    return _Found(bool(report.failed), text, document, budget_cases(report))
