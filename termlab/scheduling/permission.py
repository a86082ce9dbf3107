"""What keeps a process from what was asked, and what would allow it, in words."""

import resource
import sys
from typing import Final

assert sys.platform == "linux"

# Its bit in the sets of linux/capability.h.
_CAP_SYS_NICE: Final = 23
_LIMITS: Final = "/etc/security/limits.conf"


def may_schedule() -> bool:
    """Whether this process has CAP_SYS_NICE."""
    try:
        with open("/proc/self/status", encoding="utf-8", errors="replace") as file:
            for line in file:
                if line.startswith("CapEff:"):
                    return bool(int(line.split()[1], 16) >> _CAP_SYS_NICE & 1)
    except OSError:
        pass
    return False


def why_not_nice(nice: int, error: OSError) -> str:
    """Why this thread can't have so low a ``nice``."""
    if may_schedule():
        return f"the kernel refused: {error.strerror}"
    needed, has = 20 - nice, resource.getrlimit(resource.RLIMIT_NICE)[0]
    return (
        f"going down to {nice} needs CAP_SYS_NICE, or RLIMIT_NICE {needed} (it is {has}): "
        f"`USER - nice {nice}` in {_LIMITS} allows it from the next login, LimitNICE={nice} "
        "in a systemd unit"
    )


def why_not_realtime(priority: int, error: OSError) -> str:
    """Why this thread can't have a real-time priority."""
    if may_schedule():
        return (
            f"the kernel refused: {error.strerror}; a control group may have no real-time budget "
            "(cpu.rt_runtime_us)"
        )
    has = resource.getrlimit(resource.RLIMIT_RTPRIO)[0]
    return (
        f"SCHED_FIFO {priority} needs CAP_SYS_NICE, or RLIMIT_RTPRIO {priority} (it is {has}): "
        f"`USER - rtprio {priority}` in {_LIMITS} allows it from the next login, "
        f"LimitRTPRIO={priority} in a systemd unit"
    )
