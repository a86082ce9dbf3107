"""A tree of real processes, known beforehand; what the kernel may refuse, from files made up."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from termlab.probes.accounting import IoCounts
from termlab.probes.process_tree import MAX_THREADS, Look, cpu_ns, lives, look, parse_status

assert sys.platform != "win32"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")

NOBODY = 1 << 30
# Threads and a child of its own, all asleep; told when they are there, until stdin ends.
FAMILY = """
import subprocess, sys, threading
event = threading.Event()
threads = [threading.Thread(target=event.wait) for _ in range(3)]
for each in threads: each.start()
child = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdin.write(b"there?\\n"); child.stdin.flush(); child.stdout.readline()
print(child.pid, flush=True)
sys.stdin.read()
event.set()
child.communicate()
"""


@contextmanager
def family() -> Iterator[tuple[int, int]]:
    """The process and its child."""
    pipe = subprocess.PIPE
    argv = [sys.executable, "-c", FAMILY]
    with subprocess.Popen(argv, stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        yield process.pid, child
        process.communicate()


def stat(pid: int, started: int, reaped: int = 0) -> str:
    """A line of /proc/PID/stat; the name has what separates fields."""
    rest = ["S", "1", *["0"] * 11, str(reaped), "0", "20", "0", "1", "0", str(started), "0"]
    return f"{pid} (a ) b) " + " ".join(rest)


class MadeUp:
    """A /proc of processes that are told."""

    def __init__(self, at: Path) -> None:
        self.at = at

    def process(self, pid: int, children: str = "", switches: str = "7") -> Path:
        here = self.at / str(pid)
        task = here / "task" / str(pid)
        task.mkdir(parents=True)
        (here / "stat").write_text(stat(pid, 500 + pid, 3))
        (here / "statm").write_text("100 10 5 1 0 9 0\n")
        (here / "io").write_text("rchar: 4\nwchar: 3\nsyscr: 2\nsyscw: 1\nread_bytes: 0\n")
        (task / "children").write_text(children)
        (task / "status").write_text(f"Name:\ta\nvoluntary_ctxt_switches:\t{switches}\n")
        return here

    def look(self, pid: int = 1) -> Look:
        return look(pid, str(self.at), lambda pid: pid * 1000)


def test_who_was_woken_and_runs_has_been_woken_once_more_than_it_slept() -> None:
    words = "Name:\ta\nState:\t{}\nvoluntary_ctxt_switches:\t{}\n"
    counts = [("S (sleeping)", 7), ("R (running)", 7), ("S (sleeping)", 8), ("Z (zombie)", 8)]
    told = [parse_status(words.format(*each).encode()).switches for each in counts]
    assert told == [7, 8, 8, 8]


@pytest.fixture
def made(tmp_path: Path) -> MadeUp:
    return MadeUp(tmp_path)


def test_a_process_and_its_descendants_are_seen_with_all_their_threads() -> None:
    with family() as (pid, child):
        found = look(pid)
        assert [name[0] for name in found.processes] == [pid, child]
        parent, cat = found.processes.values()
        assert parent.switches is not None
        assert cat.switches is not None
        assert (len(parent.switches), len(cat.switches)) == (4, 1)
        assert parent.rss_bytes > cat.rss_bytes > 0
        assert parent.peak_bytes >= parent.rss_bytes
        assert cat.peak_bytes >= cat.rss_bytes
        assert cat.names == ((child, "cat"),)
        assert parent.names[0][1].startswith("python")
        assert [tid for tid, _ in parent.names] == [*parent.switches]
        assert parent.faults is not None
        assert parent.faults[0] > 100
        assert parent.cpu_ns > cat.cpu_ns > 0
        assert not found.torn
        assert not found.cut
        assert all(lives(name) for name in found.processes)
    assert look(pid) == Look({})
    assert not any(lives(name) for name in found.processes)


def test_the_cpu_clock_is_that_of_the_process_and_not_of_its_first_thread() -> None:
    before = cpu_ns(os.getpid())
    sum(range(200_000))
    assert cpu_ns(os.getpid()) - before > 100_000
    with subprocess.Popen(["true"]) as process:
        pass
    with pytest.raises(OSError, match=r"."):
        cpu_ns(process.pid)


def test_what_nobody_is_has_no_tree(made: MadeUp) -> None:
    assert look(NOBODY) == Look({})
    assert made.look() == Look({})


def test_one_that_its_parent_has_waited_for_is_on_the_parent_s_books_alone(made: MadeUp) -> None:
    made.process(1, children="2")
    here = made.process(2)
    (here / "stat").write_text(stat(2, 502).replace(" S ", " X ", 1))
    found = made.look()
    assert [name[0] for name in found.processes] == [1]
    assert found.torn


def test_figures_are_read_as_the_kernel_writes_them(made: MadeUp) -> None:
    made.process(1, "2 3 ")
    made.process(2)
    made.process(3)
    found = made.look()
    assert [*found.processes] == [(1, 501), (2, 502), (3, 503)]
    first = found.processes[1, 501]
    assert (first.cpu_ns, first.reaped_ns) == (1000, 30_000_000)
    assert first.io == IoCounts(2, 4, 1, 3)
    assert first.switches == {1: 7}
    assert first.rss_bytes == 10 * os.sysconf("SC_PAGE_SIZE")


def test_a_child_that_went_meanwhile_tears_the_look(made: MadeUp) -> None:
    made.process(1, "2 ")
    assert made.look().torn
    assert list(made.look().processes) == [(1, 501)]


def test_one_whose_clock_is_gone_is_gone(made: MadeUp) -> None:
    made.process(1, "2 ")
    made.process(2)

    def clock(pid: int) -> int:
        if pid == 2:
            raise OSError(3, "no such process")
        return 5

    found = look(1, str(made.at), clock)
    assert (list(found.processes), found.torn) == ([(1, 501)], True)


def test_what_is_not_shown_is_none_and_the_rest_is_there(made: MadeUp) -> None:
    here = made.process(1)
    (here / "io").unlink()
    (here / "io").mkdir()  # nobody, root either, can read that
    task = here / "task" / "1" / "status"
    task.write_text("Name:\ta\n")
    (seen,) = made.look().processes.values()
    assert (seen.io, seen.switches, seen.cpu_ns) == (None, None, 1000)


def test_accounts_of_another_user_are_not_shown(made: MadeUp) -> None:
    """Really so: as nobody, of a process of root's."""
    if os.getuid():
        (seen,) = look(1).processes.values() if look(1).processes else (None,)
        assert seen is None or seen.io is None
        return
    script = "import os; from termlab.probes.process_tree import look; os.setuid(65534)"
    told = "print(*[seen.io for seen in look(1).processes.values()][:1])"
    said = subprocess.run(
        [sys.executable, "-c", f"{script}; {told}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "None\n"


def test_of_a_large_tree_the_first_part_is_read_and_said_to_be_so(made: MadeUp) -> None:
    here = made.process(1, "2 ")
    made.process(2)
    for thread in range(2, MAX_THREADS + 10):
        task = here / "task" / str(thread)
        task.mkdir()
        (task / "children").write_text("")
        (task / "status").write_text("Name:\ta\nvoluntary_ctxt_switches:\t1\n")
    found = made.look()
    assert found.cut
    (seen,) = found.processes.values()
    assert seen.switches is not None
    assert len(seen.switches) == MAX_THREADS
