"""Facts that come of a run's system calls by their names, and of who woke in silence."""

from collections.abc import Callable, Iterable
from typing import Final

from termlab.model.calls import CallCount
from termlab.model.figure import Amount, Figure, Missing
from termlab.model.run import Run
from termlab.runs.fact import FactRow, of_two, over
from termlab.runs.plain import plain

_READS: Final = frozenset(("read", "readv", "pread64", "preadv", "recvfrom", "recvmsg"))
_WRITES: Final = frozenset(("write", "writev", "pwrite64", "pwritev", "sendto", "sendmsg"))
_FORKS: Final = frozenset(("fork", "vfork", "clone", "clone3"))
_EXECS: Final = frozenset(("execve", "execveat"))
_REAPS: Final = frozenset(("wait4", "waitid"))
# Asking whether there is something to do, or waiting until it is time to ask.
_POLLS: Final = ("poll", "ppoll", "select", "pselect6", "epoll_wait", "epoll_pwait", "epoll_pwait2")
_SLEEPS: Final = ("nanosleep", "clock_nanosleep", "sched_yield")
_ASKS: Final = frozenset((*_POLLS, *_SLEEPS))
# Asked in order to be refused: attributes that are not there, no link, no terminal, no right.
_LINKS: Final = ("readlink", "readlinkat", "access", "faccessat", "faccessat2", "ioctl")
_ATTRIBUTES: Final = ("getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr")
_TRIES: Final = frozenset((*_LINKS, *_ATTRIBUTES))
# Those whose time is waiting for a key or for a timer anyway.
_WAITS: Final = _ASKS | {"futex", "rt_sigtimedwait", "rt_sigsuspend", "pause"}
_ENDLESS: Final = _WAITS | {"read"}
_MOST_NAMES: Final = 3
_NO_NAMES: Final = Missing("this way of counting system calls does not tell them by name")
_NO_ERRORS: Final = Missing("this way of counting system calls does not tell which failed")
_NO_IDLE: Final = Missing("system calls were not told apart by silence")
_MS: Final = 1e6


def _calls(run: Run) -> tuple[CallCount, ...] | Missing:
    if isinstance(run.table, Missing):
        return run.table
    return run.table.calls or _NO_NAMES


def _sum(
    run: Run, names: frozenset[str], of: Callable[[CallCount], int] = lambda call: call.count
) -> Figure:
    calls = _calls(run)
    if isinstance(calls, Missing):
        return calls
    return Amount(sum(of(call) for call in calls if call.name in names))


def _done(call: CallCount) -> int:
    """How many of them were done, not refused."""
    return call.count - (call.errors or 0)


def _small(run: Run, figure: Figure, names: frozenset[str]) -> Figure:
    return over(figure, _sum(run, names), factor=100)


def _started(run: Run) -> Figure:
    """Processes, not threads: who is one is waited for, or runs another program."""
    forks, reaps = _sum(run, _FORKS, _done), _sum(run, _REAPS, _done)
    return of_two(of_two(forks, reaps, min), _sum(run, _EXECS, _done), max)


def _failed(run: Run) -> Figure:
    calls = _calls(run)
    if isinstance(calls, Missing):
        return calls
    if all(call.errors is None for call in calls):
        return _NO_ERRORS
    return Amount(sum(call.errors or 0 for call in calls if call.name not in _TRIES))


def _idle_sum(run: Run, of: Callable[[CallCount], bool]) -> Figure:
    calls = _calls(run)
    if isinstance(calls, Missing):
        return calls
    if all(call.idle is None for call in calls):
        return _NO_IDLE
    return Amount(sum(call.idle or 0 for call in calls if of(call)))


def _asks(call: CallCount) -> bool:
    """Also a read that finds nothing, again and again."""
    return call.name in _ASKS or (call.name in _READS and (call.errors or 0) > call.count * 0.9)


def _idle_asks(run: Run) -> Figure:
    return over(_idle_sum(run, _asks), run.figures.idle_s)


