"""What the options of [server] and [client] do to a key beside busy loops, and which way to the
server is the shortest.

``python -m benchmarks.dedicated [--quick]``. First the ways of `benchmarks.key_ways`, one key at a
time. Then the real thing, as in `benchmarks.latency`: from a key to its echo on the outer terminal,
alone and with as many endless loops as there are CPUs, tmux in the same run. This process reads the
terminal with a real-time priority where it may have one, so that it is not its own waiting that is
measured; the program in the pane never has more than anybody's.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.contestants import Contestant, contestant, present
from benchmarks.latency import ECHO, type_keys
from benchmarks.processes import run_ns
from benchmarks.report import percentile
from benchmarks.terminal import Terminal

if sys.platform == "linux":
    from benchmarks.key_ways import WAYS, running

assert sys.platform == "linux"

WAY_KEYS: Final = 500
WAY_ROUNDS: Final = 4
# A multiple of the letters: the first one of a turn is another than the last one before.
REST_S: Final = (0.01, 0.03)
TURN_KEYS: Final = 24
TURNS: Final = 5
SEED: Final = 11
# What a way must win by to be worth its code: of the median and of p99, at no more CPU.
CLEARLY: Final = 0.8
# Above what is measured: below the kernel's own threads.
READER: Final = 80


class Wayfarer(NamedTuple):
    """One way's figures, in microseconds."""

    one_way: list[float]
    round_trip: list[float]
    cpu: list[float]


def travel(way: str, keys: int, dice: random.Random) -> Wayfarer:
    """One key after another, each sent when the last was answered."""
    round_trips = []
    starts = []
    with running(way, keys + 1) as rig:
        os.write(rig.keys, b"a")  # all is imported and made behind the first one
        os.read(rig.answers, 1)
        before = run_ns(rig.pids)
        for _ in range(keys):
            time.sleep(dice.uniform(0.0005, 0.002))
            starts.append(time.perf_counter())
            os.write(rig.keys, b"a")
            os.read(rig.answers, 1)
            round_trips.append((time.perf_counter() - starts[-1]) * 1e6)
        cpu = (run_ns(rig.pids) - before) / keys / 1000
        one_way = [(rig.moments[n + 1] - start) * 1e6 for n, start in enumerate(starts)]
    return Wayfarer(one_way, round_trips, [cpu])


def ways(quick: bool) -> str:
    """The table of the ways, and what follows from it."""
    took: dict[str, Wayfarer] = {way: Wayfarer([], [], []) for way in WAYS}
    for seed in range(1 if quick else WAY_ROUNDS):
        for way, sums in took.items():
            found = travel(way, 50 if quick else WAY_KEYS, random.Random(seed + SEED))
            for mine, new in zip(sums, found, strict=True):
                mine += new
    rows = [
        (f"{name} p{p}", {way: percentile(getattr(each, field), p) for way, each in took.items()})
        for name, field in (("one way", "one_way"), ("round trip", "round_trip"))
        for p in (50, 95, 99)
    ]
    rows.append(("CPU of all processes", {w: sum(e.cpu) / len(e.cpu) for w, e in took.items()}))
    return grid("A key's way to the server, us", list(WAYS), rows, 0, _verdict(took))


def _verdict(took: Mapping[str, Wayfarer]) -> str:
    """Kept is what wins clearly, of these figures."""
    usual = took["socket"]
    said = []
    for way, each in took.items():
        if way == "socket":
            continue
        median = percentile(each.one_way, 50) / percentile(usual.one_way, 50)
        worst = percentile(each.one_way, 99) / percentile(usual.one_way, 99)
        cpu = sum(each.cpu) / sum(usual.cpu)
        wins = median <= CLEARLY and worst <= CLEARLY and cpu <= 1
        word = "would win clearly" if wins else "not kept"
        said.append(f"{way}: {median:.2f}x p50, {worst:.2f}x p99, {cpu:.2f}x CPU: {word}")
    return (
        "Less is better. The socket is what the product uses; another way would be worth its code "
        f"with {CLEARLY:g} of its p50 and p99 at no more CPU. By the socket, {'; '.join(said)}."
    )


# The options


def _config(**server: object) -> str:
    lines = "".join(f"{name} = {value!r}\n".replace("'", '"') for name, value in server.items())
    return f"[server]\n{lines}[client]\n{lines}"


