"""Counts by bins as bars, one beside the other, over an axis of their edges."""

from collections.abc import Sequence
from typing import Final

BARS: Final = " ▁▂▃▄▅▆▇█"
_STEPS: Final = 8


def bars(bins: Sequence[int], cols: int, rows: int = 2) -> list[str]:
    """The rows of the picture, the highest bin as high as they are; a bin with one of a thousand
    is seen all the same."""
    wide = bar_cols(len(bins), cols)
    top = max(bins, default=0)
    heights = [_height(each, top, rows * _STEPS) for each in bins]
    return [
        "".join(BARS[min(max(height - row * _STEPS, 0), _STEPS)] * wide for height in heights)
        for row in reversed(range(rows))
    ]


def axis(edges: Sequence[float], cols: int) -> str:
    """The upper edges under their bars, as many as have room; the last bin has none."""
    wide = bar_cols(len(edges) + 1, cols)
    line = ""
    for i, edge in enumerate(edges):
        label = f"{edge:g}"
        at = (i + 1) * wide - 1  # an edge is the end of its bin
        start = max(at - len(label) + 1, 0)
        if start >= len(line) + bool(line):
            line = line.ljust(start) + label
    return line


def bar_cols(bins: int, cols: int) -> int:
    """How wide each bar is."""
    return max(cols // max(bins, 1), 1)


def _height(count: int, top: int, steps: int) -> int:
    return max(round(count / top * steps), 1) if count and top else 0
