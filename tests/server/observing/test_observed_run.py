"""What all parts of an observation tell of one run; what each tells is tested beside it."""

import sys

import pytest

from termlab.model.calls import CallTable
from termlab.model.figure import Amount, Missing
from termlab.model.metrics import FIGURES
from termlab.server.observing.observed_run import ObservedRun
from termlab.server.observing.parts import PARTS
from termlab.server.pane import Pane
from termlab.server.profiler import NOT_MEASURED, Profiler
from tests.server.world import PLACE, Stage

# A scripted child is no process, and its number must not be another's.
NOBODY = 1 << 30


def pane_of(stage: Stage) -> Pane:
    stage.attach()
    stage.turn()
    stage.children[0].pid = NOBODY
    return next(stage.server.sessions.panes())[2]


def test_all_parts_are_wanted_until_it_is_finished(stage: Stage) -> None:
    pane = pane_of(stage)
    run = ObservedRun(pane, stage.loop)
    assert pane.observation is not None
    assert pane.observation.watchers == 1
    assert set(pane.observation._wanted) == PARTS
    run.finish()
    assert pane.observation is None


def test_what_comes_behind_the_processes_end_is_the_runs_too(stage: Stage) -> None:
    pane = pane_of(stage)
    run = ObservedRun(pane, stage.loop)
    stage.child_says(b"early")
    run.processes_ended()
    stage.child_says(b"and late")
    figures = run.finish().figures
    assert figures["bursts"] == Amount(2, "a pause of 5 ms parts two")


def test_what_was_never_looked_at_is_a_reason_in_every_figure(stage: Stage) -> None:
    profiler = Profiler(pane_of(stage), stage.loop)
    stage.child_ends()
    figures = profiler.finish().figures
    left = [row.name for row in FIGURES if getattr(figures, row.name) == NOT_MEASURED]
    assert left == []
    assert isinstance(figures.idle_s, Missing)


if sys.platform == "linux":
    from termlab.model.geometry import Size
    from termlab.server.spawn import Program
    from tests.server.world import World

    def test_of_a_real_program_each_part_tells_something(world: World) -> None:
        program = Program(PLACE, ("sh", "-c", "printf begun; read line; exit 3"), counted="auto")
        session = world.server.new_session("", program, Size(80, 24))
        pane = session.current.panes[session.current.active]
        profiler = Profiler(pane, world.loop)
        world.until(lambda: pane.observation is not None and pane.observation._silence.silent)
        pane.type(b"\r")
        world.until(lambda: profiler.run is not None)
        run = profiler.finish()
        assert run.exit_code == 3
        assert run.figures.bursts != NOT_MEASURED
        assert isinstance(run.figures.pss_peak_bytes, Amount)
        assert isinstance(run.figures.probe_s, Amount)
        assert run.started_at_s > 1_700_000_000
        if isinstance(run.table, CallTable):
            assert run.table.total > 0
        else:
            pytest.skip(run.table.reason)
