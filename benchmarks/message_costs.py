"""What each of the wire's own ways is worth: time and allocations of a message with it and without.

Called by `benchmarks.messaging`. In one process over a socket pair, so that nothing is waited for:
what is timed is the work itself, the kernel's part included. The variants take turns, and the best
round of each counts.
"""

import json
import pickle
import socket
import struct
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final, NamedTuple

import msgspec

from benchmarks.allocations import Counter, counter
from termlab.model.buffer_sizes import DEFAULT, LARGE, SMALL, Preset, custom
from termlab.model.screen import Cursor
from termlab.wire import codec
from termlab.wire.link import Link
from termlab.wire.messages import (
    Frame,
    FromClient,
    FromServer,
    Message,
    PaneRows,
    Published,
    Request,
)
from termlab.wire.publisher import Publisher

ROUNDS: Final = 15
CALLS: Final = 200
BATCH: Final = 16
TOPIC: Final = "title-changed"
# The whole screen of a terminal of 200x50 with some colours.
SCREEN: Final = Frame(
    1, 1, (PaneRows(1, tuple((y, b"\x1b[38;5;3m" + b"x" * 390) for y in range(50)), Cursor(1, 1)),)
)
SHORT: Final = Request(1, ("x" * 60,))
KILOBYTE: Final = Published(TOPIC, 1, memoryview(b"x" * 1000))
PART: Final = Published(TOPIC, 1, memoryview(b"x" * 32_000))


class CopiedPayload(Message, frozen=True, array_like=True, tag="published"):
    """`Published` whose payload is a copy."""

    topic: str
    number: int
    body: bytes


class NewBuffers(Link[Any]):
    """Reads as if buffers cost nothing: one of 64 KiB for each read."""

    def receive(self) -> Any:
        try:
            return self._decoder.feed(self.socket.recv(65536))
        except BlockingIOError:
            return ()


class Joined(Link[Any]):
    """Joins a length and its message, however large."""

    def send(self, message: Message) -> None:
        self._send((codec.encode(message),), 1)


class Pair(NamedTuple):
    """Both ends of a stream."""

    out: Link[Any]
    into: Link[Any]

    def close(self) -> None:
        self.out.close()
        self.into.close()


def pair(
    kind: type[Link[Any]] = Link, preset: Preset | None = DEFAULT, decoder: Any = None
) -> Pair:
    ours, theirs = socket.socketpair()
    for stream in (ours, theirs):
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    messages = decoder or msgspec.msgpack.Decoder(FromServer | Request)
    return Pair(
        kind(ours, codec.from_client(), preset),
        kind(theirs, codec.Decoder(messages, codec.MAX_FROM_SERVER), preset),
    )


def heard(link: Link[Any], count: int) -> None:
    while count > 0:
        count -= len(link.receive() or ())


def one_by_one(ends: Pair, message: Message) -> Callable[[], None]:
    """Send one, take one."""

    def run() -> None:
        ends.out.send(message)
        heard(ends.into, 1)

    return run


def at_once(ends: Pair, message: Message) -> Callable[[], None]:
    def run() -> None:
        for _ in range(BATCH):
            ends.out.send(message)
        heard(ends.into, BATCH)

    return run


def buffered(ends: Pair, message: Message) -> Callable[[], None]:
    def run() -> None:
        for _ in range(BATCH):
            ends.out.send_buffered(message)
        ends.out.flush()
        heard(ends.into, BATCH)

    return run


def batch(ends: Pair, message: Message) -> Callable[[], None]:
    def run() -> None:
        ends.out.send_batch([message] * BATCH)
        heard(ends.into, BATCH)

    return run


def published(subscribers: list[Pair]) -> Callable[[], None]:
    soon: list[Callable[[], None]] = []
    publisher = Publisher((TOPIC,), soon.append)
    for each in subscribers:
        publisher.subscribe(each.out, frozenset({TOPIC}))

    def run() -> None:
        for _ in range(BATCH):
            publisher.publish(TOPIC, b"x" * 1000)
        while soon:
            soon.pop()()
        for each in subscribers:
            heard(each.into, BATCH)

    return run


