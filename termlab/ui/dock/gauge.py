"""How full something is: a bar that fills from the left, in eighths of a cell."""

from typing import Final

EIGHTHS: Final = " ▏▎▍▌▋▊▉"
FULL: Final = "█"
EMPTY: Final = "░"


def gauge(share: float, cols: int) -> str:
    """A bar of ``cols`` cells; what is not nothing shows, what is not all leaves some."""
    if cols <= 0:
        return ""
    whole = cols * 8
    eighths = round(min(max(share, 0.0), 1.0) * whole)
    if 0 < share < 1:
        eighths = min(max(eighths, 1), whole - 1)
    full, rest = divmod(eighths, 8)
    bar = FULL * full + (EIGHTHS[rest] if rest else "")
    return bar + EMPTY * (cols - len(bar))
