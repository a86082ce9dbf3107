import os
import resource
import subprocess
import sys

import pytest

from termlab.model.schedule import NOTHING, Schedule
from termlab.scheduling.dedicated import Dedicated

if sys.platform == "linux":
    from tests.scheduling.apart import in_a_process
else:
    pytest.skip("it is tried on Linux", allow_module_level=True)

assert sys.platform == "linux"

HEAVY = "ctypes, queue, threading, resource, termlab.scheduling.linux_process"


def test_who_asks_for_nothing_imports_nothing() -> None:
    code = (
        "import sys; from termlab.scheduling.dedicated import Dedicated, NOTHING\n"
        "mine = Dedicated(); assert not mine.take(NOTHING); assert mine.apart(lambda: 3) == 3\n"
        f"mine.close(); print([name for name in {HEAVY.split(', ')} if name in sys.modules])"
    )
    out = subprocess.check_output([sys.executable, "-I", "-S", "-c", _path() + code], text=True)
    assert out == "[]\n"


def _path() -> str:
    return f"import sys; sys.path[:0] = {sys.path!r}\n"


def test_only_news_is_told() -> None:
    def work() -> list[object]:
        mine, cpu = Dedicated(), max(os.sched_getaffinity(0))
        asked = Schedule((cpu,))
        seen: list[object] = [mine.take(asked), mine.take(asked), len(mine.outcomes)]
        seen += [mine.apart(lambda: 7), sorted(os.sched_getaffinity(0)) == [cpu], mine.pauses]
        mine.close()
        return [*seen, len(os.sched_getaffinity(0)), mine.outcomes, mine.take(NOTHING)]

    cpus = len(os.sched_getaffinity(0))
    assert in_a_process(work) == [True, False, 1, 7, True, 0, cpus, [], False]


def test_where_not_even_a_thread_can_be_made_it_is_told_and_nothing_fails() -> None:
    def work() -> list[object]:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
        mine = Dedicated()
        told = mine.take(Schedule(nice=5))
        return [told, mine.outcomes[0].option, mine.outcomes[0].why, mine.apart(lambda: 7)]

    told, option, why, started = in_a_process(work, nobody=os.geteuid() == 0)
    assert (told, option, started) == (True, "options", 7)
    assert "can't start new thread" in why
