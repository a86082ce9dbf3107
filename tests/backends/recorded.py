"""Recordings for the contract: what a real child writes, written down and played again."""

import json
import sys
from typing import Final

from termlab.backends.pty import Command
from termlab.backends.replay import ReplayBackend, ReplayPty, Tape
from termlab.model.geometry import check_size
from termlab.model.recording import decode
from tests.backends.child import Child

if sys.platform != "win32":
    from termlab.backends.unix import UnixBackend

assert sys.platform != "win32"

# It would run until it is ended: its recording is a long silence.
ENDLESS: Final = ("cat",)
SILENCE_S: Final = 3600.0
# What one read of a terminal brings.
_PART_CHARS: Final = 4096


class RecordedBackend:
    """Runs the command to its end on a real PTY, and plays the asciicast v3 made of that."""

    name = ReplayBackend.name

    def spawn(self, command: Command) -> ReplayPty:
        check_size(command.size)
        data = _silence() if command.argv == ENDLESS else _record(command)
        header = {"version": 3, "term": {"cols": command.size.cols, "rows": command.size.rows}}
        text = "\n".join(json.dumps(line) for line in [header, *data])
        found = decode(text.encode(), "what was recorded")
        return ReplayBackend(Tape("recorded", found.header, found.events)).spawn(command)


def _silence() -> list[object]:
    return [[SILENCE_S, "o", ""]]


def _record(command: Command) -> list[object]:
    argv, directory, environment, size = command
    with Child(
        UnixBackend(), argv, size=size, environment=environment, directory=directory
    ) as child:
        text = child.read_to_end().decode(errors="replace")
        parts = [text[i : i + _PART_CHARS] for i in range(0, len(text), _PART_CHARS)]
        return [*([0, "o", part] for part in parts), [0, "x", str(child.status())]]
