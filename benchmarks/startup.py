"""How long until there is a prompt, and what a short command costs over a bare interpreter.

``python -m benchmarks.startup [--quick]``. The sign of a prompt is its "$ " in the output; the
whole screen is there when help is, or would be: asked for too early, the ui says when it can open.
"""

import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Final

from benchmarks.contestants import TIMEOUT_S, Contestant, contestant, present
from benchmarks.report import row, table

REPEATS: Final = 9
START: Final = "start, all cold, to prompt"
WHOLE: Final = "start, all cold, to the whole screen"
ATTACH: Final = "attach to prompt"
LIST: Final = "`ls`"
BARE: Final = "`ls` less a bare `python -c pass`"
# What help is opened with; what only it shows, and what is said when it can be opened only now.
ASK: Final = b"\x02?"
HELP: Final = b"border left by 5"
STARTED: Final = b"the ui has started"


def start(one: Contestant) -> float:
    """Milliseconds from nothing to a prompt."""
    begun = time.perf_counter()
    with one.cold() as terminal:
        return (terminal.settle() - begun) * 1000


def whole(one: Contestant) -> float:
    """Milliseconds from nothing to a ui that opens what it is asked for."""
    begun = time.perf_counter()
    with one.cold() as terminal:
        terminal.settle()
        terminal.write(ASK)
        seen = b""
        while HELP not in seen and STARTED not in seen:
            seen = seen[-4096:] + terminal.read(TIMEOUT_S)
        return (time.perf_counter() - begun) * 1000


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
            if name in ("termlab", "stand-alone"):
                with contestant(name) as one:
                    took[WHOLE][name].append(whole(one))
            with contestant(name) as one:
                took[ATTACH][name].append(attach(one))
                listing = command(one, one.command("ls"))
                bare = 0.0 if name == "tmux" else command(one, [sys.executable, "-c", "pass"])
                took[LIST][name].append(listing)
                took[BARE][name].append(listing - bare)
    rows = [
        row(figure, {name: median(all_) for name, all_ in each.items()}, 1)
        for figure, each in took.items()
    ]
    return table("Start, ms", rows, "Less is better; medians.")


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
