"""What the kernel books on real processes, known beforehand."""

import os
import subprocess
import sys

import pytest

from termlab.model.figure import Missing
from termlab.probes.accounting import IoCounts, io_counts, memory_peak

assert sys.platform != "win32"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")

# Far more processes than there can be.
NOBODY = 1 << 30
# 100 MiB that are really there, told, and kept until stdin ends.
LARGE = "import sys; b = bytearray(100 << 20); print('up', flush=True); sys.stdin.read()"


def zombie(*argv: str) -> int:
    """A process of this one that has ended and is not reaped."""
    process = os.posix_spawnp(argv[0], argv, os.environ)
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    return process


def test_a_zombies_accounts_hold_its_own_calls_and_those_of_descendants_it_waited_for() -> None:
    copy = "dd if=/dev/zero of=/dev/null bs=100 count={} 2>/dev/null"
    pid = zombie("sh", "-c", f"{copy.format(2000)}; ({copy.format(500)}; true); true")
    try:
        counts = io_counts(pid)
    finally:
        os.waitpid(pid, 0)
    assert isinstance(counts, IoCounts)
    # Beyond the known ones only what programs read and write to start.
    assert 2500 <= counts.read_calls < 2700
    assert 2500 <= counts.write_calls < 2600
    assert 250_000 <= counts.write_bytes < 260_000
    assert 250_000 <= counts.read_bytes < 400_000


def test_accounts_that_are_gone_are_missing_with_a_reason() -> None:
    counts = io_counts(NOBODY)
    assert isinstance(counts, Missing)
    assert counts.reason


def test_the_memory_peak_is_that_of_the_largest_live_descendant() -> None:
    script = 'python=$1; shift; "$python" -c "$@"; true'
    with subprocess.Popen(
        ["sh", "-c", script, "sh", sys.executable, LARGE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        assert 100 << 20 <= memory_peak(process.pid) < 200 << 20
        process.communicate()


def test_of_a_process_that_is_gone_no_memory_is_known() -> None:
    assert memory_peak(NOBODY) == 0
    pid = zombie("true")
    try:
        assert memory_peak(pid) == 0
    finally:
        os.waitpid(pid, 0)