def told_each(subscribers: list[Pair]) -> Callable[[], None]:
    """As `published`, but each is sent its own."""

    def run() -> None:
        for _ in range(BATCH):
            for each in subscribers:
                body = memoryview(codec.encode_record(b"x" * 1000))
                each.out.send(Published(TOPIC, 1, body))
        for each in subscribers:
            heard(each.into, BATCH)

    return run


class Way(NamedTuple):
    """One way to do a thing; ``messages`` in a call."""

    what: str
    how: str
    run: Callable[[], None]
    messages: int = 1


def ways(keep: list[Pair]) -> list[Way]:
    """All that are compared, the product's own first of each thing."""

    def made(*arguments: Any) -> Pair:
        keep.append(pair(*arguments))
        return keep[-1]

    copied = msgspec.msgpack.Decoder(CopiedPayload)
    ten = [made() for _ in range(10)]
    sizes = [SMALL, DEFAULT, LARGE, custom(65536, 65536)]
    names = ["small", "default", "large", "64 KiB"]
    presets = [
        Way("a screen of 20 KB", f"preset {name}", one_by_one(made(Link, size), SCREEN))
        for name, size in zip(names, sizes, strict=True)
    ]
    return [
        Way("64 bytes", "as it is", one_by_one(made(), SHORT)),
        Way("64 bytes", "a new buffer for each read", one_by_one(made(NewBuffers), SHORT)),
        Way("1 KB, many at a time", "as it is: send_buffered", buffered(made(), KILOBYTE), BATCH),
        Way("1 KB, many at a time", "send_batch", batch(made(), KILOBYTE), BATCH),
        Way("1 KB, many at a time", "send, each at once", at_once(made(), KILOBYTE), BATCH),
        Way("32 KB", "as it is: two buffers, a view", one_by_one(made(), PART)),
        Way("32 KB", "payload copied", one_by_one(made(Link, DEFAULT, copied), PART)),
        Way("32 KB", "length and message joined", one_by_one(made(Joined), PART)),
        Way("32 KB", "a new buffer for each read", one_by_one(made(NewBuffers), PART)),
        Way("a screen of 20 KB", "as it is: auto", one_by_one(made(Link, None), SCREEN)),
        *presets,
        Way("1 KB to 10 subscribers", "as it is", published(ten), BATCH * 10),
        Way("1 KB to 10 subscribers", "encoded for each", told_each(ten), BATCH * 10),
    ]


