"""A server's panes without a server: real children on real terminals, in this process's own loop.

Each pane that has something new shows it once a turn, to /dev/null: as to a client whose credit
never ends. What is told of this process are its calls, its CPU time and how long a key's echo took.
"""

import os
import select
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from termlab.backends.pty import Command, Pty
from termlab.model.geometry import Size
from termlab.server.loop import Handler, Loop
from termlab.server.pane import Pane
from termlab.server.poller import READ
from termlab.terminal.coalescer import Coalescer
from termlab.terminal.feeder import Feeder
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.ring import Ring

SIZE: Final = Size(120, 40)
TICK_S: Final = 0.005

MakeCoalescer = Callable[[], Coalescer]


def failed(error: Exception) -> None:
    raise error


class CountedLoop(Loop):
    """Counts its turns, each of which is one call of ``poll``."""

    def __init__(self) -> None:
        super().__init__(failed)
        self.waits = 0

    def turn(self, wait: bool = True) -> None:
        self.waits += 1
        super().turn(wait)


class PollingLoop(CountedLoop):
    """Waits for no terminal: looks at each every `TICK_S`, and reads until nothing is left."""

    def __init__(self) -> None:
        super().__init__()
        self._looked_at: dict[int, Handler] = {}
        self._wants: dict[int, int] = {}
        self._look()

    def watch(self, fd: int, handler: Handler, events: int = READ) -> None:
        self._looked_at[fd] = handler
        self._wants[fd] = events

    def want(self, fd: int, events: int) -> None:
        self._wants[fd] = events

    def unwatch(self, fd: int) -> None:
        self._looked_at.pop(fd, None)

    def _look(self) -> None:
        self.call_at(self.clock() + TICK_S, self._look)
        for fd in list(self._looked_at):
            while fd in self._looked_at and self._wants[fd] & READ and self._ready(fd):
                self._looked_at[fd](READ)

    def _ready(self, fd: int) -> bool:
        self.waits += 1
        return bool(select.select([fd], [], [], 0)[0])


class Shown:
    """Who owns the panes: what is new is shown, and what was typed is timed until it is."""

    last_key = float("-inf")

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._out = os.open(os.devnull, os.O_WRONLY)
        self._new: set[Pane] = set()
        self._typed: dict[Pane, float] = {}
        self.frames = 0
        self.echoes_s: list[float] = []
        self.ended: set[int] = set()

    def type(self, pane: Pane, data: bytes) -> None:
        self.last_key = self._typed[pane] = self._loop.clock()
        pane.type(data)

    def pane_output(self, pane: Pane, count: int) -> None:
        if not self._new:
            self._loop.soon(self._show)
        self._new.add(pane)

    def _show(self) -> None:
        for pane in self._new:
            os.write(self._out, b"".join(pane.refresh().rows))
            self.frames += 1
            if pane in self._typed:
                self.echoes_s.append(self._loop.clock() - self._typed.pop(pane))
        self._new.clear()

    def pane_changed(self, pane: Pane) -> None: ...

    def pane_rang(self, pane: Pane) -> None: ...

    def pane_drained(self, pane: Pane) -> None: ...

    def pane_ended(self, pane: Pane) -> None:
        self.ended.add(pane.id)

    def close(self) -> None:
        os.close(self._out)


class Cost(NamedTuple):
    """Of a stretch of this process's life. ``calls`` are reads and writes, as the kernel counts
    them, and waits for descriptors, as the loop does."""

    elapsed_s: float
    cpu_s: float
    calls: int
    waits: int
    frames: int
    reads: int
    bytes: int


class Bench:
    """Panes in a loop; ``make_pane`` may be another kind of pane."""

    def __init__(self, loop: CountedLoop, make_pane: type[Pane] = Pane) -> None:
        self.loop = loop
        self.shown = Shown(loop)
        self.panes: list[Pane] = []
        self._make_pane = make_pane
        self._ends: set[int] = set()  # what tells of the ends of children

    def start(self, argv: Sequence[str], coalescer: Coalescer) -> Pane:
        command = Command(tuple(argv), "/", {"PATH": os.environ["PATH"], "TERM": "dumb"}, SIZE)
        pty = _spawn(command)
        feeder = Feeder(Ring(), coalescer, GhosttyEmulator(SIZE), self.loop.clock)
        number = len(self.panes)
        pane = self._make_pane(number, pty, feeder, self.loop, self.shown)
        self.panes.append(pane)
        self._hear_of_the_end(pty.pid, pane)
        return pane

    def _hear_of_the_end(self, pid: int, pane: Pane) -> None:
        end = _end_of(pid)

        self._ends.add(end)

        def ended(_: int) -> None:
            Loop.unwatch(self.loop, end)
            self._ends.discard(end)
            os.close(end)
            pane.check_exit()

        # Not by what another kind of loop makes of it.
        Loop.watch(self.loop, end, ended)

    def until(self, done: Callable[[], bool]) -> Cost:
        """Turn until ``done``: what it cost."""
        start, cpu, calls = time.perf_counter(), time.process_time(), calls_made()
        waits, frames = self.loop.waits, self.shown.frames
        before = [pane.ring.stats().written for pane in self.panes]
        reads = sum(pane.coalescer.stats().reads for pane in self.panes)
        while not done():
            self.loop.turn()
        waited = self.loop.waits - waits
        return Cost(
            time.perf_counter() - start,
            time.process_time() - cpu,
            calls_made() - calls + waited,
            waited,
            self.shown.frames - frames,
            sum(pane.coalescer.stats().reads for pane in self.panes) - reads,
            sum(p.ring.stats().written - b for p, b in zip(self.panes, before, strict=True)),
        )

    def lasts(self, seconds: float) -> Cost:
        """Turn for so long, which costs one timer."""
        over: list[bool] = []
        self.loop.call_at(self.loop.clock() + seconds, lambda: over.append(True))
        return self.until(lambda: bool(over))

    def close(self) -> None:
        for pane in self.panes:
            pane.close()
        for end in self._ends:
            os.close(end)
        self.shown.close()


def _spawn(command: Command) -> Pty:
    if sys.platform == "win32":
        raise SystemExit("the benchmark of panes runs on Linux")
    else:
        from termlab.backends.unix import UnixBackend

        return UnixBackend().spawn(command)


def _end_of(pid: int) -> int:
    """A descriptor that is readable once a process has ended."""
    if sys.platform != "linux":
        raise SystemExit("the benchmark of panes runs on Linux")
    else:
        return os.pidfd_open(pid)


def calls_made() -> int:
    """Reads and writes so far of this process's threads: its own books have its children's too."""
    count = 0
    for task in Path("/proc/self/task").iterdir():
        fields = dict(line.split(": ") for line in (task / "io").read_text().splitlines())
        count += int(fields["syscr"]) + int(fields["syscw"])
    return count


def grid(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], note: str = "") -> str:
    """A table as Markdown that can also be read as it is."""
    widths = [max(len(line[i]) for line in (head, *rows)) for i in range(len(head))]

    def joined(line: Sequence[str]) -> str:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        return f"| {' | '.join(cells)} |"

    rule = f"|{'-' * (widths[0] + 2)}|" + "".join(f"{'-' * (w + 1)}:|" for w in widths[1:])
    lines = [joined(head), rule, *(joined(line) for line in rows)]
    return "\n".join([f"## {title}", "", *lines, *(["", note] if note else []), ""])
