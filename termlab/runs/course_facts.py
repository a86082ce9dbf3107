"""Facts that come of how a run went: of its samples over time, and of the ways of its keys."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import inf
from statistics import median_low
from typing import Final, NamedTuple

from termlab.model.figure import Amount, Figure, Missing
from termlab.model.run import Run
from termlab.model.timeline import Sample
from termlab.model.trails import KeyTrail
from termlab.runs.fact import FactRow, over

# The part of a run that is left out: programs grow while they start.
_START_SHARE: Final = 0.25
_PARTS: Final = 3
_MIN_SAMPLES: Final = 6
# Samples come four a second.
_MIN_SILENT: Final = 2
_SLOW_MS: Final = 50
_LATE_MS: Final = 80
_TOO_FEW: Final = Missing("there are too few samples of its memory to tell how it grows")


class _Growth(NamedTuple):
    """Behind the start: from, to, over how long, and the least share that a third of the time has
    in the growth."""

    first: int
    last: int
    seconds: float
    least_percent: float


def _growth(run: Run) -> _Growth | Missing:
    seen = [(each.at_s, each.rss_bytes) for each in run.samples if each.rss_bytes is not None]
    if len(seen) < _MIN_SAMPLES:
        return _TOO_FEW
    start = seen[0][0] + (seen[-1][0] - seen[0][0]) * _START_SHARE
    seen = [each for each in seen if each[0] >= start]
    first, last = seen[0], seen[-1]
    grown = last[1] - first[1]
    if grown <= 0:
        return _Growth(first[1], last[1], last[0] - first[0], 0.0)
    shares, before = [], float(first[1])
    for part in range(1, _PARTS + 1):
        at = _rss_at(seen, first[0] + (last[0] - first[0]) * part / _PARTS)
        shares.append((at - before) / grown * 100)
        before = at
    return _Growth(first[1], last[1], last[0] - first[0], min(shares))


def _rss_at(seen: Sequence[tuple[float, int]], at_s: float) -> float:
    """Between two samples, in proportion."""
    for before, after in pairwise(seen):
        if at_s <= after[0]:
            share = (at_s - before[0]) / (after[0] - before[0])
            return before[1] + (after[1] - before[1]) * share
    return float(seen[-1][1])


def _grown(run: Run) -> Figure:
    growth = _growth(run)
    return growth if isinstance(growth, Missing) else Amount(growth.last - growth.first)


def _grown_percent(run: Run) -> Figure:
    growth = _growth(run)
    if isinstance(growth, Missing):
        return growth
    return Amount((growth.last - growth.first) / max(growth.first, 1) * 100)


def _grown_for(run: Run) -> Figure:
    """Of too few samples as well: that is not long."""
    growth = _growth(run)
    if isinstance(growth, Missing):
        return Amount(0.0) if run.samples else growth
    return Amount(growth.seconds)


def _grown_rate(run: Run) -> Figure:
    return over(_grown(run), _grown_for(run))


def _evenness(run: Run) -> Figure:
    growth = _growth(run)
    return growth if isinstance(growth, Missing) else Amount(growth.least_percent)


def _steady(run: Run, of: Callable[[Sample], float | None]) -> Figure:
    """The median over samples from silence to silence: what goes on in it, not what happened once,
    as a start that takes its time."""
    if not run.samples:
        return Missing("there are no samples of how the run went")
    silent = [of(each) for before, each in pairwise(run.samples) if before.idle and each.idle]
    seen = [value for value in silent if value is not None]
    if silent and not seen:
        return Missing("samples don't tell it")
    if len(seen) < _MIN_SILENT:
        return Amount(0.0)  # nothing that could be called steady
    return Amount(median_low(seen))


def _slow_keys(of: Callable[[KeyTrail], float | None], limit_ms: float) -> Callable[[Run], Figure]:
    """How many keys took longer."""

    def count(run: Run) -> Figure:
        seen = [of(each) for each in run.trails if not each.echo]
        if all(value is None for value in seen):
            return Missing("no key's way through the program was seen")
        return Amount(sum(value is not None and value >= limit_ms for value in seen))

    return count


def _followed(run: Run) -> Figure:
    """Keys of which something is known; none typed are none followed."""
    return Amount(sum(not each.echo for each in run.trails))


def _first_output(run: Run) -> Figure:
    """Endless among output of others, where only the program's own answer can be told."""
    p95 = run.figures.key_p95_ms
    return p95 if isinstance(p95, Amount) else Amount(inf)


def _answer_ms(key: KeyTrail) -> float | None:
    """From the moment at which the program had it."""
    if key.answered_ms is None or key.consumed_ms is None:
        return None
    return key.answered_ms - key.consumed_ms


def _answer_mean(run: Run) -> Figure:
    """Of the keys that the program itself answered."""
    took = [ms for each in run.trails if (ms := _answer_ms(each)) is not None]
    if not took:
        return Missing("no key's way through the program was seen")
    return Amount(sum(took) / len(took))


COURSE_FACTS: Final = (
    FactRow("grown_bytes", "bytes", "memory grown behind the start", _grown),
    FactRow("grown_percent", "percent", "memory grown behind the start", _grown_percent),
    FactRow("grown_s", "s", "time it grew over", _grown_for),
    FactRow("grown_bytes_per_s", "bytes_per_s", "growth behind the start", _grown_rate),
    FactRow("growth_evenness_percent", "percent", "least growth in a third", _evenness),
    FactRow(
        "steady_wakeups_per_s",
        "per_s",
        "wakeups in silence, median",
        lambda run: _steady(run, lambda each: each.wakeups_per_s),
    ),
    FactRow(
        "steady_cpu_percent",
        "percent",
        "CPU in silence, median",
        lambda run: _steady(run, lambda each: each.cpu_percent),
    ),
    FactRow(
        "unread_keys",
        "count",
        f"keys consumed after {_SLOW_MS} ms",
        _slow_keys(lambda key: key.consumed_ms, _SLOW_MS),
    ),
    FactRow(
        "slow_keys",
        "count",
        f"keys answered {_SLOW_MS} ms after they were consumed",
        _slow_keys(_answer_ms, _SLOW_MS),
    ),
    FactRow(
        "late_keys",
        "count",
        f"keys with an output after {_LATE_MS} ms",
        _slow_keys(lambda key: None if key.noisy else key.output_ms, _LATE_MS),
    ),
    FactRow("keys_followed", "count", "keys that were followed", _followed),
    FactRow("first_output_ms", "ms", "key -> first output p95", _first_output),
    FactRow("answer_mean_ms", "ms", "consumed -> answered, mean", _answer_mean),
    FactRow(
        "answer_cpu_percent",
        "percent",
        "CPU time of an answer",
        lambda run: over(run.figures.cpu_per_key_ms, _answer_mean(run), factor=100),
    ),
)
