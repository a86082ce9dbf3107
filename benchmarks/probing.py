"""What it costs a program that its system calls are counted, by each way of counting them.

``python -m benchmarks.probing [--quick]``. Each workload is run by all ways in turn, several times,
and compared with itself uncounted in the same rounds. strace, which is up to hundreds of times
slower, does a small part of the first and the third, beside that part uncounted.
"""

import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Final, NamedTuple

from termlab.backends.pty import Command
from termlab.model.figure import Missing
from termlab.model.geometry import Size
from termlab.probes.call_source import CallSource, Launch
from termlab.probes.process_tree import look

if sys.platform == "linux":
    from termlab.backends.unix import UnixBackend
    from termlab.probes.ebpf.counting import launched
    from termlab.probes.ebpf.tracer import Tracer
    from termlab.probes.perf_counter import PerfLaunch
    from termlab.probes.strace_calls import StraceCalls, StraceLaunch
    from termlab.probes.syscall_ladder import load_tracer, perf_reason

assert sys.platform == "linux"

TIERS: Final = ("none", "accounting", "perf", "ebpf", "beside ebpf", "strace")
# The build, as the best way may cost it at most.
BUILD_LIMIT: Final = 1.15
SAMPLE_S: Final = 0.25
SOURCES: Final = 8
FUNCTIONS: Final = 400
KEYS: Final = 200
ROUNDS: Final = 5
ANSWER_S: Final = 5.0


class Workload(NamedTuple):
    """``small`` is the part of it that strace gets, where it is not all."""

    name: str
    argv: tuple[str, ...]
    small: tuple[str, ...] = ()


def workloads(project: str, quick: bool) -> list[Workload]:
    """In the order of the table."""
    blocks = 20_000 if quick else 200_000
    tree = "/usr/include" if quick else "/usr/lib"

    def dd(count: int) -> tuple[str, ...]:
        return ("dd", "if=/dev/zero", "of=/dev/null", "bs=1", f"count={count}", "status=none")

    build = ("make", "-s", "-B", "-j2", "-C", project)
    return [
        Workload(f"find {tree}", ("find", tree), ("find", "/usr/include")),
        Workload(f"make -j2, {SOURCES} C files", build),
        Workload(f"dd bs=1, {2 * blocks:,} calls", dd(blocks), dd(20_000)),
    ]


def write_project(directory: Path) -> str:
    """A small program in C with a Makefile."""
    for i in range(SOURCES):
        body = "".join(
            f'int f{i}_{j}(int x) {{ char b[64]; snprintf(b, sizeof b, "%d", x * {j}); '
            f"return atoi(b) ^ {j}; }}\n"
            for j in range(FUNCTIONS)
        )
        text = f"#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\n{body}"
        (directory / f"f{i}.c").write_text(text)
    (directory / "main.c").write_text("int main(void) { return 0; }\n")
    objects = " ".join(f"f{i}.o" for i in range(SOURCES))
    rules = (
        f"all: main.o {objects}\n\tcc -o program main.o {objects}\n%.o: %.c\n\tcc -O2 -c -o $@ $<\n"
    )
    (directory / "Makefile").write_text(rules)
    return str(directory)


class Way:
    """One way of counting; ``tracer`` is loaded for those by eBPF only, for all others notice."""

    def __init__(self, tier: str, tracer: Tracer | None) -> None:
        self._tier = tier
        self._tracer = tracer

    def launch(self) -> Launch:
        """For one start. What can't be had raises ``LookupError`` with the reason."""
        if self._tier == "ebpf":
            assert self._tracer is not None
            found = launched(self._tracer)
            if isinstance(found, Missing):
                raise LookupError(found.reason)
            return found
        if self._tier == "perf":
            try:
                return PerfLaunch()
            except OSError as error:
                raise LookupError(perf_reason(error)) from error
        return StraceLaunch() if self._tier == "strace" else Launch()

    def run_s(self, argv: tuple[str, ...]) -> float:
        """Seconds that the program takes, as counted."""
        launch = self.launch()
        words = launch.words(argv)
        start = time.perf_counter()
        process = launch.run(lambda: subprocess.Popen(words, stdout=subprocess.DEVNULL))
        source = launch.source(process.pid)
        with _heard(source), _sampled(process.pid if self._tier == "accounting" else 0):
            process.wait()
            taken = time.perf_counter() - start
        if not isinstance(source, Missing):
            source.close()
        return taken

    def key_us(self, keys: int) -> float:
        """The median of a key's way to a shell and back."""
        launch = self.launch()
        place = {"PATH": os.environ["PATH"], "PS1": "$ ", "HOME": "/", "TERM": "xterm"}
        command = Command(launch.words(("bash", "--norc", "--noprofile")), "/", place, Size(80, 24))
        pty = launch.run(lambda: UnixBackend().spawn(command))
        source = launch.source(pty.pid, pty.fileno())
        with _heard(source), _sampled(pty.pid if self._tier == "accounting" else 0):
            _until(pty.fileno(), b"$ ")
            times = [_key(pty.fileno()) for _ in range(keys)]
            pty.close()
            while pty.exit_status() is None:
                time.sleep(0.001)
        if not isinstance(source, Missing):
            source.close()
        return median(times) * 1e6


def _run_s(argv: tuple[str, ...], way: Way) -> float:
    return way.run_s(argv)


