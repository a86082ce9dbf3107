"""System calls of trees of processes, counted in the kernel by number: a slot for each tree.

A `Tracer` has the programs loaded from its making to its `close`, and serves all panes: a slot is
taken for a pane, what runs there is followed (`follow`, or from its start by `start_gate`), and its
counts are read from memory that the kernel shares: no system call, 0.1 ms.

Stamps, for whoever tells a key's way: each time a read of the slot's terminal brought something (on
whatever descriptor; `read` and `readv`), a `Stamp` is begun with that time, and completed when the
same thread next writes to that terminal. So beside a thread that prints on its own the answer is
still the answer. ``tracer.stamps(slot, since)`` gives those that were begun from number ``since``
on and the number to ask with next time; the last 64 are kept. Times are CLOCK_MONOTONIC's in
nanoseconds, as ``time.monotonic_ns()``. A stamp without an answer has ``answered_ns`` 0, and may
have it at the next asking: ask again from that one's number. What it can't see: a program that
reads in one thread and writes in another has stamps never answered; io_uring has none.
"""

import mmap
import os
import stat
import struct
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import get_native_id
from typing import Final, NamedTuple

from termlab.probes.ebpf import kernel
from termlab.probes.ebpf import map_layout as layout
from termlab.probes.ebpf.map_layout import COUNT, NUMBERS, SLOT_HEAD, SLOTS, STAMP, STAMPS, Maps

# How many times a tree is looked through for threads that began meanwhile.
_MAX_SCANS: Final = 16
# Threads of a slot that are looked at for calls they are in.
MAX_WAITING: Final = 1024
# The number of a master's terminal (asm-generic/ioctls.h), and the device of those terminals.
_TIOCGPTN: Final = 0x80045430
_PTS_MAJOR: Final = 136


class Call(NamedTuple):
    """One call's counts. ``small`` moved 1 to 15 bytes (or returned such a number)."""

    calls: int
    ns: int
    errors: int
    small: int


class Started(NamedTuple):
    """What began in a slot since it was taken; ``lost`` threads could not be followed."""

    processes: int
    threads: int
    lost: int


class Stamp(NamedTuple):
    """A read of the terminal that brought something, and its thread's first write there behind."""

    number: int
    consumed_ns: int
    answered_ns: int


