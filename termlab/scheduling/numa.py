"""The memory nodes of this machine: their CPUs, and from which one this thread takes its memory.

Which CPUs a node has stands in /sys. The memory policy is set by a system call that no library of
Python's has; ctypes is imported with the first one.
"""

import os
import platform
import sys
from typing import Final

from termlab.errors import UsageError
from termlab.model.cpu_list import parse_cpus, spell_cpus

assert sys.platform == "linux"

_NODES: Final = "/sys/devices/system/node"
# linux/mempolicy.h: the kernel's own way, and a node first, others when it is full.
_DEFAULT: Final = 0
_PREFERRED: Final = 1
# set_mempolicy, by machine: the numbers of the generic table but on x86.
_CALLS: Final = {"x86_64": 238, "i686": 276, "aarch64": 237, "riscv64": 237, "loongarch64": 237}
_MASK_BITS: Final = 1024


def node_cpus(node: int) -> tuple[int, ...]:
    """The CPUs of a node. Raises ``UsageError`` where there is no such node."""
    try:
        with open(f"{_NODES}/node{node}/cpulist", encoding="utf-8") as file:
            return parse_cpus(file.read())
    except OSError as error:
        raise UsageError(f"this machine has no NUMA node {node}: {_there_are()}") from error


def prefer_memory_of(node: int | None) -> None:
    """Have this thread's memory come from ``node`` first; None: from anywhere, as usual. What it
    has already stays where it is. Raises ``OSError``."""
    import ctypes

    number = _CALLS.get(platform.machine())
    if number is None:
        raise OSError(f"set_mempolicy has no known number on {platform.machine()}")
    mask = None
    if node is not None:
        words = (ctypes.c_ulong * (_MASK_BITS // (8 * ctypes.sizeof(ctypes.c_ulong))))()
        each = 8 * ctypes.sizeof(ctypes.c_ulong)
        words[node // each] = 1 << node % each
        mask = words
    mode = _DEFAULT if node is None else _PREFERRED
    # The kernel reads one bit less than it is told.
    bits = 0 if mask is None else _MASK_BITS + 1
    libc = ctypes.CDLL(None, use_errno=True)
    done = libc.syscall(ctypes.c_long(number), ctypes.c_long(mode), mask, ctypes.c_ulong(bits))
    if done < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


def _there_are() -> str:
    try:
        with open(f"{_NODES}/online", encoding="utf-8") as file:
            return f"there are {spell_cpus(parse_cpus(file.read()))}"
    except OSError:
        return "its kernel knows none"
