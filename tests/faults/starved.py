"""Run as a process by `test_starved`: panes are started while the kernel refuses memory or forks.

``python -m tests.faults.starved memory|processes``. Prints what each attempt said, and at the end
`same`, or what stayed.
"""

import os
import resource
import sys
import tempfile
from pathlib import Path

if sys.platform != "win32":
    from tests.faults.conftest import Panes
    from tests.faults.held import held, mapped_bytes

assert sys.platform != "win32"

NOBODY = 65534
STEP_BYTES = 64 << 10
# A ring maps 256 KiB: dozens that stayed would be more than that; the arenas of Python and of the
# C library, of a mebibyte each, are not.
SLACK_BYTES = 4 << 20
# From not even a page to more than a pane and a new arena of Python's take.
STEPS = 60


def short_of_memory(panes: Panes) -> list[int]:
    codes = []
    for step in range(STEPS):
        limit = mapped_bytes() + step * STEP_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
        try:
            reply = panes.client.run("split-window", "cat")
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)
        codes.append(reply.code)
        told(panes, reply.code, reply.text)
    return codes


def short_of_processes(panes: Panes) -> list[int]:
    codes = []
    for _ in range(3):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
        reply = panes.client.run("split-window", "cat")
        codes.append(reply.code)
        told(panes, reply.code, reply.text)
    return codes


def told(panes: Panes, code: int, text: str) -> None:
    print(code, " ".join(text.split()))
    if not code:
        panes.client.run("kill-pane", "-t", text.strip())
    panes.reap(1)


def main() -> None:
    what = {"memory": short_of_memory, "processes": short_of_processes}[sys.argv[1]]
    if sys.argv[1] == "processes" and os.getuid() == 0:
        os.setuid(NOBODY)  # no limit of processes holds for root
    with tempfile.TemporaryDirectory() as directory, Panes(Path(directory)) as panes:
        before, mapped = held(), mapped_bytes()
        what(panes)
        after, grown = held(), mapped_bytes() - mapped
        same = after == before and grown < SLACK_BYTES
        print("same" if same else f"{before} -> {after}, {grown} bytes more are mapped")
        panes.server.close()
        panes.reap(0)


if __name__ == "__main__":
    main()
