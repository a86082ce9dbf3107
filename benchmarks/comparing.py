"""How often `compare` calls two equals different, and how often it finds a program that is slower.

``python -m benchmarks.comparing [--quick]``. Real runs of one command, A and B by turns, as
`profile --vs` makes them: each comparison is of ten runs of each, none used twice. The same runs as
they came, the first ten against the next ten, show what measuring one after the other is worth.
Then runs of the same program that is told to do a tenth more.
"""

import os
import sys
from collections.abc import Sequence
from typing import Final

from termlab.client.origin import origin
from termlab.config.loader import load_defaults
from termlab.model.geometry import Size
from termlab.model.profile_asked import ProfileAsked
from termlab.model.run import Profile, Run
from termlab.probes.machine import machine
from termlab.runs.compare import compare

if sys.platform != "win32":
    from termlab.server.headless import Signals
    from termlab.server.series import run_series

assert sys.platform != "win32"

SIDE: Final = 10
ROUNDS: Final = 40
QUICK_ROUNDS: Final = 2
SIZE: Final = Size(80, 24)
# Computes, allocates and writes for 60 ms, as a program's start does.
WORK: Final = (
    "import sys\n"
    "for part in range(int(sys.argv[1])):\n"
    "    rows = [str(number * part) for number in range(1500)]\n"
    "    print(max(rows), len(rows))\n"
)
USUAL: Final = 100


def command(parts: int) -> tuple[str, ...]:
    """The program with so much to do."""
    return (sys.executable, "-S", "-c", WORK, str(parts))


def runs(commands: Sequence[tuple[str, ...]], each: int) -> list[tuple[Run, ...]]:
    """So many of each, by turns."""
    place = origin("", os.environ, programs=True)
    asked = ProfileAsked(runs=each, warmup=2)
    with Signals() as signals:
        found = run_series(
            commands, place, SIZE, signals, load_defaults(), asked, lambda turn: None
        )
    return [measured.profile.runs for measured in found]


def profile(some: Sequence[Run]) -> Profile:
    return Profile(("work",), machine(), SIZE.cols, SIZE.rows, tuple(some), len(some))


def called(a: Sequence[Run], b: Sequence[Run]) -> tuple[list[str], list[str]]:
    """What is worse in B, and what is better, over as many comparisons as there are runs for."""
    worse, better = [], []
    for start in range(0, len(a) - SIDE + 1, SIDE):
        found = compare(profile(a[start : start + SIDE]), profile(b[start : start + SIDE]))
        assert not found.refused, found.refused
        worse.append(", ".join(row.name for row in found.worse))
        better.append(", ".join(row.name for row in found.better))
    return worse, better


def main(quick: bool = False) -> str:
    """The table."""
    rounds = QUICK_ROUNDS if quick else ROUNDS
    a, b = runs([command(USUAL), command(USUAL)], rounds * SIDE)
    (row,) = runs([command(USUAL)], rounds * SIDE)
    fast, slow = runs([command(USUAL), command(USUAL * 11 // 10)], rounds * SIDE // 2)
    halves = [
        [run for start in range(offset, len(row), 2 * SIDE) for run in row[start : start + SIDE]]
        for offset in (0, SIDE)
    ]
    lines = [
        ("A/A, by turns", *called(a, b)),
        ("A/A, ten and then ten", *called(*halves)),
        ("a tenth more to do, by turns", *called(fast, slow)),
    ]
    return "\n".join(
        [
            "## Two runs compared",
            "",
            f"| {SIDE} runs a side | comparisons | called worse | called better | figures |",
            "|---|---:|---:|---:|---|",
            *(_line(*line) for line in lines),
            "",
            "Over all figures of a comparison together; of A/A, worse and better are false alarms.",
            "",
        ]
    )


def _line(what: str, worse: Sequence[str], better: Sequence[str]) -> str:
    names = sorted({name for said in (*worse, *better) for name in said.split(", ") if name})
    counts = (sum(bool(said) for said in side) for side in (worse, better))
    return f"| {what} | {len(worse)} | {' | '.join(map(str, counts))} | {', '.join(names)} |"


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
