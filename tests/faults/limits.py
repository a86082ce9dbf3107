"""Failures that are real: the kernel refuses, because a limit of this process was lowered.

`descriptors_left` makes the n-th descriptor from here on fail with EMFILE, so that with n = 0, 1, …
every step that opens one fails in turn, until there are enough and all goes well.
"""

import contextlib
import os
import resource
import sys
from collections.abc import Iterator

assert sys.platform != "win32"


@contextlib.contextmanager
def descriptors_left(count: int) -> Iterator[None]:
    """So many can be opened within the block, by this process and each of its children."""
    used = {int(name) for name in os.listdir("/proc/self/fd")}
    null = os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)
    fillers = [null]
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        # The kernel gives the lowest number that is free, and refuses by the number.
        while fillers[-1] < max(used):
            fillers.append(os.dup(null))
        top = os.dup(null)
        os.close(top)
        resource.setrlimit(resource.RLIMIT_NOFILE, (top + count, hard))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for filler in fillers:
            os.close(filler)
