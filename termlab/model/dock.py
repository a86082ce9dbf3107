"""Where the lab dock stands: on the right of the panes, a line between them, above the status row.

Pure, the same in every process: the server gives windows what is left of a client's terminal, and
who draws finds frame and dock by the same functions. ``rows`` are always those above the status
row. A terminal that could not keep its panes useful shows no dock, and gets it back when it grows.
"""

from typing import Final, NamedTuple

from termlab.model.geometry import Rect
from termlab.model.lab import Lab

# Narrower panels have no room for a sentence.
MIN_COLS: Final = 24
# What the panes keep beside it: half of a terminal of 80 columns. A wider dock is cut to that.
LEAST_PANES_COLS: Final = 40
# Of fewer rows there is none to give away, and a panel has no room in them.
MIN_ROWS: Final = 8
# Wider is a slip of the hand.
MAX_COLS: Final = 500


class Dock(NamedTuple):
    """One client's: whether it is shown, how wide it is when it is, and what it does then."""

    shown: bool
    cols: int
    lab: Lab = Lab()

    @property
    def asked(self) -> int:
        """The columns asked for; 0 where it is hidden."""
        return self.cols if self.shown else 0


class DockPlace(NamedTuple):
    """The dock's cells, and those of the line between it and the panes."""

    separator: Rect
    area: Rect


def dock_cols(asked: int, cols: int, rows: int) -> int:
    """The columns a dock gets on a terminal of ``cols`` when ``asked`` are wanted; 0: none."""
    room = cols - 1 - LEAST_PANES_COLS
    if asked <= 0 or room < MIN_COLS or rows < MIN_ROWS:
        return 0
    return min(max(asked, MIN_COLS), room)


def free_cols(asked: int, cols: int, rows: int) -> int:
    """The columns that are the panes'."""
    dock = dock_cols(asked, cols, rows)
    return cols - dock - 1 if dock else cols


def place_dock(asked: int, cols: int, rows: int) -> DockPlace | None:
    """Where dock and separator stand; None where there is none."""
    dock = dock_cols(asked, cols, rows)
    if not dock:
        return None
    x = cols - dock
    return DockPlace(Rect(x - 1, 0, 1, rows), Rect(x, 0, dock, rows))


def least_terminal(below: int) -> str:
    """What a terminal with ``below`` rows beneath the panes needs for a dock, in words."""
    return f"{LEAST_PANES_COLS + 1 + MIN_COLS} columns and {MIN_ROWS + below} rows"
