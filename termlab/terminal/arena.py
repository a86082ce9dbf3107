"""What an arena is: the contract of the two kinds, what they count, the blocks they consist of.

An arena hands out memory by moving one number on, and takes all of it back by setting that number
to zero. Its blocks are anonymous mappings out of a pool that all panes share: a page that nobody
wrote takes no memory, so a capacity is room, not cost. When no block may be added (the cap) or can
be (the kernel refuses), the heap gives the memory, and that is counted.

Requests are the same in every kind: a negative size is a ``ValueError``; nothing at all is an empty
view that takes no room; what is larger than the cap is the heap's. Offsets are multiples of
`ALIGNMENT`. The temporary one is `temporary_arena`, the persistent one `persistent_arena`, what
stands for both with ``arenas = "off"`` is `heap_arena`. Single-threaded.
"""

import mmap
import sys
from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Protocol

from termlab.errors import UsageError
from termlab.model.pool import KEPT_BYTES, BufferPool
from termlab.terminal.ring import anonymous_mapping

if TYPE_CHECKING:
    from termlab.terminal.arena_stats import ArenaStats

# What the widest plain field of a C struct asks for.
ALIGNMENT: Final = 8
MAX_ALIGNMENT: Final = 4096
# So many of the latest resizes are kept to be shown.
RESIZES_KEPT: Final = 8

# A size before and after, and why it changed, in words.
Resize = tuple[int, int, str]
Mapping = mmap.mmap
# Memory to be written to, where that begins, and how many bytes it is; good until the next reset.
Room = tuple[Mapping | bytearray, int, int]


class Temporary(Protocol):
    """Memory for what is built and done with before the next frame."""

    def alloc(self, size: int) -> memoryview:
        """``size`` bytes, of any content, good until the next reset."""

    def reserve(self, least: int) -> Room:
        """All the room there is in one piece, at least ``least``: for who does not know before he
        has written how much he needs. `commit` takes what he used, before anything else is asked
        for."""

    def commit(self, count: int) -> None:
        """The first ``count`` bytes of the room reserved last are used."""

    def reset(self) -> None:
        """A new frame begins: nothing is used but what `Assembly` has under way."""

    @property
    def grown(self) -> bool:
        """Whether `rest` would free anything."""

    def rest(self) -> None:
        """The pane is quiet: keep no more memory than at first."""

    def assembly(self, limit: int) -> "Assembly":
        """The one string of this arena that grows over several frames. A second is refused."""

    @property
    def high_water_bytes(self) -> int:
        """As in `stats`."""

    def stats(self) -> "ArenaStats": ...

    def reset_stats(self) -> None:
        """The high-water mark begins anew; what is counted goes on."""

    def close(self) -> None: ...


class Persistent(Protocol):
    """Memory for what is kept as long as a row is, and for strings that replace one another.

    A *generation* is a number that grows with the rows (of the row, or of the prompt). Once it, or
    a later one, is released, what was stored for it may be gone; then its handle raises
    ``LookupError``, whatever lies there by now.
    """

    def store(self, data: bytes | memoryview, generation: int) -> int:
        """Keep a copy of ``data``: its handle, a plain number."""

    def data(self, handle: int) -> bytes: ...

    def text(self, handle: int) -> str:
        """The same as UTF-8; what is none is replaced."""

    def release(self, generation: int) -> None:
        """The rows up to this generation are gone, with all that was kept for them."""

    def slot(self, capacity: int) -> "Slot":
        """Room for one string at a time, as long as the arena lives; `SLOT_BYTES` for all."""

    def reset(self) -> None:
        """All rows are gone; the slots stay."""

    @property
    def grown(self) -> bool:
        """Whether `rest` would free anything."""

    def rest(self) -> None:
        """The pane is quiet: keep nothing in reserve."""

    @property
    def high_water_bytes(self) -> int:
        """As in `stats`."""

    def stats(self) -> "ArenaStats": ...

    def reset_stats(self) -> None:
        """The high-water mark begins anew; what is counted goes on."""

    def close(self) -> None: ...


