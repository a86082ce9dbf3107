import os
import sys

import pytest

from termlab.scheduling.standing import standing_of

if sys.platform == "linux":
    from tests.scheduling.apart import as_root, in_a_process
else:
    pytest.skip("elsewhere it is the nice alone", allow_module_level=True)

assert sys.platform == "linux"


def test_a_process_is_seen_from_within_and_without() -> None:
    assert standing_of() == standing_of(os.getpid())
    assert set(standing_of().cpus) == os.sched_getaffinity(0)
    with pytest.raises(ProcessLookupError):
        standing_of(2**22 + 1)


@as_root
def test_all_of_it_is_the_kernels_word() -> None:
    def work() -> list[object]:
        cpu = min(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cpu})
        os.setpriority(os.PRIO_PROCESS, 0, -3)
        mark = os.SCHED_RESET_ON_FORK
        os.sched_setscheduler(0, os.SCHED_FIFO | mark, os.sched_param(4))
        return [standing_of(), cpu]

    (cpus, nice, realtime), cpu = in_a_process(work)
    assert (cpus, nice, realtime) == ([cpu], -3, 4)
