"""Memory of server, client and ui together: MiB of PSS, in which shared pages count by their share.

``python -m benchmarks.memory [--quick]``. tmux keeps 2,000 lines unless told otherwise, termlab as
many as fit its limit in bytes (about 10,000 of 200 columns): the last figure gives tmux as many.
"""

import random
import sys
from pathlib import Path
from typing import Final

from benchmarks.contestants import contestant, present
from benchmarks.processes import pss_mib
from benchmarks.report import row, table
from benchmarks.terminal import MARKER, PRINT_MARKER

PRINTED: Final = 60_000
KEPT: Final = 10_000
WIDTH: Final = 200
CALM_S: Final = 1.5
SEED: Final = 3
FIGURES: Final = ("fresh", f"after {PRINTED} short lines", f"{KEPT} lines of {WIDTH} columns kept")


def measure(name: str, lines: int, width: int) -> tuple[float, float]:
    """MiB at the first prompt, and after ``lines`` lines of ``width`` columns."""
    with contestant(name) as one:
        one.start()
        if name == "tmux" and width == WIDTH:
            # The limit is a window's from its start on.
            one.run("set-option", "-g", "history-limit", str(KEPT))
            one.run("new-window", "-t", "x:", "/bin/sh", "-i")
        with one.attach() as terminal:
            terminal.settle()
            terminal.calm(CALM_S)
            fresh = pss_mib(one.rest(terminal))
            path = Path(one.directory, "lines")
            path.write_text(text(lines, width))
            terminal.write(f"cat {path}; {PRINT_MARKER}".encode())
            terminal.until(MARKER)
            terminal.calm(CALM_S)
            return fresh, pss_mib(one.rest(terminal))


def text(lines: int, width: int) -> str:
    """Lines of words that no two are alike of: an engine may pack what repeats."""
    dice = random.Random(SEED)
    letters = "abcdefghijklmnopqrstuvwxyz     "
    return "".join("".join(dice.choices(letters, k=width - 1)) + "\n" for _ in range(lines))


def main(quick: bool = False) -> str:
    """The table."""
    part = 20 if quick else 1
    values: dict[str, dict[str, float]] = {figure: {} for figure in FIGURES}
    for name in present():
        if name == "plain":
            continue
        fresh, printed = measure(name, PRINTED // part, 12)
        _, kept = measure(name, KEPT // part, WIDTH)
        for figure, value in zip(FIGURES, (fresh, printed, kept), strict=True):
            values[figure][name] = value
    rows = [row(figure, each, 1) for figure, each in values.items()]
    return table("Memory of server, client and ui, MiB PSS", rows, "Less is better.")


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
