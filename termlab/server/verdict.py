"""What a finished profile is held against: another command measured with it, a budget, a baseline
that is kept. As text for a person, and as cases for whoever shows test results.
"""

from collections.abc import Sequence
from typing import NamedTuple

from termlab.model.profile_asked import ProfileAsked
from termlab.model.run import Profile
from termlab.runs.check_case import CheckCase
from termlab.runs.plain import command_line


class Verdict(NamedTuple):
    """``title`` says what was held against what; ``failed``: something must not be as it is."""

    text: str
    cases: tuple[CheckCase, ...]
    title: str
    failed: bool = False


def verdict(profiles: Sequence[Profile], asked: ProfileAsked) -> Verdict | None:
    """None where nothing was to be held against anything. Raises ``TermlabError`` where that can't
    be done."""
    if len(profiles) == 2:
        return _compared(*profiles)
    if asked.budget_path or asked.baseline:
        return _budgeted(profiles[0], asked)
    return None


def _compared(a: Profile, b: Profile) -> Verdict:
    from termlab.runs.check_case import comparison_cases
    from termlab.runs.compare import compare
    from termlab.runs.compared_text import compared_text

    found = compare(a, b)
    title = f"{command_line(b.command)} against {command_line(a.command)}"
    return Verdict(compared_text(found), tuple(comparison_cases(found)), title)


def _budgeted(profile: Profile, asked: ProfileAsked) -> Verdict:
    from termlab.runs.budget_text import budget_cases, budget_text
    from termlab.runs.budgets import Budgets, check, load

    budgets = load(asked.budget_path) if asked.budget_path else Budgets()
    baseline = _kept(asked) if asked.baseline else None
    found = check(profile, baseline, budgets)
    title = command_line(profile.command)
    if asked.baseline:
        title += f" against run {asked.baseline}"
    return Verdict(budget_text(found), tuple(budget_cases(found)), title, bool(found.failed))


def _kept(asked: ProfileAsked) -> Profile:
    from termlab.runs.store import Store

    return Store(asked.store_path).find(asked.baseline).profile
