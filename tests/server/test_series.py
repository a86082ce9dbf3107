"""All runs of a profile in this process."""

import os
import sys

import pytest

from termlab.commands.scripted_keys import read_script
from termlab.config.loader import load_defaults
from termlab.model.geometry import Size
from termlab.model.profile_asked import ProfileAsked
from termlab.runs.plan import Turn
from termlab.server.conclusion import Measurement
from termlab.wire.messages import Place
from tests.server.world import PLACE

if sys.platform != "win32":
    from termlab.server.headless import Signals
    from termlab.server.series import run_series
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

WHERE = Place("/", PLACE.environment | {"PROFILING": str(os.getpid())})
SIZE = Size(80, 24)


def series(
    asked: ProfileAsked, *commands: tuple[str, ...]
) -> tuple[tuple[Measurement, ...], list[Turn]]:
    turns: list[Turn] = []
    with Signals() as signals:
        found = run_series(commands, WHERE, SIZE, signals, load_defaults(), asked, turns.append)
    return found, turns


def test_runs_to_warm_up_are_made_and_thrown_away() -> None:
    (found,), turns = series(ProfileAsked(runs=2, warmup=1), ("true",))
    assert [turn.counts for turn in turns] == [False, True, True]
    assert (len(found.profile.runs), found.profile.warmup) == (2, 1)


def test_two_commands_have_a_profile_each() -> None:
    (a, b), turns = series(ProfileAsked(runs=2), ("true",), ("false",))
    assert [run.exit_code for run in a.profile.runs] == [0, 0]
    assert [run.exit_code for run in b.profile.runs] == [1, 1]
    assert len(turns) == 4


def test_ctrl_c_ends_the_series_and_keeps_what_there_is() -> None:
    press = ("sh", "-c", "kill -INT $PROFILING; while read line; do :; done")
    (found,), turns = series(ProfileAsked(runs=5), press)
    assert len(turns) == 1
    assert [run.interrupted for run in found.profile.runs] == [True]


def test_in_a_warm_up_too_there_is_nothing_to_keep_then() -> None:
    press = ("sh", "-c", "kill -INT $PROFILING; while read line; do :; done")
    (found,), turns = series(ProfileAsked(runs=5, warmup=2), press)
    assert len(turns) == 1
    assert found.profile.runs == ()


def test_a_script_that_sticks_ends_the_series_with_that_run_in_it() -> None:
    script = read_script(b"wait /never/ 10ms\n", "my.keys")
    asked = ProfileAsked(runs=3, warmup=1, script=script)
    (found,), turns = series(asked, ("sh", "-c", "while read line; do :; done"))
    assert len(turns) == 1
    assert found.profile.runs[0].failed_step.startswith("my.keys:1: /never/ did not appear")
