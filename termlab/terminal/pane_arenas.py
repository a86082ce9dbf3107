"""The two arenas of each pane, the pool they all share, and how large they begin.

How large is learned: as large as the latest panes needed theirs to be. So a pane like the ones
before it never grows, and a few small ones undo what a large one taught. ``on`` says whether panes
made from here on have arenas or the heap in their place; nobody else has to know which.
"""

from collections import deque
from typing import TYPE_CHECKING, Final

from termlab.model.pool import BufferPool, size_class
from termlab.terminal import persistent_arena, temporary_arena
from termlab.terminal.arena import (
    RESIZES_KEPT,
    Mapping,
    Persistent,
    Resize,
    Slot,
    Temporary,
    make_pool,
    told,
)
from termlab.terminal.emulator import MAX_TITLE_CHARS
from termlab.terminal.heap_arena import HeapPersistent, HeapTemporary
from termlab.terminal.persistent_arena import PersistentArena
from termlab.terminal.reported import MAX_PATH_BYTES
from termlab.terminal.temporary_arena import TemporaryArena

if TYPE_CHECKING:
    from termlab.terminal.arena_stats import LearnedStats, PaneArenaStats

# Panes that are remembered; and what one may begin with at most: more is grown when it is needed.
PANES_REMEMBERED: Final = 8
MOST_INITIAL_BYTES: Final = 1 << 20


class PaneArenas:
    """One pane's. ``title`` and ``directory`` are what its program called itself last."""

    __slots__ = ("_maker", "directory", "on", "persistent", "temporary", "title")

    def __init__(self, maker: "ArenaMaker", persistent: Persistent, temporary: Temporary) -> None:
        self._maker: ArenaMaker | None = maker
        self.on = maker.on
        self.persistent = persistent
        self.temporary = temporary
        self.title: Slot = persistent.slot(4 * MAX_TITLE_CHARS)
        self.directory: Slot = persistent.slot(MAX_PATH_BYTES)

    @property
    def grown(self) -> bool:
        """Whether `rest` would free anything."""
        return self.temporary.grown or self.persistent.grown

    def rest(self) -> None:
        """The pane is quiet: keep no more memory than at first."""
        self.temporary.rest()
        self.persistent.rest()

    def stats(self) -> "PaneArenaStats":
        from termlab.terminal.arena_stats import PaneArenaStats

        return PaneArenaStats(self.on, self.persistent.stats(), self.temporary.stats())

    def pool_kept_bytes(self) -> int | None:
        """What the pool of all panes' arenas keeps; None where there is none."""
        return self._maker.pool.stats().kept_bytes if self.on and self._maker is not None else None

    def close(self) -> None:
        """Give all memory back; may be called twice."""
        maker, self._maker = self._maker, None
        if maker is not None:
            maker.learn(self)
            self.temporary.close()
            self.persistent.close()


class ArenaMaker:
    """Makes them for the panes of one server."""

    def __init__(self, on: bool = True, pool: BufferPool[Mapping] | None = None) -> None:
        self.on = on
        self.pool = make_pool() if pool is None else pool
        self.persistent = Learned(persistent_arena.INITIAL_BYTES)
        self.temporary = Learned(temporary_arena.INITIAL_BYTES)

    def make(self) -> PaneArenas:
        """The arenas of a new pane."""
        if not self.on:
            return PaneArenas(self, HeapPersistent(), HeapTemporary())
        return PaneArenas(
            self,
            PersistentArena(self.pool, self.persistent.bytes),
            TemporaryArena(self.pool, self.temporary.bytes),
        )

    def stats(self) -> "LearnedStats":
        from termlab.terminal.arena_stats import LearnedStats

        return LearnedStats(
            self.on,
            self.persistent.bytes,
            self.temporary.bytes,
            told(self.persistent.resizes),
            told(self.temporary.resizes),
        )

    def learn(self, arenas: PaneArenas) -> None:
        """A pane is about to go: how much it needed."""
        if arenas.on:
            slots = persistent_arena.SLOT_BYTES  # which stand at the start, used or not
            self.persistent.note(arenas.persistent.high_water_bytes + slots)
            self.temporary.note(arenas.temporary.high_water_bytes)


def heap_arenas() -> PaneArenas:
    """The heap in place of both, for a pane that nobody made arenas for."""
    return ArenaMaker(on=False).make()


class Learned:
    """The size to begin with, of one kind, and how it changed."""

    __slots__ = ("_least", "_marks", "bytes", "resizes")

    def __init__(self, least_bytes: int) -> None:
        self._least = least_bytes
        self._marks: deque[int] = deque(maxlen=PANES_REMEMBERED)
        self.bytes = least_bytes
        self.resizes: deque[Resize] = deque(maxlen=RESIZES_KEPT)

    def note(self, high_water_bytes: int) -> None:
        """One more pane needed so much."""
        self._marks.append(high_water_bytes)
        most = max(self._marks)
        size = min(max(size_class(most), self._least), MOST_INITIAL_BYTES)
        if size != self.bytes:
            why = f"of the last {len(self._marks)} panes one needed {most} bytes"
            self.resizes.append((self.bytes, size, why))
            self.bytes = size
