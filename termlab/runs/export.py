"""A profile as JSON for programs. ``version`` is raised whenever a field changes its meaning.

``{"version": 1, "command", "environment", "interrupted", "runs": [{"exit_code", "signal", "ending",
"interrupted", "figures": {NAME: FIGURE}}], "summary": {NAME: SPREAD}}``. A figure is
``{"unit", "value", "note"}``, or ``{"unit", "value": null, "reason"}``; a spread has ``median``,
``min``, ``max`` and how many ``runs`` had the figure, or a reason.
"""

from collections.abc import Mapping
from typing import Final

from termlab.model.metrics import FIGURES, Figure, Missing, Profile, Run
from termlab.runs.summary import Spread, spreads

VERSION: Final = 1

Json = Mapping[str, object]


def document(profile: Profile) -> Json:
    """What is to be encoded."""
    machine = profile.machine
    return {
        "version": VERSION,
        "command": profile.command,
        "environment": {
            "host": machine.host,
            "system": machine.system,
            "kernel": machine.kernel,
            "cpu": machine.cpu,
            "cpus": machine.cpus,
            "termlab": machine.termlab,
            "cols": profile.cols,
            "rows": profile.rows,
        },
        "interrupted": any(run.interrupted for run in profile.runs),
        "runs_asked": profile.runs_asked,
        "runs": [_run(run) for run in profile.runs],
        "summary": {
            row.name: _spread(row.unit, spread)
            for row, spread in zip(FIGURES, spreads(profile.runs).values(), strict=True)
        },
    }


def _run(run: Run) -> Json:
    return {
        "exit_code": run.exit_code,
        "signal": run.signal or None,
        "ending": run.ending,
        "interrupted": run.interrupted,
        "figures": {row.name: _figure(row.unit, getattr(run.figures, row.name)) for row in FIGURES},
    }


def _figure(unit: str, figure: Figure) -> Json:
    if isinstance(figure, Missing):
        return {"unit": unit, "value": None, "reason": figure.reason}
    value = _number(unit, figure.value)
    return {"unit": unit, "value": value} | ({"note": figure.note} if figure.note else {})


def _spread(unit: str, spread: Spread | Missing) -> Json:
    if isinstance(spread, Missing):
        return {"unit": unit, "median": None, "reason": spread.reason}
    return {
        "unit": unit,
        "median": spread.median,
        "min": _number(unit, spread.least),
        "max": _number(unit, spread.most),
        "runs": spread.runs,
    }


def _number(unit: str, value: float) -> float | int:
    """Counts and bytes are whole."""
    return int(value) if unit in ("count", "bytes") else value
