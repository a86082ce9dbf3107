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


def _walk(pid: int, proc: str) -> list[tuple[int, list[int]]]:
    waiting, found = [pid], list[tuple[int, list[int]]]()
    while waiting and len(found) < MAX_PROCESSES:
        each = waiting.pop(0)
        try:
            tids = [int(name) for name in os.listdir(f"{proc}/{each}/task")]
        except OSError:
            continue  # it has gone
        found.append((each, tids))
        for tid in tids:
            waiting += _children(f"{proc}/{each}/task/{tid}/children")
    return found


def _children(path: str) -> list[int]:
    try:
        with open(path, "rb", buffering=0) as file:
            return [int(word) for word in file.read(1 << 16).split()]
    except OSError:
        return []
