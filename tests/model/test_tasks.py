"""What the task manager shows crosses the wire as it is."""

import msgspec

from termlab.model.figure import Amount, Missing
from termlab.model.tasks import Task, Tasks

TASK = Task(3, "work", "0:vim", "vim", "", *(Amount(float(at), "held") for at in range(7)))
GONE = Task(4, "work", "1:sh", "sh", "exit 3", *(Missing("its program has ended"),) * 7)


def test_figures_and_reasons_come_back_as_they_were() -> None:
    tasks = Tasks((TASK, GONE), 1.0, 0.8, Amount(0.4))
    packed = msgspec.msgpack.encode(tasks)
    assert msgspec.msgpack.decode(packed, type=Tasks) == tasks
