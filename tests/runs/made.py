"""Runs made up for the tests of what is done with them."""

from collections.abc import Mapping

from termlab.model.figure import Amount, Figure, Missing
from termlab.model.metrics import FIGURES, RunFigures
from termlab.model.run import Machine, Profile, Run

MACHINE = Machine("box", "Linux", "6.1", "A CPU", 4, "0.1.0")
NO_KEYS = Missing("no keys were typed")


def run(code: int | None = 0, signal: str = "", interrupted: bool = False, **given: Figure) -> Run:
    """A run whose figures are 1, 2, 3 … in the order of the table, but for those given."""
    return with_figures(given, code, signal, interrupted)


def with_figures(
    given: Mapping[str, Figure], code: int | None, signal: str = "", interrupted: bool = False
) -> Run:
    """The same, the figures as a mapping."""
    figures: dict[str, Figure] = {
        row.name: Amount(float(number)) for number, row in enumerate(FIGURES, 1)
    }
    ending = f"exit code {code}" if code is not None else f"ended by {signal}"
    return Run(RunFigures(**(figures | dict(given))), code, signal, ending, interrupted)


def profile(*runs: Run, asked: int = 0, command: tuple[str, ...] = ("ls", "-R")) -> Profile:
    return Profile(command, MACHINE, 80, 24, runs, asked or len(runs))
