"""Two profiles held against each other, figure by figure. Pure.

Each figure gets a verdict or the reason why there is none; "no difference seen" is one. Figures
that are the same in every run are compared as they are, from one run a side; those that vary, by a
rank test over `RULES`' ten runs a side, adjusted for the number of figures, so that two equals are
called different in less than one comparison of twenty. A run that was interrupted does not count;
where runs were ended by a clock, or a person typed, counts are what those made them, and vary.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal, NamedTuple

from termlab.model.figure import Amount, Missing
from termlab.model.metrics import FIGURES
from termlab.model.run import Profile, Run
from termlab.runs.gates import (
    ALPHA,
    CALM,
    MAX_PERSISTENCE,
    MAX_VARIATION,
    MIN_EFFECT,
    RULES,
    Gate,
    gate_of,
)
from termlab.runs.statistics import (
    Middle,
    Ratio,
    for_many,
    middle,
    outliers,
    persistence,
    rank_test,
    ratio,
    variation,
)

Verdict = Literal["better", "worse", "no difference seen", "not compared", ""]
SAME: Final = "no difference seen"
NOT_COMPARED: Final = "not compared"
NOT_COUNTED: Final = "not counted"


class Judgement(NamedTuple):
    """What is said of one figure; ``p`` is adjusted, and None where no test was made, as ``effect``
    is then. ``reason``: why it was not compared; ``constant``: it is the same in every run."""

    verdict: Verdict
    p: float | None = None
    effect: float | None = None
    reason: str = ""
    constant: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of both sides. ``verdict`` is "" where the figure is held against nobody."""

    name: str
    a: Middle | Missing
    b: Middle | Missing
    ratio: Ratio | None
    judgement: Judgement
    outliers_a: tuple[int, ...] = ()
    outliers_b: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """``refused``: why nothing is held against anything, "" where it is."""

    a: Profile
    b: Profile
    rows: tuple[Compared, ...]
    warnings: tuple[str, ...] = ()
    refused: str = ""

    @property
    def worse(self) -> tuple[Compared, ...]:
        return self._with("worse")

    @property
    def better(self) -> tuple[Compared, ...]:
        return self._with("better")

    @property
    def failed(self) -> bool:
        """Whether B is worse, or nothing could be told: what `termlab compare` exits 1 for."""
        return bool(self.refused or self.worse)

    def _with(self, verdict: Verdict) -> tuple[Compared, ...]:
        return tuple(row for row in self.rows if row.judgement.verdict == verdict)


Values = Mapping[str, tuple[Sequence[float], Sequence[float]]]


def compare(a: Profile, b: Profile) -> Comparison:
    """B against A. Raises ``UsageError`` where a test is called for and scipy is not installed."""
    sides = (_finished(a), _finished(b))
    found = {row.name: tuple(_values(side, row.name) for side in sides) for row in FIGURES}
    refused = _refused(a, b, sides)
    both = {} if refused else {name: (x, y) for name, (x, y) in found.items() if x and y}
    by_chance = any(_is_by_chance(run, p) for p in (a, b) for run in p.runs)
    judged = judge(both, by_chance, not one_after_the_other(*sides))
    rows = [
        _compared(name, pair, sides, judged.get(name, Judgement("", reason=refused)))
        for name, pair in found.items()
    ]
    warnings = _warnings(a, b, sides) + _order(rows, sides)
    return Comparison(a, b, tuple(rows), warnings, refused)


def judge(both: Values, by_chance: bool = False, by_turns: bool = True) -> dict[str, Judgement]:
    """A judgement of every figure, its values of A and of B given, one or more each. ``by_chance``:
    counts, too, differ from run to run; ``by_turns``: both met the same of what the machine did."""
    judged = {
        name: _counted(gate_of(name), *pair, by_chance, by_turns) for name, pair in both.items()
    }
    tests = {
        name: rank_test(*both[name]) for name, judgement in judged.items() if judgement is None
    }
    ps = dict(zip(tests, for_many([test.p for test in tests.values()]), strict=True))
    return {
        name: judgement or _tested(gate_of(name), both[name], ps[name], tests[name].effect)
        for name, judgement in judged.items()
    }