def _key(fd: int) -> float:
    start = time.perf_counter()
    os.write(fd, b"x")
    _until(fd, b"x")
    taken = time.perf_counter() - start
    os.write(fd, b"\x15")  # the line is empty again
    _until(fd, b"")
    return taken


def _until(fd: int, text: bytes) -> None:
    """Read until ``text`` came."""
    seen = b""
    while True:
        ready, _, _ = select.select([fd], [], [], ANSWER_S)
        if not ready:
            raise TimeoutError(f"{text!r} did not come: {seen!r}")
        seen += os.read(fd, 65536)
        if text in seen:
            return


@contextmanager
def _heard(source: CallSource | Missing) -> Iterator[None]:
    """strace is read while the program runs, as the server does."""
    if not isinstance(source, StraceCalls):
        yield
        return
    ended = Event()

    def hear() -> None:
        while not ended.is_set() and source.fileno() >= 0:
            if select.select([source.fileno()], [], [], 0.05)[0]:
                source.take()

    thread = Thread(target=hear)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@contextmanager
def _sampled(pid: int) -> Iterator[None]:
    """The accounts of a tree are looked at four times a second; of 0 none are."""
    ended = Event()

    def sample() -> None:
        while not ended.wait(SAMPLE_S):
            look(pid)

    thread = Thread(target=sample)
    if pid:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        if pid:
            thread.join()


def in_turns(
    measure: Callable[[Way], float], small: Callable[[Way], float] | None, rounds: int
) -> dict[str, float]:
    """By way, its least over the rounds by the least without counting, which is there as it is
    ("none"): what else the machine does only adds. Who can't be had is left out. strace does
    ``small``, once."""
    least: dict[str, float] = {}
    strace: dict[str, float] = {}
    for turn in range(rounds):
        order = TIERS[turn % len(TIERS) :] + TIERS[: turn % len(TIERS)]
        for tier in order:
            if tier != "strace" and (taken := _measured(tier, measure)) is not None:
                least[tier] = min(taken, least.get(tier, taken))
        if turn == 0 and (slow := _measured("strace", small or measure)) is not None:
            beside = _measured("none", small or measure)
            assert beside is not None
            strace["strace"] = slow / beside
    none = least.pop("none")
    return {"none": none} | {tier: taken / none for tier, taken in least.items()} | strace


def _measured(tier: str, measure: Callable[[Way], float]) -> float | None:
    tracer = None
    if tier.endswith("ebpf"):
        loaded = load_tracer()
        if isinstance(loaded, Missing):
            return None
        tracer = loaded
    try:
        return measure(Way(tier, tracer))
    except LookupError:
        return None
    finally:
        if tracer is not None:
            tracer.close()


def loading_ms(rounds: int) -> tuple[float, float]:
    """To load the programs, and to unload them."""
    times: list[tuple[float, float]] = []
    for _ in range(rounds):
        start = time.perf_counter()
        tracer = load_tracer()
        loaded = time.perf_counter()
        if not isinstance(tracer, Missing):
            tracer.close()
        times.append((loaded - start, time.perf_counter() - loaded))
    return median(each[0] for each in times) * 1000, median(each[1] for each in times) * 1000


def table(rows: dict[str, dict[str, float]], units: dict[str, str]) -> str:
    """Ratios; no counting as it is."""
    head = ("workload", *TIERS)
    lines = [f"| {' | '.join(head)} |", "|---|" + "---:|" * len(TIERS)]
    for name, values in rows.items():
        cells = [f"{values['none']:.3g} {units[name]}"]
        cells += [f"{values[tier]:.2f}x" if tier in values else "-" for tier in TIERS[1:]]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def verdict(build: dict[str, float]) -> str:
    """What the build says of the best way that can be had here."""
    best = next((tier for tier in ("ebpf", "perf") if tier in build), None)
    if best is None:
        return "Neither eBPF nor perf may count here: the target was not measured."
    held = "holds" if build[best] <= BUILD_LIMIT else "does not hold"
    return (
        f"The best way here, {best}, costs the build {build[best]:.2f}x: the target of at most "
        f"{BUILD_LIMIT}x {held}."
    )


def main(quick: bool = False) -> str:
    """The tables."""
    rounds = 1 if quick else ROUNDS
    rows: dict[str, dict[str, float]] = {}
    units: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as directory:
        for each in workloads(write_project(Path(directory)), quick):
            subprocess.run(each.argv, stdout=subprocess.DEVNULL, check=True)  # it is in memory
            small = partial(_run_s, each.small) if each.small else None
            rows[each.name] = in_turns(partial(_run_s, each.argv), small, rounds)
            units[each.name] = "s"
    keys = 20 if quick else KEYS
    rows["a key to bash and back"] = in_turns(lambda way: way.key_us(keys), None, rounds)
    units["a key to bash and back"] = "µs"
    build = next(row for name, row in rows.items() if name.startswith("make"))
    load, unload = loading_ms(3 if quick else 5)
    return (
        f"## What counting system calls costs\n\n{table(rows, units)}\n\n"
        "*none*: not counted; *accounting*: the tree is looked at four times a second; *beside "
        "ebpf*: a program that nobody observes while another one is; *strace* of a small part. "
        f"The least of {rounds} rounds, in turns.\n\n{verdict(build)} Loading the eBPF programs "
        f"takes {load:.0f} ms, unloading {unload:.0f} ms, in a thread of the server's.\n"
    )


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
