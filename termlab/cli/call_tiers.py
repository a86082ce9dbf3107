"""What `doctor` says of the ways to count system calls: which work here, each tried, and what
would make the others work. termlab works without all of them.
"""

from termlab.model.listing import Finding
from termlab.probes.syscall_ladder import rungs


def call_findings() -> list[Finding]:
    """A line for each way."""
    return [
        Finding(f"syscalls.{each.tier}", each.works, each.says, each.remedy) for each in rungs()
    ]
