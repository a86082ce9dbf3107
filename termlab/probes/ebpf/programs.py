"""The five programs that run in the kernel while a pane is observed.

They are attached to raw tracepoints, which every process of the machine passes: who is not followed
costs one look-up. What they share is in `map_layout`. A followed thread's children are followed
from their first instruction; a thread that is followed `UNTIL_EXEC` counts from the program's on.

Times are CLOCK_MONOTONIC's. The terminal is told from other files by its device, on whatever
descriptor it is open: its own, or /dev/tty. Who reads it by other calls than read and readv
(io_uring, splice) gets no stamp, nor is an answer seen that another thread writes. A 32-bit program
has other numbers for its calls: they are counted, all as one, without names and stamps.
"""

from collections.abc import Callable, Iterable
from typing import Final

from termlab.model.calls import SMALL_BYTES
from termlab.probes.ebpf import map_layout as at
from termlab.probes.ebpf.assembler import (
    FRAME,
    R0,
    R1,
    R2,
    R3,
    R4,
    R6,
    R7,
    R8,
    R9,
    Assembler,
    Register,
)
from termlab.probes.ebpf.map_layout import Maps, Offsets

# The kernel's helpers by number (include/uapi/linux/bpf.h).
_LOOKUP: Final = 1
_UPDATE: Final = 2
_DELETE: Final = 3
_NOW_NS: Final = 5
_CURRENT_IDS: Final = 14
_CURRENT_TASK: Final = 35
_READ_KERNEL: Final = 113
# What an error can be: -4095 to -1, as unsigned numbers above this.
_ABOVE_ARE_ERRORS: Final = -4096
# The arguments of a raw tracepoint, 8 bytes each.
_ARG0, _ARG1 = 0, 8
# Places in a program's frame.
_KEY: Final = -4
_KEY2: Final = -8
_WORD: Final = -16
_DEVICE: Final = -24
_VALUE: Final = -24 - at.THREAD.size
_FD: Final = _VALUE - 8


def programs(
    maps: Maps, offsets: Offsets, reads: Iterable[int], writes: Iterable[int]
) -> dict[str, bytes]:
    """Each tracepoint with its program. ``reads`` and ``writes`` are the numbers of the calls that
    may move a key or its answer."""
    made: dict[str, Callable[[Assembler], None]] = {
        "sys_exit": lambda a: _exit(a, maps, offsets, tuple(reads)),
        "sched_process_exit": lambda a: _end(a, maps),
        "sched_process_fork": lambda a: _fork(a, maps, offsets),
        "sched_process_exec": lambda a: _exec(a, maps),
        "sys_enter": lambda a: _enter(a, maps, offsets, tuple(writes)),
    }
    done = {}
    for name, write in made.items():
        a = Assembler()
        write(a)
        a.label("out")
        a.end()
        done[name] = a.assemble()
    return done


def _enter(a: Assembler, maps: Maps, offsets: Offsets, writes: tuple[int, ...]) -> None:
    """A call begins: count it. If it may be the answer to a key, stamp it."""
    a.copy(R6, R1)
    _current(a, maps)
    a.load(R1, R7, at.THREAD_FLAGS, 4)
    a.jump_if(R1, "!=", 0, "out")
    a.call(_NOW_NS)
    a.copy(R9, R0)
    a.store(R7, at.THREAD_ENTERED, R9)
    a.load(R8, R6, _ARG1)
    a.load(R3, R6, _ARG0)
    _read(a, _WORD, 4, R3, offsets.mode)
    a.load(R1, FRAME, _WORD, 4)
    a.mask(R1, offsets.mode_mask)
    a.jump_if(R1, "!=", offsets.mode_32, "native")
    a.set(R8, at.OTHERS)
    a.label("native")
    a.store(R7, at.THREAD_NR, R8, 4)
    _count(a, maps)
    a.set(R1, 1)
    a.add_shared(R0, at.COUNT_CALLS, R1)
    a.load(R1, R7, at.THREAD_STAMP)
    a.jump_if(R1, "==", 0, "out")
    for number in writes:
        a.jump_if(R8, "==", number, "writes")
    a.jump("out")
    a.label("writes")
    _terminal(a, maps, offsets)  # R8: the slot
    a.load(R1, R7, at.THREAD_STAMP)
    a.store_number(R7, at.THREAD_STAMP, 0)
    a.add(R1, -1)
    _stamp(a)
    a.store(R8, at.SLOT_RING + at.STAMP_ANSWERED, R9)


