"""Who wakes the CPU: a thread by its name, and how often it was woken."""

from termlab.model.records import msgspec


class Waker(msgspec.Struct, frozen=True):
    """``idle_wakeups`` of its ``wakeups`` came while the terminal was silent."""

    process: str
    thread: str
    pid: int
    tid: int
    wakeups: int
    idle_wakeups: int
