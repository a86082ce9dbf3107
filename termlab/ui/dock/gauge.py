"""How full something is: a bar that fills from the left, in eighths of a cell."""

from typing import Final

from termlab.ui.dock.ink import Part, Role, Row, cut

EIGHTHS: Final = " ▏▎▍▌▋▊▉"
FULL: Final = "█"
EMPTY: Final = "░"
# A bar of fewer cells says nothing: what stands behind it is made shorter before.
LEAST_BAR: Final = 6


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


def barred(share: float, role: Role, tails: tuple[str, ...], cols: int) -> Row:
    """A row with a bar, and behind it the first of ``tails`` that leaves it room, or the last."""
    fitting = (each for each in tails if cols - 2 - len(each) >= LEAST_BAR)
    tail = next(fitting, tails[-1])
    bar = gauge(share, cols - 2 - len(tail))
    return cut((Part(" "), Part(bar, role), Part(tail, "dim")), cols)
