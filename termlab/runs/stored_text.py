"""Runs that are kept, as a list for a person and for programs. Pure."""

import time
from collections.abc import Mapping, Sequence
from typing import Final

from termlab.runs.plain import columns, command_line, plain
from termlab.runs.report import show
from termlab.runs.store import Stored

_NONE: Final = "no run is kept: `termlab profile CMD` measures one\n"
_TITLES: Final = ("RUN", "WHEN", "NAME", "RUNS", "WALL", "CPU", "CALLS BY", "FOUND", "COMMAND")
_RIGHT: Final = (True, False, False, True, True, True, False, True, False)
_MISSING: Final = "-"
# With less there would be no figures in it.
_MIN_COLS: Final = 40


def listed(runs: Sequence[Stored], cols: int = 0) -> str:
    """A line for each, the titles above; cut to a terminal of ``cols``, 0 for none."""
    if not runs:
        return _NONE
    lines = columns([_TITLES, *(_row(run) for run in runs)], _RIGHT)
    return "".join(f"{plain(line, max(cols, _MIN_COLS)) if cols else line}\n" for line in lines)


def named(run: Stored) -> str:
    """Its name with its tags: ``nightly +slow``."""
    return " ".join([*([run.name] if run.name else []), *(f"+{tag}" for tag in run.tags)])


def stored_documents(runs: Sequence[Stored]) -> list[Mapping[str, object]]:
    """For programs; the figures are medians over a run's repeats."""
    return [
        {
            "run": run.id,
            "saved_at_s": run.saved_at_s,
            "name": run.name or None,
            "tags": run.tags,
            "command": run.command,
            "host": run.host,
            "runs": run.repeats,
            "wall_s": run.medians.get("wall_s"),
            "cpu_s": run.medians.get("cpu_s"),
            "calls_by": run.tier or None,
            "findings": run.findings,
            "ending": run.ending,
        }
        for run in runs
    ]


def _row(run: Stored) -> tuple[str, ...]:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(run.saved_at_s))
    wall, cpu = (
        show("s", run.medians[name]) if name in run.medians else _MISSING
        for name in ("wall_s", "cpu_s")
    )
    return (
        str(run.id),
        when,
        plain(named(run)) or _MISSING,
        str(run.repeats),
        wall,
        cpu,
        run.tier or _MISSING,
        str(run.findings),
        command_line(run.command),
    )
