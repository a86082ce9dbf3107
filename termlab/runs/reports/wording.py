"""What reports say of a profile, as plain text: its command, machine, time, endings, findings and
most telling figures. Escaping is each format's own. Pure.
"""

import shlex
from datetime import UTC, datetime
from typing import Final, NamedTuple

from termlab.model.calls import CallTable
from termlab.model.figure import Amount, Missing
from termlab.model.finding import Finding, Severity
from termlab.model.metrics import FIGURES, FigureRow
from termlab.model.run import Profile, Run
from termlab.runs.report import show
from termlab.runs.reports.subject import Subject
from termlab.runs.summary import Spread, spreads

_COMMAND_CHARS: Final = 400
_ROWS: Final = {row.name: row for row in FIGURES}
_SEVERITIES: Final[tuple[Severity, ...]] = ("bad", "warn", "info")
# What is told first, as far as it was measured.
KEY_FIGURES: Final = (
    ("wall_s", "Wall time"),
    ("cpu_s", "CPU time"),
    ("memory_peak_bytes", "Peak memory"),
    ("calls", "System calls"),
    ("idle_cpu_percent", "CPU while idle"),
    ("idle_wakeups_per_s", "Wakeups while idle"),
    ("key_p95_ms", "Key to output, p95"),
    ("drawn_p95_ms", "Key to screen, p95"),
    ("pty_bytes", "Output"),
    ("full_clears_unsynced", "Unsynchronised clears"),
)


class KeyFigure(NamedTuple):
    """``value`` is the median of several runs; ``span`` their ends, "" where they are one."""

    name: str
    label: str
    value: str
    span: str


def plain(text: str) -> str:
    """``text`` without what could act on whatever shows it."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def command(profile: Profile) -> str:
    """The command as a shell takes it, in one line."""
    line = plain(shlex.join(profile.command))
    return line if len(line) <= _COMMAND_CHARS else f"{line[:_COMMAND_CHARS]}…"


def about(subject: Subject) -> list[tuple[str, str]]:
    """Where and how it ran: names and what they are."""
    profile = subject.profile
    machine = profile.machine
    facts = [
        ("Run", subject.ref),
        ("Name", profile.name),
        ("Tags", ", ".join(profile.tags)),
        ("When", when(subject)),
        ("Runs", runs(profile)),
        ("Ended", endings(profile)),
        ("Machine", f"{machine.host}, {machine.cpus} x {machine.cpu}"),
        ("System", f"{machine.system} {machine.kernel}"),
        ("Terminal", f"{profile.cols}x{profile.rows}"),
        ("Typed by", profile.keys),
        ("Typing ended early", ", ".join(dict.fromkeys(r.failed_step for r in profile.runs))),
        ("termlab", machine.termlab),
        ("System calls", calls_probe(profile)),
        ("Notes", "; ".join(profile.notes)),
    ]
    return [(name, plain(text)) for name, text in facts if text]


def when(subject: Subject) -> str:
    """The start of the first run, or when it was kept; "" if neither is known."""
    starts = [run.started_at_s for run in subject.profile.runs if run.started_at_s]
    at_s = min(starts, default=subject.saved_at_s)
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if at_s else ""


def runs(profile: Profile) -> str:
    """How many, and what is to be known of that."""
    done, asked = len(profile.runs), profile.runs_asked
    text = str(done) if done == asked else f"{done} of {asked}"
    if profile.warmup:
        text += f", {profile.warmup} to warm up before them"
    if any(run.interrupted for run in profile.runs):
        text += ", interrupted"
    if any(run.cut_short for run in profile.runs):
        text += ", ended by the limit on their time"
    return text


def endings(profile: Profile) -> str:
    """How they ended, each way once."""
    counts: dict[str, int] = {}
    for run in profile.runs:
        counts[run.ending] = counts.get(run.ending, 0) + 1
    if len(counts) == 1:
        return next(iter(counts))
    return ", ".join(f"{count} x {ending}" for ending, count in counts.items())


def calls_probe(profile: Profile) -> str:
    """How system calls were counted, and how exact that is; or why they were not."""
    said = dict.fromkeys(
        f"{run.table.tier}: {run.table.accuracy}"
        if isinstance(run.table, CallTable)
        else run.table.reason
        for run in profile.runs
    )
    return " / ".join(said)


def findings(profile: Profile) -> list[tuple[Finding, int]]:
    """Each rule once, the worst first, as the first run told it, and in how many runs it was."""
    first: dict[str, Finding] = {}
    counts: dict[str, int] = {}
    for run in profile.runs:
        for finding in run.findings:
            first.setdefault(finding.rule, finding)
            counts[finding.rule] = counts.get(finding.rule, 0) + 1
    ordered = sorted(first.values(), key=lambda found: _SEVERITIES.index(found.severity))
    return [(found, counts[found.rule]) for found in ordered]


def no_findings(profile: Profile) -> str:
    """Why there are none."""
    if not profile.runs:
        return "No run was finished."
    if any("no fault is looked for" in note for note in profile.notes):
        return "No fault was looked for: see the notes."
    return "None: the figures crossed no threshold of any rule."


def key_figures(profile: Profile) -> list[KeyFigure]:
    """Those of `KEY_FIGURES` that were measured."""
    found = spreads(profile.runs)
    return [
        KeyFigure(name, label, show(_ROWS[name].unit, spread.median), _span(_ROWS[name], spread))
        for name, label in KEY_FIGURES
        if isinstance(spread := found[name], Spread)
    ]


def _span(row: FigureRow, spread: Spread) -> str:
    if spread.least == spread.most:
        return ""
    return f"{show(row.unit, spread.least)} to {show(row.unit, spread.most)}"


def note(profile: Profile, name: str) -> str:
    """What is said of a figure, in all the runs that have it."""
    figures = [getattr(run.figures, name) for run in profile.runs]
    return " / ".join(dict.fromkeys(f.note for f in figures if isinstance(f, Amount) and f.note))


def own_cost(profile: Profile) -> str:
    """What measuring took of the machine, in one sentence."""
    found = spreads(profile.runs)
    parts = [
        f"{show('s', spread.median)} {what}"
        for name, what in (
            ("termlab_cpu_s", "of CPU for termlab itself"),
            ("termlab_client_cpu_s", "of that for its clients"),
            ("probe_s", "in its probes"),
        )
        if isinstance(spread := found[name], Spread)
    ]
    return f"Measuring took {', '.join(parts)}." if parts else ""


def middle(profile: Profile) -> tuple[int, Run] | None:
    """The run whose wall time is the median's, and its number; None of no runs."""
    if not profile.runs:
        return None
    order = sorted(enumerate(profile.runs, 1), key=lambda numbered: _wall_s(numbered[1]))
    return order[(len(order) - 1) // 2]


def _wall_s(run: Run) -> float:
    wall = run.figures.wall_s
    return 0.0 if isinstance(wall, Missing) else wall.value
