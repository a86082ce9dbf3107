"""A run under measurement, and a profile: a command with its runs and where it ran. Figures are in
`metrics`; how a run is measured, kept and shown is others'.
"""

from termlab.model.calls import CallTable
from termlab.model.figure import Missing
from termlab.model.finding import Finding
from termlab.model.metrics import RunFigures
from termlab.model.records import msgspec
from termlab.model.timeline import Sample
from termlab.model.trails import KeyTrail
from termlab.model.wakers import Waker


class Run(msgspec.Struct, frozen=True):
    """One run. ``exit_code`` is None where there is none, and ``ending`` says how it ended then.

    ``started_at_s`` is the wall clock's (Unix time). ``cut_short``: it was ended by the limit on
    its time, as was asked. ``failed_step``: what a script of keys waited for in vain, ""
    for nothing."""

    figures: RunFigures
    exit_code: int | None
    signal: str
    ending: str
    interrupted: bool = False
    started_at_s: float = 0.0
    cut_short: bool = False
    table: CallTable | Missing = Missing("system calls were not counted")
    wakers: tuple[Waker, ...] = ()
    trails: tuple[KeyTrail, ...] = ()
    samples: tuple[Sample, ...] = ()
    findings: tuple[Finding, ...] = ()
    failed_step: str = ""


def with_findings(run: Run, findings: tuple[Finding, ...]) -> Run:
    """The same run with these."""
    return msgspec.structs.replace(run, findings=findings)


class Machine(msgspec.Struct, frozen=True):
    """Where it ran: what two runs must share to be compared."""

    host: str
    system: str
    kernel: str
    cpu: str
    cpus: int
    termlab: str


class Profile(msgspec.Struct, frozen=True):
    """A command, where it ran, on a terminal of which size, and its runs in order, those to warm up
    left out. ``keys`` says which script typed, "" if none did; ``notes`` what stands against
    comparing it; ``environment`` are the variables termlab set for it."""

    command: tuple[str, ...]
    machine: Machine
    cols: int
    rows: int
    runs: tuple[Run, ...]
    runs_asked: int = 1
    name: str = ""
    tags: tuple[str, ...] = ()
    warmup: int = 0
    keys: str = ""
    notes: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
