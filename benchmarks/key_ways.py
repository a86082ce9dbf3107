"""Ways for a key from where it is read to the server: the product's socket, and what could be in
its place. Each as small as it can be, with the product's own parser, messages and link.

- *socket*: the client reads, parses, and sends over its link, as it is.
- *ring + eventfd*: the same message through memory that both share; an eventfd wakes the reader.
  (One that looks again and again needs no waking, but it would never sleep.)
- *process per source* and *thread per source*: somebody else reads and parses, and hands a source's
  events on. (A terminal has one descriptor for keys and mouse, so one of them has to read for all.)

The server notes when it has the key, and answers; the client passes the answer on to the terminal.
"""

import mmap
import os
import select
import signal
import socket
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from termlab.client.input import InputParser
from termlab.model.keys import Key
from termlab.wire import codec
from termlab.wire.link import Link
from termlab.wire.messages import FromClient, FromServer, Keys, Took

assert sys.platform == "linux"

_RING_BYTES: Final = 64 * 1024
_INDEX: Final = struct.Struct("Q")
# Reader's and writer's index: a cache line each.
_HEAD, _TAIL, _DATA = 0, 64, 128
READ_BYTES: Final = 4096
clock = time.perf_counter  # the same for all processes


class Ends(NamedTuple):
    """What the processes of a way have: where keys are read, where an answer is written, and where
    the server notes the moments."""

    keys: int
    answers: int
    moments: "memoryview[float]"


class Rig(NamedTuple):
    """A way that runs: keys are written to ``keys``, a byte comes from ``answers`` for each."""

    keys: int
    answers: int
    moments: "memoryview[float]"
    pids: list[int]


