"""What is found in a run, for the tests of the rules."""

from termlab.model.run import Run
from termlab.runs.findings import judge


def held(run: Run) -> list[str]:
    """The names of what is found, with the severity of each."""
    return [f"{each.severity} {each.rule}" for each in judge(run)]
