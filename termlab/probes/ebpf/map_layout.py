"""The maps that the programs in the kernel and their reader share: which bytes are what.

Three maps: of the threads that are followed (by thread number), of the counts (a slot's calls by
number), of the slots (one for each pane that is observed). The last two are read as memory.
"""

import struct
from typing import Final, NamedTuple

# Panes observed at once. Each takes 17 KB of the kernel's memory.
SLOTS: Final = 32
# Threads followed at once, of all panes: 2 MB of the kernel's memory. More are counted as lost.
THREADS: Final = 16384

# A thread: its slot, what it waits for, the call that it is in (nr) since when (0: in none), and
# the stamp that its first write to the terminal completes (its number plus one; 0: none).
THREAD: Final = struct.Struct("=IIIIQQ")
THREAD_SLOT: Final = 0
THREAD_FLAGS: Final = 4
THREAD_NR: Final = 8
THREAD_ENTERED: Final = 16
THREAD_STAMP: Final = 24
# Flags. Neither is counted: one is not the program yet, the other only hands its slot on.
UNTIL_EXEC: Final = 1
HANDS_ON: Final = 2

# Calls have numbers below this; the last place is for all above: 32-bit programs' and new ones.
NUMBERS: Final = 512
OTHERS: Final = NUMBERS - 1
# A call's counts: how many, nanoseconds in them, errors, and those that moved 1 to 15 bytes.
COUNT: Final = struct.Struct("=QQQQ")
COUNT_CALLS: Final = 0
COUNT_NS: Final = 8
COUNT_ERRORS: Final = 16
COUNT_SMALL: Final = 24

# A slot: its terminal as the kernel numbers devices, then processes and threads begun, those that
# could not be followed, and how many stamps were begun; behind them the last stamps in a ring.
SLOT_DEVICE: Final = 0
SLOT_PROCESSES: Final = 8
SLOT_THREADS: Final = 16
SLOT_LOST: Final = 24
SLOT_STAMPS: Final = 32
SLOT_RING: Final = 40
STAMPS: Final = 64
# A stamp: when a read of the terminal brought something, and when who read next wrote to it.
STAMP: Final = struct.Struct("=QQ")
STAMP_ANSWERED: Final = 8
SLOT_HEAD: Final = struct.Struct("=QQQQQ")
SLOT_BYTES: Final = SLOT_RING + STAMPS * STAMP.size

# How Linux numbers devices inside the kernel; /dev/tty is whatever terminal a process has.
_MINOR_BITS: Final = 20
OWN_TERMINAL: Final = 5 << _MINOR_BITS


def device(major: int, minor: int) -> int:
    """A device's number inside the kernel."""
    return major << _MINOR_BITS | minor


class Offsets(NamedTuple):
    """Where the running kernel keeps what the programs look at. A ``fd_argument`` is the first
    argument of a call among the registers, as it was; a 32-bit program has ``mode_32`` in the bits
    ``mode_mask`` of the register ``mode``."""

    task_pid: int
    task_tgid: int
    task_files: int
    files_table: int
    table_files: int
    file_inode: int
    inode_device: int
    fd_argument: int
    mode: int
    mode_mask: int
    mode_32: int


class Maps(NamedTuple):
    """The descriptors of the three."""

    threads: int
    counts: int
    slots: int