class SharedRing:
    """One writer, one reader, made before the fork."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _DATA + _RING_BYTES)
        self.wake = os.eventfd(0, os.EFD_NONBLOCK)

    def put(self, data: bytes) -> None:
        head = _INDEX.unpack_from(self._memory, _HEAD)[0]
        at = head % _RING_BYTES
        first = min(len(data), _RING_BYTES - at)
        self._memory[_DATA + at : _DATA + at + first] = data[:first]
        self._memory[_DATA : _DATA + len(data) - first] = data[first:]
        _INDEX.pack_into(self._memory, _HEAD, head + len(data))
        os.eventfd_write(self.wake, 1)

    def take(self) -> bytes:
        os.eventfd_read(self.wake)
        head = _INDEX.unpack_from(self._memory, _HEAD)[0]
        tail = _INDEX.unpack_from(self._memory, _TAIL)[0]
        at, count = tail % _RING_BYTES, head - tail
        first = min(count, _RING_BYTES - at)
        data = self._memory[_DATA + at : _DATA + at + first]
        data += self._memory[_DATA : _DATA + count - first]
        _INDEX.pack_into(self._memory, _TAIL, head)
        return data


def keys_of(parser: InputParser, data: bytes) -> Keys:
    return Keys(tuple(event for event in parser.feed(data, 0.0) if isinstance(event, Key)))


def wait(*fds: int) -> Callable[[], list[tuple[int, int]]]:
    """What waits for any of them."""
    poll = select.poll()
    for fd in fds:
        poll.register(fd, select.POLLIN)
    return poll.poll


# The server


def serve_link(stream: socket.socket, moments: "memoryview[float]") -> None:
    link: Link[FromClient] = Link(stream, codec.from_client())
    ready, count = wait(link.fileno()), 0
    while True:
        ready()
        for message in link.receive() or ():
            if isinstance(message, Keys):
                moments[count] = clock()
                count += 1
                link.send(Took())


def serve_ring(there: SharedRing, back: SharedRing, moments: "memoryview[float]") -> None:
    decoder, ready, count = codec.from_client(), wait(there.wake), 0
    while True:
        ready()
        for _ in decoder.feed(there.take()):
            moments[count] = clock()
            count += 1
            back.put(codec.encode(Took()))


# The client


def by_link(ends: Ends, stream: socket.socket) -> None:
    link: Link[FromServer] = Link(stream, codec.from_server())
    parser, ready = InputParser(), wait(ends.keys, link.fileno())
    while True:
        for fd, _ in ready():
            if fd == ends.keys:
                link.send(keys_of(parser, os.read(fd, READ_BYTES)))
            else:
                answer(ends, link)


def by_ring(ends: Ends, there: SharedRing, back: SharedRing) -> None:
    parser, ready = InputParser(), wait(ends.keys, back.wake)
    decoder = codec.from_server()
    while True:
        for fd, _ in ready():
            if fd == ends.keys:
                there.put(codec.encode(keys_of(parser, os.read(fd, READ_BYTES))))
            else:
                os.write(ends.answers, b"." * len(list(decoder.feed(back.take()))))


def read_for(ends: Ends, stream: socket.socket) -> None:
    """The process of a source: it reads, parses and hands on."""
    link: Link[FromServer] = Link(stream, codec.from_server())
    parser = InputParser()
    while True:
        link.send(keys_of(parser, os.read(ends.keys, READ_BYTES)))


def by_process(ends: Ends, stream: socket.socket, source: socket.socket) -> None:
    link: Link[FromServer] = Link(stream, codec.from_server())
    events: Link[FromClient] = Link(source, codec.from_client())
    ready = wait(events.fileno(), link.fileno())
    while True:
        for fd, _ in ready():
            if fd == events.fileno():
                for message in events.receive() or ():
                    if isinstance(message, Keys):
                        link.send(message)
            else:
                answer(ends, link)


def by_thread(ends: Ends, stream: socket.socket) -> None:
    link: Link[FromServer] = Link(stream, codec.from_server())
    queue: deque[Keys] = deque()
    wake = os.eventfd(0, os.EFD_NONBLOCK)

    def read() -> None:
        parser = InputParser()
        while True:
            queue.append(keys_of(parser, os.read(ends.keys, READ_BYTES)))
            os.eventfd_write(wake, 1)

    threading.Thread(target=read, daemon=True).start()
    ready = wait(wake, link.fileno())
    while True:
        for fd, _ in ready():
            if fd == wake:
                os.eventfd_read(wake)
                while queue:
                    link.send(queue.popleft())
            else:
                answer(ends, link)


def answer(ends: Ends, link: Link[FromServer]) -> None:
    os.write(ends.answers, b"." * len(list(link.receive() or ())))


# The ways: the work of each process


def socket_way(ends: Ends) -> list[Callable[[], None]]:
    ours, theirs = socket.socketpair()
    return [lambda: serve_link(theirs, ends.moments), lambda: by_link(ends, ours)]


def ring_way(ends: Ends) -> list[Callable[[], None]]:
    there, back = SharedRing(), SharedRing()
    return [
        lambda: serve_ring(there, back, ends.moments),
        lambda: by_ring(ends, there, back),
    ]


def process_way(ends: Ends) -> list[Callable[[], None]]:
    ours, theirs = socket.socketpair()
    events, source = socket.socketpair()
    return [
        lambda: serve_link(theirs, ends.moments),
        lambda: by_process(ends, ours, events),
        lambda: read_for(ends, source),
    ]


def thread_way(ends: Ends) -> list[Callable[[], None]]:
    ours, theirs = socket.socketpair()
    return [lambda: serve_link(theirs, ends.moments), lambda: by_thread(ends, ours)]


WAYS: Final[dict[str, Callable[[Ends], list[Callable[[], None]]]]] = {
    "socket": socket_way,
    "ring + eventfd": ring_way,
    "process per source": process_way,
    "thread per source": thread_way,
}


@contextmanager
def running(way: str, keys: int) -> Iterator[Rig]:
    """A way's processes, for so many ``keys``; gone when the block is left."""
    moments = memoryview(mmap.mmap(-1, 8 * keys)).cast("d")
    theirs, ours = os.pipe()
    answered, answers = os.pipe()
    pids = [_start(work) for work in WAYS[way](Ends(theirs, answers, moments))]
    try:
        yield Rig(ours, answered, moments, pids)
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        for fd in (theirs, ours, answered, answers):
            os.close(fd)


def _start(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(1)
    return pid
