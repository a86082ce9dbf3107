"""From a key to its echo on the outer terminal, in a quiet session and beside a pane that floods.

``python -m benchmarks.latency [--quick]``. Capital letters go to a raw `cat`, one each 30-80 ms.
What is timed is from writing the key to the first chunk of output with its letter: an engine here
would add its own time and caches to each. The letters are such that neither any sequence a painter
sends, nor the status line, nor the flood holds them; each one is followed by a return, so that
the next stands in the same cell and no older one is left on the row to be mistaken for it.
"""

import random
import sys
import time
from collections import defaultdict
from typing import Final

from benchmarks.contestants import Contestant, contestant, present
from benchmarks.report import percentile, row, table
from benchmarks.terminal import Terminal
from benchmarks.workloads import payload

KEYS: Final = 200
ROUNDS: Final = 2
SEED: Final = 7
LETTERS: Final = "QVYW"
ECHO: Final = ("/bin/sh", "-c", "stty raw -echo; echo ready; exec cat")
# Lower case only, and each flood ends where it began.
FLOOD: Final = "256 colours + attributes by word"
LOST_S: Final = 5.0


def measure(one: Contestant, keys: int, flood: bool, seed: int) -> list[float]:
    """Milliseconds of each key."""
    one.start(ECHO)
    with one.attach() as terminal:
        if one.name == "plain":
            terminal.settle()
            terminal.write(b"stty raw -echo; echo rea''dy; exec cat\r")
        terminal.settle(b"ready")
        one.rest(terminal)
        if flood:
            path = payload(FLOOD, quick=True)
            one.split(("/bin/sh", "-c", f"while :; do cat {path}; done"))
            terminal.read_for(0.5)
        return type_keys(terminal, keys, random.Random(seed))


def type_keys(
    terminal: Terminal,
    keys: int,
    dice: random.Random,
    rest_s: tuple[float, float] = (0.03, 0.08),
) -> list[float]:
    """Type, wait for the echo, wait for a time between those of ``rest_s``: what each took in
    milliseconds."""
    took = []
    terminal.write(b"\r")
    for number in range(keys):
        terminal.read_for(dice.uniform(*rest_s))
        letter = LETTERS[number % len(LETTERS)].encode()
        start = time.perf_counter()
        terminal.write(letter)
        while letter not in (chunk := terminal.read(LOST_S)):
            if not chunk:
                raise SystemExit(f"the echo of key {number} did not come in {LOST_S:g} s")
        took.append((time.perf_counter() - start) * 1000)
        terminal.write(b"\r")
    return took


def main(quick: bool = False) -> str:
    """Both tables, the contestants taking turns."""
    text = ""
    for title, flood in (("quiet", False), ("beside a pane that floods", True)):
        took: dict[str, list[float]] = defaultdict(list)
        for seed in range(1 if quick else ROUNDS):
            for name in present():
                if flood and name == "plain":
                    continue
                with contestant(name) as one:
                    took[name] += measure(one, 10 if quick else KEYS // ROUNDS, flood, seed + SEED)
        rows = [
            row(f"p{p}", {name: percentile(all_, p) for name, all_ in took.items()}, 3)
            for p in (50, 95, 99)
        ]
        text += table(f"Key to screen, {title}, ms", rows, "Less is better.") + "\n"
    return text


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
