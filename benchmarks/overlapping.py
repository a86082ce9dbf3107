"""Reading while the engine works: by a thread for each pane, and by two buffers where reads block.

``python -m benchmarks.overlapping [--quick]``. The engine lets other threads run while it
interprets, so a thread could read the next bytes meanwhile. `AheadPane` does that: the thread fills
the ring, the loop feeds from it and is told by a pipe. It is no part of the product; this says
whether it should be. (Its bytes come in larger lots, so fewer pictures are shown here, which a
server's pacer holds down anyway: the thread looks better than it would there.)

The second table is of Windows' consoles, whose reads block: a thread reads, and the loop has a
socket pair. With one buffer the thread waits while its last read is written; `backends.outlet` has
two. The console is made here, of pieces as short as those of a real one (243 bytes on average).
"""

import os
import select
import socket
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from statistics import median
from threading import Event, Thread
from typing import Final

from benchmarks.panes import SIZE, Bench, CountedLoop, grid
from benchmarks.report import percentile
from benchmarks.workloads import payload
from termlab.backends.console_pumps import socket_pair
from termlab.backends.outlet import Outlet
from termlab.server.pane import Pane
from termlab.terminal.coalescer import Coalescer
from termlab.terminal.flushing import Thresholds
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.ring import Ring
from termlab.terminal.tuning import MOST_FLUSH_BYTES

ROUNDS: Final = 4
KEYS: Final = 25
WORKLOADS: Final = {
    "prose": "ASCII prose, 95 columns",
    "colours": "256 colours + attributes by word",
    "wide": "CJK, emoji, combining, RTL",
}
ECHO: Final = ("/bin/sh", "-c", "stty raw -echo; echo; exec cat")
# What would be worth a thread for each pane that floods.
WORTH: Final = 1.2
PIECE: Final = ("\x1b[32mlorem ipsum\x1b[m dolor sit amet " * 20)[:243].encode()


