"""When all of a server's processes are at rest: what was typed has been dealt with to its end.

A terminal that says nothing for a while proves that only where nobody waits for a CPU. The kernel
knows better: who sleeps, and was not woken since, has nothing left to do but what time brings.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

if sys.platform != "win32":
    from tests.e2e.outer import TIMEOUT_S, OuterTerminal
    from tests.e2e.session import OwnServer

assert sys.platform != "win32"

LOOK_MS: Final = 80.0
# Asleep, or stopped by a test.
AT_REST: Final = "ST"


class Seen(NamedTuple):
    """What the kernel tells of a process."""

    state: str
    switches: int


def seen(pid: int) -> Seen:
    """Whether a process sleeps, and how often it has slept and was woken."""
    try:
        rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return Seen("", 0)  # it has ended
    words = dict(row.split(":\t", 1) for row in rows if ":\t" in row)
    switches = sum(int(value) for name, value in words.items() if name.endswith("ctxt_switches"))
    return Seen(words["State"][0], switches)


def switches(pids: Sequence[int]) -> list[int]:
    """How often each has slept and was woken."""
    return [seen(pid).switches for pid in pids]


def settled(own: OwnServer, *outers: OuterTerminal) -> None:
    """Hear the terminals until every process of the server sleeps and nothing wakes one."""
    deadline = time.monotonic() + 2 * TIMEOUT_S
    before: dict[int, Seen] = {}
    while True:
        for outer in outers:
            outer.wait_quiet(LOOK_MS / len(outers))
        now = {pid: seen(pid) for pid in own.processes()}
        if now == before and all(each.state in AT_REST for each in now.values()):
            return
        assert time.monotonic() < deadline, (now, own.processes())
        before = now


def sleeps_on(own: OwnServer, *outers: OuterTerminal) -> None:
    """Nothing wakes the server, the terminals' clients or their guests for two seconds."""
    for outer in outers:
        outer.wait_quiet(3000 / len(outers))  # a message may still stand for a while
    settled(own, *outers)
    clients = [outer.pid for outer in outers]
    pids = [own.server_pid(), *clients, *(g for pid in clients for g in own.guests(pid))]
    before = switches(pids)
    for outer in outers:
        outer.wait_quiet(2000 / len(outers))
    assert switches(pids) == before
