"""This process where the system is not Linux: nice on macOS and the BSDs, nice (as a priority
class) and CPUs on Windows; the rest is told not to be there.

All of it is the process's, and would be its children's too: while one is started it is given back.
What could not be given back is not done.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from termlab.model.cpu_list import spell_cpus
from termlab.model.schedule import NOTHING, Outcome, Schedule

T = TypeVar("T")

_SYSTEM: Final = {"win32": "Windows", "darwin": "macOS"}.get(sys.platform, sys.platform)
_PAGE: Final = 4096


class OtherProcess:
    """See `dedicated.Process`."""

    pauses = 0

    def __init__(self) -> None:
        self._started = _nice()
        self._cpus = _cpus()
        self._asked = NOTHING
        self._stack = threading.stack_size()  # which also sets it to 0
        threading.stack_size(self._stack)

    def apply(self, asked: Schedule) -> tuple[Outcome, ...]:
        self._asked = asked
        steps = (self._pin, self._be_nice, self._size)
        done = tuple(outcome for step in steps for outcome in step(asked))
        return (*done, *_not_there(asked))

    def apart(self, start: Callable[[], T]) -> T:
        asked = self._asked
        self.apply(NOTHING)
        try:
            return start()
        finally:
            self.apply(asked)

    def close(self) -> None:
        self.apply(NOTHING)

    def _pin(self, asked: Schedule) -> Iterator[Outcome]:
        why = _pin(asked.cpus or self._cpus)
        if asked.cpus:
            yield Outcome("cpus", spell_cpus(asked.cpus), spell_cpus(_cpus()) or "any", why)

    def _be_nice(self, asked: Schedule) -> Iterator[Outcome]:
        wanted, why = asked.nice or self._started, ""
        if wanted > self._started and not _may_go_back():
            why = (
                "it could not be given back, and programs in panes would have it too: it is root's"
            )
        elif wanted != _nice():
            why = _renice(wanted)
        if asked.nice:
            yield Outcome("nice", str(asked.nice), str(_nice()), why)

    def _size(self, asked: Schedule) -> Iterator[Outcome]:
        size = -(-asked.thread_stack_bytes // _PAGE) * _PAGE or self._stack
        threading.stack_size(size)
        if asked.thread_stack_bytes:
            yield Outcome("thread_stack_bytes", str(asked.thread_stack_bytes), str(size))


def _not_there(asked: Schedule) -> Iterator[Outcome]:
    if asked.numa_node is not None:
        why = f"termlab can't ask {_SYSTEM} for a NUMA node: choose `cpus` where there are any"
        yield Outcome("numa_node", str(asked.numa_node), "any", why)
    if asked.realtime:
        why = f"{_SYSTEM} has no SCHED_FIFO for a process: use `nice`"
        yield Outcome("realtime", str(asked.realtime), "off", why)


if sys.platform == "win32":
    import ctypes

    # From which nice on: SetPriorityClass. IDLE, BELOW_NORMAL, NORMAL, ABOVE_NORMAL, HIGH.
    _CLASSES: Final = {10: 0x40, 1: 0x4000, 0: 0x20, -10: 0x8000, -20: 0x80}
    _SHOWN: Final = {0x40: 10, 0x4000: 1, 0x20: 0, 0x8000: -10, 0x80: -20}

    def _kernel() -> tuple[ctypes.WinDLL, ctypes.c_void_p]:
        """The library, and this process as it calls it."""
        library = ctypes.WinDLL("kernel32", use_last_error=True)
        return library, ctypes.c_void_p(-1)

    def _may_go_back() -> bool:
        return True

    def _nice() -> int:
        """The least nice of the class it has."""
        library, this = _kernel()
        return _SHOWN.get(library.GetPriorityClass(this), 0)

    def _renice(nice: int) -> str:
        library, this = _kernel()
        wanted = next(each for least, each in _CLASSES.items() if nice >= least)
        done = library.SetPriorityClass(this, ctypes.c_ulong(wanted))
        return "" if done else f"Windows refused: {ctypes.FormatError(ctypes.get_last_error())}"

    def _cpus() -> tuple[int, ...]:
        library, this = _kernel()
        process, system = ctypes.c_size_t(), ctypes.c_size_t()
        library.GetProcessAffinityMask(this, ctypes.byref(process), ctypes.byref(system))
        return tuple(cpu for cpu in range(64) if process.value >> cpu & 1)

    def _pin(cpus: tuple[int, ...]) -> str:
        library, this = _kernel()
        if any(cpu >= 8 * ctypes.sizeof(ctypes.c_size_t) for cpu in cpus):
            return "a process on Windows has the CPUs of one group: 0-63"
        mask = sum(1 << cpu for cpu in cpus)
        done = library.SetProcessAffinityMask(this, ctypes.c_size_t(mask))
        return "" if done else f"Windows refused: {ctypes.FormatError(ctypes.get_last_error())}"

else:

    def _may_go_back() -> bool:
        return os.geteuid() == 0

    def _nice() -> int:
        return os.getpriority(os.PRIO_PROCESS, 0)

    def _renice(nice: int) -> str:
        try:
            os.setpriority(os.PRIO_PROCESS, 0, nice)
        except OSError as error:
            return f"{_SYSTEM} refused: {error.strerror}; going down is root's"
        return ""

    def _cpus() -> tuple[int, ...]:
        return ()

    def _pin(cpus: tuple[int, ...]) -> str:
        return f"{_SYSTEM} lets no process choose its CPUs: leave `cpus` empty" if cpus else ""
