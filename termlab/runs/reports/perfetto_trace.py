"""Runs as a trace for https://ui.perfetto.dev and chrome://tracing (JSON). Pure.

The format is the "Trace Event Format" of Chrome.
Each run is a process in it, one behind the other: counters (``C``), the terminal silent or busy
(``X``), keys (``i``) with their way as nested spans (``b``, ``e``). Times are microseconds.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from termlab.model.figure import Amount
from termlab.model.run import Run
from termlab.model.trails import KeyTrail
from termlab.runs.reports import wording
from termlab.runs.reports.subject import Subject

Event = dict[str, Any]

_US: Final = 1e6
_TERMINAL: Final = 1
_KEYS: Final = 2
# Between two runs whose starts are not known.
_PAUSE_S: Final = 0.1
_STAGES: Final = (("read by the program", "consumed_ms"), ("answered", "answered_ms"))


def perfetto_trace(subject: Subject) -> Mapping[str, object]:
    """The document. Its events are in the order of their times, those that name things first."""
    profile = subject.profile
    names: list[Event] = []
    events: list[Event] = []
    start_s = 0.0
    for number, run in enumerate(profile.runs, 1):
        names += _names(number, wording.command(profile), len(profile.runs))
        events += _run(number, run, start_s)
        start_s += _length_s(run) + _PAUSE_S
    return {
        "displayTimeUnit": "ms",
        "otherData": {name: text for name, text in wording.about(subject)},
        "traceEvents": names + sorted(events, key=lambda event: float(event["ts"])),
    }


def _names(pid: int, command: str, runs: int) -> list[Event]:
    what = command if runs == 1 else f"run {pid}: {command}"
    tracks = ((_TERMINAL, "terminal"), (_KEYS, "keys"))
    return [
        {"ph": "M", "name": "process_name", "pid": pid, "tid": 0, "args": {"name": what}},
        *(
            {"ph": "M", "name": "thread_name", "pid": pid, "tid": tid, "args": {"name": name}}
            for tid, name in tracks
        ),
    ]


def _length_s(run: Run) -> float:
    wall = run.figures.wall_s
    last = run.samples[-1].at_s if run.samples else 0.0
    return max(wall.value if isinstance(wall, Amount) else 0.0, last)


def _run(pid: int, run: Run, start_s: float) -> Iterator[Event]:
    yield from _counters(pid, run, start_s)
    yield from _stretches(pid, run, start_s)
    for number, trail in enumerate(run.trails):
        yield from _key(pid, number, trail, start_s)
    for finding in run.findings:
        yield _at(start_s, "i", finding.says, pid, _TERMINAL) | {
            "s": "p",
            "cat": "finding",
            "args": {"evidence": finding.evidence, "advice": finding.advice},
        }


def _at(at_s: float, kind: str, name: str, pid: int, tid: int) -> Event:
    return {"ph": kind, "name": name, "ts": round(at_s * _US, 3), "pid": pid, "tid": tid}


def _counters(pid: int, run: Run, start_s: float) -> Iterator[Event]:
    for sample in run.samples:
        values: tuple[tuple[str, str, float | None], ...] = (
            ("CPU", "percent", sample.cpu_percent),
            ("RSS", "bytes", sample.rss_bytes),
            ("PSS", "bytes", sample.pss_bytes),
            ("output", "bytes_per_s", sample.output_bytes_per_s),
            ("system calls", "per_s", sample.calls_per_s),
            ("wakeups", "per_s", sample.wakeups_per_s),
        )
        for name, unit, value in values:
            if value is not None:
                yield _at(start_s + sample.at_s, "C", name, pid, 0) | {"args": {unit: value}}


def _stretches(pid: int, run: Run, start_s: float) -> Iterator[Event]:
    """The terminal's busy and silent times, as far as the samples tell them apart."""
    begun = 0.0
    for index, sample in enumerate(run.samples, 1):
        if index < len(run.samples) and run.samples[index].idle == sample.idle:
            continue
        length_us = round((sample.at_s - begun) * _US, 3)
        if length_us > 0:
            name = "idle" if sample.idle else "busy"
            yield _at(start_s + begun, "X", name, pid, _TERMINAL) | {"dur": length_us}
        begun = sample.at_s


def _key(pid: int, number: int, trail: KeyTrail, start_s: float) -> Iterator[Event]:
    at_s = start_s + trail.at_s
    name = "key" if trail.keys == 1 else f"{trail.keys} keys"
    stamps = {
        "output_ms": trail.output_ms,
        "drawn_ms": trail.drawn_ms,
        "echo": trail.echo,
        "noisy": trail.noisy,
    }
    yield _at(at_s, "i", name, pid, _KEYS) | {"s": "t", "args": stamps}
    end_ms = trail.output_ms if trail.drawn_ms is None else trail.drawn_ms
    end_ms = trail.answered_ms if end_ms is None or trail.noisy else end_ms
    identity = {"cat": "key", "id": f"{pid}.{number}"}
    ways = ((name, end_ms), *((stage, getattr(trail, field)) for stage, field in _STAGES))
    spans = [(what, length_ms) for what, length_ms in ways if length_ms is not None]
    for what, _ in spans:
        yield _at(at_s, "b", what, pid, _KEYS) | identity
    for what, length_ms in reversed(spans):
        yield _at(at_s + length_ms / 1000, "e", what, pid, _KEYS) | identity
