"""The machine a run is measured on: its name, kernel and processors."""

import os
import platform

from termlab.model.run import Machine
from termlab.version import VERSION

_CPUINFO_BYTES = 64 * 1024


def machine() -> Machine:
    """This one."""
    return Machine(
        platform.node(),
        platform.system(),
        platform.release(),
        _processor() or platform.processor() or platform.machine(),
        os.cpu_count() or 0,
        VERSION,
    )


def _processor() -> str:
    """The processor's name as Linux tells it, "" elsewhere."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
            lines = file.read(_CPUINFO_BYTES).splitlines()
    except OSError:
        return ""
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "")
