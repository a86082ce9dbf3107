"""The recording of a run with what was measured marked in it: keys, findings, use of the CPU. Pure.

Marks are asciicast's own (``m``), so every player shows them. The recording stays as it is, in its
own version; what its header says beyond what termlab knows stays too.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Final

from termlab.errors import TargetError
from termlab.model.recording import MARKER, decode
from termlab.model.run import Run
from termlab.model.trails import KeyTrail
from termlab.runs.report import show
from termlab.runs.reports import wording
from termlab.runs.reports.subject import RECORDING, Subject

# More would hide the recording: the slowest keys are what is looked for.
_KEYS: Final = 200
_SAMPLES: Final = 60

Mark = tuple[float, str]


def cast_with_marks(subject: Subject) -> str:
    """The whole file. Raises ``TargetError`` where no recording was kept."""
    data = subject.attachment(RECORDING)
    if data is None:
        raise TargetError(
            f"no recording was kept with {subject.ref or 'this run'}: record one with "
            "`termlab profile --record`"
        )
    found = decode(data, RECORDING)
    header = data.split(b"\n", 1)[0].decode()
    run = subject.profile.runs[-1] if subject.profile.runs else None
    marks = _marks(run) if run is not None else []
    # Events keep their order; a mark comes behind what was shown by then.
    events = [(event.at_s, event.code, event.data) for event in found.events]
    events += [(at_s, MARKER, text) for at_s, text in marks]
    events.sort(key=lambda event: event[0])
    return "\n".join((header, *_lines(events, found.header.version))) + "\n"


def _lines(events: Iterable[tuple[float, str, str]], version: int) -> Iterator[str]:
    """Version 3 has the time since the event before, version 2 since the beginning."""
    before_us = 0
    for at_s, code, text in events:
        # Whole microseconds, so that rounding does not add up.
        now_us = round(at_s * 1e6)
        time_us = now_us - before_us if version == 3 else now_us
        before_us = now_us
        yield json.dumps([time_us / 1e6, code, text], ensure_ascii=False)


def _marks(run: Run) -> list[Mark]:
    return sorted([*_findings(run), *_keys(run), *_samples(run)])


def _findings(run: Run) -> Iterator[Mark]:
    for finding in run.findings:
        yield 0.0, wording.plain(f"{finding.severity}: {finding.says}")


def _keys(run: Run) -> Iterator[Mark]:
    marks = [(took_ms, trail) for trail in run.trails if (took_ms := _took_ms(trail)) is not None]
    marks.sort(key=lambda mark: -mark[0])
    for took_ms, trail in marks[:_KEYS]:
        what = "key" if trail.keys == 1 else f"{trail.keys} keys"
        end = "output" if trail.drawn_ms is None else "screen"
        yield trail.at_s, f"{what}: {show('ms', took_ms)} to {end}"


def _took_ms(trail: KeyTrail) -> float | None:
    """None where nobody can tell which output was the key's."""
    if trail.noisy:
        return None
    return trail.output_ms if trail.drawn_ms is None else trail.drawn_ms


def _samples(run: Run) -> Iterator[Mark]:
    step = max(len(run.samples) // _SAMPLES, 1)
    for sample in run.samples[::step]:
        parts = []
        if sample.cpu_percent is not None:
            parts.append(f"CPU {show('percent', sample.cpu_percent)}")
        if sample.rss_bytes is not None:
            parts.append(f"RSS {show('bytes', sample.rss_bytes)}")
        if parts:
            yield sample.at_s, ", ".join(parts) + (", idle" if sample.idle else "")
