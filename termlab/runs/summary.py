"""Many values to few: percentiles of a run's latencies, the middle and the ends over runs. Pure."""

from collections.abc import Iterable, Sequence
from statistics import median, quantiles
from typing import NamedTuple

from termlab.model.figure import Amount, Missing
from termlab.model.metrics import FIGURES
from termlab.model.run import Run


class Percentiles(NamedTuple):
    """In the unit of the values."""

    p50: float
    p95: float
    p99: float
    most: float


class Spread(NamedTuple):
    """One figure over runs; ``runs`` of them had it."""

    median: float
    least: float
    most: float
    runs: int


def percentiles(values: Sequence[float]) -> Percentiles:
    """Of one value or more; between two values, in proportion. Exact: the keys of hours fit in
    memory, and a histogram would bring its library along."""
    if len(values) == 1:
        return Percentiles(values[0], values[0], values[0], values[0])
    cuts = quantiles(values, n=100, method="inclusive")
    return Percentiles(cuts[49], cuts[94], cuts[98], max(values))


def complete(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Those that were not interrupted, if there are any: what one was cut off from is unknown."""
    return tuple(run for run in runs if not run.interrupted) or runs


def spreads(runs: Iterable[Run]) -> dict[str, Spread | Missing]:
    """Every figure over the runs that have it; where none has, the last one's reason."""
    runs = tuple(runs)
    found: dict[str, Spread | Missing] = {}
    for row in FIGURES:
        figures = [getattr(run.figures, row.name) for run in runs]
        values = [figure.value for figure in figures if isinstance(figure, Amount)]
        reasons = [figure for figure in figures if isinstance(figure, Missing)]
        if values:
            found[row.name] = Spread(median(values), min(values), max(values), len(values))
        else:
            found[row.name] = reasons[-1] if reasons else Missing("no run was finished")
    return found
