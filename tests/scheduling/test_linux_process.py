"""Each option, asked of this kernel and looked up in it."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from termlab.model.cpu_list import spell_cpus
from termlab.model.schedule import NOTHING, Outcome, Schedule
from termlab.scheduling.standing import standing_of

if sys.platform == "linux":
    from termlab.scheduling import numa
    from termlab.scheduling.linux_process import LinuxProcess
    from tests.scheduling.apart import as_root, has_nodes, in_a_process
else:
    pytest.skip("it is Linux's", allow_module_level=True)

assert sys.platform == "linux"

CPU = max(os.sched_getaffinity(0))
ALL = Schedule((CPU,), None, -4, 9, 300_000)


def told(outcomes: tuple[Outcome, ...]) -> dict[str, list[str]]:
    return {each.option: [each.asked, each.found, each.why] for each in outcomes}


@as_root
def test_all_that_is_permitted_holds_and_is_given_back() -> None:
    def work() -> list[object]:
        before = standing_of()
        mine = LinuxProcess()
        outcomes = told(mine.apply(ALL))
        during, stack = standing_of(), threading.stack_size(303104)
        rest = told(mine.apply(NOTHING))
        back = standing_of() == before and threading.stack_size() == 0
        mine.apply(ALL)
        mine.close()
        return [outcomes, during, stack, rest, back, standing_of() == before]

    outcomes, during, stack, rest, back, closed = in_a_process(work)
    assert outcomes == {
        "cpus": [str(CPU), str(CPU), ""],
        "nice": ["-4", "-4", ""],
        "realtime": ["9", "9", ""],
        "thread_stack_bytes": ["300000", "303104", ""],
    }
    assert during == [[CPU], -4, 9]
    assert (stack, rest, back, closed) == (303104, {}, True, True)


@as_root
def test_a_program_that_is_started_apart_has_none_of_it() -> None:
    def work() -> list[str]:
        mine = LinuxProcess()
        mine.apply(Schedule((CPU,), 0, 6, 9))
        script = "nice; grep -i 'realtime timeout' /proc/self/limits; cat /proc/$$/status"
        script += "; chrt -p $$; head -1 /proc/$$/numa_maps"
        there = mine.apart(lambda: subprocess.check_output(["sh", "-c", script], text=True))
        return there.splitlines()

    lines = in_a_process(work)
    assert lines[0] == str(os.getpriority(os.PRIO_PROCESS, 0))
    assert lines[1].split()[3] == "unlimited"
    assert f"Cpus_allowed_list:\t{spell_cpus(os.sched_getaffinity(0))}" in lines
    assert any("SCHED_OTHER" in line for line in lines)
    assert "prefer" not in lines[-1]


@as_root
def test_a_thread_made_later_has_all_but_the_real_time_priority() -> None:
    def work() -> list[object]:
        mine = LinuxProcess()
        mine.apply(ALL)
        seen: list[object] = []
        thread = threading.Thread(target=lambda: seen.append(standing_of()))
        thread.start()
        thread.join()
        return seen

    # The mark that takes the priority from it takes a nice below 0 as well (sched(7)).
    assert in_a_process(work) == [[[CPU], 0, 0]]


def test_what_nobody_asked_for_is_not_touched() -> None:
    def work() -> list[object]:
        mine = LinuxProcess()
        os.sched_setaffinity(0, {CPU})  # by hand, as `taskset -p` does
        os.setpriority(os.PRIO_PROCESS, 0, 3)
        return [told(mine.apply(Schedule(thread_stack_bytes=300_000))), standing_of()]

    outcomes, (cpus, nice, _) = in_a_process(work)
    assert len(outcomes) == 1
    assert (cpus, nice) == ([CPU], 3)


def test_cpus_that_are_not_there_are_named_and_the_others_used() -> None:
    def work() -> list[object]:
        mine = LinuxProcess()
        some = told(mine.apply(Schedule((CPU, 8000, 8001))))
        pinned = standing_of().cpus
        none = told(mine.apply(Schedule((8000,))))
        return [some, pinned, none, standing_of().cpus]

    some, pinned, none, cpus = in_a_process(work)
    online = Path("/sys/devices/system/cpu/online").read_text().strip()
    why = f"this machine has no CPU 8000-8001: it has {online}"
    assert some == {"cpus": [f"{CPU},8000-8001", str(CPU), why]}
    assert pinned == [CPU]
    assert cpus == sorted(os.sched_getaffinity(0))
    assert none["cpus"][1] == spell_cpus(cpus)
    assert "no CPU 8000: " in none["cpus"][2]


@has_nodes
def test_a_node_is_its_cpus_less_those_that_were_not_asked_for() -> None:
    def work() -> list[object]:
        mine = LinuxProcess()
        whole = told(mine.apply(Schedule((), 0)))
        all_of_it = standing_of().cpus
        part = told(mine.apply(Schedule((CPU,), 0)))
        one = standing_of().cpus
        partly = told(mine.apply(Schedule((CPU, 8000), 0)))
        wrong = told(mine.apply(Schedule((8000,), 0)))
        missing = told(mine.apply(Schedule((), 1023)))
        return [whole, all_of_it, part, one, partly, wrong, missing]

    whole, all_of_it, part, one, partly, wrong, missing = in_a_process(work)
    online = Path("/sys/devices/system/cpu/online").read_text().strip()
    assert whole == {"numa_node": ["0", "0", ""]}
    assert set(all_of_it) >= {CPU}
    assert part == {"cpus": [str(CPU), str(CPU), ""], "numa_node": ["0", "0", ""]}
    assert one == [CPU]
    assert partly["cpus"][1:] == [str(CPU), "this machine has no CPU 8000: it has " + online]
    assert wrong["numa_node"] == ["0", "any", "node 0 has none of the CPUs 8000"]
    assert missing["numa_node"][:2] == ["1023", "any"]


@as_root
def test_nobody_hears_what_is_missing_and_goes_on() -> None:
    def work() -> list[object]:
        mine = LinuxProcess()
        down = told(mine.apply(Schedule((CPU,), None, -4, 9)))
        before = standing_of()
        up = told(mine.apply(Schedule((), None, 4)))
        after = standing_of()
        back = told(mine.apply(NOTHING))
        started = mine.apart(lambda: subprocess.check_output(["nice"], text=True).strip())
        return [down, before, up, after, back, standing_of(), started]

    down, before, up, after, back, end, started = in_a_process(work, nobody=True)
    assert down["cpus"][2] == ""
    assert "RLIMIT_NICE 24" in down["nice"][2]
    assert "RLIMIT_RTPRIO 9" in down["realtime"][2]
    assert before == [[CPU], 0, 0]
    assert up == {"nice": ["4", "4", ""]}
    assert after[1:] == [4, 0]
    # Going back is going down: it needs the permission, and is told; programs never had it.
    assert back["nice"][:2] == ["as it was started", "4"]
    assert "RLIMIT_NICE 20" in back["nice"][2]
    assert end[1] == 4
    assert started == "0"


@pytest.mark.skipif(
    len(os.sched_getaffinity(0)) < 2, reason="two CPUs are needed to tell them apart"
)
def test_of_two_nodes_the_one_is_told_from_the_other(tmp_path: Path) -> None:
    """With a /sys of the test's own, which is used for CPUs; the kernel knows of no such memory."""
    (tmp_path / "node700").mkdir()
    (tmp_path / "node700" / "cpulist").write_text(f"{CPU}\n")

    def work() -> list[object]:
        numa._NODES = str(tmp_path)  # type: ignore[misc]
        mine = LinuxProcess()
        both = told(mine.apply(Schedule((min(os.sched_getaffinity(0)), CPU), 700)))
        return [both, standing_of().cpus]

    both, cpus = in_a_process(work)
    assert cpus == [CPU]
    first = min(os.sched_getaffinity(0))
    assert both["cpus"][1:] == [str(CPU), f"{first} is not of NUMA node 700"]
    assert both["numa_node"][1] == "its CPUs alone"
    assert both["numa_node"][2].startswith("its memory is not the node's: set_mempolicy: ")
