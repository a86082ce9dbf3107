"""The figures of a command's own accounts; `test_profiler` has them of whole runs."""

from termlab.backends.pty import ChildUsage
from termlab.model.figure import Amount, Missing
from termlab.probes.accounting import IoCounts
from termlab.server.meter import Meter
from termlab.server.run_figures import LEFT, SPLIT, Accounts, command_figures, pane_figures
from tests.server.world import Stage

USAGE = ChildUsage(0.25, 0.5, 64 << 20, 16 << 20)
IO = IoCounts(10, 20, 300, 400)


def test_what_ran_on_has_no_account_and_says_so(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    pane = next(stage.server.sessions.panes())[2]
    meter = Meter(stage.clock)
    ended = command_figures(pane, meter, Accounts(1.0, 0, USAGE, IO, 0.0, "of all"))
    assert ended["cpu_s"] == Amount(0.75)
    assert isinstance(ended["read_calls"], Amount)
    running = command_figures(pane, meter, Accounts(1.0, None, None, IO, 0.0, "of all"))
    assert running["cpu_s"] == running["read_calls"] == Missing(LEFT)
    assert running["wall_s"] == Amount(1.0)


def test_what_the_pane_counted_adds_up(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    stage.child_says(b"hello")
    figures = pane_figures(next(stage.server.sessions.panes())[2])
    reasons = [figures[name] for name in figures if name.startswith("flushes_")]
    assert figures["flushes"] == Amount(
        sum(each.value for each in reasons if isinstance(each, Amount))
    )
    assert figures["pty_bytes"] == Amount(5)


def test_user_and_system_time_of_a_moment_are_told_as_the_guess_that_they_are(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    pane = next(stage.server.sessions.panes())[2]
    meter = Meter(stage.clock)
    short = ChildUsage(0.0, 0.004, 64 << 20, 16 << 20)
    ended = command_figures(pane, meter, Accounts(1.0, 0, short, IO, 0.0, "of all"))
    assert ended["cpu_user_s"] == Amount(0.0, SPLIT)
    assert ended["cpu_s"] == Amount(0.004)
    long = command_figures(pane, meter, Accounts(1.0, 0, USAGE, IO, 0.0, "of all"))
    assert long["cpu_user_s"] == Amount(0.25)
