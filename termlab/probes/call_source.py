"""What counts system calls, whichever way: the contract of all tiers.

A `CallSource` counts those of one tree of processes and says by which tier and how exactly. Its
sums only grow. A `Launch` starts a tree under it, so that nothing of its beginning is lost; to who
runs already, a tier attaches by its own constructor. What a tier can't tell is None, never 0.
"""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, Protocol, TypeVar

from termlab.model.calls import Tier
from termlab.model.figure import Missing

# Calls that move bytes to or from a file: of these a small one is worth telling.
READS: Final = frozenset({"read", "readv", "pread64", "preadv", "preadv2", "recvfrom"})
WRITES: Final = frozenset({"write", "writev", "pwrite64", "pwritev", "pwritev2", "sendto"})

Started = TypeVar("Started")


class CallSum(NamedTuple):
    """One call's. ``small`` returned 1 to 15: of reads and writes, the bytes that were moved."""

    calls: int
    time_ns: int | None = None
    errors: int | None = None
    small: int | None = None


class CallSums(NamedTuple):
    """By now. ``accuracy`` is a sentence. ``by_name`` is empty where a tier has no names, and
    ``started`` how many processes began since it counts, None where it can't tell."""

    tier: Tier
    accuracy: str
    total: int
    by_name: dict[str, CallSum]
    started: int | None = None


class CallSource(Protocol):
    """Counts one tree's calls, from its making to `close`."""

    def read(self) -> CallSums | Missing:
        """By now, of processes that have ended as well."""

    def close(self) -> None:
        """Nothing is counted any more; may be called twice."""


class Launch:
    """A start of a program under a tier: this one counts nothing, and others say more. Whoever
    starts it goes through all three; where it does not start, `cancel` is the last instead."""

    def words(self, argv: tuple[str, ...]) -> tuple[str, ...]:
        """What is run in place of ``argv``."""
        return argv

    def run(self, start: Callable[[], Started]) -> Started:
        """Have ``start`` fork and wait for the program to begin."""
        return start()

    def source(self, pid: int, terminal: int = -1) -> CallSource | Missing:
        """What counts, once the program runs as process ``pid`` on a terminal of which ``terminal``
        is the master."""
        return Missing("system calls of all kinds were not asked for")

    def cancel(self) -> None:
        """The program did not start."""


def small(by_name: dict[str, CallSum], which: Iterable[str]) -> int | None:
    """How many of the calls ``which`` moved little; None where the tier can't tell."""
    found = [by_name[name].small for name in which if name in by_name]
    known = [each for each in found if each is not None]
    return sum(known) if len(known) == len(found) else None