def _idle_asks_share(run: Run) -> Figure:
    return over(_idle_sum(run, _asks), _idle_sum(run, lambda call: True), factor=100)


CALL_FACTS: Final = (
    FactRow("reads", "count", "reads", lambda run: _sum(run, _READS)),
    FactRow("writes", "count", "writes", lambda run: _sum(run, _WRITES)),
    FactRow(
        "small_writes_percent",
        "percent",
        "writes under 16 bytes",
        lambda run: _small(run, run.figures.small_writes, _WRITES),
    ),
    FactRow(
        "small_reads_percent",
        "percent",
        "reads under 16 bytes",
        lambda run: _small(run, run.figures.small_reads, _READS),
    ),
    FactRow(
        "small_reads_per_s",
        "per_s",
        "reads under 16 bytes",
        lambda run: over(run.figures.small_reads, run.figures.wall_s),
    ),
    FactRow("programs_started", "count", "processes started", _started),
    FactRow(
        "programs_started_per_s",
        "per_s",
        "processes started",
        lambda run: over(_started(run), run.figures.wall_s),
    ),
    FactRow(
        "cpu_per_start_ms",
        "ms",
        "CPU time a process",
        lambda run: over(run.figures.cpu_s, _started(run), factor=1000),
    ),
    FactRow("failed", "count", "calls that failed", _failed),
    FactRow(
        "failed_percent",
        "percent",
        "calls that failed",
        lambda run: over(_failed(run), run.figures.calls, factor=100),
    ),
    FactRow(
        "failed_per_s",
        "per_s",
        "calls that failed",
        lambda run: over(_failed(run), run.figures.wall_s),
    ),
    FactRow("idle_asks_per_s", "per_s", "calls in silence that ask or wait", _idle_asks),
    FactRow("idle_asks_percent", "percent", "calls in silence that ask or wait", _idle_asks_share),
)


def idle_calls_words(run: Run) -> str:
    """ ": mostly select, read" — what it called in silence, most first."""
    return _mostly(run, lambda call: call.idle or 0)


def idle_waits_words(run: Run) -> str:
    """By which calls it waited in silence, for a time or for something to happen."""
    return _mostly(run, lambda call: (call.idle or 0) if call.name in _WAITS else 0)


def failing_words(run: Run) -> str:
    """Which calls failed, most first."""
    return _mostly(run, lambda call: 0 if call.name in _TRIES else call.errors or 0)


def slow_calls_words(run: Run) -> str:
    """In which calls it waited for something else than a key or a timer."""
    calls = _calls(run)
    if isinstance(calls, Missing):
        return ""
    slow = sorted(
        (call for call in calls if call.name not in _ENDLESS or call.name in _SLEEPS),
        key=lambda call: -(call.time_ns or 0),
    )
    told = [
        f"{call.name} {(call.time_ns or 0) / _MS:,.0f} ms in {call.count:,} calls"
        for call in slow[:_MOST_NAMES]
        if (call.time_ns or 0) >= 10 * _MS
    ]
    return f"; most time in {', '.join(told)}" if told else ""


def waker_words(run: Run) -> str:
    """Which thread woke most in silence."""
    wakers = [waker for waker in run.wakers if waker.idle_wakeups]
    if not wakers:
        return ""
    most = max(wakers, key=lambda waker: waker.idle_wakeups)
    thread = "" if most.tid == most.pid else "a thread of "
    if most.thread not in ("", most.process):
        thread = f"thread {plain(most.thread)} of "
    return f", most often {thread}{plain(most.process)} ({most.idle_wakeups:,} times)"


def _mostly(run: Run, weight: Callable[[CallCount], int]) -> str:
    calls = _calls(run)
    if isinstance(calls, Missing):
        return ""
    most: Iterable[CallCount] = sorted(calls, key=weight, reverse=True)[:_MOST_NAMES]
    told = [f"{call.name} ({weight(call):,})" for call in most if weight(call)]
    return f": mostly {', '.join(told)}" if told else ""
