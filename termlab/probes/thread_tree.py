"""The threads of a process and of its live descendants: whom a probe that attaches must know."""

import os
from typing import Final

# More processes than a person runs in a pane: a look has an end.
MAX_PROCESSES: Final = 4096


def processes(pid: int, proc: str = "/proc") -> list[int]:
    """``pid`` and its descendants, parents first, as far as they are seen in one walk."""
    return [each for each, _ in _walk(pid, proc)]


def threads(pid: int, proc: str = "/proc") -> list[int]:
    """All their threads."""
    return [tid for _, tids in _walk(pid, proc) for tid in tids]


def children(pid: int, proc: str = "/proc") -> list[int]:
    """Those that all its threads have; none where the kernel does not list them."""
    return [child for tid in _tids(pid, proc) for child in _children(pid, tid, proc)]


def _walk(pid: int, proc: str) -> list[tuple[int, list[int]]]:
    waiting, found = [pid], list[tuple[int, list[int]]]()
    while waiting and len(found) < MAX_PROCESSES:
        each = waiting.pop(0)
        tids = _tids(each, proc)
        if not tids:
            continue  # it has gone
        found.append((each, tids))
        for tid in tids:
            waiting += _children(each, tid, proc)
    return found


def _tids(pid: int, proc: str) -> list[int]:
    try:
        return [int(name) for name in os.listdir(f"{proc}/{pid}/task")]
    except OSError:
        return []


def _children(pid: int, tid: int, proc: str) -> list[int]:
    try:
        with open(f"{proc}/{pid}/task/{tid}/children", "rb", buffering=0) as file:
            # All of it: one read has some 700 of them, and may end within a number.
            return [int(word) for word in file.read().split()]
    except OSError:
        return []
