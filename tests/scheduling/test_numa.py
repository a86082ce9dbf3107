import os
import sys
from pathlib import Path

import pytest

from termlab.errors import UsageError

if sys.platform == "linux":
    from termlab.scheduling.numa import node_cpus, prefer_memory_of
    from tests.scheduling.apart import has_nodes, in_a_process
else:
    pytest.skip("only Linux is asked for nodes", allow_module_level=True)

assert sys.platform == "linux"


@has_nodes
def test_a_node_has_cpus() -> None:
    assert set(node_cpus(0)) & os.sched_getaffinity(0) or node_cpus(0)


def test_a_node_that_is_not_there_says_which_are() -> None:
    with pytest.raises(UsageError, match="this machine has no NUMA node 1023: ") as failure:
        node_cpus(1023)
    assert "there are 0" in str(failure.value) or "its kernel knows none" in str(failure.value)


@has_nodes
def test_memory_comes_from_a_node_first_and_again_from_anywhere() -> None:
    def policies() -> set[str]:
        lines = Path("/proc/thread-self/numa_maps").read_text().splitlines()
        return {line.split()[1] for line in lines}

    def work() -> list[list[str]]:
        theirs = policies() - {"default"}  # of libraries that say where their own memory lies
        prefer_memory_of(0)
        first = policies()
        prefer_memory_of(None)
        return [sorted(first - theirs), sorted(policies() - theirs)]

    assert in_a_process(work) == [["prefer:0"], ["default"]]


def test_one_that_is_not_there_is_an_error_of_the_system() -> None:
    def work() -> str:
        try:
            prefer_memory_of(1023)
        except OSError as error:
            return str(error.strerror)
        return ""

    assert in_a_process(work) in ("Invalid argument", "Function not implemented")
