"""A thread that none of it is done to: what it starts is run as this process was at first.

On Linux affinity, nice, scheduling class and memory policy are a thread's own, and a new process
has those of the thread that started it. So nothing has to be undone in a child; and going back from
a higher nice, which only the privileged may, is never needed. It is made before anything is asked
of the kernel, sleeps until it is needed, and takes no signals.
"""

import signal
import sys
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

assert sys.platform != "win32"

T = TypeVar("T")


class Aside:
    """The thread. One caller at a time."""

    def __init__(self) -> None:
        self._asked: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._done: SimpleQueue[BaseException | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="aside", daemon=True)
        self._thread.start()

    def call(self, start: Callable[[], T]) -> T:
        """What ``start`` gives or raises there. The caller waits, and so holds no lock that a
        process forked meanwhile could miss."""
        got: list[T] = []
        self._asked.put(lambda: got.append(start()))
        error = self._done.get()
        if error is not None:
            raise error
        return got[0]

    def close(self) -> None:
        self._asked.put(None)
        self._thread.join()

    def _work(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        while (start := self._asked.get()) is not None:
            try:
                start()
            except BaseException as error:  # it is the caller's
                self._done.put(error)
            else:
                self._done.put(None)
            del start