def tiers(runs: Sequence[Run]) -> tuple[str, ...]:
    """How system calls were counted in these runs, each way once: by which they are slowed."""
    found = [NOT_COUNTED if isinstance(r.table, Missing) else r.table.tier for r in runs]
    return tuple(dict.fromkeys(found))


def different_tiers(a: Sequence[Run], b: Sequence[Run]) -> str:
    """Why runs counted so can't be held against each other, "" if they can."""
    if tiers(a) == tiers(b) and len(tiers(a)) < 2:
        return ""
    said = [" and ".join(tiers(side)) or "no run" for side in (a, b)]
    return (
        f"system calls were counted in different ways ({said[0]} in A, {said[1]} in B), which slow "
        "a program down differently: measure both the same way"
    )


def one_after_the_other(a: Sequence[Run], b: Sequence[Run]) -> bool:
    """Whether all runs of one side were made before those of the other."""
    first, second = ([run.started_at_s for run in side] for side in (a, b))
    return bool(first and second) and (max(first) < min(second) or max(second) < min(first))


def unquiet(a: Sequence[float], b: Sequence[float]) -> str:
    """Why such sides can't be told apart by a figure of theirs, "" if they can."""
    widest = max(variation(a), variation(b))
    if widest <= CALM or (widest <= MAX_VARIATION and persistence(a, b) <= MAX_PERSISTENCE):
        return ""
    how = f"by {widest * 100:.0f} %" if widest > MAX_VARIATION else "with what else ran"
    return f"not made by turns, and it varied {how} from run to run: the machine was not quiet"


def _counted(
    gate: Gate, a: Sequence[float], b: Sequence[float], by_chance: bool, by_turns: bool
) -> Judgement | None:
    """What can be said without a test; None where one is needed and there are enough runs."""
    if gate.kind == "context":
        return Judgement("")
    if min(*a, *b) == max(*a, *b):
        return Judgement(SAME, constant=True)
    rule, few = RULES[gate.kind], min(len(a), len(b))
    if gate.kind != "time" and not by_chance:
        widest = max(_width(a), _width(b))
        steady = widest <= rule.change
        if steady or few < RULES["time"].runs:
            change = abs(median(b) - median(a))
            apart = change > gate.floor and change > rule.change * abs(median(a))
            if not apart:
                return Judgement(SAME)
            if few < rule.runs:
                return _too_few(few, rule.runs)
            if steady and change > 2 * widest * abs(median(a)):
                return _direction(gate, a, b)
    needed = RULES["time"].runs
    if few < needed:
        return _too_few(few, needed)
    if not by_turns and (reason := unquiet(a, b)):
        return Judgement(NOT_COMPARED, reason=reason)
    return None


def _too_few(few: int, needed: int) -> Judgement:
    reason = f"not enough runs to tell: {few} of {needed}, for it varies"
    return Judgement(NOT_COMPARED, reason=reason)


def _tested(
    gate: Gate, pair: tuple[Sequence[float], Sequence[float]], p: float, effect: float
) -> Judgement:
    a, b = pair
    change = abs(median(b) - median(a))
    apart = change > gate.floor and change >= RULES[gate.kind].change * abs(median(a))
    if p >= ALPHA or abs(effect) < MIN_EFFECT or not apart:
        return Judgement(SAME, p, effect)
    return _direction(gate, a, b)._replace(p=p, effect=effect)


def _direction(gate: Gate, a: Sequence[float], b: Sequence[float]) -> Judgement:
    more = median(b) > median(a)
    return Judgement("better" if more == (gate.better == "more") else "worse")


def _width(values: Sequence[float]) -> float:
    """From the least to the most, as a share of the middle."""
    centre = abs(median(values))
    spread = max(values) - min(values)
    return spread / centre if centre else float(spread > 0)


