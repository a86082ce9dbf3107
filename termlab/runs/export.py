"""A profile as the document that programs read (`model.document`), and back. Pure."""

from termlab.model.document import (
    VERSION,
    Document,
    Environment,
    FigureSaid,
    RunSaid,
    SpreadSaid,
    from_columns,
    to_columns,
)
from termlab.model.figure import Amount, Figure, Missing, Unit
from termlab.model.metrics import FIGURES, RunFigures
from termlab.model.run import Machine, Profile, Run
from termlab.model.timeline import Sample
from termlab.model.trails import KeyTrail
from termlab.runs.summary import Spread, spreads

_OLDER = "the document does not have the figure"


def document(profile: Profile) -> Document:
    """What is to be encoded."""
    machine = profile.machine
    return Document(
        version=VERSION,
        command=profile.command,
        environment=Environment(
            machine.host,
            machine.system,
            machine.kernel,
            machine.cpu,
            machine.cpus,
            machine.termlab,
            profile.cols,
            profile.rows,
        ),
        interrupted=any(run.interrupted for run in profile.runs),
        runs_asked=profile.runs_asked,
        runs=tuple(_run(run) for run in profile.runs),
        summary={
            row.name: _spread(row.unit, spread)
            for row, spread in zip(FIGURES, spreads(profile.runs).values(), strict=True)
        },
        name=profile.name,
        tags=profile.tags,
        warmup=profile.warmup,
        keys=profile.keys,
        notes=profile.notes,
        variables=dict(profile.environment),
    )


def profile_of(said: Document) -> Profile:
    """The profile that the document was made of. Raises ``ValueError`` where it can't be one."""
    place = said.environment
    return Profile(
        said.command,
        Machine(place.host, place.system, place.kernel, place.cpu, place.cpus, place.termlab),
        place.cols,
        place.rows,
        tuple(_run_of(run) for run in said.runs),
        said.runs_asked,
        said.name,
        said.tags,
        said.warmup,
        said.keys,
        said.notes,
        tuple(said.variables.items()),
    )


def _run(run: Run) -> RunSaid:
    return RunSaid(
        exit_code=run.exit_code,
        signal=run.signal or None,
        ending=run.ending,
        interrupted=run.interrupted,
        figures={row.name: _figure(row.unit, getattr(run.figures, row.name)) for row in FIGURES},
        started_at_s=run.started_at_s,
        cut_short=run.cut_short,
        failed_step=run.failed_step,
        findings=run.findings,
        calls=run.table,
        wakers=run.wakers,
        samples=to_columns(Sample, run.samples),
        keys=to_columns(KeyTrail, run.trails),
    )


def _run_of(said: RunSaid) -> Run:
    figures = {
        row.name: _figure_of(said.figures[row.name])
        if row.name in said.figures
        else Missing(_OLDER)
        for row in FIGURES
    }
    return Run(
        RunFigures(**figures),
        said.exit_code,
        said.signal or "",
        said.ending,
        said.interrupted,
        said.started_at_s,
        said.cut_short,
        said.calls,
        said.wakers,
        from_columns(KeyTrail, said.keys),
        from_columns(Sample, said.samples),
        said.findings,
        said.failed_step,
    )


def _figure(unit: Unit, figure: Figure) -> FigureSaid:
    if isinstance(figure, Missing):
        return FigureSaid(unit, None, reason=figure.reason)
    return FigureSaid(unit, _number(unit, figure.value), figure.note)


def _figure_of(said: FigureSaid) -> Figure:
    return Missing(said.reason) if said.value is None else Amount(float(said.value), said.note)


def _spread(unit: Unit, spread: Spread | Missing) -> SpreadSaid:
    if isinstance(spread, Missing):
        return SpreadSaid(unit, None, reason=spread.reason)
    least, most = (_number(unit, value) for value in (spread.least, spread.most))
    return SpreadSaid(unit, spread.median, least, most, spread.runs)


def _number(unit: Unit, value: float) -> float | int:
    """Bytes are whole, and counts are where they can be."""
    whole = unit == "bytes" or (unit == "count" and value == int(value))
    return int(value) if whole else value
