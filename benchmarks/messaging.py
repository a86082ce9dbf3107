"""termlab's messages beside pyzmq's, blocking and asyncio, between two processes over Unix sockets.

``python -m benchmarks.messaging [--quick]``. Contestants take turns in the same run. termlab sends
typed records, encoded and decoded on the way; pyzmq gets the same number of bytes and hands them
on. Then what each of termlab's own ways is worth, and what a message costs in allocations.
"""

import asyncio
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.message_costs import costs
from benchmarks.report import percentile
from termlab.wire.codec import from_client, from_server
from termlab.wire.link import Link
from termlab.wire.messages import FromClient, FromServer, Published, Request
from termlab.wire.publisher import Publisher

if sys.platform != "win32":
    from benchmarks.messaging_peers import loaded

assert sys.platform != "win32"

WHO: Final = ("termlab", "pyzmq", "pyzmq asyncio")
ROUNDS: Final = 3
TRIPS: Final = 3000
KILOBYTES: Final = 40_000
DELIVERIES: Final = 60_000
SUBSCRIBERS: Final = (1, 10, 100)
# So many are published in a turn of a server that has much to tell.
A_TURN: Final = 16
WARM: Final = 200
TOPIC: Final = "title-changed"
LONG_S: Final = 120


@contextmanager
def peer(who: str, role: str, path: str, count: int = 0, subscribers: int = 0) -> Iterator[Any]:
    """The other process; what it prints is read by whoever waits for it."""
    argv = [sys.executable, "-m", "benchmarks.messaging_peers", who, role, path]
    with subprocess.Popen(
        [*argv, str(count), str(subscribers)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def is_ready(process: Any) -> None:
    if process.stdout.readline() != "ready\n":
        raise SystemExit("the other process of the benchmark did not start")


@contextmanager
def door(path: str) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(256)
        yield listener
    os.unlink(path)


# termlab


def trips_termlab(path: str, count: int) -> list[float]:
    """Microseconds of each round trip, as a short command waits for its answer."""
    took = []
    with door(path) as listener, peer("termlab", "echo", path) as process:
        stream, _ = listener.accept()
        is_ready(process)
        link: Link[FromServer] = Link(stream, from_server())
        poll = select.poll()
        poll.register(stream, select.POLLIN)
        request = Request(1, ("x" * 60,))
        for _ in range(count):
            start = time.perf_counter()
            link.send(request)
            poll.poll()
            while not link.receive():
                poll.poll()
            took.append((time.perf_counter() - start) * 1e6)
        link.close()
    return took[WARM:]


def drained(link: Link[FromClient]) -> None:
    while not link.flush():
        select.select([], [link.socket], [])


def kilobytes_termlab(path: str, count: int) -> float:
    """Messages of 1 KB a second, one way."""
    with door(path) as listener, peer("termlab", "sink", path, count) as process:
        stream, _ = listener.accept()
        is_ready(process)
        link: Link[FromClient] = Link(stream, from_client())
        message = Published(TOPIC, 1, memoryview(b"x" * 1000))
        start = time.perf_counter()
        for _ in range(count):
            link.send_buffered(message)
            if link.queued_bytes:
                drained(link)
        drained(link)
        took = float(process.stdout.readline()) - start
        link.close()
    return count / took


def publish_termlab(path: str, count: int, subscribers: int) -> float:
    """Messages of 1 KB delivered a second, by the server's publisher."""
    with door(path) as listener, peer("termlab", "sink", path, count, subscribers) as process:
        links: list[Link[FromClient]] = []
        for _ in range(subscribers):
            links.append(Link(listener.accept()[0], from_client()))
        is_ready(process)
        soon: list[Callable[[], None]] = []
        publisher = Publisher((TOPIC,), soon.append)
        for link in links:
            publisher.subscribe(link, frozenset({TOPIC}))
        start = time.perf_counter()
        for number in range(count):
            publisher.publish(TOPIC, b"x" * 1000)
            if number % A_TURN == A_TURN - 1 or number == count - 1:
                while soon:
                    soon.pop()()
                    for link in links:
                        if link.queued_bytes:
                            drained(link)
                        publisher.drained(link)
        took = float(process.stdout.readline()) - start
        for link in links:
            link.close()
    return count * subscribers / took


# pyzmq


def trips_pyzmq(path: str, count: int) -> list[float]:
    zmq = loaded("zmq")

    took = []
    with (
        peer("pyzmq", "echo", path) as process,
        zmq.Context() as context,
        context.socket(zmq.REQ) as asker,
    ):
        asker.bind(f"ipc://{path}")
        is_ready(process)
        for _ in range(count):
            start = time.perf_counter()
            asker.send(b"x" * 64)
            asker.recv()
            took.append((time.perf_counter() - start) * 1e6)
    return took[WARM:]


def trips_pyzmq_asyncio(path: str, count: int) -> list[float]:
    zmq = loaded("zmq.asyncio")

    async def run() -> list[float]:
        took = []
        with (
            peer("pyzmq asyncio", "echo", path) as process,
            zmq.asyncio.Context() as context,
            context.socket(zmq.REQ) as asker,
        ):
            asker.bind(f"ipc://{path}")
            is_ready(process)
            for _ in range(count):
                start = time.perf_counter()
                await asker.send(b"x" * 64)
                await asker.recv()
                took.append((time.perf_counter() - start) * 1e6)
        return took[WARM:]

    return asyncio.run(run())


def publishing(context: Any, path: str, subscribers: int) -> Any:
    """A bound socket: to push where nobody subscribes."""
    zmq = loaded("zmq")

    sender = context.socket(zmq.XPUB if subscribers else zmq.PUSH)
    sender.setsockopt(zmq.SNDHWM, 0)
    if subscribers:
        sender.setsockopt(zmq.XPUB_VERBOSE, 1)
    sender.bind(f"ipc://{path}")
    return sender


def stream_pyzmq(path: str, count: int, subscribers: int = 0) -> float:
    zmq = loaded("zmq")

    data = b"x" * 1000
    with (
        peer("pyzmq", "sink", path, count, subscribers) as process,
        zmq.Context() as context,
        publishing(context, path, subscribers) as sender,
    ):
        is_ready(process)
        for _ in range(subscribers):
            sender.recv()
        start = time.perf_counter()
        for _ in range(count):
            sender.send(data)
        took = float(process.stdout.readline()) - start
    return count * (subscribers or 1) / took


def stream_pyzmq_asyncio(path: str, count: int, subscribers: int = 0) -> float:
    zmq = loaded("zmq.asyncio")

    async def run() -> float:
        data = b"x" * 1000
        with (
            peer("pyzmq asyncio", "sink", path, count, subscribers) as process,
            zmq.asyncio.Context() as context,
            publishing(context, path, subscribers) as sender,
        ):
            is_ready(process)
            for _ in range(subscribers):
                await sender.recv()
            start = time.perf_counter()
            for _ in range(count):
                await sender.send(data)
            return float(process.stdout.readline()) - start

    return count * (subscribers or 1) / asyncio.run(run())


TRIP: Final = dict(zip(WHO, (trips_termlab, trips_pyzmq, trips_pyzmq_asyncio), strict=True))
STREAM: Final = dict(zip(WHO, (kilobytes_termlab, stream_pyzmq, stream_pyzmq_asyncio), strict=True))
PUBLISH: Final = dict(zip(WHO, (publish_termlab, stream_pyzmq, stream_pyzmq_asyncio), strict=True))

Figures = dict[str, dict[str, float]]


def measure(directory: str, quick: bool) -> Figures:
    """By figure and contestant; the contestants take turns."""
    part = 20 if quick else 1
    present = WHO if find_spec("zmq") is not None else WHO[:1]
    trips: dict[str, list[float]] = defaultdict(list)
    rates: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for number in range(1 if quick else ROUNDS):
        for who in present:
            path = f"{directory}/{who[-7:].strip()}{number}"
            trips[who] += TRIP[who](path + "t", WARM + TRIPS // part)
            rates["1 KB messages a second"][who].append(STREAM[who](path + "k", KILOBYTES // part))
            for count in SUBSCRIBERS:
                told = PUBLISH[who](path + f"p{count}", DELIVERIES // part // count, count)
                rates[f"delivered a second to {count}"][who].append(told)
    figures: Figures = {}
    for p in (50, 99):
        figures[f"64-byte round trip p{p}, µs"] = {
            who: percentile(all_, p) for who, all_ in trips.items()
        }
    for name, values in rates.items():
        figures[name] = {who: median(all_) for who, all_ in values.items()}
    return figures


def better(name: str, ours: float, theirs: float) -> float:
    """How many times as good as theirs."""
    return theirs / ours if name.endswith("µs") else ours / theirs


def table(figures: Figures) -> str:
    lines = ["| figure | termlab | pyzmq | pyzmq asyncio | by pyzmq | by asyncio |"]
    lines.append("|---|--:|--:|--:|--:|--:|")
    for name, values in figures.items():
        digits = 1 if name.endswith("µs") else 0
        cells = [f"{values[who]:,.{digits}f}" if who in values else "-" for who in WHO]
        for who in WHO[1:]:
            known = who in values
            cells.append(f"{better(name, values['termlab'], values[who]):.2f}x" if known else "-")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def conclusion(figures: Figures) -> str:
    """What the figures say, in words."""
    if not all(set(WHO) == set(values) for values in figures.values()):
        return "pyzmq is not installed (`pip install termlab[bench]`): nothing to compare with."
    text = ""
    for who in WHO[1:]:
        behind = [
            name
            for name, values in figures.items()
            if better(name, values["termlab"], values[who]) < 1
        ]
        said = f"behind it in: {', '.join(behind)}" if behind else "ahead of it in all"
        text += f"Beside {who}: {said}. "
    return text.strip()


def main(quick: bool = False) -> str:
    """Three sections."""
    with tempfile.TemporaryDirectory(prefix="tl-m-") as directory:
        figures = measure(directory, quick)
    head = "## Messages beside pyzmq over Unix sockets\n\n"
    note = (
        "Times as good in the last two columns, above 1 is better. Subscribers are all in the "
        "other process."
    )
    return f"{head}{table(figures)}\n\n{note} {conclusion(figures)}\n\n{costs(quick)}"


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
