"""The other process of `benchmarks.messaging`: who echoes, counts, or subscribes.

``python -m benchmarks.messaging_peers WHO ROLE PATH COUNT SUBSCRIBERS``. It prints "ready", and for
a role that ends by itself the moment when it had everything, by the clock both processes share.
"""

import asyncio
import select
import socket
import sys
import time
from importlib import import_module
from typing import Any

from termlab.server.loop import Loop
from termlab.wire.codec import from_client, from_server
from termlab.wire.link import Link
from termlab.wire.messages import FromClient, FromServer, Reply, Request

assert sys.platform != "win32"


def connected(path: str) -> socket.socket:
    stream = socket.socket(socket.AF_UNIX)
    stream.connect(path)
    return stream


def loaded(name: str) -> Any:
    """pyzmq, with that part of it. Its own types don't tell what it has."""
    import_module(name)
    return import_module("zmq")


def ready() -> None:
    print("ready", flush=True)


def failed(error: Exception) -> None:
    raise error


def echo_termlab(path: str) -> None:
    """As the server answers: its loop, its links."""
    loop = Loop(failed)
    link: Link[FromClient] = Link(connected(path), from_client())

    def answer(events: int) -> None:
        messages = link.receive()
        if messages is None:
            loop.stop()
        for message in messages or ():
            assert isinstance(message, Request)
            link.send(Reply(message.id, 0, message.argv[0]))

    loop.watch(link.fileno(), answer)
    ready()
    loop.run()


def sink_termlab(path: str, count: int, subscribers: int) -> None:
    """As clients listen: so many connections until each has had so many messages."""
    links: dict[int, Link[FromServer]] = {}
    poll = select.poll()
    for _ in range(subscribers):
        link = Link(connected(path), from_server())
        links[link.fileno()] = link
        poll.register(link.fileno(), select.POLLIN)
    ready()
    left = count * subscribers
    while left:
        for fd, _ in poll.poll():
            left -= len(links[fd].receive() or ())
    print(time.perf_counter(), flush=True)


def echo_zmq(path: str) -> None:
    zmq = loaded("zmq")

    replier = zmq.Context().socket(zmq.REP)
    replier.connect(f"ipc://{path}")
    ready()
    while data := replier.recv():
        replier.send(data)
    replier.send(b"")


def subscribers_of(context: Any, kind: int, path: str, count: int) -> list[Any]:
    zmq = loaded("zmq")

    sockets = []
    for _ in range(count):
        one = context.socket(kind)
        one.setsockopt(zmq.RCVHWM, 0)
        one.connect(f"ipc://{path}")
        if kind == zmq.SUB:
            one.setsockopt(zmq.SUBSCRIBE, b"")
        sockets.append(one)
    return sockets


def sink_zmq(path: str, count: int, subscribers: int) -> None:
    zmq = loaded("zmq")

    kind = zmq.SUB if subscribers else zmq.PULL
    sockets = subscribers_of(zmq.Context(), kind, path, subscribers or 1)
    ready()
    if len(sockets) == 1:
        for _ in range(count):
            sockets[0].recv()
    else:
        _poll_all(sockets, count * len(sockets))
    print(time.perf_counter(), flush=True)


def _poll_all(sockets: list[Any], left: int) -> None:
    zmq = loaded("zmq")

    poller = zmq.Poller()
    for each in sockets:
        poller.register(each, zmq.POLLIN)
    while left:
        for each, _ in poller.poll():
            try:
                while True:
                    each.recv(zmq.NOBLOCK)
                    left -= 1
            except zmq.Again:
                continue


async def echo_zmq_asyncio(path: str) -> None:
    zmq = loaded("zmq.asyncio")

    replier = zmq.asyncio.Context().socket(zmq.REP)
    replier.connect(f"ipc://{path}")
    ready()
    while data := await replier.recv():
        await replier.send(data)
    await replier.send(b"")


async def sink_zmq_asyncio(path: str, count: int, subscribers: int) -> None:
    zmq = loaded("zmq.asyncio")

    kind = zmq.SUB if subscribers else zmq.PULL
    sockets = subscribers_of(zmq.asyncio.Context(), kind, path, subscribers or 1)

    async def take(one: Any) -> None:
        for _ in range(count):
            await one.recv()

    ready()
    await asyncio.gather(*(take(each) for each in sockets))
    print(time.perf_counter(), flush=True)


def main(who: str, role: str, path: str, count: int, subscribers: int) -> None:
    """Be that peer."""
    if who == "termlab":
        echo_termlab(path) if role == "echo" else sink_termlab(path, count, subscribers or 1)
    elif who == "pyzmq":
        echo_zmq(path) if role == "echo" else sink_zmq(path, count, subscribers)
    elif role == "echo":
        asyncio.run(echo_zmq_asyncio(path))
    else:
        asyncio.run(sink_zmq_asyncio(path, count, subscribers))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
