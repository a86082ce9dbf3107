"""A profile as text for a person: one run as a column, several as median, least and most. Pure."""

from typing import Final

from termlab.model.metrics import FIGURES, Amount, Figure, FigureRow, Missing, Profile, Run
from termlab.runs.summary import Spread, spreads

_MISSING: Final = "not available: "
_LABEL_CHARS: Final = 28
_VALUE_CHARS: Final = 12
_COMMAND_CHARS: Final = 200
_KIB: Final = 1024
_SIZES: Final = ((_KIB**3, "GiB"), (_KIB**2, "MiB"), (_KIB, "KiB"))
# Shorter times are told in milliseconds.
_SMALL_S: Final = 0.1


def report(profile: Profile) -> str:
    """The whole text, lines ended."""
    lines = [f"profile of {_command(profile.command)}", _machine(profile)]
    if len(profile.runs) == 1:
        lines += _one(profile)
    else:
        lines += _several(profile)
    return "\n".join(lines) + "\n"


def _command(words: tuple[str, ...]) -> str:
    """Control characters in a command must not act on the terminal the report is for."""
    import shlex

    line = "".join(char if char.isprintable() else "?" for char in shlex.join(words))
    return line if len(line) <= _COMMAND_CHARS else f"{line[:_COMMAND_CHARS]}…"


def _machine(profile: Profile) -> str:
    machine = profile.machine
    return (
        f"on {machine.host}, {machine.system} {machine.kernel}, {machine.cpus} x {machine.cpu}, "
        f"terminal {profile.cols}x{profile.rows}, termlab {machine.termlab}"
    )


def _one(profile: Profile) -> list[str]:
    (run,) = profile.runs
    lines = [run.ending + _interrupted(profile)]
    group = note = ""
    for row in FIGURES:
        lines += _group(row, group)
        group = row.group
        figure: Figure = getattr(run.figures, row.name)
        if isinstance(figure, Missing):
            lines.append(_line(row.label, _MISSING + figure.reason))
            continue
        said = "" if figure.note == note else figure.note
        note = figure.note
        lines.append(
            _line(row.label, f"{show(row.unit, figure.value).rjust(_VALUE_CHARS)}  {said}")
        )
    return _gathered(lines)


def _several(profile: Profile) -> list[str]:
    lines = [
        f"{len(profile.runs)} runs{_interrupted(profile)}: {_endings(profile.runs)}",
        _line("", "".join(title.rjust(_VALUE_CHARS) for title in ("median", "min", "max"))),
    ]
    group = note = ""
    for row, spread in zip(FIGURES, spreads(profile.runs).values(), strict=True):
        lines += _group(row, group)
        group = row.group
        said, before = _notes(profile.runs, row), note
        note = said
        text = _spread(row, spread, len(profile.runs))
        lines.append(_line(row.label, text + (f"  {said}" if said != before else "")))
    return _gathered(lines)


def _notes(runs: tuple[Run, ...], row: FigureRow) -> str:
    """What is said about a figure, if it is the same in all runs that have it."""
    figures = [getattr(run.figures, row.name) for run in runs]
    notes = {each.note for each in figures if isinstance(each, Amount)}
    return notes.pop() if len(notes) == 1 else " / ".join(sorted(notes))


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


def _spread(row: FigureRow, spread: Spread | Missing, runs: int) -> str:
    if isinstance(spread, Missing):
        return _MISSING + spread.reason
    values = (spread.median, spread.least, spread.most)
    columns = "".join(show(row.unit, value).rjust(_VALUE_CHARS) for value in values)
    return columns + (f"  in {spread.runs} of the runs" if spread.runs < runs else "")


def _group(row: FigureRow, before: str) -> list[str]:
    return [] if row.group == before else ["", row.group]


def _line(label: str, text: str) -> str:
    return f"  {label.ljust(_LABEL_CHARS)} {text}".rstrip()


def _gathered(lines: list[str]) -> list[str]:
    """Figures one after another that have the same reason share a line."""
    kept: list[str] = []
    for line in lines:
        label, found, reason = line.partition(_MISSING)
        before, also, last = kept[-1].partition(_MISSING) if kept else ("", "", "")
        if found and also and reason == last:
            kept[-1] = _line(f"{before.strip()}, {label.strip()}", _MISSING + reason)
        else:
            kept.append(line)
    return kept


def show(unit: str, value: float) -> str:
    """A value with its unit, as short as it is still told apart."""
    if unit == "s":
        return f"{value * 1000:.1f} ms" if value < _SMALL_S else f"{value:.3f} s"
    if unit == "ms":
        return f"{value:.2f} ms"
    if unit == "bytes":
        for size, name in _SIZES:
            if value >= size:
                return f"{value / size:.1f} {name}"
        return f"{value:.0f} bytes"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
