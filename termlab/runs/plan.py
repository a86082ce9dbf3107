"""The order in which the runs of a profile are made: those to warm up first, and of two commands
that are compared one of each after the other, in an order by chance. Pure.

What a machine does besides changes slowly. Runs of both side by side meet the same of it, and an
order by chance keeps what alternates with them from being taken for a difference.
"""

from random import Random
from typing import Final, NamedTuple

# So that the order is the same wherever it is asked for again.
SEED: Final = 20


class Turn(NamedTuple):
    """One run. ``command`` is 0, or 1 for the one it is compared with; ``number`` counts the runs
    of that command from 1, those to warm up (``counts`` is false) for themselves."""

    command: int
    number: int
    counts: bool = True


def plan(runs: int, warmup: int, commands: int = 1, seed: int = SEED) -> tuple[Turn, ...]:
    """All of them, in order."""
    chance = Random(seed)
    order: list[Turn] = []
    for counts, rounds in ((False, warmup), (True, runs)):
        for number in range(1, rounds + 1):
            each = list(range(commands))
            chance.shuffle(each)
            order += [Turn(command, number, counts) for command in each]
    return tuple(order)
