"""What a run has besides its figures as lines for a person: system calls by name, who woke the CPU,
and what was found wrong. Pure.
"""

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Final

from termlab.model.calls import CallTable
from termlab.model.figure import Missing
from termlab.model.finding import Finding
from termlab.model.wakers import Waker
from termlab.runs.plain import columns, plain
from termlab.runs.report_rows import WIDTH

MOST_CALLS: Final = 10
MOST_WAKERS: Final = 3
_NAME_CHARS: Final = 24
_BENEATH: Final = " " * 8
_TEXT_CHARS: Final = 2000
_MARKS: Final = {"bad": "BAD ", "warn": "WARN", "info": "info"}


def call_lines(table: CallTable | Missing, everything: bool) -> list[str]:
    """The calls made most; all of them with ``everything``."""
    if isinstance(table, Missing) or not table.calls:
        return []
    shown = table.calls if everything else table.calls[:MOST_CALLS]
    timed = any(each.time_ns is not None for each in shown)
    rows = [("call", "count", *(("time", "errors") if timed else ()))]
    for each in shown:
        more = (_time(each.time_ns), str(each.errors or "")) if timed else ()
        rows.append((each.name, f"{each.count:,}", *more))
    lines = columns(rows, (False, True, *((True, True) if timed else ())))
    left = len(table.calls) - len(shown)
    if left:
        lines.append(f"and {left} others")
    head = f"system calls by name ({table.tier}: {table.accuracy})"
    return ["", head, *(f"  {line}" for line in lines)]


def _time(time_ns: int | None) -> str:
    if time_ns is None:
        return ""
    return f"{time_ns / 1e9:.3f} s" if time_ns >= 100_000_000 else f"{time_ns / 1e6:.2f} ms"


def waker_lines(wakers: Sequence[Waker], everything: bool) -> list[str]:
    """The threads that woke most; nobody is no news."""
    shown = [each for each in wakers if each.wakeups]
    shown = shown if everything else shown[:MOST_WAKERS]
    if len(shown) < 2 and not everything:
        return []
    rows = [("thread", "wakeups", "of them idle")]
    rows += [(_who(each), f"{each.wakeups:,}", f"{each.idle_wakeups:,}") for each in shown]
    return ["", "who woke most", *(f"  {line}" for line in columns(rows, (False, True, True)))]


def _who(waker: Waker) -> str:
    process = plain(waker.process, _NAME_CHARS)
    if waker.tid == waker.pid:
        return f"{process} ({waker.pid})"
    if not waker.thread or waker.thread == waker.process:
        return f"thread {waker.tid} of {process} ({waker.pid})"
    return f"{plain(waker.thread, _NAME_CHARS)} in {process} ({waker.pid})"


def finding_lines(runs: Iterable[tuple[Finding, ...]]) -> list[str]:
    """What was found, the worst first; over several runs each rule once, with in how many."""
    counts: dict[str, int] = {}
    firsts: dict[str, Finding] = {}
    number = 0
    for findings in runs:
        number += 1
        for each in findings:
            counts[each.rule] = counts.get(each.rule, 0) + 1
            firsts[each.rule] = each  # those of the last run have its figures
    order = ("bad", "warn", "info")
    lines: list[str] = []
    for each in sorted(firsts.values(), key=lambda found: order.index(found.severity)):
        count = counts[each.rule]
        of = f" (in {count} of {number} runs)" if count < number else ""
        lines += _wrapped(each.says + of, f"  {_MARKS[each.severity]}  ")
        lines += _wrapped(f"seen: {each.evidence}", _BENEATH)
        lines += _wrapped(each.advice, _BENEATH)
    return ["", "findings", *lines] if lines else []


def _wrapped(text: str, first: str) -> list[str]:
    """Lines of it, those behind the first one indented as its text is."""
    shown = plain(text, _TEXT_CHARS)
    return wrap(shown, WIDTH, initial_indent=first, subsequent_indent=" " * len(first))
