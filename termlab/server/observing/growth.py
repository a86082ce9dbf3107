"""How fast memory grows: the slope through points of it over time, none from too few. Pure.

The median of the slopes between pairs (Theil and Sen) that are at most a third of the time apart:
what a program takes once, or twice, and what a process takes along that ends, is no growth.
"""

from collections.abc import Sequence
from statistics import median
from typing import Final

from termlab.model.figure import Amount, Figure, Missing

Point = tuple[float, int]

# Shorter, or of fewer points, any program that is still starting grows.
MIN_S: Final = 3.0
MIN_POINTS: Final = 10
# Their pairs take 50 µs, once a second.
MAX_POINTS: Final = 40
_PAGE_BYTES: Final = 4096
TOO_SHORT: Final = Missing(
    f"growth is told once memory was looked at for {MIN_S:g} s and {MIN_POINTS} times"
)


def growth(points: Sequence[Point]) -> Figure:
    """In bytes a second. ``points`` are in the order of time."""
    if len(points) < MIN_POINTS or points[-1][0] - points[0][0] < MIN_S:
        return TOO_SHORT
    over_s = points[-1][0] - points[0][0]
    step = -(-len(points) // MAX_POINTS)
    kept = [*points[::step]]
    if kept[-1] != points[-1]:
        kept.append(points[-1])
    slopes = [
        (after[1] - before[1]) / (after[0] - before[0])
        for i, before in enumerate(kept)
        for after in kept[i + 1 :]
        if 0 < after[0] - before[0] <= over_s / 3
    ]
    if not slopes:
        return TOO_SHORT
    slope = median(slopes)
    # Less than a page in all that time is nothing that grows.
    slope = slope if abs(slope) * over_s >= _PAGE_BYTES else 0.0
    return Amount(slope, f"of RSS, over {over_s:.0f} s and {len(points)} looks")
