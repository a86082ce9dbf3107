"""Looks of the task manager that were never made: the same in every run."""

from typing import Final

from termlab.model.figure import Amount, Missing
from termlab.model.tasks import Task, Tasks

ENDED: Final = Missing("its program has ended: exit 3")
RECORDING: Final = Missing("a recording plays in this pane: there is no process to look at")
NO_KEY: Final = Missing("no key was typed into this pane since it is looked at")
FIRST: Final = Missing("this is the first look: rates come with the next")


def task(
    pane: int,
    where: tuple[str, str],
    command: str,
    cpu: float,
    wakeups: float,
    rss: float,
    output: float,
    p95: float | None = None,
    processes: float = 1.0,
) -> Task:
    """A pane of which all is known, but for its keys where none was typed."""
    return Task(
        pane,
        *where,
        command,
        "",
        Amount(processes),
        Amount(cpu),
        Amount(wakeups),
        Amount(rss),
        Amount(rss * 0.7),
        Amount(output),
        NO_KEY if p95 is None else Amount(p95),
    )


MANY: Final = Tasks(
    (
        task(0, ("work", "0:edit"), "vim", 0.4, 0.0, 12e6, 0.0, 1.2),
        task(1, ("work", "0:edit"), "bash", 0.0, 0.0, 4.1e6, 0.0),
        task(2, ("work", "1:build"), "make", 187.0, 240.0, 812e6, 120_000.0, processes=34),
        task(5, ("monitor", "0:htop"), "htop", 2.1, 3.2, 6e6, 4000.0, 144.0),
        Task(7, "monitor", "1:old", "python3", "exit 3", *(ENDED,) * 7),
        Task(8, "talk", "0:play", "world.cast", "", *(RECORDING,) * 7),
        task(9, ("talk", "1:numbers"), "python3", 96.0, 0.0, 2.2e9, 12.0),
    ),
    1.0,
    2.3,
    Amount(0.7),
)
FIRST_LOOK: Final = Tasks(
    (
        Task(0, "work", "0:sh", "bash", "", Amount(1), FIRST, FIRST, Amount(4e6), *(FIRST,) * 3),
        Task(7, "work", "1:old", "python3", "exit 3", *(ENDED,) * 7),
    ),
    0.0,
    1.4,
    FIRST,
)
