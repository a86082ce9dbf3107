"""What all that is told of two readings shares: how long, and of how many."""

from typing import Final

from termlab.model.figure import Missing
from termlab.probes.tally import Sums

FIRST: Final = Missing("this is the first look: rates come with the next")
UNSEEN: Final = Missing("nobody asked for this to be measured")


def elapsed(before: Sums, now: Sums) -> float:
    """The seconds between them, never 0."""
    return max(now.at_s - before.at_s, 1e-3)


def cut(sums: Sums) -> str:
    """What stands beside a figure of a tree that is too large."""
    return "of the first processes only: there are more than are looked at" if sums.cut else ""
