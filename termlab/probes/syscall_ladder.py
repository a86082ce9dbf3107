"""The ways to count system calls, best first, and which of them works here: found out by trying.

Neither the user's number nor a setting of the system is believed: containers, security modules and
capabilities have the last word, and what they say is an error, of which each way makes a sentence.
"""

import errno
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from termlab.model.calls import TIERS, Tier
from termlab.model.figure import Missing

if TYPE_CHECKING:
    from termlab.probes.ebpf.tracer import Tracer

LINUX_ONLY: Final = "only Linux lets a program count others' calls"
HELPER: Final = "run `sudo termlab probe-helper` beside termlab"
CONTAINER: Final = (
    "this container numbers its processes by itself, and eBPF knows them by the machine's numbers: "
    "run termlab outside of it, or with the machine's process numbers (--pid=host)"
)
# PROC_PID_INIT_INO, a part of the kernel's ABI.
_FIRST_NAMESPACE: Final = 0xEFFFFFFC
_NOT_PERMITTED: Final = (errno.EPERM, errno.EACCES)


class Rung(NamedTuple):
    """One way: whether it works, in words, and what would make it work."""

    tier: Tier
    works: bool
    says: str
    remedy: str = ""


def load_tracer() -> "Tracer | Missing":
    """The programs in the kernel, loaded by this process or by the helper; or why not."""
    if sys.platform != "linux":
        return Missing(LINUX_ONLY)
    else:
        from termlab.probes.ebpf.handing import ask
        from termlab.probes.ebpf.loading import tracer

        if not of_first_namespace():
            return Missing(CONTAINER)
        try:
            return tracer()
        except (OSError, LookupError, ValueError) as error:
            why = ebpf_reason(error)
        try:
            return ask(os.getuid())
        except ConnectionRefusedError:
            return Missing(f"{why}, and no probe helper runs: {HELPER}")
        except OSError as error:
            return Missing(f"{why}, and the probe helper does not answer: {error}")
        except LookupError as error:
            return Missing(f"{why}; {error}")


def of_first_namespace(path: str = "/proc/self/ns/pid") -> bool:
    """Whether this process has the numbers of processes that the kernel itself has; where nothing
    is told of that, it has."""
    try:
        return os.stat(path).st_ino == _FIRST_NAMESPACE
    except OSError:
        return True


def ebpf_reason(error: Exception) -> str:
    """What a refusal to load means."""
    if not isinstance(error, OSError):
        return str(error)
    if error.errno in _NOT_PERMITTED:
        return "the kernel loads eBPF programs only for who has CAP_BPF and CAP_PERFMON"
    if error.errno == errno.ENOENT:
        return "this kernel does not describe its records (/sys/kernel/btf/vmlinux)"
    if error.errno == errno.ENOSYS:
        return "this kernel has no eBPF"
    return f"the kernel does not load the eBPF programs: {error.strerror or error}"


def perf_reason(error: OSError) -> str:
    """What a refusal of the counter means."""
    if error.errno == errno.ENOENT and error.filename:
        return "tracefs is not mounted, where the kernel names its tracepoints"
    if error.errno in _NOT_PERMITTED and error.filename:
        return "only root may read tracefs, where the kernel numbers its tracepoints"
    if error.errno in _NOT_PERMITTED:
        return "the kernel permits this counter only to who has CAP_PERFMON"
    return f"the kernel does not give the counter: {error.strerror or error}"


def rungs() -> tuple[Rung, ...]:
    """All of this platform's. Loading and unloading take some 50 ms; strace runs once."""
    if sys.platform != "linux":
        return (_system(),)
    return (_ebpf(), _perf(), _strace(), Rung("accounting", True, TIERS["accounting"]))


def _ebpf() -> Rung:
    found = load_tracer()
    if isinstance(found, Missing):
        return Rung("ebpf", False, TIERS["ebpf"], found.reason)
    found.close()
    return Rung("ebpf", True, TIERS["ebpf"])


def _perf() -> Rung:
    from termlab.probes.perf_counter import event_id, open_counter

    try:
        os.close(open_counter(event_id()))
    except OSError as error:
        return Rung("perf", False, TIERS["perf"], perf_reason(error))
    return Rung("perf", True, TIERS["perf"])


def _strace() -> Rung:
    return _tried("strace", _check_strace, "when asked for: `termlab profile --syscalls strace`")


def _check_strace() -> None:
    if sys.platform != "win32":
        from termlab.probes.strace_calls import check

        check()


def _system() -> Rung:
    from termlab.probes.calls_elsewhere import count_of_this_system

    return _tried("system", count_of_this_system, "not tried on this system")


def _tried(tier: Tier, attempt: Callable[[], object], when: str) -> Rung:
    try:
        attempt()
    except LookupError as error:
        return Rung(tier, False, TIERS[tier], str(error.args[0]))
    return Rung(tier, True, f"{TIERS[tier]}; {when}")