def _exit(a: Assembler, maps: Maps, offsets: Offsets, reads: tuple[int, ...]) -> None:
    """A call is over: its time, whether it failed, whether it moved little. A key may have come."""
    a.copy(R6, R1)
    _current(a, maps)
    a.load(R9, R7, at.THREAD_ENTERED)
    a.jump_if(R9, "==", 0, "out")  # it began before we looked
    a.store_number(R7, at.THREAD_ENTERED, 0)
    a.call(_NOW_NS)
    a.copy(R8, R0)
    a.subtract(R8, R9)
    a.copy(R9, R0)
    _count_of_thread(a, maps)
    a.add_shared(R0, at.COUNT_NS, R8)
    a.load(R1, R6, _ARG1)
    a.set(R2, 1)
    a.jump_if(R1, ">", _ABOVE_ARE_ERRORS, "failed")
    a.jump_if(R1, "==", 0, "out")
    a.jump_if(R1, ">=", SMALL_BYTES, "moved")
    a.add_shared(R0, at.COUNT_SMALL, R2)
    a.label("moved")
    a.load(R8, R7, at.THREAD_NR, 4)
    for number in reads:
        a.jump_if(R8, "==", number, "reads")
    a.jump("out")
    a.label("failed")
    a.add_shared(R0, at.COUNT_ERRORS, R2)
    a.jump("out")
    a.label("reads")
    _terminal(a, maps, offsets)
    _begin_stamp(a)


def _begin_stamp(a: Assembler) -> None:
    """Of slot R8, at R9: the thread's next write completes it."""
    a.load(R1, R8, at.SLOT_STAMPS)
    a.copy(R2, R1)
    a.add(R2, 1)
    a.store(R8, at.SLOT_STAMPS, R2)
    a.store(R7, at.THREAD_STAMP, R2)
    _stamp(a)
    a.store(R8, at.SLOT_RING, R9)
    a.store_number(R8, at.SLOT_RING + at.STAMP_ANSWERED, 0)


def _fork(a: Assembler, maps: Maps, offsets: Offsets) -> None:
    """A followed thread begins another one, or a process: that is followed before it runs."""
    a.copy(R6, R1)
    _current(a, maps)
    a.load(R8, R6, _ARG1)  # the child
    _read(a, _KEY, 4, R8, offsets.task_pid)
    _read(a, _WORD, 4, R8, offsets.task_tgid)
    a.load(R9, FRAME, _WORD, 4)
    _blank(a)
    a.load(R1, R7, at.THREAD_SLOT, 4)
    a.store(FRAME, _VALUE + at.THREAD_SLOT, R1, 4)
    a.load(R1, R7, at.THREAD_FLAGS, 4)
    a.jump_if(R1, "==", 0, "counted")
    a.store_number(FRAME, _VALUE + at.THREAD_FLAGS, at.UNTIL_EXEC, 4)
    a.label("counted")
    _update(a, maps, _KEY)
    a.copy(R6, R0)
    _count_start(a, maps)


def _count_start(a: Assembler, maps: Maps) -> None:
    """What began has number `_KEY`, its process R9; R6 is 0 where it is followed."""
    a.load(R1, R7, at.THREAD_SLOT, 4)
    a.store(FRAME, _KEY2, R1, 4)
    _find(a, maps.slots, _KEY2)
    a.jump_if(R0, "==", 0, "out")
    a.set(R1, 1)
    a.jump_if(R6, "==", 0, "followed")
    a.add_shared(R0, at.SLOT_LOST, R1)
    a.label("followed")
    a.load(R2, FRAME, _KEY, 4)
    a.jump_if_register(R2, "==", R9, "process")
    a.add_shared(R0, at.SLOT_THREADS, R1)
    a.jump("out")
    a.label("process")
    a.add_shared(R0, at.SLOT_PROCESSES, R1)


def _exec(a: Assembler, maps: Maps) -> None:
    """A program begins. A thread that is not its process's first takes that one's number."""
    a.copy(R6, R1)
    a.load(R1, R6, _ARG1)
    a.store(FRAME, _KEY, R1, 4)
    _find(a, maps.threads, _KEY)
    a.jump_if(R0, "==", 0, "out")
    a.store_number(R0, at.THREAD_FLAGS, 0, 4)
    a.store_number(R0, at.THREAD_STAMP, 0)
    a.copy(R7, R0)
    a.call(_CURRENT_IDS)
    a.store(FRAME, _KEY2, R0, 4)
    a.load(R1, FRAME, _KEY, 4)
    a.load(R2, FRAME, _KEY2, 4)
    a.jump_if_register(R1, "==", R2, "out")
    for offset in range(0, at.THREAD.size, 8):
        a.load(R1, R7, offset)
        a.store(FRAME, _VALUE + offset, R1)
    _update(a, maps, _KEY2)
    _delete(a, maps, _KEY)


