"""A profile as text for a person: one run as a column, several as median, least and most, and what
was found wrong. Pure.
"""

from typing import Final

from termlab.model.figure import Amount, Figure, Missing
from termlab.model.metrics import FIGURES, FigureRow
from termlab.model.run import Profile, Run
from termlab.runs.plain import command_line, plain, text_of
from termlab.runs.report_details import call_lines, finding_lines, waker_lines
from termlab.runs.report_rows import VALUE_CHARS, Line, labelled, lines_of
from termlab.runs.summary import Spread, complete, spreads
from termlab.runs.unjudged_text import unjudged_lines

_COMMAND_CHARS: Final = 200
_KIB: Final = 1024
SIZES: Final = ((_KIB**3, "GiB"), (_KIB**2, "MiB"), (_KIB, "KiB"))
# Shorter times are told in milliseconds.
SMALL_S: Final = 0.1
_SUFFIXES: Final = {"percent": " %", "per_s": "/s"}


def report(profile: Profile, everything: bool = False) -> str:
    """The whole text, lines ended; with ``everything`` also the rows that are no news."""
    return text_of(_lines(profile, everything))


def _lines(profile: Profile, everything: bool) -> list[str]:
    lines = [f"profile of {command_line(profile.command, _COMMAND_CHARS)}", _machine(profile)]
    if profile.keys or profile.warmup:
        lines.append(_how(profile))
    runs = profile.runs
    if not runs:
        return [*lines, "no run was finished: nothing was measured"]
    lines += _one(profile, everything) if len(runs) == 1 else _several(profile, everything)
    lines += [f"note: {note}" for note in profile.notes]
    last = complete(runs)[-1]
    lines += call_lines(last.table, everything)
    lines += waker_lines(last.wakers, everything)
    lines += finding_lines(run.findings for run in runs)
    lines += unjudged_lines(last)
    return lines


def _machine(profile: Profile) -> str:
    machine = profile.machine
    return (
        f"on {machine.host}, {machine.system} {machine.kernel}, {machine.cpus} x {machine.cpu}, "
        f"terminal {profile.cols}x{profile.rows}, termlab {machine.termlab}"
    )


def _how(profile: Profile) -> str:
    """What was done besides running it."""
    warmup = profile.warmup
    words = [f"{warmup} run{'s' if warmup > 1 else ''} to warm up thrown away"] if warmup else []
    if profile.keys:
        words.append(f"keys typed by {plain(profile.keys, _COMMAND_CHARS)}")
    return ", ".join(words)


def _one(profile: Profile, everything: bool) -> list[str]:
    (run,) = profile.runs
    found = []
    for row in FIGURES:
        figure: Figure = getattr(run.figures, row.name)
        if isinstance(figure, Missing):
            found.append(Line(row, "", missing=figure))
        else:
            text = show(row.unit, figure.value).rjust(VALUE_CHARS)
            found.append(Line(row, text, figure.note, _is_zero(row, figure.value)))
    return [run.ending + _interrupted(profile), *lines_of(found, everything)]


def _several(profile: Profile, everything: bool) -> list[str]:
    runs = complete(profile.runs)
    lines = [
        f"{len(profile.runs)} runs{_interrupted(profile)}: {_endings(profile.runs)}",
    ]
    if len(runs) < len(profile.runs):
        lines.append("the interrupted one is left out of the figures")
    lines.append(
        labelled("", "".join(title.rjust(VALUE_CHARS) for title in ("median", "min", "max")))
    )
    found = []
    for row, spread in zip(FIGURES, spreads(runs).values(), strict=True):
        if isinstance(spread, Missing):
            found.append(Line(row, "", missing=spread))
        else:
            text = _spread(row, spread, len(runs))
            found.append(Line(row, text, _notes(runs, row), _is_zero(row, spread.most)))
    return lines + lines_of(found, everything)


def _is_zero(row: FigureRow, value: float) -> bool:
    return row.unit in ("count", "bytes") and not value


def _notes(runs: tuple[Run, ...], row: FigureRow) -> str:
    """What is said about a figure, if it is the same in all runs that have it."""
    figures = [getattr(run.figures, row.name) for run in runs]
    notes = {each.note for each in figures if isinstance(each, Amount)}
    return notes.pop() if len(notes) == 1 else ""


def _interrupted(profile: Profile) -> str:
    if not any(run.interrupted for run in profile.runs):
        return ""
    done, asked = len(profile.runs), profile.runs_asked
    return ", interrupted" + (f" in run {done} of {asked}" if asked > 1 else "")


def _endings(runs: tuple[Run, ...]) -> str:
    counts: dict[str, int] = {}
    for run in runs:
        counts[run.ending] = counts.get(run.ending, 0) + 1
    return ", ".join(f"{count} x {ending}" for ending, count in counts.items())


def _spread(row: FigureRow, spread: Spread, runs: int) -> str:
    values = (spread.median, spread.least, spread.most)
    columns = "".join(show(row.unit, value).rjust(VALUE_CHARS) for value in values)
    return columns + (f"  in {spread.runs} of the runs" if spread.runs < runs else "")


def show(unit: str, value: float) -> str:
    """A value with its unit, as short as it is still told apart."""
    if unit == "s":
        return f"{value * 1000:.1f} ms" if value < SMALL_S else f"{value:.3f} s"
    if unit == "ms":
        return f"{value:.2f} ms"
    if unit == "bytes":
        for size, name in SIZES:
            if value >= size:
                return f"{value / size:.1f} {name}"
        return f"{value:.0f} bytes"
    if unit == "bytes_per_s":
        return ("-" if value < 0 else "") + show("bytes", abs(value)) + "/s"
    number = f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    return number + _SUFFIXES.get(unit, "")
