"""System calls of a pane's processes, by name, as a probe counted them.

A table always names its tier and how exact that is: figures of different tiers are never held
against each other. What a tier can't tell (times, errors, what was done in silence) is None.
"""

from typing import Final, Literal

from termlab.model.records import msgspec

Tier = Literal["ebpf", "perf", "strace", "accounting", "system"]

# Best first; what each can tell, for people.
TIERS: Final[dict[Tier, str]] = {
    "ebpf": "every call of every process by name, with time and errors, counted in the kernel",
    "perf": "every call of every process, without names, counted in the kernel",
    "strace": "every call by name, with time and errors; the program is slowed down",
    "accounting": "calls of the read and the write kind only, as the kernel books them",
    "system": "what the system's own accounts tell of a process",
}


class CallCount(msgspec.Struct, frozen=True):
    """One call by its name. ``idle`` of them were made while the terminal was silent."""

    name: str
    count: int
    time_ns: int | None = None
    errors: int | None = None
    idle: int | None = None


class CallTable(msgspec.Struct, frozen=True, tag="table"):
    """What was called, most first. ``accuracy`` is a sentence; ``small_reads`` and ``small_writes``
    are those that moved fewer than `SMALL_BYTES` bytes."""

    tier: Tier
    accuracy: str
    total: int
    calls: tuple[CallCount, ...] = ()
    small_reads: int | None = None
    small_writes: int | None = None


# A read or write that moves less costs more in the call than in the bytes.
SMALL_BYTES: Final = 16
