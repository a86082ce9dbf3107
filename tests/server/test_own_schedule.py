import os
import sys
from collections.abc import Callable

import pytest

from termlab.model.schedule import Outcome, Schedule
from termlab.server.own_schedule import MAX_LINE_CHARS, MAX_LINES, OwnSchedule

if sys.platform == "linux":
    from tests.scheduling.apart import in_a_process
else:
    pytest.skip("only Linux lets a process choose its CPUs", allow_module_level=True)

assert sys.platform == "linux"

REFUSED = Outcome("nice", "-5", "0", "it needs CAP_SYS_NICE")


class Starter:
    """As much of a spawner as there is to it."""

    def __init__(self) -> None:
        self.apart: Callable[[Callable[[], object]], object] = lambda start: start()


def schedule(lines: list[str]) -> OwnSchedule:
    return OwnSchedule(Starter(), lines.append)  # type: ignore[arg-type]


def test_what_does_not_hold_is_noted_once_however_many_clients_say_it() -> None:
    lines: list[str] = []
    notes = schedule(lines)
    for _ in range(3):
        notes.hear("client", (Outcome("cpus", "0", "0"), REFUSED))
    notes.hear("server", (REFUSED,))
    assert lines == [
        "[client] nice = -5 does not hold, it is 0: it needs CAP_SYS_NICE",
        "[server] nice = -5 does not hold, it is 0: it needs CAP_SYS_NICE",
    ]


def test_a_client_that_makes_things_up_does_not_fill_the_log() -> None:
    lines: list[str] = []
    notes = schedule(lines)
    notes.hear("client", (Outcome("x" * 9999, "", "", str(n)) for n in range(100)))
    assert len(lines) == 1  # they differ behind what is shown of them
    notes.hear("client", (Outcome("nice", str(n), "", "no") for n in range(100)))
    assert len(lines) == MAX_LINES
    assert max(map(len, lines)) == MAX_LINE_CHARS


def test_options_are_taken_and_what_is_started_has_none_of_them() -> None:
    def work() -> list[object]:
        lines: list[str] = []
        starter, cpu = Starter(), max(os.sched_getaffinity(0))
        mine = OwnSchedule(starter, lines.append)  # type: ignore[arg-type]
        mine.take(Schedule((cpu, 8000)))
        mine.take(Schedule((cpu, 8000)))
        there = starter.apart(lambda: len(os.sched_getaffinity(0)))
        return [len(os.sched_getaffinity(0)), there, lines]

    pinned, there, lines = in_a_process(work)
    assert (pinned, there) == (1, len(os.sched_getaffinity(0)))
    assert len(lines) == 1
    assert "this machine has no CPU 8000" in lines[0]
