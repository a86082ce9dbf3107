"""How a recording is to be played, from a command's words: for the server and the command line."""

import math

from termlab.commands.parse import Call
from termlab.errors import UsageError
from termlab.model.recording import MAX_SPEED, MAX_TIME_S, MIN_SPEED, Playing


def read_playing(call: Call) -> Playing:
    """``--speed`` and ``--idle-limit``. Raises ``UsageError`` for what they can't be."""
    speed = _number(call.text("speed") or "1", math.inf)
    if speed is None or 0 < speed < MIN_SPEED or MAX_SPEED < speed < math.inf:
        raise UsageError(
            f"{call.row.name}: the speed {call.text('speed')!r} can't be: give a number from "
            f"{MIN_SPEED:g} to {MAX_SPEED:g}, or 0 for all at once"
        )
    text = call.text("idle_limit")
    if not text:
        return Playing(speed)
    limit_s = _number(text, MAX_TIME_S)
    if limit_s is None:
        raise UsageError(
            f"{call.row.name}: the idle limit {text!r} can't be: give seconds, 0 for no pauses"
        )
    return Playing(speed, limit_s)


def _number(text: str, most: float) -> float | None:
    """A number from 0 to ``most``; None if it is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= most else None
