"""The threads below a process, as /proc shows them: made-up trees and this very process."""

import os
import sys
import threading
from pathlib import Path

import pytest

from termlab.probes.thread_tree import children, processes, threads


def tree(root: Path, below: dict[int, dict[int, list[int]]]) -> str:
    """``below``: process -> thread -> children."""
    for pid, tasks in below.items():
        for tid, below_it in tasks.items():
            task = root / str(pid) / "task" / str(tid)
            task.mkdir(parents=True)
            (task / "children").write_text(" ".join(map(str, below_it)) + " ")
    return str(root)


def test_children_of_all_threads_are_found(tmp_path: Path) -> None:
    proc = tree(
        tmp_path, {1: {1: [10], 2: [20]}, 10: {10: []}, 20: {20: [], 21: [30]}, 30: {30: []}}
    )
    assert sorted(threads(1, proc)) == [1, 2, 10, 20, 21, 30]
    assert processes(1, proc)[0] == 1
    assert sorted(processes(1, proc)) == [1, 10, 20, 30]


def test_of_very_many_children_none_is_missing_or_cut(tmp_path: Path) -> None:
    many = [1_000_000 + number for number in range(20_000)]
    assert children(1, tree(tmp_path, {1: {1: many}})) == many


def test_who_has_gone_meanwhile_is_left_out(tmp_path: Path) -> None:
    proc = tree(tmp_path, {1: {1: [10, 20]}, 20: {20: []}})
    assert threads(1, proc) == [1, 20]


def test_of_nobody_there_is_nobody(tmp_path: Path) -> None:
    assert threads(1, str(tmp_path)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc")
def test_this_processs_threads_are_there() -> None:
    ready, done = threading.Event(), threading.Event()
    tids: list[int] = []

    def run() -> None:
        tids.append(threading.get_native_id())
        ready.set()
        done.wait(20)

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(20)
    assert {threading.get_native_id(), *tids} <= set(threads(os.getpid()))
    done.set()
    thread.join()
