"""Sums of a tree that grow as what its processes did, however they come and go."""

import os
import subprocess
import sys
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.model.figure import Missing
from termlab.probes.accounting import IoCounts
from termlab.probes.process_tree import Look, Name, Seen
from termlab.probes.tally import GONE, Faults, Sums, Tally

if sys.platform != "win32":
    from tests.probes.at_rest import at_rest

assert sys.platform != "win32"


class Script:
    """Looks as the test has them; ``away`` are processes that live elsewhere."""

    def __init__(self) -> None:
        self.now = Look({})
        self.away: set[Name] = set()
        self.tally = Tally(lambda: self.now, lambda name: name in self.away)

    def look(self, processes: dict[int, Seen], torn: bool = False) -> Sums:
        self.now = Look({(pid, 0): seen for pid, seen in processes.items()}, torn)
        sums = self.tally.look(0.0)
        assert isinstance(sums, Sums)
        return sums


def calls(reads: int, cpu_ns: int = 0, switches: dict[int, int] | None = None) -> Seen:
    return Seen(cpu_ns, 0, IoCounts(reads, 0, 0, 0), switches or {}, 100)


STRANGER = Seen(5, 0, None, {1: 1}, 7)


def reads(sums: Sums) -> int:
    assert isinstance(sums.io, IoCounts)
    return sums.io.read_calls


@pytest.fixture
def script() -> Script:
    return Script()


def test_the_first_look_is_where_counting_begins(script: Script) -> None:
    assert reads(script.look({1: calls(1000, 10**9)})) == 0
    sums = script.look({1: calls(1005, 3 * 10**9)})
    assert (reads(sums), sums.cpu_s, sums.rss_bytes, sums.processes) == (5, 2.0, 100, 1)


def test_what_a_child_did_counts_once_before_and_behind_its_end(script: Script) -> None:
    script.look({1: calls(10)})
    assert reads(script.look({1: calls(10), 2: calls(70)})) == 70
    assert reads(script.look({1: calls(90)})) == 80  # 80 by the child, 70 of them seen before


def test_children_that_nobody_ever_saw_count_once_they_are_waited_for(script: Script) -> None:
    script.look({1: calls(0)})
    assert reads(script.look({1: calls(5000)})) == 5000


def test_who_leaves_the_tree_alive_takes_nothing_back(script: Script) -> None:
    script.look({1: calls(0)})
    script.look({1: calls(0), 2: calls(1000)})
    script.away = {(2, 0)}
    assert reads(script.look({1: calls(3)})) == 1003
    assert reads(script.look({1: calls(5)})) == 1005


def test_a_torn_look_is_made_good_by_the_next(script: Script) -> None:
    script.look({1: calls(0), 2: calls(0)})
    script.look({1: calls(0), 2: calls(100)})
    assert reads(script.look({1: calls(0)}, torn=True)) == 100
    assert reads(script.look({1: calls(120)})) == 120


def test_who_goes_in_the_middle_of_a_look_counts_once() -> None:
    """Its parent was read before it had waited for it, and its children behind that."""
    before = {(1, 0): calls(10), (2, 0): calls(100)}
    between, after = {(1, 0): calls(10)}, {(1, 0): calls(110)}
    looks = iter([Look(before), Look(between), Look(after), Look(after)])
    tally = Tally(lambda: next(looks), lambda name: False)
    tally.look(0.0)
    sums = tally.look(0.0)
    assert isinstance(sums, Sums)
    assert reads(sums) == 0
    sums = tally.look(0.0)
    assert isinstance(sums, Sums)
    assert reads(sums) == 0


def test_where_somebody_goes_in_each_look_one_is_taken_all_the_same() -> None:
    crowd = {(pid, 0): calls(10) for pid in range(1, 20)}
    looks = (Look(dict(list(crowd.items())[:left])) for left in range(19, 0, -1))
    tally = Tally(lambda: next(looks), lambda name: False)
    for _ in range(3):
        assert isinstance(tally.look(0.0), Sums)


