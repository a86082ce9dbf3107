"""What is there on every system that has `nice`; of Windows only its types are checked."""

import os
import subprocess
import sys

import pytest

from termlab.model.schedule import NOTHING, Schedule
from termlab.scheduling.other_process import OtherProcess

if sys.platform == "linux":
    from tests.scheduling.apart import as_root, in_a_process
else:
    pytest.skip("it is tried where a process can be nobody's", allow_module_level=True)

assert sys.platform == "linux"


@as_root
def test_nice_holds_is_given_back_for_children_and_the_rest_is_told_not_to_be_there() -> None:
    def work() -> list[object]:
        mine = OtherProcess()
        outcomes = [
            [each.option, each.found, each.why] for each in mine.apply(Schedule((0,), 0, 5, 9))
        ]
        here = os.getpriority(os.PRIO_PROCESS, 0)
        child = mine.apart(lambda: subprocess.check_output(["nice"], text=True).strip())
        after = os.getpriority(os.PRIO_PROCESS, 0)
        rest = mine.apply(NOTHING)
        return [outcomes, here, child, after, rest, os.getpriority(os.PRIO_PROCESS, 0)]

    outcomes, *seen = in_a_process(work)
    assert [each[:2] for each in outcomes] == [
        ["cpus", "any"],
        ["nice", "5"],
        ["numa_node", "any"],
        ["realtime", "off"],
    ]
    assert [bool(each[2]) for each in outcomes] == [True, False, True, True]
    assert seen == [5, "0", 5, [], 0]


@as_root
def test_nobody_is_not_made_nicer_for_it_could_not_be_given_back() -> None:
    def work() -> list[object]:
        (outcome,) = OtherProcess().apply(Schedule(nice=5))
        (down,) = OtherProcess().apply(Schedule(nice=-5))
        return [outcome.found, outcome.why, down.why, os.getpriority(os.PRIO_PROCESS, 0)]

    found, why, down, nice = in_a_process(work, nobody=True)
    assert (found, nice) == ("0", 0)
    assert "programs in panes would have it too" in why
    assert "refused" in down