def _end(a: Assembler, maps: Maps) -> None:
    """A thread ends."""
    a.call(_CURRENT_IDS)
    a.store(FRAME, _KEY, R0, 4)
    _delete(a, maps, _KEY)


# Parts of programs


def _current(a: Assembler, maps: Maps) -> None:
    """R7 is the running thread's entry. Who has none is none of ours."""
    a.call(_CURRENT_IDS)
    a.store(FRAME, _KEY, R0, 4)  # its low half: the thread's number
    _find(a, maps.threads, _KEY)
    a.jump_if(R0, "==", 0, "out")
    a.copy(R7, R0)


def _find(a: Assembler, map_fd: int, key: int) -> None:
    a.copy(R2, FRAME)
    a.add(R2, key)
    a.map(R1, map_fd)
    a.call(_LOOKUP)


def _update(a: Assembler, maps: Maps, key: int) -> None:
    a.copy(R2, FRAME)
    a.add(R2, key)
    a.copy(R3, FRAME)
    a.add(R3, _VALUE)
    a.set(R4, 0)
    a.map(R1, maps.threads)
    a.call(_UPDATE)


def _delete(a: Assembler, maps: Maps, key: int) -> None:
    a.copy(R2, FRAME)
    a.add(R2, key)
    a.map(R1, maps.threads)
    a.call(_DELETE)


def _blank(a: Assembler) -> None:
    for offset in range(0, at.THREAD.size, 8):
        a.store_number(FRAME, _VALUE + offset, 0)


def _count_of_thread(a: Assembler, maps: Maps) -> None:
    """R0 is the counts of the call that the thread is in. R8 and R9 stay."""
    a.load(R2, R7, at.THREAD_NR, 4)
    _counts(a, maps)


def _count(a: Assembler, maps: Maps) -> None:
    """R0 is the counts of call R8."""
    a.copy(R2, R8)
    _counts(a, maps)


def _counts(a: Assembler, maps: Maps) -> None:
    """R0 is the counts of call R2 in the thread's slot."""
    a.jump_if(R2, ">", at.OTHERS, "strange")
    a.jump("known")
    a.label("strange")
    a.set(R2, at.OTHERS)
    a.label("known")
    a.load(R1, R7, at.THREAD_SLOT, 4)
    a.shift_left(R1, (at.NUMBERS - 1).bit_length())
    a.add_register(R1, R2)
    a.store(FRAME, _KEY2, R1, 4)
    _find(a, maps.counts, _KEY2)
    a.jump_if(R0, "==", 0, "out")


def _terminal(a: Assembler, maps: Maps, offsets: Offsets) -> None:
    """Goes out unless the call's descriptor is the slot's terminal. R8 is the slot, R9 stays."""
    a.load(R1, R7, at.THREAD_SLOT, 4)
    a.store(FRAME, _KEY2, R1, 4)
    _find(a, maps.slots, _KEY2)
    a.jump_if(R0, "==", 0, "out")
    a.copy(R8, R0)
    a.load(R1, R8, at.SLOT_DEVICE)
    a.jump_if(R1, "==", 0, "out")  # nobody has said which it is
    a.load(R3, R6, _ARG0)
    _read(a, _FD, 8, R3, offsets.fd_argument)
    a.call(_CURRENT_TASK)
    for offset in (offsets.task_files, offsets.files_table, offsets.table_files):
        _read(a, _WORD, 8, R0, offset)
        a.load(R0, FRAME, _WORD)
    a.load(R1, FRAME, _FD, 4)
    a.shift_left(R1, 3)
    a.add_register(R0, R1)
    for offset in (0, offsets.file_inode):
        _read(a, _WORD, 8, R0, offset)
        a.load(R0, FRAME, _WORD)
    _read(a, _DEVICE, 4, R0, offsets.inode_device)
    a.load(R1, FRAME, _DEVICE, 4)
    a.jump_if(R1, "==", at.OWN_TERMINAL, "terminal")
    a.load(R2, R8, at.SLOT_DEVICE)
    a.jump_if_register(R1, "!=", R2, "out")
    a.label("terminal")


def _stamp(a: Assembler) -> None:
    """R8, the slot, is moved so that its ring begins at stamp number R1."""
    a.mask(R1, at.STAMPS - 1)
    a.shift_left(R1, (at.STAMP.size - 1).bit_length())
    a.add_register(R8, R1)


def _read(a: Assembler, to: int, size: int, source: Register, offset: int) -> None:
    """The frame's ``to`` is what stands in the kernel at ``source`` plus ``offset``; where nothing
    does, it is zeros."""
    a.copy(R3, source)
    a.add(R3, offset)
    a.copy(R1, FRAME)
    a.add(R1, to)
    a.set(R2, size)
    a.call(_READ_KERNEL)
