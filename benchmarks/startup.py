"""How long until there is a prompt, and what a short command costs over a bare interpreter.

``python -m benchmarks.startup [--quick]``. The sign of a prompt is its "$ " in the output.
"""

import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Final

from benchmarks.contestants import Contestant, contestant, present
from benchmarks.report import row, table

REPEATS: Final = 9
START: Final = "start, all cold, to prompt"
ATTACH: Final = "attach to prompt"
LIST: Final = "`ls`"
BARE: Final = "`ls` less a bare `python -c pass`"


def start(one: Contestant) -> float:
    """Milliseconds from nothing to a prompt."""
    begun = time.perf_counter()
    with one.cold() as terminal:
        return (terminal.settle() - begun) * 1000


def attach(one: Contestant) -> float:
    """Milliseconds from attaching to a prompt that was there before."""
    one.start()
    with one.attach() as terminal:  # the shell has said its prompt
        terminal.settle()
        terminal.calm(0.2)
    begun = time.perf_counter()
    with one.attach() as terminal:
        return (terminal.settle() - begun) * 1000


def command(one: Contestant, words: Sequence[str]) -> float:
    """Milliseconds of one short command, start to exit."""
    begun = time.perf_counter()
    subprocess.run(words, env=one.environment, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - begun) * 1000


def main(quick: bool = False) -> str:
    """The table, the contestants taking turns."""
    took: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for _ in range(2 if quick else REPEATS):
        for name in present():
            with contestant(name) as one:
                took[START][name].append(start(one))
            if name == "plain":
                continue
            with contestant(name) as one:
                took[ATTACH][name].append(attach(one))
                listing = command(one, one.command("ls"))
                bare = command(one, [sys.executable, "-c", "pass"]) if name == "termlab" else 0.0
                took[LIST][name].append(listing)
                took[BARE][name].append(listing - bare)
    rows = [
        row(figure, {name: median(all_) for name, all_ in each.items()}, 1)
        for figure, each in took.items()
    ]
    return table("Start, ms", rows, "Less is better; medians.")


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
