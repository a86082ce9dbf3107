"""A thousand connections at once to one server: time to connect, memory, and what others notice.

``python -m benchmarks.connections [--quick]``. All connections are made by this process before any
is greeted, so that the server finds them at once; each then greets and asks, and stays. Beside them
one client more asks as `ls` does: what it waits is what a person would.
"""

import resource
import select
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.report import percentile
from termlab.model.figure import Amount
from termlab.runs.budget_text import budget_cases
from termlab.runs.budgets import check_figures, load
from termlab.version import VERSION
from termlab.wire.codec import from_server
from termlab.wire.link import Link
from termlab.wire.messages import PROTOCOL, FromServer, Hello, Place, Reply, Request, Welcome

if sys.platform != "win32":
    from benchmarks.own_server import OwnServer

assert sys.platform != "win32"

COUNT: Final = 1000
QUICK_COUNT: Final = 100
ASKED: Final = 200
BUDGET: Final = Path(__file__).with_name("server_budget.toml")
DEADLINE_S: Final = 60.0


class Crowd:
    """Connections that are made and greet at once, and stay."""

    def __init__(self, server: OwnServer, count: int) -> None:
        self.connect_ms: list[float] = []
        self.answer_ms: list[float] = []
        self._start = time.perf_counter()
        self._links: dict[int, Link[FromServer]] = {}
        for _ in range(count):
            link = Link(server.connect(), from_server())
            self._links[link.fileno()] = link
        self._poll = select.poll()
        for fd in self._links:
            self._poll.register(fd, select.POLLIN)
        self.opened_ms = self._since()

    def _since(self) -> float:
        return (time.perf_counter() - self._start) * 1000

    def greet(self) -> None:
        """Until each has its welcome."""
        self._start = time.perf_counter()
        for link in self._links.values():
            link.send(Hello(PROTOCOL, VERSION))
        self._hear(Welcome, self.connect_ms)

    def ask(self) -> None:
        """Until each has the answer of a short command."""
        self._start = time.perf_counter()
        for link in self._links.values():
            link.send(Request(1, ("list-sessions",), Place("/", {})))
        self._hear(Reply, self.answer_ms)

    def _hear(self, kind: type, noted: list[float]) -> None:
        deadline = time.perf_counter() + DEADLINE_S
        while len(noted) < len(self._links):
            if time.perf_counter() > deadline:
                raise RuntimeError(f"{len(self._links) - len(noted)} got no {kind.__name__}")
            for fd, _ in self._poll.poll(1000):
                messages = self._links[fd].receive()
                if messages is None:
                    raise RuntimeError("the server closed a connection")
                noted += [self._since() for each in messages if isinstance(each, kind)]

    def close(self) -> None:
        for link in self._links.values():
            link.close()


def asks_ms(server: OwnServer) -> list[float]:
    """What a command takes over a connection that stands."""
    times = []
    for _ in range(ASKED):
        start = time.perf_counter()
        server.ok("list-sessions")
        times.append((time.perf_counter() - start) * 1000)
    return times


def _room(count: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count + 100:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(count + 100, hard), hard))


def main(quick: bool = False) -> str:
    """The table."""
    count = QUICK_COUNT if quick else COUNT
    _room(count)
    with OwnServer() as server:
        server.ok("new-session", "-d", "cat")
        alone = asks_ms(server)
        before, descriptors = server.rss_bytes(), server.descriptors()
        crowd = Crowd(server, count)
        crowd.greet()
        crowd.ask()
        among = asks_ms(server)
        grown = server.rss_bytes() - before
        crowd.close()
        deadline = time.perf_counter() + DEADLINE_S
        while server.descriptors() > descriptors and time.perf_counter() < deadline:
            server.ok("list-sessions")  # a turn of the server, in which it hears of some ends
        kept = server.descriptors() - descriptors
        after = server.rss_bytes() - before
    return _told(count, crowd, alone, among, grown, after, kept)


def _told(
    count: int,
    crowd: Crowd,
    alone: Sequence[float],
    among: Sequence[float],
    grown: int,
    after: int,
    kept: int,
) -> str:
    each_kib = grown / count / 1024
    per_thousand = grown * 1000 / count
    last = max(crowd.connect_ms)
    figures = {"connect_ms": Amount(last), "memory_per_1000_connections": Amount(per_thousand)}
    report = check_figures(figures, load(str(BUDGET)))
    rows = [
        ("all sockets connected", f"{crowd.opened_ms:.0f} ms"),
        ("greeted: median, last of all", _spread(crowd.connect_ms)),
        ("a command answered, asked by all at once", _spread(crowd.answer_ms)),
        ("server memory for them", f"{grown / 1e6:.1f} MB, {each_kib:.1f} KiB each"),
        ("memory kept when they have gone", f"{after / 1e6:.1f} MB, {kept} descriptors"),
        ("one client's command, alone", _median(alone)),
        ("the same among them, idle", _median(among)),
    ]
    return "\n".join(
        [
            f"## {count} connections at once",
            "",
            "| figure | value |",
            "|---|---:|",
            *(f"| {name} | {value} |" for name, value in rows),
            "",
            f"Held to `{BUDGET.name}`: the last of {count} greeted, and the memory of a thousand.",
            "",
            *(f"- {case.said}: {case.status}" for case in budget_cases(report)),
            "",
        ]
    )


def _spread(times: Sequence[float]) -> str:
    return f"{percentile(times, 50):.0f}, {max(times):.0f} ms"


def _median(times: Sequence[float]) -> str:
    return f"p50 {percentile(times, 50):.3f}, p99 {percentile(times, 99):.3f} ms"


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
