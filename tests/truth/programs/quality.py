"""Draws what it is told to, so many times, with pauses: how much of it for nothing is known.

``quality.py KIND TIMES``. A pause begins once the terminal has answered what stands behind a
picture: it has read that one, however late, before the next is drawn.
"""

import os
import sys
import time
import tty

assert sys.platform != "win32"

ASK = "\x1b[5n"
ROWS = 20
PAGE = "".join(f"\x1b[{y + 1};1Hrow {y} of it" for y in range(ROWS))


def clears() -> str:
    """A full clear in the open, and another picture each time."""
    return "\x1b[H\x1b[2J" + "".join(f"\x1b[{y + 1};1H{time.monotonic_ns()}" for y in range(ROWS))


def synchronised() -> str:
    return f"\x1b[?2026h{clears()}\x1b[?2026l"


def redraws() -> str:
    """The same rows again."""
    return PAGE


def colours() -> str:
    """Ten words, each with its colour set although it is set."""
    return "\r\x1b[32m" + "".join(f"\x1b[32mword{n} " for n in range(10)) + "\x1b[m"


def scrolls() -> str:
    return "line\r\n" * 30


def moves() -> str:
    return "".join(f"\x1b[{y + 1};{y + 1}H" for y in range(ROWS))


DRAW = {each.__name__: each for each in (clears, synchronised, redraws, colours, scrolls, moves)}

kind, times = sys.argv[1], int(sys.argv[2])
tty.setraw(0)
for _ in range(times):
    sys.stdout.write(DRAW[kind]() + ASK)
    sys.stdout.flush()
    while not os.read(0, 64).endswith(b"n"):
        pass
    time.sleep(0.02)
