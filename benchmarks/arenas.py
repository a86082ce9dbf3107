"""Arenas beside the heap, in one run, taking turns: ``arenas = "on"`` and ``"off"``.

``python -m benchmarks.arenas [--quick]``. Line records are strings as the panes store them; frames
are those of the engine, fed before the clock runs. Memory is measured in processes of their own,
each of which does one thing once, for a heap that was used before says nothing.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.allocations import Counter, counter
from termlab.model.geometry import Size
from termlab.terminal.arena import make_pool
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.pane_arenas import ArenaMaker, PaneArenas

RECORDS: Final = 10_000
ROUNDS: Final = 30
FRAMES: Final = 40
PANES: Final = 50
CHILDREN: Final = 5
SCREEN: Final = Size(200, 50)
# What is within this of each other is the same: less than what rounds differ by.
SAME: Final = 0.05
WAYS: Final = ("off", "on")
HEAD: Final = ("figure", "off", "on", "on / off")
POOL_HEAD: Final = ("figure", "no pool", "pool", "pool / no pool")
MORE: Final = "frames a second"  # of these more is better, of all others less

Figures = dict[str, list[float]]


def record(row: int) -> bytes:
    """What is kept of one command: its directory, its words, how it ended."""
    return b"/home/someone/project-%d\0make -j8 test\0%d" % (row % 40, row)


def fill(arenas: PaneArenas, count: int) -> None:
    """A pane's line records."""
    store = arenas.persistent.store
    for row in range(count):
        store(record(row), row)


def allocating(way: str, rounds: int) -> tuple[Figures, Figures]:
    """Microseconds for all records, and to free the pane they are of."""
    maker = ArenaMaker(way == "on")
    arenas = maker.make()
    start = time.perf_counter()
    fill(arenas, RECORDS)
    filled = time.perf_counter()
    arenas.close()
    closed = time.perf_counter()
    return {way: [(filled - start) * 1e6]}, {way: [(closed - filled) * 1e6]}


