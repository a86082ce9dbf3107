"""Work in a process of its own, root's or nobody's: what is done to it is gone with it."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

if sys.platform == "linux":
    from termlab.scheduling.numa import prefer_memory_of

assert sys.platform == "linux"

NOBODY: Final = 65534


def in_a_process(work: Callable[[], object], nobody: bool = False) -> Any:
    """What ``work`` returns there, as JSON can tell it."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            if nobody:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            told = json.dumps({"got": work()})
        except BaseException as error:
            told = json.dumps({"failed": repr(error)})
        os.write(writer, told.encode())
        os._exit(0)
    os.close(writer)
    with open(reader, "rb") as file:
        told = json.loads(file.read())
    os.waitpid(pid, 0)
    assert "failed" not in told, told["failed"]
    return told["got"]


def _may_all() -> bool:
    """Root in a container may lack what root has: it is tried, and gone with its process."""

    def work() -> bool:
        try:
            os.setpriority(os.PRIO_PROCESS, 0, -5)
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
            os.setgroups([])
            os.setuid(NOBODY)
        except OSError:
            return False
        return True

    return os.geteuid() == 0 and bool(in_a_process(work))


def _may_place_memory() -> bool:
    """Whether there are nodes, and this process may have its memory from one of them."""

    def work() -> bool:
        try:
            prefer_memory_of(0)
            return "prefer" in Path("/proc/thread-self/numa_maps").read_text()
        except OSError:
            return False

    return os.path.exists("/sys/devices/system/node/node0") and bool(in_a_process(work))


as_root = pytest.mark.skipif(not _may_all(), reason="only root may have all of it")
has_nodes = pytest.mark.skipif(
    not _may_place_memory(), reason="this kernel knows no nodes, or lets nobody choose one"
)
