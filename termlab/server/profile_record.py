"""The record of a profile, of its runs and what was asked: the same for one in this process and for
one that a session shows. Pure.
"""

import re
from typing import Final

from termlab.backends.environment import pane_environment
from termlab.model.geometry import Size
from termlab.model.profile_asked import ProfileAsked
from termlab.model.run import Machine, Profile, Run, with_findings
from termlab.version import VERSION

UNJUDGED: Final = (
    "what tracks memory works, waits and wakes in the program's own name: no fault is looked for"
)
# These are another's in each session, and nothing that is measured may depend on them.
_OWN: Final = frozenset(("TERMLAB", "TERMLAB_PANE", "PWD"))
# A report is made to be handed on; what such a variable is set to is nobody's matter.
_SECRET: Final = re.compile("AUTH|CREDENTIAL|KEY|PASS|PRIVATE|PWD|SECRET|TOKEN", re.IGNORECASE)
NOT_KEPT: Final = "(not kept)"


def profile_of(
    command: tuple[str, ...],
    where: Machine,
    size: Size,
    runs: tuple[Run, ...],
    asked: ProfileAsked,
    notes: tuple[str, ...] = (),
) -> Profile:
    """Of these runs, those to warm up left out; ``notes`` are of the tools beside them."""
    if asked.heap:
        runs = tuple(with_findings(run, ()) for run in runs)
        notes = (*notes, UNJUDGED)
    return Profile(
        command,
        where,
        size.cols,
        size.rows,
        runs,
        asked.runs,
        asked.name,
        asked.tags,
        asked.warmup,
        asked.script.name if asked.script is not None else "",
        (*_notes(runs), *notes),
        environment=_variables(asked),
    )


def _variables(asked: ProfileAsked) -> tuple[tuple[str, str], ...]:
    """What termlab sets for a program, whatever its own environment says."""
    every = pane_environment({}, socket="", pane=0, directory="", version=VERSION)
    kept = {name: value for name, value in every.items() if name not in _OWN}
    given = {n: NOT_KEPT if _SECRET.search(n) else value for n, value in asked.environment}
    return tuple(sorted((kept | given).items()))


def _notes(runs: tuple[Run, ...]) -> tuple[str, ...]:
    """What stands against comparing it."""
    notes = []
    if len({(run.exit_code, run.signal) for run in runs}) > 1:
        notes.append("the runs did not all end the same way")
    if any(run.interrupted for run in runs):
        notes.append("it was interrupted")
    if any(run.failed_step for run in runs):
        notes.append("the script of keys did not come to its end")
    return tuple(notes)
