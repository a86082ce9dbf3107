"""Loading the programs: three maps, five programs, each on its tracepoint.

It takes 10 ms and needs CAP_BPF with CAP_PERFMON, or CAP_SYS_ADMIN; a process that has neither may
be given the descriptors by one that has (`loaded`, `adopted`).
"""

import os
import platform
import sys
from contextlib import ExitStack
from typing import Final

from termlab.probes.ebpf import btf, kernel
from termlab.probes.ebpf import map_layout as layout
from termlab.probes.ebpf.map_layout import Maps, Offsets
from termlab.probes.ebpf.programs import programs
from termlab.probes.ebpf.tracer import Tracer
from termlab.probes.syscall_names import numbers

# Where the first argument of a call stands among the registers (struct pt_regs), as it was at the
# call. On aarch64, where the result takes its place, that is `orig_x0`; it was not tried.
_FD_ARGUMENT: Final = {"x86_64": 112, "aarch64": 272}
# Which register tells a 32-bit program, by which bits: its code segment, or the processor's state.
_MODE: Final = {"x86_64": (136, 0xFFFF, 0x23), "aarch64": (264, 0x10, 0x10)}
_READS: Final = ("read", "readv")
_WRITES: Final = ("write", "writev")


def loaded() -> tuple[Maps, tuple[int, ...]]:
    """Load and attach: the maps, and what must stay open. Raises ``OSError`` as the kernel says,
    or ``LookupError`` where its records are others."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _FD_ARGUMENT:
        raise LookupError(f"no eBPF programs are written for {sys.platform} on {machine}")
    with ExitStack() as made:

        def keep(fd: int) -> int:
            made.callback(os.close, fd)
            return fd

        maps = Maps(
            keep(kernel.make_map(kernel.HASH, layout.THREAD.size, layout.THREADS)),
            keep(_shared(layout.COUNT.size, layout.SLOTS * layout.NUMBERS)),
            keep(_shared(layout.SLOT_BYTES, layout.SLOTS)),
        )
        known = numbers(machine)
        written = programs(
            maps,
            _offsets(machine),
            [known[name] for name in _READS],
            [known[name] for name in _WRITES],
        )
        links = tuple(keep(_attached(name, code)) for name, code in written.items())
        made.pop_all()
    return maps, links


def tracer() -> Tracer:
    """One with programs of its own. Raises as `loaded`."""
    return Tracer(*loaded())


def _shared(value_bytes: int, entries: int) -> int:
    return kernel.make_map(kernel.ARRAY, value_bytes, entries, kernel.MMAPABLE)


def _attached(tracepoint: str, code: bytes) -> int:
    program = kernel.load(code)
    try:
        return kernel.attach(tracepoint, program)
    finally:
        os.close(program)  # the link keeps it


def _offsets(machine: str) -> Offsets:
    types = btf.running()
    return Offsets(
        types.offset("task_struct", "pid"),
        types.offset("task_struct", "tgid"),
        types.offset("task_struct", "files"),
        types.offset("files_struct", "fdt"),
        types.offset("fdtable", "fd"),
        types.offset("file", "f_inode"),
        types.offset("inode", "i_rdev"),
        _FD_ARGUMENT[machine],
        *_MODE[machine],
    )
