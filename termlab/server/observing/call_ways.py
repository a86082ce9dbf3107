"""The ways to count a pane's system calls on Linux, best first: what counts, or why nothing does.

A program that is started goes through `launched`, one that runs through `attached`. "auto" is the
best that costs the program little: strace is for who names it.
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from termlab.model.figure import Missing

if TYPE_CHECKING:
    from termlab.probes.call_source import CallSource, Launch
    from termlab.probes.ebpf.sharing import SharedTracer

assert sys.platform != "win32"
assert sys.platform != "darwin"

NONE_ASKED: Final = {
    "off": "system calls are not counted: [probes] syscalls = 'off' in the configuration",
    "accounting": "only reads and writes are counted: 'accounting' was chosen, which has no others "
    "(--syscalls, or [probes] syscalls in the configuration)",
}
WITH_STRACE: Final = "without rights only strace does: `termlab profile --syscalls strace`"

Found = TypeVar("Found")


def launched(choice: str, shared: "SharedTracer | None") -> "Launch | Missing":
    """What a program is to be started with."""
    return _first(
        choice,
        {
            "ebpf": lambda: _launched_by_ebpf(shared),
            "perf": _launched_by_perf,
            "strace": _launched_by_strace,
        },
    )


def attached(
    choice: str, shared: "SharedTracer | None", pid: int, terminal: int
) -> "CallSource | Missing | None":
    """What counts the tree below ``pid`` from here on; None: not yet, ask again."""
    return _first(
        choice,
        {
            "ebpf": lambda: _attached_by_ebpf(shared, pid, terminal),
            "perf": lambda: _attached_by_perf(pid),
            "strace": lambda: _attached_by_strace(pid),
        },
    )


def _first(choice: str, ways: "dict[str, Callable[[], Found | Missing]]") -> "Found | Missing":
    reasons = []
    for name, way in ways.items():
        if choice == name or (choice == "auto" and name != "strace"):
            found = way()
            if not isinstance(found, Missing):
                return found
            reasons.append(found.reason)
    if not reasons:
        return Missing(NONE_ASKED[choice])
    return Missing("; ".join([*reasons, WITH_STRACE] if choice == "auto" else reasons))


def _launched_by_ebpf(shared: "SharedTracer | None") -> "Launch | Missing":
    from termlab.probes.ebpf.counting import launched

    assert shared is not None
    tracer = shared.now()
    return tracer if isinstance(tracer, Missing) else launched(tracer)


def _attached_by_ebpf(
    shared: "SharedTracer | None", pid: int, terminal: int
) -> "CallSource | Missing | None":
    from termlab.probes.ebpf.counting import attached

    assert shared is not None
    tracer = shared.soon()
    if tracer is None or isinstance(tracer, Missing):
        return tracer
    return attached(tracer, pid, terminal)


def _launched_by_perf() -> "Launch | Missing":
    from termlab.probes.perf_counter import PerfLaunch
    from termlab.probes.syscall_ladder import perf_reason

    try:
        return PerfLaunch()
    except OSError as error:
        return Missing(perf_reason(error))


def _attached_by_perf(pid: int) -> "CallSource | Missing":
    from termlab.probes.perf_counter import attached
    from termlab.probes.syscall_ladder import perf_reason

    try:
        return attached(pid)
    except OSError as error:
        return Missing(perf_reason(error))


def _launched_by_strace() -> "Launch | Missing":
    from termlab.probes.strace_calls import StraceLaunch

    try:
        return StraceLaunch()
    except LookupError as error:
        return Missing(str(error.args[0]))


def _attached_by_strace(pid: int) -> "CallSource | Missing":
    from termlab.probes.strace_calls import attached

    try:
        return attached(pid)
    except LookupError as error:
        return Missing(str(error.args[0]))
