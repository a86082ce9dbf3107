"""What a process holds of the system: descriptors, threads, children, memory, files of a directory.

Counted before something that fails and behind it: nothing may have stayed. Linux, from /proc.
"""

import gc
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

assert sys.platform != "win32"

SELF = Path("/proc/self")
PAGE = os.sysconf("SC_PAGE_SIZE")


class Held(NamedTuple):
    """``descriptors`` by what they lead to, without numbers of sockets and pipes."""

    descriptors: Counter[str]
    threads: int
    children: tuple[int, ...]
    files: tuple[str, ...]


def held(directory: Path | None = None, pid: int = 0) -> Held:
    """What ``pid``, this process if it is 0, holds now, and what is in ``directory``."""
    if not pid:
        gc.collect()  # what nobody refers to any more is not held
    own = Path("/proc", str(pid) if pid else "self")
    return Held(
        Counter(descriptors(own)),
        len(list((own / "task").iterdir())),
        children(own),
        tuple(sorted(each.name for each in directory.iterdir())) if directory else (),
    )


def descriptors(own: Path) -> list[str]:
    """Where each leads."""
    found = []
    for each in (own / "fd").iterdir():
        try:
            found.append(re.sub(r"\d+", "N", os.readlink(each)))
        except FileNotFoundError:
            continue  # the listing's own
    return [each for each in found if not each.startswith("/proc/")]


def children(own: Path) -> tuple[int, ...]:
    """Those that live, and those that nobody has waited for."""
    found: list[int] = []
    for task in (own / "task").iterdir():
        try:
            found += map(int, (task / "children").read_text().split())
        except (FileNotFoundError, ProcessLookupError):
            continue  # a thread that has just ended
    return tuple(sorted(found))


def mapped_bytes(pid: int = 0) -> int:
    """All memory that is mapped, used or not: a mapping that stays is seen, whatever is in it."""
    pages = Path("/proc", str(pid) if pid else "self", "statm").read_text().split()[0]
    return int(pages) * PAGE


def resident_bytes(pid: int = 0) -> int:
    pages = Path("/proc", str(pid) if pid else "self", "statm").read_text().split()[1]
    return int(pages) * PAGE