def variants() -> dict[str, str]:
    """By name, what stands in the configuration: for server and client alike."""
    cpu = str(max(os.sched_getaffinity(0)))
    return {
        "termlab": "",
        "cpus": _config(cpus=cpu),
        "nice -10": _config(nice=-10),
        "realtime 10": _config(realtime=10),
        "all three": _config(cpus=cpu, nice=-10, realtime=10),
    }


def show(one: Contestant, config: str, stack: ExitStack) -> Terminal:
    """Its session on a terminal, at rest."""
    path = Path(one.directory, ".config", "termlab", "config.toml")
    path.parent.mkdir(parents=True)
    path.write_text(config)
    one.start(ECHO)
    terminal = stack.enter_context(one.attach())
    terminal.settle(b"ready")
    one.rest(terminal)
    terminal.write(b"\r")
    return terminal


def options(quick: bool) -> str:
    """The table of the options. All sessions are there at once, for those at rest cost nothing:
    so they take turns every few keys."""
    asked = variants()
    names = [*(["tmux"] if "tmux" in present() else []), *asked]
    took: dict[str, dict[str, list[float]]] = {
        where: {name: [] for name in names} for where in ("alone", "beside loops")
    }
    with ExitStack() as stack:
        terminals = {}
        for number, name in enumerate(names):
            one = stack.enter_context(contestant("tmux" if name == "tmux" else "termlab"))
            one.tag = f"bench-{number}-dedicated-{os.getpid()}"
            terminals[name] = show(one, asked.get(name, ""), stack)
        for where, found in took.items():
            with in_front(), loops() if where != "alone" else nullcontext():
                for seed in range(1 if quick else TURNS):
                    for name, terminal in terminals.items():
                        dice = random.Random(seed + SEED)
                        found[name] += type_keys(terminal, 4 if quick else TURN_KEYS, dice, REST_S)
    rows = [
        (f"{where} p{p}", {name: percentile(all_, p) for name, all_ in found.items()})
        for where, found in took.items()
        for p in (50, 95, 99)
    ]
    note = (
        f"Less is better. {os.cpu_count()} endless loops beside it, as many as there are CPUs; the "
        f"options are those of [server] and [client] alike. {_gains(took['beside loops'])}"
    )
    return grid("Key to screen beside busy loops, ms", names, rows, 2, note)


def _gains(beside: Mapping[str, Sequence[float]]) -> str:
    """Each option's p50 and p99 by those without any."""
    without = beside["termlab"]
    said = []
    for name, all_ in beside.items():
        if name in ("tmux", "termlab"):
            continue
        median = percentile(all_, 50) / percentile(without, 50)
        worst = percentile(all_, 99) / percentile(without, 99)
        said.append(f"{name}: {median:.2f}x p50, {worst:.2f}x p99")
    return f"By termlab without options: {'; '.join(said)}."


@contextmanager
def loops() -> Iterator[None]:
    """As many endless loops as there are CPUs, with nobody's priority."""
    pids = []
    try:
        for _ in range(os.cpu_count() or 1):
            pid = os.fork()
            if pid == 0:
                os.setpriority(os.PRIO_PROCESS, 0, 0)
                while True:
                    pass
            pids.append(pid)
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


@contextmanager
def in_front() -> Iterator[None]:
    """This process before everything it measures; what it starts is not."""
    mark = os.SCHED_RESET_ON_FORK
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO | mark, os.sched_param(READER))
    except PermissionError:
        print("no real-time priority for the reader: its own waiting counts too", file=sys.stderr)
        yield
        return
    try:
        yield
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def grid(
    title: str,
    names: Sequence[str],
    rows: Sequence[tuple[str, Mapping[str, float]]],
    digits: int,
    note: str,
) -> str:
    """A table with a column for each of ``names``."""
    lines = [("figure", *names)]
    lines += [(what, *(f"{found[name]:.{digits}f}" for name in names)) for what, found in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]

    def joined(line: Sequence[str]) -> str:
        cells = (c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))
        return f"| {' | '.join((line[0].ljust(widths[0]), *cells))} |"

    rule = f"|{'-' * (widths[0] + 2)}|" + "".join(f"{'-' * (w + 1)}:|" for w in widths[1:])
    body = [joined(lines[0]), rule, *map(joined, lines[1:])]
    return "\n".join([f"## {title}", "", *body, "", note, ""])


def main(quick: bool = False) -> str:
    """Both tables."""
    return f"{ways(quick)}\n{options(quick)}\n"


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
