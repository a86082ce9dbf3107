"""Waiting for the end of a process without reaping it, on the descriptor each system has for it."""

import os
import select
import selectors
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def exit_descriptor(pid: int) -> Iterator[int]:
    """A descriptor that is readable once the process has ended."""
    if sys.platform == "linux":
        fd = os.pidfd_open(pid)
        try:
            yield fd
        finally:
            os.close(fd)
    elif sys.platform == "darwin":
        watch = select.kevent(
            pid, select.KQ_FILTER_PROC, select.KQ_EV_ADD, fflags=select.KQ_NOTE_EXIT
        )
        queue = select.kqueue()
        try:
            queue.control([watch], 0)
        except ProcessLookupError:
            # It ended before it could be watched: a timer that is due makes the queue readable.
            queue.control([select.kevent(1, select.KQ_FILTER_TIMER, select.KQ_EV_ADD)], 0)
        try:
            yield queue.fileno()
        finally:
            queue.close()
    else:
        raise NotImplementedError(f"no descriptor tells the end of a process on {sys.platform}")


def exited(pid: int, timeout_s: float) -> bool:
    """Whether the process ended in time; one that was even reaped has."""
    try:
        with exit_descriptor(pid) as fd, selectors.DefaultSelector() as selector:
            selector.register(fd, selectors.EVENT_READ)
            return bool(selector.select(timeout_s))
    except ProcessLookupError:
        return True
