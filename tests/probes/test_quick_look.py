"""A second look at known processes from files that stay open."""

import os
import subprocess
import sys

import pytest

from termlab.probes.process_tree import Seen, look
from termlab.probes.quick_look import MAX_PROCESSES, MAX_THREADS, QuickLook

if sys.platform != "win32":
    from tests.probes.at_rest import at_rest

assert sys.platform != "win32"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_it_tells_what_was_done_since_and_lets_go_of_its_files() -> None:
    before = open_files()
    pipe = subprocess.PIPE
    with subprocess.Popen(["cat"], stdin=pipe, stdout=pipe) as cat:
        assert cat.stdin is not None
        assert cat.stdout is not None
        here = open_files()
        cat.stdin.write(b"x\n")
        cat.stdin.flush()
        cat.stdout.readline()
        at_rest(cat.pid)
        seen = look(cat.pid).processes
        quick = QuickLook(seen)
        assert quick.possible
        assert open_files() == here + 2
        for _ in range(5):
            cat.stdin.write(b"x\n")
            cat.stdin.flush()
            cat.stdout.readline()
            at_rest(cat.pid)
        ((name, now),) = quick.take().items()
        old = seen[name]
        assert now.cpu_ns > old.cpu_ns
        assert old.switches is not None
        assert now.switches is not None
        # It says that it sleeps a moment before the kernel counts that.
        assert 4 <= now.switches[cat.pid] - old.switches[cat.pid] <= 6
        cat.stdin.close()
        cat.wait()
        ((name, gone),) = quick.take().items()
        assert gone == old
        quick.close()
        quick.close()
        assert open_files() <= here
    assert open_files() == before


def test_one_that_has_gone_before_it_was_opened_is_as_it_was() -> None:
    seen = {(1 << 30, 0): Seen(5, 0, None, {1 << 30: 7}, 1)}
    quick = QuickLook(seen)
    assert quick.take() == seen
    quick.close()


@pytest.mark.parametrize(("processes", "threads"), [(MAX_PROCESSES + 1, 1), (1, MAX_THREADS + 1)])
def test_a_crowd_takes_too_long_and_is_not_opened(processes: int, threads: int) -> None:
    before = open_files()
    switches = dict.fromkeys(range(threads), 1)
    seen = {(os.getpid() + i, 0): Seen(0, 0, None, switches, 1) for i in range(processes)}
    quick = QuickLook(seen)
    assert not quick.possible
    assert open_files() == before
    quick.close()
