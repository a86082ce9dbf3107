"""Giving up what a privileged process does not need: all rights but those to load eBPF programs.

A process that only loads them keeps two capabilities (CAP_PERFMON, CAP_BPF) and gains nothing by
starting a program. Before Linux 5.8, which has those two, nothing is given up.
"""

import ctypes
import os
import platform
import struct
import sys
from typing import Final

_CAP_PERFMON: Final = 38
_CAP_BPF: Final = 39
_FIRST_KERNEL: Final = (5, 8)
_CAPSET: Final = {"x86_64": 126, "aarch64": 91}
_VERSION: Final = 0x20080522  # _LINUX_CAPABILITY_VERSION_3: two words of each set
_PR_SET_NO_NEW_PRIVS: Final = 38


def keep_only_bpf() -> bool:
    """Give up the rest; False where this kernel has no such two. Raises ``OSError``."""
    number = _CAPSET.get(platform.machine())
    if sys.platform != "linux" or number is None or _kernel() < _FIRST_KERNEL:
        return False
    header = ctypes.create_string_buffer(struct.pack("=Ii", _VERSION, 0))
    high = 1 << (_CAP_PERFMON - 32) | 1 << (_CAP_BPF - 32)
    # Effective, permitted, inheritable: of capabilities 0 to 31, then of those above.
    data = ctypes.create_string_buffer(struct.pack("=6I", 0, 0, 0, high, high, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.syscall(number, header, data):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return True


def _kernel() -> tuple[int, int]:
    words = platform.release().split(".")
    digits = ["".join(filter(str.isdigit, word)) or "0" for word in (*words, "0")[:2]]
    return int(digits[0]), int(digits[1])
