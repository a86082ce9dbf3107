"""The mathematics of comparing, done by scipy: intervals, a rank test, its effect; and outliers.

scipy (the extra ``stats``) is imported here alone, and only where a number is asked for: that takes
two seconds. The same values give the same numbers: what is drawn at random has a fixed seed.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import mean, median, quantiles
from types import ModuleType
from typing import Final, NamedTuple

from termlab.errors import UsageError

# Of less than these there is nothing to resample: an interval is the least and the most then.
MIN_RESAMPLED: Final = 5
CONFIDENCE: Final = 0.95
RESAMPLES: Final = 2000
_SEED: Final = 20_240_229
# Exact p-values where nothing ties: beyond these the normal approximation is as good and quicker.
_EXACT_UP_TO: Final = 40
# Iglewicz and Hoaglin: a value is an outlier whose modified z-score is beyond this.
_OUTLYING: Final = 3.5
# Makes the median absolute deviation of normal values their standard deviation.
_NORMAL: Final = 0.6745
# Between the quartiles of normal values lie so many standard deviations.
_QUARTILES: Final = 1.349
NEEDED: Final = (
    "comparing times needs scipy, which is not installed: `pip install 'termlab[stats]'`"
)


class Middle(NamedTuple):
    """A median with its interval: bootstrapped at 95 %, of few values the least and the most."""

    median: float
    low: float
    high: float
    runs: int


class Test(NamedTuple):
    """Of B against A. ``p``: how often as much apart by chance (Mann-Whitney, two-sided);
    ``effect``: Cliff's delta, from -1 (every B is below every A) to 1."""

    p: float
    effect: float


class Ratio(NamedTuple):
    """B's median by A's, with its interval as of `Middle`; None where an A may be zero."""

    ratio: float
    low: float | None
    high: float | None


def middle(values: Sequence[float]) -> Middle:
    """Of one value or more."""
    if len(values) < MIN_RESAMPLED or min(values) == max(values):
        return Middle(median(values), min(values), max(values), len(values))
    stats, numpy = _scipy()
    found = stats.bootstrap(
        (numpy.asarray(values, float),),
        numpy.median,
        n_resamples=RESAMPLES,
        confidence_level=CONFIDENCE,
        method="percentile",
        random_state=_SEED,
    ).confidence_interval
    return Middle(median(values), float(found.low), float(found.high), len(values))


def ratio(a: Sequence[float], b: Sequence[float]) -> Ratio | None:
    """None where A's median is zero, or B is of another sign: such a ratio says nothing."""
    if median(a) == 0 or median(b) / median(a) < 0:
        return None
    found = median(b) / median(a)
    least, most = min(a), max(a)
    if least <= 0:
        return Ratio(found, None, None)
    if min(len(a), len(b)) < MIN_RESAMPLED or (least == most and min(b) == max(b)):
        return Ratio(found, min(b) / most, max(b) / least)
    stats, numpy = _scipy()

    def statistic(first: object, second: object, axis: int) -> object:
        return numpy.median(second, axis=axis) / numpy.median(first, axis=axis)

    interval = stats.bootstrap(
        (numpy.asarray(a, float), numpy.asarray(b, float)),
        statistic,
        n_resamples=RESAMPLES,
        confidence_level=CONFIDENCE,
        method="percentile",
        random_state=_SEED,
    ).confidence_interval
    return Ratio(found, float(interval.low), float(interval.high))


def rank_test(a: Sequence[float], b: Sequence[float]) -> Test:
    """Whether values of B tend to be larger or smaller than A's, whatever their distribution."""
    together = [*a, *b]
    if min(together) == max(together):
        return Test(1.0, 0.0)
    stats, _ = _scipy()
    exact = len(set(together)) == len(together) and max(len(a), len(b)) <= _EXACT_UP_TO
    found = stats.mannwhitneyu(
        b, a, alternative="two-sided", method="exact" if exact else "asymptotic"
    )
    return Test(float(found.pvalue), float(2 * found.statistic / (len(a) * len(b)) - 1))


def for_many(ps: Sequence[float]) -> tuple[float, ...]:
    """The p-values of tests made at once, adjusted (Benjamini-Hochberg): where nothing differs, the
    least of them is below 0.05 as rarely as one alone would be."""
    if len(ps) < 2:
        return tuple(ps)
    stats, _ = _scipy()
    return tuple(float(p) for p in stats.false_discovery_control(ps, method="bh"))


def outliers(values: Sequence[float]) -> tuple[int, ...]:
    """Which of the values (their places) lie far from the others: by the modified z-score."""
    if len(values) < MIN_RESAMPLED:
        return ()
    centre = median(values)
    deviation = median(abs(value - centre) for value in values)
    if deviation == 0:
        return ()  # more than half are the same: any other would be one
    return tuple(
        place
        for place, value in enumerate(values)
        if _NORMAL * abs(value - centre) / deviation > _OUTLYING
    )


def variation(values: Sequence[float]) -> float:
    """How far values lie around their middle, as a share of it: of normal ones their standard
    deviation, and no few outliers change it."""
    centre = abs(median(values))
    if len(values) < MIN_RESAMPLED or centre == 0:
        return 0.0
    lower, _, upper = quantiles(values, n=4, method="inclusive")
    return (upper - lower) / (_QUARTILES * centre)


def persistence(*series: Sequence[float]) -> float:
    """How much of where a value lies, in each series around its own mean, the next one keeps: the
    autocorrelation at lag one over all of them, near zero where each run is a draw of its own."""
    kept = whole = 0.0
    for values in series:
        centre = mean(values)
        off = [value - centre for value in values]
        kept += sum(first * second for first, second in pairwise(off))
        whole += sum(each * each for each in off)
    return kept / whole if whole else 0.0


def _scipy() -> tuple[ModuleType, ModuleType]:
    """`scipy.stats` and numpy. Raises ``UsageError`` where they are not installed."""
    try:
        import numpy
        from scipy import stats
    except ImportError as error:
        raise UsageError(NEEDED) from error
    return stats, numpy