class AheadPane(Pane):
    """Its terminal is read by a thread, as long as there is room in the ring."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._loop.unwatch(self._fd)
        self._ours, self._theirs = os.pipe()
        self._told = self._over = False
        self._room, self._stopping = Event(), False
        self._loop.watch(self._ours, self._woken)
        self._thread = Thread(target=self._read_ahead, daemon=True)
        self._thread.start()

    def _read_ahead(self) -> None:
        while not self._stopping:
            spans = self.ring.free_spans()
            if not spans:
                self._tell()
                self._room.wait(0.001)
                self._room.clear()
                continue
            # A pause, for a pane that is closed has nobody else to tell of it.
            ready = select.select([self._fd], [], [], 0.1)[0]
            count = self.pty.readv(spans) if ready else None
            if count is not None:
                self.ring.commit(count)
                self._over = count == 0
                self._tell()
            if self._over:
                return

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            os.write(self._theirs, b".")

    def _woken(self, events: int) -> None:
        os.read(self._ours, 16)
        self._told = False
        if waiting := self.ring.waiting:
            self.coalescer.arrived(waiting, self._loop.now)
        self._output_ended = self._over
        if not self._feeding:
            self._feed()
        self._room.set()

    def close(self) -> None:
        self._stopping = True
        self._thread.join()
        if not self.closed:
            self._loop.unwatch(self._ours)
            os.close(self._ours)
            os.close(self._theirs)
        super().close()


KINDS: Final[dict[str, type[Pane]]] = {"loop": Pane, "thread": AheadPane}


def new_coalescer() -> Coalescer:
    """The same for both: many bytes together, as the tuned one has it in a flood."""
    return Coalescer(Thresholds(flush_bytes=MOST_FLUSH_BYTES))


def show(kind: type[Pane], workload: str, quick: bool) -> tuple[float, float]:
    """MB/s, and CPU ms a MB of this process."""
    bench = Bench(CountedLoop(), kind)
    try:
        size = 1_000_000 if quick else 10_000_000
        bench.start(("head", "-c", str(size), str(payload(workload, quick))), new_coalescer())
        cost = bench.until(lambda: bool(bench.shown.ended))
        return size / 1e6 / cost.elapsed_s, cost.cpu_s * 1e9 / size
    finally:
        bench.close()


def echo(kind: type[Pane], keys: int) -> list[float]:
    """Milliseconds to the echo of each key beside a flood."""
    bench = Bench(CountedLoop(), kind)
    try:
        pane = bench.start(ECHO, new_coalescer())
        bench.until(lambda: bool(bench.shown.frames))
        flood = payload(WORKLOADS["colours"], True)
        bench.start(("/bin/sh", "-c", f"while :; do cat {flood}; done"), new_coalescer())
        for number in range(keys):
            bench.lasts(0.025)
            bench.shown.type(pane, b"%d" % (number % 10))
            bench.until(lambda want=number: len(bench.shown.echoes_s) > want)  # type: ignore[misc]
        return [each * 1000 for each in bench.shown.echoes_s]
    finally:
        bench.close()


def ahead(quick: bool) -> str:
    """The section of the thread."""
    speeds: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    costs: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    echoes: dict[str, list[float]] = defaultdict(list)
    for _ in range(1 if quick else ROUNDS):
        for name, kind in KINDS.items():
            for title, workload in WORKLOADS.items():
                speed, cost = show(kind, workload, quick)
                speeds[title][name].append(speed)
                costs[title][name].append(cost)
            echoes[name] += echo(kind, 5 if quick else KEYS)
    rows, gains = [], {}
    for title in WORKLOADS:
        speed_of = {name: median(each) for name, each in speeds[title].items()}
        gains[title] = speed_of["thread"] / speed_of["loop"]
        rows.append([f"{title}: MB/s", *(f"{speed_of[name]:.1f}" for name in KINDS)])
        cost_of = (median(costs[title][name]) for name in KINDS)
        rows.append([f"{title}: CPU ms a MB", *(f"{cost:.1f}" for cost in cost_of)])
    for percent in (50, 95):
        values = (f"{percentile(echoes[name], percent):.2f}" for name in KINDS)
        rows.append([f"echo beside a flood, p{percent}, ms", *values])
    slower = median(echoes["thread"]) / median(echoes["loop"])
    head = ("figure", "read by the loop", "by a thread")
    return grid("Reading while the engine works", head, rows, _verdict(gains, slower))


def _verdict(gains: dict[str, float], slower: float) -> str:
    told = ", ".join(f"{gain:.2f} times as fast for {title}" for title, gain in gains.items())
    worth = min(gains.values()) >= WORTH and slower <= WORTH
    return (
        f"The thread is {told}; an echo beside it takes {slower:.2f} times as long. A thread for "
        f"each pane would have to be {WORTH} times as fast with all of them, and delay no echo by "
        f"as much: it {'would be worth it' if worth else 'is not, so the loop reads'}."
    )


def pump(two: bool, total: int, pause_s: float) -> tuple[float, float, int]:
    """MB/s, CPU ms a MB and wake-ups of a loop that shows what a console's thread sends."""
    ours, theirs = socket_pair()
    reader = Thread(target=_pieces, args=(theirs, two, total // len(PIECE), pause_s))
    engine, ring, wakes = GhosttyEmulator(SIZE), Ring(), 0
    start, cpu = time.perf_counter(), time.process_time()
    reader.start()
    while select.select([ours], [], [])[0]:
        count = ours.recv_into(ring.free_spans()[0])
        if not count:
            break
        wakes += 1
        ring.commit(count)
        while chunk := ring.peek(16384):
            engine.feed(chunk)
            ring.consume(len(chunk))
    reader.join()
    megabytes = ring.stats().written / 1e6
    elapsed, used = time.perf_counter() - start, time.process_time() - cpu
    ours.close()
    engine.close()
    ring.close()
    return megabytes / elapsed, used * 1000 / megabytes, wakes


def _pieces(theirs: socket.socket, two: bool, count: int, pause_s: float) -> None:
    write: Callable[[bytes], object] = theirs.sendall
    outlet = Outlet(theirs.sendall, lambda: bool(select.select([], [theirs], [], 0)[1]))
    with theirs:
        if two:
            write = outlet.write
        for _ in range(count):
            if pause_s:
                time.sleep(pause_s)
            write(PIECE)
        outlet.end()


def buffers(quick: bool) -> str:
    """The section of the two buffers."""
    rows = []
    gains = {}
    # As fast as it goes, and about as fast as a console gives it.
    for title, total, pause_s in (("flat out", 6_000_000, 0.0), ("as a console", 250_000, 0.0002)):
        runs: dict[bool, list[tuple[float, float, int]]] = defaultdict(list)
        for _ in range(1 if quick else ROUNDS):
            for two in (False, True):
                runs[two].append(pump(two, total // (5 if quick else 1), pause_s))
        one, both = (
            [median(run[i] for run in runs[two]) for i in range(3)] for two in (False, True)
        )
        gains[title] = both[0] / one[0], one[2] / both[2], both[1] / one[1]
        for i, what in enumerate(("MB/s", "CPU ms a MB", "wake-ups of the loop")):
            digits = (2, 1, 0)[i]
            rows.append([f"{title}: {what}", f"{one[i]:.{digits}f}", f"{both[i]:.{digits}f}"])
    speed, wakes, _ = gains["flat out"]
    cost = gains["as a console"][2]
    kept = speed > 1 and cost < WORTH
    note = (
        f"Two buffers move {speed:.2f} times as much with {wakes:.1f} times fewer wake-ups where "
        f"the loop is behind, and take {cost:.2f} times the CPU where it is not (writing is direct "
        f"then): {'so the console has two' if kept else 'the gain is not clear on this machine'}."
    )
    return grid("One buffer or two behind a blocking read", ("figure", "one", "two"), rows, note)


def main(quick: bool = False) -> str:
    """Both sections."""
    return ahead(quick) + "\n" + buffers(quick)


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
