"""What the task manager shows: of every pane of all sessions what its programs use, at one look."""

from termlab.model.figure import Figure
from termlab.model.records import msgspec


class Task(msgspec.Struct, frozen=True, array_like=True):
    """One pane. ``ended`` is how its program did, "" while it runs; of one that ended, and of a
    recording, no figure is known, and each says why."""

    pane: int
    session: str
    window: str
    command: str
    ended: str
    processes: Figure
    cpu_percent: Figure
    idle_wakeups_per_s: Figure
    rss_bytes: Figure
    pss_bytes: Figure
    output_bytes_per_s: Figure
    p95_ms: Figure


class Tasks(msgspec.Struct, frozen=True, array_like=True):
    """One look at all of them, in the order of sessions, windows and panes. ``interval_s`` is the
    time since the look before, 0 for the first; the look itself took ``look_ms``."""

    tasks: tuple[Task, ...]
    interval_s: float
    look_ms: float
    server_cpu_percent: Figure
