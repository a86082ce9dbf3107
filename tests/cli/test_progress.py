"""The line that says how far a profile has come."""

import io

import pytest

from termlab.cli.progress import Progress
from termlab.model.profile_asked import ProfileAsked
from termlab.runs.plan import plan
from tests.server.fakes import Clock


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(text: str) -> str:
    """What stands in the line when all of it was written."""
    line = ""
    for part in text.split("\r"):
        line = part + line[len(part) :]
    return line.rstrip()


def test_each_run_is_announced_with_the_time_left() -> None:
    out, clock = Terminal(), Clock()
    lines = []
    with Progress(ProfileAsked(runs=2, warmup=1), [("x",)], out, clock) as progress:
        for turn in plan(2, 1):
            progress.begins(turn)
            lines.append(shown(out.getvalue()))
            clock.advance(30.0)
    assert lines == [
        "warm-up 1 of 1",
        "run 1 of 2, about 1 min 0 s left",
        "run 2 of 2, about 30 s left",
    ]
    assert shown(out.getvalue()) == ""


def test_of_two_commands_it_says_which() -> None:
    out = Terminal()
    with Progress(ProfileAsked(runs=1), [("x",), ("y",)], out, Clock()) as progress:
        first, second = plan(1, 0, 2)
        progress.begins(first)
        assert shown(out.getvalue()) == f"run 1 of 1 of command {first.command + 1}"
        progress.begins(second)
        assert f"of command {second.command + 1}, about a second left" in shown(out.getvalue())


@pytest.mark.parametrize(("runs", "out"), [(1, Terminal()), (5, io.StringIO())])
def test_one_run_and_a_file_for_stderr_are_told_nothing(runs: int, out: io.StringIO) -> None:
    with Progress(ProfileAsked(runs=runs), [("x",)], out, Clock()) as progress:
        for turn in plan(runs, 0):
            progress.begins(turn)
    assert out.getvalue() == ""