class Tracer:
    """Made of the three maps and what else is to be closed with them (see `loading`)."""

    def __init__(self, maps: Maps, links: tuple[int, ...]) -> None:
        self._maps = maps
        with ExitStack() as made:
            for fd in (*maps, *links):
                made.callback(os.close, fd)
            self._counts = _mapped(maps.counts, SLOTS * NUMBERS * COUNT.size)
            made.callback(self._counts.close)
            self._slots = _mapped(maps.slots, SLOTS * layout.SLOT_BYTES)
            made.callback(self._slots.close)
            self._made = made.pop_all()
        self._free = list(reversed(range(SLOTS)))

    def take(self) -> int | None:
        """A slot, all zeros; None if all are taken."""
        if not self._free:
            return None
        slot = self._free.pop()
        self._wipe(slot)
        return slot

    def set_terminal(self, slot: int, fd: int) -> None:
        """The slot's stamps are of this terminal, or of this master's; before there are none."""
        at = slot * layout.SLOT_BYTES + layout.SLOT_DEVICE
        self._slots[at : at + 8] = struct.pack("=Q", terminal_device(fd))

    def leave(self, slot: int) -> None:
        """Nothing is followed for it any more, and another one may have it."""
        for _ in range(_MAX_SCANS):
            mine = self._threads(slot)
            if not mine:
                break
            for tid, _ in mine:
                kernel.delete(self._maps.threads, tid)
        self._free.append(slot)

    def follow(self, slot: int, tree: Callable[[], list[int]]) -> int:
        """All threads that ``tree`` names, and what they begin from here on: how many there were.
        It is asked again until it names nobody new: who began before is found, who begins later is
        followed by the kernel."""
        known: set[int] = set()
        for _ in range(_MAX_SCANS):
            new = set(tree()) - known
            if not new:
                break
            for tid in new:
                self._add(tid, slot, 0)
            known |= new
        return len(known)

    @contextmanager
    def start_gate(self, slot: int) -> Iterator[None]:
        """Whatever the calling thread forks inside is followed, and counted from the program's
        first instruction on."""
        own = get_native_id()
        self._add(own, slot, layout.HANDS_ON)
        try:
            yield
        finally:
            kernel.delete(self._maps.threads, own)

    def read(self, slot: int) -> dict[int, Call]:
        """The counts by the number of the call, without those never made."""
        start = slot * NUMBERS * COUNT.size
        with memoryview(self._counts) as view:
            words = view[start : start + NUMBERS * COUNT.size].cast("Q").tolist()
        counts = words[0::4]
        return {nr: Call(*words[nr * 4 : nr * 4 + 4]) for nr, count in enumerate(counts) if count}

    def waiting(self, slot: int) -> list[tuple[int, int, int]]:
        """The calls that threads are in: thread, number of the call, since when (ns)."""
        found = []
        for tid, value in self._threads(slot):
            _, flags, nr, _, entered, _ = layout.THREAD.unpack(value)
            if entered and not flags:
                found.append((tid, nr, entered))
        return found

    def started(self, slot: int) -> Started:
        """What began, and was followed."""
        _, processes, threads, lost, _ = SLOT_HEAD.unpack_from(
            self._slots, slot * layout.SLOT_BYTES
        )
        return Started(processes, threads, lost)

    def stamps(self, slot: int, since: int = 0) -> tuple[int, list[Stamp]]:
        """See the module: the number of the next one, and those begun from ``since`` on."""
        base = slot * layout.SLOT_BYTES
        (begun,) = SLOT_HEAD.unpack_from(self._slots, base)[4:]
        found = []
        for number in range(max(since, begun - STAMPS), begun):
            at = base + layout.SLOT_RING + number % STAMPS * STAMP.size
            found.append(Stamp(number, *STAMP.unpack_from(self._slots, at)))
        return begun, found

    def close(self) -> None:
        """Unload. The kernel takes some 50 ms for it, without holding up other threads."""
        self._made.close()

    def _add(self, tid: int, slot: int, flags: int) -> None:
        value = layout.THREAD.pack(slot, flags, 0, 0, 0, 0)
        try:
            kernel.update(self._maps.threads, tid, value, kernel.NEW_ONLY)
        except FileExistsError:
            return  # followed by now: its parent was

    def _threads(self, slot: int) -> list[tuple[int, bytes]]:
        size = layout.THREAD.size
        found = kernel.entries(self._maps.threads, size)
        return [(tid, value) for tid, value in found if layout.THREAD.unpack(value)[0] == slot][
            :MAX_WAITING
        ]

    def _wipe(self, slot: int) -> None:
        size = NUMBERS * COUNT.size
        self._counts[slot * size : (slot + 1) * size] = bytes(size)
        size = layout.SLOT_BYTES
        self._slots[slot * size : (slot + 1) * size] = bytes(size)


def terminal_device(fd: int) -> int:
    """The kernel's number of the terminal behind ``fd``, which may be its master; 0 if none is."""
    if sys.platform == "win32" or fd < 0:
        return 0
    else:
        import fcntl

        number = array("i", (0,))
        try:
            fcntl.ioctl(fd, _TIOCGPTN, number)
        except OSError:
            return _device(fd)
        return layout.device(_PTS_MAJOR, number[0])


def _device(fd: int) -> int:
    if sys.platform == "win32":
        return 0
    else:
        try:
            found = os.fstat(fd)
        except OSError:
            return 0
        if not stat.S_ISCHR(found.st_mode):
            return 0
        return layout.device(os.major(found.st_rdev), os.minor(found.st_rdev))


def _mapped(fd: int, size: int) -> mmap.mmap:
    if sys.platform == "win32":
        raise OSError("there is no eBPF")
    else:
        page = mmap.PAGESIZE
        return mmap.mmap(fd, (size + page - 1) // page * page, mmap.MAP_SHARED)
