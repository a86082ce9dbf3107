"""PSS: the resident memory of processes, with each page that several share divided among them.

It alone adds up over processes. The kernel walks all pages to tell it (6 µs a megabyte), so who
asks minds the cost; Linux only, and of one's own processes only.
"""

import os
import sys
from collections.abc import Iterable
from typing import Final, NamedTuple

from termlab.model.figure import Missing

ELSEWHERE: Final = Missing(f"{sys.platform} does not tell what processes share")
STRANGERS: Final = Missing(
    "the kernel shows the pages only of one's own processes, and these are another user's"
)
OLD_KERNEL: Final = Missing("this kernel does not sum up shared pages (/proc/PID/smaps_rollup)")
NOBODY: Final = Missing("no process was there to look at")
_KIB: Final = 1024


class Pss(NamedTuple):
    """``bytes`` of ``processes``; of ``unseen`` others, another user's, nothing is shown."""

    bytes: int
    processes: int
    unseen: int


def pss(pids: Iterable[int], proc: str = "/proc") -> Pss | Missing:
    """Together. Those that have gone are left out."""
    if sys.platform != "linux":
        return ELSEWHERE
    total = seen = unseen = lacking = 0
    for pid in pids:
        try:
            total += parse_rollup(_read(f"{proc}/{pid}/smaps_rollup"))
            seen += 1
        except PermissionError:
            unseen += 1
        except FileNotFoundError:
            lacking += os.path.exists(f"{proc}/{pid}/stat")
        except (OSError, ValueError):
            continue
    if seen:
        return Pss(total, seen, unseen)
    return STRANGERS if unseen else OLD_KERNEL if lacking else NOBODY


def parse_rollup(text: bytes) -> int:
    """The PSS in ``smaps_rollup`` as Linux writes it. Raises ``ValueError`` on anything else."""
    _, found, rest = text.partition(b"\nPss:")
    if not found:
        raise ValueError("no PSS in it: the process has no memory")
    return int(rest.split(maxsplit=1)[0]) * _KIB


def _read(path: str) -> bytes:
    fd = os.open(path, os.O_RDONLY)
    try:
        return os.read(fd, 4096)
    finally:
        os.close(fd)
