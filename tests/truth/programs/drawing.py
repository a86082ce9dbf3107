"""Draws frames of a counter table, each fault in its own way, and the same job without one.

drawing.py WAY [FRAMES]
"""

import sys
import time

WAY = sys.argv[1]
FRAMES = int(sys.argv[2]) if len(sys.argv) > 2 else 24
PAUSE_S = 0.018
ROWS = 20
HOME, ERASE, CLEAR = "\x1b[H", "\x1b[K", "\x1b[2J"
BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"


def put(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def table(frame: int) -> list[str]:
    """Every row differs from frame to frame."""
    return [f"row {row:2} of frame {frame:4}: {'#' * ((frame + row) % 20)}" for row in range(ROWS)]


def rows(lines: list[str]) -> str:
    return "".join(f"{line}{ERASE}\r\n" for line in lines)


def flicker(frame: int) -> str:
    return CLEAR + HOME + rows(table(frame))


def cleared(frame: int) -> str:
    return BEGIN + CLEAR + HOME + rows(table(frame)) + END


def over(frame: int) -> str:
    """What the three above should do."""
    return BEGIN + HOME + rows(table(frame)) + END


def redraw(frame: int) -> str:
    """All rows, though the first alone differs."""
    return HOME + rows([f"frame {frame:4}", *table(0)[1:]])


def differing(frame: int) -> str:
    return (HOME + rows(table(0))) if not frame else f"{HOME}frame {frame:4}{ERASE}"


def reprint(frame: int) -> str:
    """The whole past for each new line of it."""
    past = "".join(f"line {line} of the past\r\n" for line in range(200 + frame))
    return f"{BEGIN}\x1b[2J\x1b[3J\x1b[H{past}{END}"


def climb(frame: int) -> str:
    """The same without a clear: up over what it takes for its own, and all again."""
    lines = "".join(f"\x1b[2K\x1b[Gline {line} of the past\r\n" for line in range(80))
    return "\x1b[1A" * 80 + lines


def append(frame: int) -> str:
    past = range(200) if not frame else (200 + frame,)
    return "".join(f"line {line} of the past\r\n" for line in past)


def colours(frame: int) -> str:
    return rows(["".join(f"\x1b[32m{char}" for char in line) for line in table(frame)])


def spans(frame: int) -> str:
    return rows([f"\x1b[32m{line}\x1b[m" for line in table(frame)])


def cells(frame: int) -> str:
    lines = enumerate(table(frame), 1)
    return "".join(f"\x1b[{y};{x}H{char}" for y, line in lines for x, char in enumerate(line, 1))


def placed(frame: int) -> str:
    return "".join(f"\x1b[{y};1H{line}{ERASE}" for y, line in enumerate(table(frame), 1))


def heavy(frame: int) -> str:
    """A colour of its own for each cell of a screen, and again below the screen."""
    cell = "".join(f"\x1b[38;2;{x};{frame};{x}m\x1b[48;2;{x};9;{x}m{x % 10}" for x in range(80))
    return BEGIN + "".join(f"\x1b[{y};1H{cell}" for y in range(1, 25)) + END


def large(frame: int) -> str:
    cell = "".join(f"\x1b[38;5;{(x + frame) % 256}m{x % 10}" for x in range(56))
    return "".join(f"\x1b[{y};1H{cell}" for y in range(1, 25))


def large_synced(frame: int) -> str:
    return BEGIN + large(frame) + END


def pieces(frame: int) -> str:
    """Written by a call for each half of a row."""
    for y, line in enumerate(table(frame), 1):
        put(f"\x1b[{y};1H{line[:20]}")
        put(f"{line[20:]}{ERASE}")
    return ""


WAYS = {
    way.__name__: way
    for way in (
        *(flicker, cleared, over, redraw, differing, reprint, climb, append, colours, spans),
        *(cells, placed, heavy, large, large_synced, pieces),
    )
}
WHOLE = {"cells", "placed", "heavy", "large", "large_synced", "pieces", "redraw", "differing"}

if __name__ == "__main__":
    draw = WAYS[WAY]
    if WAY in WHOLE:
        put("\x1b[?1049h")
    for number in range(FRAMES):
        put(draw(number))
        time.sleep(PAUSE_S)
    if WAY in WHOLE:
        put("\x1b[?1049l")
