"""How one of termlab's own processes is to be run by the kernel, and what came of asking for it."""

from termlab.model.records import msgspec


class Schedule(msgspec.Struct, frozen=True, array_like=True):
    """What is asked for; as it stands here: nothing, the process goes on as it was started.

    ``realtime`` is a priority of SCHED_FIFO, ``thread_stack_bytes`` are those of threads it makes.
    """

    cpus: tuple[int, ...] = ()
    numa_node: int | None = None
    nice: int = 0
    realtime: int = 0
    thread_stack_bytes: int = 0


NOTHING = Schedule()


class Outcome(msgspec.Struct, frozen=True, array_like=True):
    """One thing that was asked for and what the kernel made of it, both in words; ``why`` says what
    is missing and what would allow it, "" where all of it holds."""

    option: str
    asked: str
    found: str
    why: str = ""

    @property
    def line(self) -> str:
        """For a log."""
        return f"{self.option} = {self.asked} does not hold, it is {self.found}: {self.why}"