def _finished(profile: Profile) -> tuple[Run, ...]:
    return tuple(run for run in profile.runs if not run.interrupted)


def _is_by_chance(run: Run, profile: Profile) -> bool:
    """Whether a clock ended it, or hands typed in it."""
    typed = isinstance(run.figures.keys, Amount) and run.figures.keys.value > 0
    return run.cut_short or (typed and not profile.keys)


def _values(runs: Sequence[Run], name: str) -> tuple[float, ...]:
    figures = [getattr(run.figures, name) for run in runs]
    return tuple(figure.value for figure in figures if isinstance(figure, Amount))


def _compared(
    name: str,
    pair: tuple[tuple[float, ...], ...],
    sides: tuple[tuple[Run, ...], ...],
    judgement: Judgement,
) -> Compared:
    middles = [
        middle(values) if values else _reason(runs, name)
        for values, runs in zip(pair, sides, strict=True)
    ]
    first, second = middles
    missing = [
        f"{side} has none: {found.reason}"
        for side, found in zip("AB", middles, strict=True)
        if isinstance(found, Missing)
    ]
    if missing and not judgement.reason and gate_of(name).kind != "context":
        said = missing if len(missing) == 1 else [f"neither has it: {_why(first)}"]
        judgement = Judgement(NOT_COMPARED, reason=said[0])
    both = ratio(*pair) if not missing else None
    return Compared(name, first, second, both, judgement, outliers(pair[0]), outliers(pair[1]))


def _why(found: Middle | Missing) -> str:
    return found.reason if isinstance(found, Missing) else ""


def _reason(runs: Sequence[Run], name: str) -> Missing:
    figures = [getattr(run.figures, name) for run in runs]
    reasons = [figure for figure in figures if isinstance(figure, Missing)]
    return reasons[-1] if reasons else Missing("no run was finished")


def _order(rows: Sequence[Compared], sides: Sequence[Sequence[Run]]) -> tuple[str, ...]:
    """What to know of times that differ where one side was measured behind the other."""
    differ = [r for r in rows if r.judgement.verdict in ("better", "worse") and r.judgement.p]
    if not (differ and one_after_the_other(*sides)):
        return ()
    return (
        "the runs of A and B were not made by turns: what else the machine did may be the "
        "difference in times (`profile --vs` takes turns)",
    )


def _refused(a: Profile, b: Profile, sides: Sequence[Sequence[Run]]) -> str:
    empty = [side for side, runs in zip("AB", sides, strict=True) if not runs]
    if empty:
        return f"{' and '.join(empty)} has no run that was finished"
    return different_tiers(*sides)


def _warnings(a: Profile, b: Profile, sides: Sequence[Sequence[Run]]) -> tuple[str, ...]:
    """What stands against taking a difference for one of the programs."""
    said = []
    for what, of_a, of_b in (
        ("machines", a.machine.host, b.machine.host),
        ("CPUs", f"{a.machine.cpus} x {a.machine.cpu}", f"{b.machine.cpus} x {b.machine.cpu}"),
        ("kernels", a.machine.kernel, b.machine.kernel),
        ("versions of termlab", a.machine.termlab, b.machine.termlab),
        ("sizes of the terminal", f"{a.cols}x{a.rows}", f"{b.cols}x{b.rows}"),
        ("keys typed", a.keys or "none", b.keys or "none"),
    ):
        if of_a != of_b:
            said.append(f"different {what}: {of_a} and {of_b}")
    for side, profile, runs in zip("AB", (a, b), sides, strict=True):
        if len(runs) < len(profile.runs):
            said.append(f"{side}: {len(profile.runs) - len(runs)} interrupted runs are left out")
        failed = [run for run in runs if run.exit_code != 0 and not run.cut_short]
        if failed:
            said.append(f"{side}: {len(failed)} of {len(runs)} runs ended with {failed[-1].ending}")
        said += [f"{side}: {note}" for note in profile.notes]
    return tuple(said)