def timed(all_ways: list[Way], quick: bool) -> list[float]:
    """Microseconds a message of each, in its best round."""
    best = [float("inf")] * len(all_ways)
    for _ in range(2 if quick else ROUNDS):
        for at, way in enumerate(all_ways):
            calls = max((20 if quick else CALLS) // way.messages, 1)
            start = time.perf_counter()
            for _ in range(calls):
                way.run()
            took = (time.perf_counter() - start) * 1e6 / calls / way.messages
            best[at] = min(best[at], took)
    return best


def judged(all_ways: list[Way], took: list[float]) -> str:
    """What the figures say of the ways that are not the product's."""
    base: dict[str, float] = {}
    said: dict[str, list[str]] = {"slower": [], "faster": [], "no different": []}
    for way, value in zip(all_ways, took, strict=True):
        by = value / base.setdefault(way.what, value)
        if not way.how.startswith("as it is"):
            verdict = "slower" if by > 1.05 else "faster" if by < 0.95 else "no different"
            said[verdict].append(f"{way.how} ({way.what})")
    return "; ".join(f"{verdict}: {', '.join(names)}" for verdict, names in said.items() if names)


def ways_table(quick: bool) -> str:
    keep: list[Pair] = []
    all_ways = ways(keep)
    took = timed(all_ways, quick)
    lines = ["| message | way | µs a message | by the way it is |", "|---|---|--:|--:|"]
    base: dict[str, float] = {}
    for way, value in zip(all_ways, took, strict=True):
        first = base.setdefault(way.what, value)
        lines.append(f"| {way.what} | {way.how} | {value:.2f} | {value / first:.2f}x |")
    for each in keep:
        each.close()
    return "\n".join(lines) + f"\n\nThan the way it is, by 5 % or more. {judged(all_ways, took)}."


# Allocations

_LENGTH: Final = struct.Struct(">I")
_TEXT: Final = "x" * 60


def _framed(body: bytes) -> bytes:
    return _LENGTH.pack(len(body)) + body


def _body(data: bytes) -> bytes:
    (length,) = _LENGTH.unpack_from(data)
    return data[4 : 4 + length]


NAIVE: Final[dict[str, tuple[Callable[[], bytes], Callable[[bytes], object]]]] = {
    "json of a dictionary": (
        lambda: _framed(json.dumps({"tag": "request", "id": 1, "argv": [_TEXT]}).encode()),
        lambda data: json.loads(_body(data)),
    ),
    "pickle of a tuple": (
        lambda: _framed(pickle.dumps(("request", 1, (_TEXT,), None))),
        lambda data: pickle.loads(_body(data)),
    ),
    "struct and copy": (
        lambda: _framed(struct.pack(">I60s", 1, _TEXT.encode())),
        lambda data: struct.unpack(">I60s", _body(data)),
    ),
}


class Ours(NamedTuple):
    """Allocations to encode, to decode out of the kept buffer, and of the message itself: its
    record and fields, which are no cost of the codec."""

    send: float
    receive: float
    message: float


def ours(count: Counter) -> Ours:
    decoder = codec.from_client()
    data = codec.encode(SHORT)

    def fill() -> None:
        decoder.room()[: len(data)] = data

    def arrive() -> None:
        fill()
        decoder.took(len(data))

    body = msgspec.msgpack.encode(SHORT)
    decode = msgspec.msgpack.Decoder(FromClient).decode
    nothing = count.per_call(lambda: None)
    message = count.per_call(lambda: decode(body)) - nothing
    filled = count.per_call(fill)
    arrive()
    return Ours(
        count.per_call(lambda: codec.encode(SHORT)) - nothing,
        count.per_call(arrive) - filled - message,
        message,
    )


def allocations_table() -> str:
    with counter() as count:
        if count is None:
            return "Allocations were not counted: there is no C compiler here.\n"
        nothing = count.per_call(lambda: None)
        own = ours(count)
        total = sum(own)
        lines = ["| codec | to send | to receive | both | termlab by it |", "|---|--:|--:|--:|--:|"]
        lines.append(
            f"| termlab | {own.send:.1f} | {own.receive + own.message:.1f} | {total:.1f} | |"
        )
        for name, (send, receive) in NAIVE.items():
            data = send()
            out = count.per_call(send) - nothing
            into = count.per_call(partial(receive, data)) - nothing
            by = f"{100 * (1 - total / (out + into)):.0f} % fewer"
            lines.append(f"| {name} | {out:.1f} | {into:.1f} | {out + into:.1f} | {by} |")
    return (
        "\n".join(lines)
        + f"\n\nOf termlab's, {own.message:.1f} are the message itself, its record and fields; the "
        f"codec's own are {own.send:.1f} to send, {own.receive:.1f} to receive (goal: 2 at most). "
        "What Python keeps ready, as tuples, is not asked for and not counted.\n"
    )


def costs(quick: bool) -> str:
    """Both sections."""
    return (
        f"## What each way of the wire is worth\n\n{ways_table(quick)}\n\n"
        f"## Allocations of a 64-byte message\n\n{allocations_table()}"
    )
