"""A run's figures: of a scripted child, number for number, and of real programs."""

import sys
from typing import NoReturn

import pytest

from termlab.backends.pty import USAGE, ChildUsage
from termlab.model.figure import Amount, Figure, Missing
from termlab.model.run import Run
from termlab.runs import findings
from termlab.server.profiler import Profiler, signal_name
from tests.server.world import PLACE, Stage

MIB = 1 << 20
# A scripted child is no process, and its number must not be another's.
NOBODY = 1 << 30


def value(figure: Figure) -> float:
    assert isinstance(figure, Amount), figure
    return figure.value


def reason(figure: Figure) -> str:
    assert isinstance(figure, Missing), figure
    return figure.reason


def begin(stage: Stage) -> Profiler:
    """A profiled session with a client on it."""
    stage.attach()
    stage.turn()
    (_, _, pane) = next(stage.server.sessions.panes())
    stage.children[0].pid = NOBODY
    stage.children[0].used = ChildUsage(0.25, 0.5, 64 * MIB, 16 * MIB)
    return Profiler(pane, stage.loop)


def test_time_is_from_the_programs_start_to_its_end(stage: Stage) -> None:
    profiler = begin(stage)
    started = profiler.pane.started_at
    stage.clock.advance(2.5)
    stage.child_ends(status=3)
    run = profiler.finish()
    assert value(run.figures.wall_s) == pytest.approx(1000 + 2.5 - started)
    assert (run.exit_code, run.signal, run.ending) == (3, "", "exit code 3")
    assert value(run.figures.cpu_user_s) == 0.25
    assert value(run.figures.cpu_system_s) == 0.5
    assert value(run.figures.cpu_s) == 0.75
    assert value(run.figures.memory_peak_bytes) == 64 * MIB


def test_a_child_ended_by_a_signal_has_its_name_and_no_exit_code(stage: Stage) -> None:
    profiler = begin(stage)
    stage.child_ends(status=-9)
    run = profiler.finish()
    assert (run.exit_code, run.signal, run.ending) == (None, "SIGKILL", "ended by SIGKILL")
    assert signal_name(9999) == "signal 9999"


def test_bytes_reads_flushes_and_frames_are_those_of_the_pane(stage: Stage) -> None:
    profiler = begin(stage)
    before = profiler.pane.frames
    stage.child_says(b"x" * 6000)
    stage.child_ends()
    figures = profiler.finish().figures
    assert value(figures.pty_bytes) == 6000
    assert value(figures.pty_reads) == profiler.pane.coalescer.stats().reads
    assert value(figures.flushes) == sum(profiler.pane.coalescer.stats().flushes.values())
    assert value(figures.frames) == profiler.pane.frames > before
    saved = value(figures.pty_reads) - value(figures.flushes)
    assert value(figures.writes_saved) == max(saved, 0)


def test_keys_are_measured_and_without_any_each_figure_says_so(stage: Stage) -> None:
    profiler = begin(stage)
    stage.pass_time(1)
    stage.clients[0].type("a")
    stage.turn()
    stage.clock.advance(0.02)
    stage.children[0].says(b"a")
    stage.turn()
    stage.child_ends()
    figures = profiler.finish().figures
    assert value(figures.keys) == 1
    assert value(figures.key_p50_ms) == value(figures.key_max_ms) == pytest.approx(20)


def test_without_keys_there_is_a_reason_and_no_zero(stage: Stage) -> None:
    profiler = begin(stage)
    stage.child_ends()
    figures = profiler.finish().figures
    for figure in (figures.keys, figures.key_p50_ms, figures.key_p99_ms):
        assert reason(figure) == "no keys were typed"


def test_keys_that_were_left_out_are_told(stage: Stage) -> None:
    profiler = begin(stage)
    stage.pass_time(1)
    stage.clients[0].type("a")
    stage.turn()
    stage.child_ends()
    figures = profiler.finish().figures
    assert figures.keys == Amount(0, "left out: 1 without output in 1 s")
    assert reason(figures.key_p50_ms) == "no key could be measured: 1 without output in 1 s"


def test_a_peak_that_may_be_the_servers_own_is_not_given_as_the_programs(stage: Stage) -> None:
    profiler = begin(stage)
    stage.children[0].used = ChildUsage(0.1, 0.1, 16 * MIB, 16 * MIB)
    stage.child_ends()
    figures = profiler.finish().figures
    assert "it stayed under the 16 MiB that the kernel books" in reason(figures.memory_peak_bytes)


def test_a_backend_without_accounts_gives_reasons(stage: Stage) -> None:
    begin(stage)
    pane = next(stage.server.sessions.panes())[2]
    stage.children[0].lacks = frozenset({USAGE})
    stage.children[0].used = None
    profiler = Profiler(pane, stage.loop)
    stage.children[0].last_look = None
    stage.child_ends()
    figures = profiler.finish().figures
    for figure in (figures.cpu_s, figures.memory_peak_bytes, figures.read_calls):
        assert reason(figure)


def test_a_pane_that_is_closed_first_gives_what_was_measured(stage: Stage) -> None:
    ended = []
    begin(stage)
    pane = next(stage.server.sessions.panes())[2]
    profiler = Profiler(pane, stage.loop, lambda: ended.append(1))
    stage.child_says(b"hello")
    run = profiler.finish()
    assert (run.exit_code, run.signal) == (None, "")
    assert run.ending == "the command was still running when its pane was closed"
    assert value(run.figures.pty_bytes) == 5
    assert reason(run.figures.cpu_s) == reason(run.figures.read_calls) == run.ending
    assert profiler.finish() is run
    assert ended == [1]


def test_a_program_that_prints_nothing_is_looked_at_ever_more_rarely(stage: Stage) -> None:
    profiler = begin(stage)
    looks = []
    profiler.meter._peak_bytes = lambda: looks.append(1) or 0  # type: ignore[func-returns-value]
    for _ in range(3600):
        stage.pass_time(1.0)
    assert 30 < len(looks) < 80


if sys.platform != "win32":
    from termlab.model.geometry import Size
    from termlab.server.spawn import Program
    from tests.server.world import World

    @pytest.mark.skipif(sys.platform != "linux", reason="the accounts are Linux's")
    def test_a_real_programs_calls_are_counted_with_those_it_waited_for(world: World) -> None:
        copy = "dd if=/dev/zero of=/dev/null bs=100 count=1000 2>/dev/null"
        program = Program(PLACE, ("sh", "-c", f"{copy}; ({copy}; true); printf 12345; exit 4"))
        session = world.server.new_session("", program, Size(80, 24))
        pane = session.current.panes[session.current.active]
        profiler = Profiler(pane, world.loop)
        world.until(lambda: profiler.run is not None)
        run = profiler.finish()
        assert run.exit_code == 4
        assert 2001 <= value(run.figures.write_calls) < 2100
        assert 2000 <= value(run.figures.read_calls) < 2200
        assert value(run.figures.pty_bytes) == 5
        assert 0 < value(run.figures.wall_s) < 20


def test_where_judging_fails_the_run_is_told_all_the_same_and_its_pane_ends(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(run: Run) -> NoReturn:
        raise LookupError("a broken rule")

    monkeypatch.setattr(findings, "judge", fail)
    told: list[Run | None] = []
    pane = begin(stage).pane
    profiler = Profiler(pane, stage.loop, lambda: told.append(profiler.run))
    with pytest.raises(LookupError, match="a broken rule"):
        stage.child_ends(status=3)
    assert [run.exit_code for run in told if run is not None] == [3]
    assert pane.closed
