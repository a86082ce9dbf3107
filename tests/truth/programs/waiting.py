"""A program of a whole screen that waits for a key: q ends it, others are answered.

waiting.py WAY
"""

import ctypes
import os
import select
import sys
import termios
import threading
import time
import tty

assert sys.platform != "win32"

WAY = sys.argv[1]
WORK_S = 0.09
SET_NAME = 15
KEPT: list[bytearray] = []


def put(text: str) -> None:
    os.write(1, text.encode())


def key() -> bytes:
    return os.read(0, 1)


def ready(seconds: float | None) -> bool:
    return bool(select.select([0], [], [], seconds)[0])


def answer(pressed: bytes) -> None:
    if WAY == "menu":
        put("\x1b[2J\x1b[H" + "".join(f"choice {number}\r\n" for number in range(20)))
    put(f"\r\x1b[Kyou pressed {pressed!r}")


def compute(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        sum(range(1000))


def tick() -> None:
    ctypes.CDLL(None).prctl(SET_NAME, b"ticker")
    while True:
        time.sleep(0.02)


def next_key() -> bytes:
    """The fault of the way, or none."""
    if WAY == "timer":
        while not ready(0.02):
            pass
    elif WAY == "spin":
        while not ready(0):
            pass
    elif WAY == "flag":
        # Looks at a clock of its own without asking the kernel for anything.
        while not (time.monotonic() % 0.2 < 0.001 and ready(0)):
            pass
    elif WAY == "late":
        time.sleep(0.2)
    elif WAY == "leak":
        # So slowly that it is no timer to speak of.
        while not ready(0.25):
            KEPT.append(bytearray(os.urandom(1) * (2 << 20)))
    return key()


def main() -> None:
    before = termios.tcgetattr(0)
    tty.setraw(0)
    if WAY == "thread":
        threading.Thread(target=tick, name="ticker", daemon=True).start()
    put("\x1b[?1049hready")
    try:
        while (pressed := next_key()) != b"q":
            if WAY == "slow":
                compute(WORK_S)
            elif WAY == "blocked":
                time.sleep(WORK_S)
            answer(pressed)
    finally:
        put("\x1b[?1049l")
        termios.tcsetattr(0, termios.TCSANOW, before)


if __name__ == "__main__":
    main()