def coloured(number: int) -> bytes:
    """A screen of words, each in a colour of its own."""
    words = (b"\x1b[38;5;%dm%06d " % ((i + number) % 256, i) for i in range(200 * 50 // 8))
    return b"\x1b[H" + b"".join(words) + b"\x1b[m"


def plain(number: int) -> bytes:
    """A screen of text."""
    return b"\x1b[H" + b"".join(b"%06d " % (i + number) for i in range(200 * 50 // 8))


def echoed(number: int) -> bytes:
    """A row of it."""
    return b"\x1b[1;1H$ %d" % number


SCREENS: Final = {"coloured": coloured, "plain": plain, "one row": echoed}


def frames(screen: Callable[[int], bytes], count: int) -> dict[str, float]:
    """Frames a second that are built of a screen that is new each time: of the median one, both
    ways in turn, each first in half of them."""
    arenas = {way: ArenaMaker(way == "on").make() for way in WAYS}
    engines = {way: GhosttyEmulator(SCREEN, arena=arenas[way].temporary) for way in WAYS}
    took: Figures = {way: [] for way in WAYS}
    for number in range(count):
        data = memoryview(screen(number))
        for way in WAYS if number % 2 else reversed(WAYS):
            engines[way].feed(data)
            start = time.perf_counter()
            engines[way].changed_rows()
            took[way].append(time.perf_counter() - start)
    for way in WAYS:
        engines[way].close()
        arenas[way].close()
    return {way: 1 / median(values) for way, values in took.items()}


def allocations(way: str, counted: Counter) -> float:
    """Blocks that Python asks for from a key's echo to its row."""
    arenas = ArenaMaker(way == "on").make()
    emulator = GhosttyEmulator(SCREEN, arena=arenas.temporary)
    echo = memoryview(echoed(1234))

    def frame() -> None:
        emulator.feed(echo)
        emulator.changed_rows()

    found = counted.per_call(frame)
    emulator.close()
    arenas.close()
    return found


def reuse(quick: bool) -> dict[str, dict[str, float]]:
    """A pane after another, each of which writes half of its arenas: off keeps no buffers."""
    makers = {"off": ArenaMaker(pool=make_pool(0)), "on": ArenaMaker()}
    took: Figures = {way: [] for way in WAYS}
    page = b"x" * 4096
    for number in range(20 if quick else 400):
        for way in WAYS if number % 2 else reversed(WAYS):
            start = time.perf_counter()
            arenas = makers[way].make()
            for row in range(8):
                arenas.persistent.store(page, row)
                arenas.temporary.alloc(8192)[:4096] = page
            arenas.close()
            took[way].append((time.perf_counter() - start) * 1e6)
    hits = makers["on"].pool.stats().hits / (2 * len(took["on"]))
    figure = f"a pane's arenas made, written and freed, µs ({hits:.0%} of blocks used again)"
    return {figure: {way: median(values) for way, values in took.items()}}


def in_child(way: str, what: str) -> list[float]:
    """What a process of its own says: bytes of memory before, with, and after ``what``."""
    command = [sys.executable, "-m", "benchmarks.arenas", "--child", way, what]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(word) for word in said.stdout.split()]


def child(way: str, what: str) -> None:
    """See `in_child`; "records": of 20 panes; "panes": with a title and one frame each."""
    maker = ArenaMaker(way == "on")
    GhosttyEmulator(Size(80, 24)).close()  # it is loaded
    before = rss_bytes()
    if what == "records":
        kept = [maker.make() for _ in range(20)]
        for arenas in kept:
            fill(arenas, RECORDS)
        full = rss_bytes()
        for arenas in kept:
            arenas.close()
    else:
        panes = []
        for number in range(PANES):
            arenas = maker.make()
            emulator = GhosttyEmulator(Size(80, 24), arena=arenas.temporary)
            arenas.title.set(b"a title %d" % number)
            emulator.feed(memoryview(plain(number)))
            emulator.changed_rows()
            panes.append((arenas, emulator))
        full = rss_bytes()
        for arenas, emulator in panes:
            emulator.close()
            arenas.close()
        panes.clear()
    print(before, full, rss_bytes())


def rss_bytes() -> int:
    """Of this process; Linux."""
    if sys.platform == "win32":
        return 0
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def gather(quick: bool) -> dict[str, dict[str, float]]:
    """The median of each figure, by way: rounds of both in turn."""
    found: dict[str, Figures] = {}

    def note(figure: str, way: str, value: float) -> None:
        found.setdefault(figure, {each: [] for each in WAYS})[way].append(value)

    for _ in range(3 if quick else ROUNDS):
        for way in WAYS:
            filled, freed = allocating(way, RECORDS)
            note(f"{RECORDS:,} line records stored, µs", way, filled[way][0])
            note("a pane of them freed, µs", way, freed[way][0])
        for name, screen in SCREENS.items():
            for way, value in frames(screen, 4 if quick else FRAMES).items():
                note(f"frames a second, {name}", way, value)
    for _ in range(1 if quick else CHILDREN):
        for way in WAYS:
            before, full, after = in_child(way, "records")
            note("RSS of 20 panes' records, MiB", way, (full - before) / (1 << 20))
            note("left when they are freed, MiB", way, (after - before) / (1 << 20))
            before, full, _ = in_child(way, "panes")
            note("RSS of a pane with one frame, KiB", way, (full - before) / PANES / 1024)
    with counter() as counted:
        for way in WAYS if counted is not None else ():
            if counted is not None:
                note("allocations a frame of one row", way, allocations(way, counted))
    return {
        figure: {way: median(values) for way, values in ways.items()}
        for figure, ways in found.items()
    }


def gain(figure: str, values: dict[str, float]) -> float:
    """By how much "on" is better, as a share: negative where it is worse."""
    on, off = values["on"], values["off"]
    if off <= 0:
        return 0.0
    return on / off - 1 if figure.startswith(MORE) else 1 - on / off


def verdict(found: dict[str, dict[str, float]]) -> str:
    """Where arenas help, where they cost, and where they do nothing."""
    gains = {figure: gain(figure, values) for figure, values in found.items()}
    better = [f"{name} ({share:+.0%})" for name, share in gains.items() if share > SAME]
    worse = [f"{name} ({share:+.0%})" for name, share in gains.items() if share < -SAME]
    same = [name for name, share in gains.items() if abs(share) <= SAME]
    sentences = [
        f"{head}: {', '.join(names)}."
        for head, names in (
            ("Better with arenas", better),
            ("Worse with them", worse),
            (f"No difference beyond {SAME:.0%}", same),
        )
        if names
    ]
    bounded = (
        "Rows, frames and messages are Python's objects either way, on the heap: what an arena "
        "holds is the strings of lines and names, the engine's output before it becomes rows, and "
        "sequences that are not whole yet."
    )
    return " ".join([*sentences, bounded])


def pooled(found: dict[str, dict[str, float]]) -> str:
    """What the pool is for, by its figure."""
    (share,) = (gain(figure, values) for figure, values in found.items())
    if share > SAME:
        return f"The pool makes a pane's memory {share:.0%} cheaper than mappings made anew."
    return (
        "The pool saves no time here: it bounds what is mapped and unmapped, and is kept for that."
    )


def table(found: dict[str, dict[str, float]], head: Sequence[str] = HEAD) -> str:
    """Markdown."""
    lines: list[Sequence[str]] = [head]
    for figure, values in found.items():
        off, on = values["off"], values["on"]
        ratio = f"{on / off:.2f}x" if off else "-"
        lines.append((figure, f"{off:,.1f}", f"{on:,.1f}", ratio))
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    rule = "|".join(["-" * (widths[0] + 2), *("-" * (each + 1) + ":" for each in widths[1:])])
    rows = []
    for line in lines:
        cells = [line[0].ljust(widths[0])]
        cells += [text.rjust(width) for text, width in zip(line[1:], widths[1:], strict=True)]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join([rows[0], f"|{rule}|", *rows[1:]])


def main(quick: bool = False) -> str:
    """The section."""
    found, again = gather(quick), reuse(quick)
    parts = [table(found), verdict(found), table(again, POOL_HEAD), pooled(again)]
    return "\n\n".join(["## Arenas and the heap", *parts]) + "\n"


if __name__ == "__main__":
    if "--child" in sys.argv:
        child(*sys.argv[sys.argv.index("--child") + 1 :][:2])
    else:
        print(main("--quick" in sys.argv))
