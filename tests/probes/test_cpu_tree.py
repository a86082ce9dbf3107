"""The CPU time of processes that live long, and of those among them that went."""

import subprocess
import sys

import pytest

from termlab.probes.cpu_tree import CpuTree

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")

PARENT = """
import subprocess, sys
child = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
print(child.pid, flush=True)
sys.stdin.readline()
child.communicate()
print("alone", flush=True)
sys.stdin.readline()
"""


def test_those_below_count_and_stay_when_they_have_gone() -> None:
    times = dict[int, int]()

    def cpu(pid: int) -> int:
        if pid not in times:
            raise ProcessLookupError
        return times[pid]

    pipe = subprocess.PIPE
    argv = [sys.executable, "-c", PARENT]
    with subprocess.Popen(argv, stdin=pipe, stdout=pipe, text=True) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        times |= {parent.pid: 5 * 10**9, child: 10**9}
        tree = CpuTree(parent.pid, cpu)
        assert tree.read() == 0
        times |= {parent.pid: 6 * 10**9, child: 3 * 10**9}
        assert tree.read() == 3
        parent.stdin.write("\n")
        parent.stdin.flush()
        parent.stdout.readline()
        del times[child]
        assert tree.read() == 3
        times[parent.pid] = 7 * 10**9
        assert tree.read() == 4
        times.clear()
        assert tree.read() is None
        parent.stdin.close()


def test_a_process_has_its_real_time() -> None:
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as cat:
        assert cat.stdin is not None
        assert cat.stdout is not None
        tree = CpuTree(cat.pid)
        tree.read()
        cat.stdin.write(b"x" * 50_000 + b"\n")
        cat.stdin.flush()
        cat.stdout.read(50_001)
        spent = tree.read()
        assert spent is not None
        assert 0 < spent < 1
        cat.stdin.close()
    assert tree.read() is None
