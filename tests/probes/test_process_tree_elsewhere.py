"""The same tree by way of psutil: what both know they agree on."""

import os
import sys
from typing import NamedTuple

import pytest

from termlab.probes import process_tree as tree
from termlab.probes import process_tree_elsewhere as tree_elsewhere
from termlab.probes.accounting import IoCounts
from termlab.probes.tally import NO_FAULTS, Sums, Tally

if sys.platform != "win32":
    from tests.probes.test_process_tree import NOBODY, family

assert sys.platform != "win32"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")


def test_it_sees_the_same_processes_as_the_kernels_files_show() -> None:
    with family() as (pid, child):
        one, other = tree.look(pid), tree_elsewhere.look(pid)
        assert [name[0] for name in other.processes] == [pid, child]
        for mine, theirs in zip(one.processes.values(), other.processes.values(), strict=True):
            assert theirs.rss_bytes == mine.rss_bytes
            assert theirs.io is not None
            assert mine.io is not None
            assert theirs.io.read_calls == mine.io.read_calls
            assert abs(theirs.cpu_ns - mine.cpu_ns) <= 30_000_000  # in ticks there
            assert theirs.switches
            assert theirs.names == ((0, mine.names[0][1]),)
            assert theirs.faults is None  # here psutil tells none: that is no zero
        assert all(tree_elsewhere.lives(name) for name in other.processes)
    assert not any(tree_elsewhere.lives(name) for name in other.processes)


def test_what_is_gone_has_no_tree() -> None:
    assert tree_elsewhere.look(NOBODY) == tree.Look({})
    assert not tree_elsewhere.lives((NOBODY, 0))


def test_it_feeds_a_tally() -> None:
    tally = Tally(lambda: tree_elsewhere.look(os.getpid()), tree_elsewhere.lives)
    tally.look(0.0)
    with open("/dev/zero", "rb", buffering=0) as file:
        for _ in range(100):
            file.read(10)
    sums = tally.look(1.0)
    assert isinstance(sums, Sums)
    assert isinstance(sums.io, IoCounts)
    assert sums.io.read_calls >= 100
    assert sums.faults is NO_FAULTS
    assert sums.peak_bytes >= sums.rss_bytes
    assert tally.edge() is None


class MacMemory(NamedTuple):
    """As psutil tells it on macOS."""

    rss: int
    pfaults: int
    pageins: int


def test_where_faults_are_told_apart_they_are() -> None:
    assert tree_elsewhere.faults_of(MacMemory(1, 100, 7)) == (93, 7)
    assert tree_elsewhere.faults_of(object()) is None
