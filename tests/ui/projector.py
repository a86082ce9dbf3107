"""A backend whose children are recordings: played at once, and then silent until they are ended."""

import threading
from pathlib import Path
from typing import Final

from termlab.backends.pty import Command
from termlab.backends.replay import ReplayBackend, ReplayPty, Tape
from termlab.model.geometry import Size
from termlab.model.recording import EXIT, OUTPUT, Event, Header, decode

RECORDINGS: Final = Path(__file__).parent.parent / "recordings"
NEVER_S: Final = 3600.0
# It writes until the terminal is full, and then waits for whoever asks to read.
_MOMENT_S: Final = 0.01


class Standstill:
    """A clock that stands: what is due now plays, the rest never."""

    def __init__(self) -> None:
        self.asleep = threading.Event()

    def now(self) -> float:
        return 0.0

    def wait(self, condition: threading.Condition, timeout_s: float | None) -> None:
        self.asleep.set()
        condition.wait()


class Projector:
    """Each word of a command names a recording, played one behind the other: ``world``, or
    ``vim-syntax:3`` for its first three outputs. A last word ``exit:3`` ends the child."""

    name = ReplayBackend.name

    def __init__(self) -> None:
        self._playing: list[tuple[Standstill, ReplayPty]] = []

    def spawn(self, command: Command) -> ReplayPty:
        clock = Standstill()
        name = command.argv[0].partition(":")[0]
        tape = Tape(name, Header(2, Size(80, 24)), _events(command.argv))
        pty = ReplayBackend(tape, None, clock).spawn(command)
        self._playing.append((clock, pty))
        return pty

    def speaking(self) -> bool:
        """Whether a child still has something to say; gives it a moment to do so."""
        return any(
            not clock.asleep.wait(_MOMENT_S) and pty.exit_status() is None
            for clock, pty in self._playing
        )


def _events(words: tuple[str, ...]) -> list[Event]:
    events: list[Event] = []
    for word in words:
        name, _, number = word.partition(":")
        if name == "exit":
            return [*events, Event(0.0, EXIT, number)]
        recorded = decode((RECORDINGS / f"{name}.cast").read_bytes(), name).events
        shown = [Event(0.0, OUTPUT, event.data) for event in recorded if event.code == OUTPUT]
        events += shown[: int(number) if number else None]
    return [*events, Event(NEVER_S, OUTPUT, "")]
