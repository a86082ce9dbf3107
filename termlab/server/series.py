"""All runs of a profile in this process, without a terminal: of one command, or of two in turns.

A first Ctrl-C ends the run under way and the series with it, wherever that is: what was measured
until then is kept.
"""

import sys
from collections.abc import Callable, Sequence

from termlab.config.settings import Settings
from termlab.model.geometry import Size
from termlab.model.profile_asked import ProfileAsked
from termlab.model.run import Run
from termlab.probes.machine import machine
from termlab.runs.plan import Turn, plan
from termlab.server.conclusion import Measurement
from termlab.server.profile_record import profile_of
from termlab.wire.messages import Place

if sys.platform != "win32":
    from termlab.server.headless import Signals, run_once
    from termlab.server.measured import Taken

assert sys.platform != "win32"


# Told before each run which one it is.
Tell = Callable[[Turn], None]


def run_series(
    commands: Sequence[tuple[str, ...]],
    place: Place,
    size: Size,
    signals: Signals,
    settings: Settings,
    asked: ProfileAsked,
    tell: Tell,
) -> tuple[Measurement, ...]:
    """One for each command. Raises ``SpawnError`` if a command can't be started."""
    runs: list[list[Run]] = [[] for _ in commands]
    lasts: list[Taken | None] = [None] * len(commands)
    for turn in plan(asked.runs, asked.warmup, len(commands)):
        if signals.stops:
            break
        tell(turn)
        which = turn.command
        taken = run_once(commands[which], place, size, signals, settings, asked)
        signals.take()
        stuck = bool(taken.run.failed_step)
        if turn.counts or stuck:
            runs[which].append(taken.run)
            lasts[which] = taken
        if stuck:
            break
    where = machine()
    found = []
    for command, its, last in zip(commands, runs, lasts, strict=True):
        notes = last.notes if last is not None else ()
        profile = profile_of(command, where, size, tuple(its), asked, notes)
        found.append(
            Measurement(profile, last.attachments, last.keys)
            if last is not None
            else Measurement(profile, {})
        )
    return tuple(found)
