"""A real-time priority (SCHED_FIFO) that can't hold up the machine.

A process of such a priority runs until it sleeps: one that goes round for ever would keep a CPU
from everything else. So the kernel is asked to count (RLIMIT_RTTIME): after `LIMIT_US` without
sleep it sends SIGXCPU, and the process runs as any other for `PAUSE_S`, be it in a flood or out of
order. What hangs in C code never hears that signal; then there is only the kernel's own bound, 95 %
of the time for all such processes together (`/proc/sys/kernel/sched_rt_runtime_us`).
"""

import contextlib
import os
import resource
import signal
import sys
from collections.abc import Iterator
from typing import Final

assert sys.platform == "linux"

LIMIT_US: Final = 500_000
PAUSE_S: Final = 1.0


class Realtime:
    """That of the main thread; signals and the alarm clock are its process's."""

    def __init__(self) -> None:
        self.priority = 0
        self.pauses = 0
        self._limit: tuple[int, int] | None = None  # what it was at first
        self._usual = os.sched_getscheduler(0) & ~os.SCHED_RESET_ON_FORK
        self._usual_priority = os.sched_getparam(0).sched_priority

    def take(self, priority: int) -> None:
        """Be run with ``priority``. Raises ``OSError`` where that is not permitted."""
        if self._limit is None:
            self._limit = resource.getrlimit(resource.RLIMIT_RTTIME)
            signal.signal(signal.SIGXCPU, self._tired)
            signal.signal(signal.SIGALRM, self._rested)
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._bound()
        try:
            _schedule(os.SCHED_FIFO, priority)
        except OSError:
            self.give_back()
            raise
        self.priority = priority

    def give_back(self) -> None:
        """Be run as others are."""
        if self._limit is None:
            return
        limit, self._limit, self.priority = self._limit, None, 0
        signal.setitimer(signal.ITIMER_REAL, 0)
        if os.sched_getscheduler(0) & os.SCHED_RESET_ON_FORK:
            try:
                os.sched_setscheduler(0, self._usual, os.sched_param(self._usual_priority))
            except PermissionError:  # only the privileged may put the mark down again
                _schedule(self._usual, self._usual_priority)
        resource.setrlimit(resource.RLIMIT_RTTIME, limit)
        for number in (signal.SIGXCPU, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)

    @contextlib.contextmanager
    def unbound(self) -> Iterator[None]:
        """Without the limit, which a new process would have as well."""
        if self._limit is None:
            yield
            return
        resource.setrlimit(resource.RLIMIT_RTTIME, self._limit)
        try:
            yield
        finally:
            self._bound()

    def _bound(self) -> None:
        """Also again after a signal: the kernel puts the limit up with each."""
        assert self._limit is not None
        hard = self._limit[1]
        # Who reaches the hard one is killed.
        soft = LIMIT_US if hard == resource.RLIM_INFINITY else min(LIMIT_US, hard // 2)
        resource.setrlimit(resource.RLIMIT_RTTIME, (soft, hard))

    def _tired(self, number: int, frame: object) -> None:
        if self.priority:
            self.pauses += 1
            _schedule(os.SCHED_OTHER, 0)
            signal.setitimer(signal.ITIMER_REAL, PAUSE_S)

    def _rested(self, number: int, frame: object) -> None:
        if self.priority:
            self._bound()
            with contextlib.suppress(OSError):  # permitted once, and not any more
                _schedule(os.SCHED_FIFO, self.priority)


def _schedule(policy: int, priority: int) -> None:
    """For this thread alone: what it makes is marked to get none of it."""
    os.sched_setscheduler(0, policy | os.SCHED_RESET_ON_FORK, os.sched_param(priority))
