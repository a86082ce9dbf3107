"""Run as a process by `test_server_faults`: the server is started, each time from the first step,
while the kernel gives it ever one descriptor more, and let go of again.

``python -m tests.faults.starting SOCKET``. Prints what each attempt came to, and at the end `same`,
or what stayed.
"""

import contextlib
import os
import signal
import sys
from pathlib import Path

from termlab.errors import TermlabError
from termlab.server.daemon import _start

if sys.platform != "win32":
    from termlab.backends.unix import UnixBackend
    from tests.faults.held import Held, held
    from tests.faults.limits import descriptors_left

assert sys.platform != "win32"

ENOUGH = 20
SIGNALS = (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP, signal.SIGIO, signal.SIGINT)


def attempt(path: str) -> str:
    """Start and let go."""
    with contextlib.ExitStack() as stack:
        try:
            service = _start(path, stack, UnixBackend())
        except (TermlabError, OSError) as error:
            return f"failed {error!r}"
        assert service is not None
        service.loop.turn(wait=False)
        return "served"


def state(path: str) -> tuple[Held, list[object]]:
    """What is held, and who gets the signals."""
    return held(Path(path).parent), [signal.getsignal(number) for number in SIGNALS]


def main() -> None:
    path = sys.argv[1]
    out = os.fdopen(os.dup(1), "w", buffering=1)  # the server takes the standard ones
    attempt(path)  # files and directories that stay are made, libraries loaded
    before = state(path)
    for count in range(ENOUGH):
        with descriptors_left(count):
            came_to = attempt(path)
        after = state(path)
        print(came_to, "same" if after == before else f"{before} -> {after}", file=out)


if __name__ == "__main__":
    main()
