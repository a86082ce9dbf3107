"""Until a process sleeps: what it was given is done, and what comes next wakes it again."""

import os
import sys
from pathlib import Path

assert sys.platform != "win32"


def at_rest(pid: int) -> None:
    """Wait until ``pid`` waits for more of what the caller gives it."""
    while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "S":
        os.sched_yield()
