"""Budgets: limits in a TOML file that the figures of a profile must keep, and whether they do.

    limits = [
        "throughput >= 90% of baseline",
        "latency.p95 <= 110% of baseline",
        "idle.wakeups_per_s <= 1, optional",
    ]

A limit is held to the median over the runs that were finished. Nothing passes unseen: what was not
measured, and what can't be told against the baseline (its system calls were counted another way, or
a figure that varies was measured in fewer than ten runs a side), is not kept, unless the limit is
optional. What stands in the file is `limits`' matter.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Final, Literal, NamedTuple

from termlab.errors import UsageError
from termlab.model.figure import Amount, Figure, Missing
from termlab.model.run import Profile, Run
from termlab.runs.compare import different_tiers, one_after_the_other, unquiet
from termlab.runs.gates import RULES, gate_of
from termlab.runs.limits import Limit, parse_limit

# Nobody means a file of other things to be a budget.
MAX_BYTES: Final = 256 * 1024
MAX_LIMITS: Final = 1000
_KEY: Final = "limits"
_FORM: Final = 'a budget is written as limits = ["wall <= 5", "calls <= 110% of baseline"]'
_LINE: Final = re.compile(r" \(at line (\d+), column \d+\)")

# Against a baseline, where no file says another thing; keys are not typed in every run.
DEFAULTS: Final = (
    parse_limit("throughput >= 90% of baseline, optional"),
    parse_limit("latency.p95 <= 110% of baseline, optional"),
)

NOT_THERE: Final = Missing("there is no such figure")

Status = Literal["kept", "broken", "not measured", "not told"]


class Outcome(NamedTuple):
    """What became of a limit. ``bound`` and ``current`` are in the figure's unit, None where there
    is none; ``reason`` says why then."""

    limit: Limit
    status: Status
    bound: float | None = None
    current: float | None = None
    reason: str = ""

    @property
    def failed(self) -> bool:
        return self.status == "broken" or (self.status != "kept" and not self.limit.optional)

    @property
    def gap(self) -> float | None:
        """How far it is beyond its bound, as a share of that; below zero where it is within."""
        if self.bound is None or self.current is None or self.bound == 0:
            return None
        beyond = (self.current - self.bound) / abs(self.bound)
        return beyond if self.limit.at_most else -beyond


class BudgetReport(NamedTuple):
    """Of all limits, in their order. ``source`` is the file they stand in, "" for the defaults."""

    outcomes: tuple[Outcome, ...]
    source: str = ""

    @property
    def failed(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.failed)


class Budgets(NamedTuple):
    """The limits of a file."""

    limits: tuple[Limit, ...] = DEFAULTS
    source: str = ""

    @property
    def relative(self) -> bool:
        """Whether any is to a baseline."""
        return any(limit.relative for limit in self.limits)


def load(path: str) -> Budgets:
    """The budgets in the file. Raises ``UsageError`` with every mistake in it, by file and line."""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"the budget {path!r} can't be read: {why}") from error
    return parse_budgets(text, path)


def parse_budgets(text: str, source: str) -> Budgets:
    """The budgets that ``text`` says, as `load`."""
    if len(text) > MAX_BYTES:
        raise UsageError(f"{source}: a budget has {MAX_BYTES} characters at most")
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _LINE.search(str(error))
        where = f"{source}:{at[1]}" if at else source
        why = _LINE.sub("", str(error))
        raise UsageError(f"{where}: this is not TOML: {why}: {_FORM}") from error
    others = [name for name in found if name != _KEY]
    if others:
        raise UsageError(f"{source}:{_line_of(text, others[0])}: a budget has no {others[0]!r}")
    lines = found.get(_KEY)
    if not isinstance(lines, list) or not all(isinstance(each, str) for each in lines) or not lines:
        raise UsageError(f'{source}: write limits = ["idle.wakeups_per_s <= 1"]')
    if len(lines) > MAX_LIMITS:
        raise UsageError(f"{source}: a budget has {MAX_LIMITS} limits at most")
    return Budgets(_limits(text, source, lines), source)


def _limits(text: str, source: str, lines: Sequence[str]) -> tuple[Limit, ...]:
    limits, mistakes, at = [], [], 0
    for each in lines:
        found = text.find(each, at)
        at = found + len(each) if found >= 0 else at
        line = text.count("\n", 0, max(found, 0)) + 1 if found >= 0 else _line_of(text, _KEY)
        try:
            limits.append(parse_limit(each, line))
        except UsageError as error:
            mistakes.append(f"{source}:{line}: {error}")
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return tuple(limits)


def _line_of(text: str, word: str) -> int:
    return text.count("\n", 0, max(text.find(word), 0)) + 1


def check(profile: Profile, baseline: Profile | None, budgets: Budgets) -> BudgetReport:
    """Whether the profile keeps them."""
    runs, base = _finished(profile), _finished(baseline) if baseline else None
    outcomes = tuple(_outcome(limit, runs, base) for limit in budgets.limits)
    return BudgetReport(outcomes, budgets.source)


def check_figures(figures: Mapping[str, Figure], budgets: Budgets) -> BudgetReport:
    """The same for figures of something else than runs, by their names; there is no baseline."""
    found = (figures.get(limit.row.name, NOT_THERE) for limit in budgets.limits)
    outcomes = tuple(map(_absolute, budgets.limits, found))
    return BudgetReport(outcomes, budgets.source)


def _absolute(limit: Limit, figure: Figure) -> Outcome:
    if isinstance(figure, Missing):
        return Outcome(limit, "not measured", reason=figure.reason)
    if limit.relative:
        return Outcome(limit, "not told", None, figure.value, "there is no baseline")
    kept = limit.holds(figure.value, limit.amount)
    return Outcome(limit, "kept" if kept else "broken", limit.amount, figure.value)


def _outcome(limit: Limit, runs: Sequence[Run], base: Sequence[Run] | None) -> Outcome:
    values = _values(runs, limit)
    if isinstance(values, Missing) or not limit.relative:
        return _absolute(limit, values if isinstance(values, Missing) else Amount(median(values)))
    current = median(values)
    if base is None:
        reason = "there is no baseline: name one with --baseline"
        return Outcome(limit, "not told", None, current, reason)
    before = _values(base, limit)
    if isinstance(before, Missing):
        reason = f"the baseline has none: {before.reason}"
        return Outcome(limit, "not told", None, current, reason)
    bound = limit.amount * median(before)
    if reason := different_tiers(base, runs) or _untold(limit, before, values, base, runs):
        return Outcome(limit, "not told", bound, current, reason)
    return Outcome(limit, "kept" if limit.holds(current, bound) else "broken", bound, current)


def _untold(
    limit: Limit,
    before: Sequence[float],
    values: Sequence[float],
    base: Sequence[Run],
    runs: Sequence[Run],
) -> str:
    """Why a figure that varies can't be held against the baseline's, "" if it can."""
    needed, few = RULES["time"].runs, min(len(before), len(values))
    if gate_of(limit.row.name).kind in ("count", "memory"):
        return ""
    if few < needed:
        return f"not enough runs to tell: {few} of {needed}, for it varies"
    return unquiet(before, values) if one_after_the_other(base, runs) else ""


def _values(runs: Sequence[Run], limit: Limit) -> tuple[float, ...] | Missing:
    reason = Missing("no run was finished")
    values = []
    for run in runs:
        figure = getattr(run.figures, limit.row.name, Missing("it is no figure of a run"))
        if isinstance(figure, Amount):
            values.append(figure.value)
        else:
            reason = figure
    return tuple(values) or reason


def _finished(profile: Profile) -> tuple[Run, ...]:
    return tuple(run for run in profile.runs if not run.interrupted)