class Assembly(Protocol):
    """Bytes that come in parts, such as a sequence cut in two by a read."""

    def append(self, part: bytes | memoryview) -> bool:
        """Take ``part``; False, and nothing is changed, where that is more than the limit."""

    def take(self) -> bytes:
        """All of it; nothing is left."""

    def clear(self) -> None:
        """Forget it."""

    def __len__(self) -> int: ...


class Slot(Protocol):
    """Room for one string at a time."""

    def set(self, data: bytes) -> None:
        """Replace what is there; what is longer than the slot's capacity is cut."""

    def data(self) -> bytes: ...

    def text(self) -> str:
        """The same as UTF-8; what is none is replaced, half a character at the end is left out."""


class Block:
    """One mapping and how far it is used."""

    __slots__ = ("base", "memory", "newest", "serial", "size", "top")

    def __init__(self, memory: mmap.mmap) -> None:
        self.memory = memory
        self.size = len(memory)
        self.base = 0  # what stays when all else goes
        self.top = 0
        self.newest = -1  # the latest generation in it
        self.serial = 0


class Counters:
    """What both kinds count."""

    __slots__ = (
        "allocations",
        "fallbacks",
        "growths",
        "high_water",
        "resets",
        "resizes",
        "shrinks",
    )

    def __init__(self) -> None:
        self.resizes: deque[Resize] = deque(maxlen=RESIZES_KEPT)
        self.high_water = 0
        self.allocations = self.resets = self.growths = self.shrinks = self.fallbacks = 0

    def resized(self, before: int, after: int, why: str) -> None:
        """The capacity changed."""
        if after > before:
            self.growths += 1
        elif after < before:
            self.shrinks += 1
        else:
            return
        self.resizes.append((before, after, why))

    def stats(self, used: int, capacity: int, heap_bytes: int) -> "ArenaStats":
        # Nobody asks while the first prompt is waited for.
        from termlab.terminal.arena_stats import ArenaStats

        return ArenaStats(
            used,
            capacity,
            max(self.high_water, used),
            round(used / capacity, 4) if capacity else 0.0,
            self.allocations,
            self.resets,
            self.growths,
            self.shrinks,
            self.fallbacks,
            heap_bytes,
            told(self.resizes),
        )


def told(resizes: Iterable[Resize]) -> str:
    """The latest first, in words."""
    return "; ".join(
        f"{before >> 10} to {after >> 10} KiB, {why}" for before, after, why in reversed([*resizes])
    )


def make_pool(limit_bytes: int = KEPT_BYTES) -> BufferPool[Mapping]:
    """A pool of mappings for arenas."""
    return BufferPool(anonymous_mapping, limit_bytes)


def try_take(pool: BufferPool[mmap.mmap], size: int) -> Block | None:
    """A block of ``size``, or None where the kernel gives no mapping."""
    try:
        return Block(pool.take(size))
    except (OSError, MemoryError):
        return None


def forget_pages(memory: mmap.mmap) -> None:
    """Give the pages back to the kernel, whoever has a view of them: they read as zeros then."""
    if sys.platform == "linux":  # elsewhere the advice promises nothing
        memory.madvise(mmap.MADV_DONTNEED)


def aligned(size: int, alignment: int = ALIGNMENT) -> int:
    """``size`` rounded up. Raises ``ValueError`` on a negative one."""
    if size < 0:
        raise ValueError(f"an arena can't give {size} bytes")
    return (size + alignment - 1) & -alignment


def check_alignment(alignment: int) -> int:
    """A power of two. Raises ``UsageError`` otherwise."""
    if not 1 <= alignment <= MAX_ALIGNMENT or alignment & (alignment - 1):
        raise UsageError(
            f"an arena can't align to {alignment}: give a power of two up to {MAX_ALIGNMENT}"
        )
    return alignment