def test_cpu_time_that_is_handed_on_in_ticks_counts_once(script: Script) -> None:
    def shell(reaped_ms: int) -> Seen:
        return calls(0)._replace(reaped_ns=reaped_ms * 10**6)

    script.look({1: shell(0)})
    for child in range(2, 22):  # each works 5 ms, is seen at 4, and every second one makes a tick
        script.look({1: shell((child - 2) // 2 * 10), child: calls(0, 4 * 10**6)})
        sums = script.look({1: shell((child - 1) // 2 * 10)})
    assert sums.cpu_s == pytest.approx(0.1, abs=0.02)


def test_what_nobody_waited_for_is_lost_and_lowers_nothing(script: Script) -> None:
    script.look({1: calls(0), 2: calls(100)})
    assert reads(script.look({1: calls(1)})) == 0
    assert reads(script.look({1: calls(4)})) == 3


def test_processes_that_show_nothing_are_counted_as_such(script: Script) -> None:
    script.look({1: calls(0), 2: STRANGER})
    sums = script.look({1: calls(4), 2: STRANGER})
    assert (reads(sums), sums.strangers, sums.processes) == (4, 1, 2)
    assert reads(script.look({1: calls(4), 2: calls(1000)})) == 4  # shown only from here on
    assert reads(script.look({1: calls(4), 2: calls(1001)})) == 5
    assert reads(script.look({1: calls(4), 2: STRANGER})) == 5


def test_where_none_is_shown_there_are_no_calls_but_a_reason(script: Script) -> None:
    script.look({2: STRANGER})
    sums = script.look({2: STRANGER})
    assert isinstance(sums.io, Missing)
    assert "another user" in sums.io.reason
    assert sums.rss_bytes == 7


def test_switches_are_of_all_threads_and_those_that_ended_are_said_to_be_left_out(
    script: Script,
) -> None:
    script.look({1: calls(0, switches={1: 10, 2: 20})})
    sums = script.look({1: calls(0, switches={1: 11, 2: 25, 3: 4})})
    assert (sums.switches, sums.ended) == (10, False)
    sums = script.look({1: calls(0, switches={1: 12, 2: 25})})
    assert (sums.switches, sums.ended) == (11, True)
    unknown = script.look({1: Seen(0, 0, IoCounts(0, 0, 0, 0), None, 1)})
    assert isinstance(unknown.switches, Missing)


def test_who_is_left_behind_is_followed_and_what_nobody_waited_for_is_said_to_be_lost() -> None:
    orphan, shell = (2, 0), (1, 0)
    tree = Look({shell: calls(0), orphan: calls(0, 100)})
    behind: dict[int, Look] = {}
    tally = Tally(lambda: tree, lambda name: False, lambda pid: behind.get(pid, Look({})))
    tally.look(0.0)
    tree = Look({shell: calls(0)})
    behind = {2: Look({orphan: calls(7, 300)})}
    sums = tally.look(1.0)
    assert isinstance(sums, Sums)
    assert (reads(sums), sums.cpu_s, sums.processes, sums.lost) == (7, 200 / 1e9, 2, 0)
    tree, behind = Look({shell: calls(5, 50)}), {2: Look({(2, 9): calls(1000, 10**9)})}
    sums = tally.look(2.0)
    assert isinstance(sums, Sums)
    assert (reads(sums), sums.cpu_s, sums.processes, sums.lost) == (12, 250 / 1e9, 1, 1)


def test_faults_are_handed_on_as_cpu_time_is(script: Script) -> None:
    def faulty(minor: int, major: int) -> Seen:
        return calls(0)._replace(faults=(minor, major), peak_bytes=minor * 100)

    script.look({1: faulty(5, 0), 2: faulty(7, 1)})
    sums = script.look({1: faulty(14, 3)})
    assert sums.faults == Faults(2, 2)
    assert sums.peak_bytes == 1400
    assert isinstance(script.look({1: calls(0)}).faults, Missing)


def test_the_edge_of_silence_is_told_from_open_files_and_changes_no_sum() -> None:
    from termlab.probes.process_tree import lives, look

    pipe = subprocess.PIPE
    with subprocess.Popen(["cat"], stdin=pipe, stdout=pipe) as cat:
        assert cat.stdin is not None
        assert cat.stdout is not None
        cat.stdin.write(b"a\n")
        cat.stdin.flush()
        cat.stdout.readline()
        at_rest(cat.pid)
        tally = Tally(partial(look, cat.pid), lives)
        tally.look(0.0)
        assert tally.edge() is None
        tally.ready()
        for _ in range(10):
            cat.stdin.write(b"a\n")
            cat.stdin.flush()
            cat.stdout.readline()
            at_rest(cat.pid)
        edge = tally.edge()
        assert edge is not None
        # It says that it sleeps a moment before the kernel counts that.
        assert 9 <= edge.switches <= 11
        assert edge.cpu_s > 0
        (waker,) = tally.wakers()
        assert (waker.process, waker.thread, waker.wakeups) == ("cat", "cat", 0)
        sums = tally.look(1.0)
        assert isinstance(sums, Sums)
        assert sums.switches == edge.switches
        (waker,) = tally.wakers()
        assert waker.wakeups == waker.idle_wakeups == edge.switches
        assert tally.edge() is None
        cat.stdin.close()


def test_a_tree_that_is_gone_is_no_zero(script: Script) -> None:
    script.look({1: calls(5)})
    script.now = Look({})
    assert script.tally.look(1.0) is GONE


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans(), st.booleans()), max_size=30))
def test_no_order_of_starts_ends_and_torn_looks_changes_the_sum(
    steps: list[tuple[int, bool, bool]],
) -> None:
    """A parent that waits for its child, which works, ends and is started again at will."""
    script = Script()
    parent, child, born, truth = 0, None, 0, 0
    script.look({1: calls(0)})
    for work, ends, torn in steps:
        if child is None:
            child, born = 0, born + 1
        child += work
        truth += work
        if ends:
            parent, child = parent + child, None
        tree = {1: calls(parent)}
        if child is not None and not torn:
            tree[1 + born] = calls(child)
        assert reads(script.look(tree, torn)) <= truth
    tree = {1: calls(parent)} if child is None else {1: calls(parent), 1 + born: calls(child)}
    assert reads(script.look(tree)) == truth


LOAD = """
read line
i=0
while [ $i -lt 40 ]; do dd if=/dev/zero of=/dev/null bs=100 count=50 2>/dev/null; i=$((i+1)); done
echo done
read line
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_shell_loop_of_short_lived_children_is_counted_whole() -> None:
    from termlab.probes.process_tree import lives, look

    pipe = subprocess.PIPE
    with subprocess.Popen(["sh", "-c", LOAD], stdin=pipe, stdout=pipe) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        tally = Tally(partial(look, process.pid), lives)
        tally.look(0.0)
        process.stdin.write(b"go\n")
        process.stdin.flush()
        os.set_blocking(process.stdout.fileno(), False)
        looks = 0
        while process.stdout.read() is None:
            tally.look(0.0)  # as often as it goes, in the middle of everything
            looks += 1
        sums = tally.look(0.0)
        process.stdin.close()
    assert looks
    assert isinstance(sums, Sums)
    assert isinstance(sums.io, IoCounts)
    # 40 times 50 blocks; beyond them what a program reads to start and says at its end.
    assert 2000 <= sums.io.read_calls < 2000 + 40 * 20
    assert 2000 <= sums.io.write_calls < 2000 + 40 * 10
    assert 200_000 <= sums.io.write_bytes < 220_000
    assert sums.cpu_s > 0.0
    assert sums.processes == 1
