"""A line over time, one cell for each sample, the newest at the right.

From zero, unlike Textual's sparkline, which begins at the least sample and spreads few of them over
the whole width: a steady rate must not look like a full one, nor two samples like a minute.
"""

from collections.abc import Sequence
from typing import Final

BARS: Final = "▁▂▃▄▅▆▇█"
# Nothing was measured then.
GAP: Final = " "


def spark(samples: Sequence[float | None], cols: int, top: float) -> str:
    """The last ``cols`` samples, as high as they are of ``top``; None is a gap."""
    shown = list(samples)[-cols:] if cols > 0 else []
    return "".join(_bar(sample, top) for sample in shown).rjust(max(cols, 0))


def highest(samples: Sequence[float | None], cols: int) -> float:
    """The top of what ``cols`` cells show; 0 where nothing is known."""
    shown = list(samples)[-cols:] if cols > 0 else []
    return max((sample for sample in shown if sample is not None), default=0.0)


def _bar(sample: float | None, top: float) -> str:
    if sample is None:
        return GAP
    if sample <= 0 or top <= 0:
        return BARS[0]
    return BARS[min(int(sample / top * len(BARS)), len(BARS) - 1)]
