"""The smallest pieces that each byte and message passes, one at a time, for pyperf.

``python -m benchmarks.micro_cases -o FILE`` (pyperf's own options). `micro` runs it and words the
result. Each case does its work ``loops`` times and tells how long that took.
"""

import time
from collections.abc import Callable
from typing import Final

import pyperf

from termlab.model.keys import Key
from termlab.terminal.arena import make_pool
from termlab.terminal.coalescer import Coalescer, Flush
from termlab.terminal.persistent_arena import PersistentArena
from termlab.terminal.ring import Ring, anonymous_mapping
from termlab.terminal.temporary_arena import TemporaryArena
from termlab.wire.codec import encode, from_client, from_server
from termlab.wire.messages import Frame, Keys, PaneRows

READ: Final = bytes(4096)
LARGE: Final = bytes(65536)
PATH: Final = b"/home/somebody/src/a-project/with/some/depth"
ROW: Final = b"\x1b[38;5;42mA row of eighty columns of which a part is coloured.\x1b[m and the rest"
KEYS: Final = Keys((Key("a", text="a"),))
FRAME: Final = Frame(7, 1, (PaneRows(0, tuple((y, ROW) for y in range(24)), None),))

Case = Callable[[int], float]


def timed(work: Callable[[], object]) -> Case:
    """A case that repeats ``work``."""

    def case(loops: int) -> float:
        start = time.perf_counter()
        for _ in range(loops):
            work()
        return time.perf_counter() - start

    return case


def copy(data: bytes) -> Case:
    """Into memory that is there already, as a ring or an arena does."""
    target = memoryview(bytearray(len(data)))

    def work() -> None:
        target[:] = data

    return timed(work)


def ring_turn() -> Case:
    """What one read costs the ring: room for it, its arrival, a look at it, its end."""
    ring = Ring()

    def work() -> None:
        ring.free_spans()
        ring.commit(4096)
        ring.peek(4096)
        ring.consume(4096)

    return timed(work)


def coalescer_turn() -> Case:
    """One read and what is decided about it."""
    coalescer, now = Coalescer(), 0.0

    def work() -> None:
        nonlocal now
        now += 0.1
        coalescer.arrived(4096, now)
        if coalescer.check(4096, False, now):
            coalescer.flushed(Flush.QUIET)

    return timed(work)


def arena_store() -> Case:
    """Strings of a child, kept by row: a block is released when it is over."""
    arena, generation = PersistentArena(make_pool()), 0

    def work() -> None:
        nonlocal generation
        generation += 1
        arena.store(PATH, generation)
        if generation % 1000 == 0:
            arena.release(generation)

    return timed(work)


def arena_frame() -> Case:
    """A frame's 24 rows, and the reset behind it."""
    arena = TemporaryArena(make_pool())

    def work() -> None:
        for _ in range(24):
            arena.alloc(len(ROW))
        arena.reset()

    return timed(work)


def pool_turn() -> Case:
    """A buffer taken and given back: a hit."""
    pool = make_pool()

    def work() -> None:
        pool.give(pool.take(65536))

    return timed(work)


def fresh_buffer() -> Case:
    """The same without a pool."""
    return timed(lambda: anonymous_mapping(65536).close())


def decode_keys() -> Case:
    decoder, data = from_client(), encode(KEYS)
    return timed(lambda: decoder.feed(data))


def decode_frame() -> Case:
    decoder, data = from_server(), encode(FRAME)
    return timed(lambda: decoder.feed(data))


CASES: Final[tuple[tuple[str, Callable[[], Case]], ...]] = (
    ("copy of 4 KiB", lambda: copy(READ)),
    ("copy of 64 KiB", lambda: copy(LARGE)),
    ("ring: a read of 4 KiB in and out", ring_turn),
    ("coalescer: a read and its flush", coalescer_turn),
    ("persistent arena: a directory stored", arena_store),
    ("temporary arena: 24 rows and the reset", arena_frame),
    ("pool: 64 KiB taken and given back", pool_turn),
    ("no pool: 64 KiB mapped and unmapped", fresh_buffer),
    ("codec: a key encoded", lambda: timed(lambda: encode(KEYS))),
    ("codec: a key decoded", decode_keys),
    ("codec: a frame of 24 rows encoded", lambda: timed(lambda: encode(FRAME))),
    ("codec: a frame of 24 rows decoded", decode_frame),
)


def main() -> None:
    runner = pyperf.Runner()
    for name, make in CASES:
        runner.bench_time_func(name, make())


if __name__ == "__main__":
    main()
