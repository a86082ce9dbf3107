"""Starting what runs in a pane: which program, where, in which environment, behind which engine."""

import os
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from termlab.backends.environment import pane_environment
from termlab.backends.launch import resolve
from termlab.backends.pty import Backend, Command, Pty
from termlab.config.settings import Settings
from termlab.errors import SpawnError
from termlab.model.geometry import Size
from termlab.server.loop import Loop
from termlab.server.observing.call_probes import CallProbes
from termlab.server.pane import Pane
from termlab.server.pane_owner import Owner
from termlab.terminal.coalescer import Coalescer
from termlab.terminal.engine import make_emulator
from termlab.terminal.feeder import Feeder
from termlab.terminal.flushing import Thresholds
from termlab.terminal.marks import MAX_MARK_BYTES, Marks
from termlab.terminal.pane_arenas import ArenaMaker
from termlab.terminal.ring import Ring
from termlab.version import VERSION
from termlab.wire.messages import Place, Replay

if TYPE_CHECKING:
    from termlab.server.observing.call_seat import CallSeat
    from termlab.terminal.lines import Lines

FALLBACK_SHELL = "cmd.exe" if sys.platform == "win32" else "/bin/sh"
MAX_COMMAND_CHARS = 64


class Program(NamedTuple):
    """What a new pane is to run, as its asker at ``place`` says it: ``argv``, or the user's shell,
    in ``directory`` (relative to the asker's), or a recording to ``replay``. With ``remain`` the
    pane stays when that has ended, until somebody closes it; ``variables`` are set for it whatever
    its environment says. ``counted``: its system calls are, from its start, by the tier of that
    name or, with "", as the options say."""

    place: Place
    argv: tuple[str, ...] = ()
    directory: str = ""
    remain: bool = False
    replay: Replay | None = None
    variables: tuple[tuple[str, str], ...] = ()
    counted: str | None = None


class Spawner:
    """Makes panes. Raises ``SpawnError`` when the program can't be started there."""

    def __init__(self, backend: Backend, settings: Settings, loop: Loop, address: str) -> None:
        self._backend = backend
        self._settings = settings
        self._loop = loop
        self._address = address
        self.thresholds = _thresholds(settings)
        self.arenas = ArenaMaker(settings.arenas == "on")
        self.probes = CallProbes(loop, settings.probes.syscalls)
        self.abandoned: list[Pty] = []  # hung up, not reaped yet
        self._host = socket.gethostname()
        self.shell_asked: Callable[[Pane], object] = lambda pane: None  # by OSC 51;E
        # How a program starts that is to have nothing of how this process is run.
        self.apart: Callable[[Callable[[], Pty]], Pty] = lambda start: start()

    def configure(self, settings: Settings) -> None:
        """Panes that start from here on have these."""
        self._settings = settings
        self.thresholds = _thresholds(settings)
        self.arenas.on = settings.arenas == "on"
        self.probes.choice = settings.probes.syscalls

    def start(self, number: int, program: Program, size: Size, owner: Owner) -> Pane:
        """Start the program behind a new pane of ``size``. Where any step fails, what was made
        before it is let go of, last made first."""
        try:
            with ExitStack() as made:
                pane = self._make(made, number, program, size, owner)
                made.pop_all()
        except (MemoryError, OSError) as error:
            raise SpawnError(
                f"no pane can be opened: {str(error) or 'there is no memory'}: end something first"
            ) from error
        # One that was over before it could be looked at is called as it was asked for.
        pane.command = pane.command or _name(program.argv)
        return pane

    def _make(
        self, made: ExitStack, number: int, program: Program, size: Size, owner: Owner
    ) -> Pane:
        made_for, seat = None, None
        if program.replay is None:
            command = self._command(number, program, size)
            seat = self._seat(made, program)
            pty = self._start(command, seat)
        else:
            pty, made_for = _play(program.replay, program.place, size)
        made.callback(self._abandon, pty)
        started_at = self._loop.clock()
        arenas = self.arenas.make()
        made.callback(arenas.close)
        emulator = make_emulator(
            size,
            self._settings.scrollback_bytes,
            version=VERSION,
            host=self._host,
            arena=arenas.temporary,
        )
        made.callback(emulator.close)
        ring = Ring(self._settings.ring_bytes)
        made.callback(ring.close)
        coalescer = Coalescer(self.thresholds, self._settings.ring_bytes)
        feeder = Feeder(ring, coalescer, emulator, self._loop.clock)
        pane = Pane(number, pty, feeder, self._loop, owner, program.remain, made_for, arenas)
        feeder.marks = Marks(arenas.temporary.assembly(MAX_MARK_BYTES), lambda: self._lines(pane))
        pane.started_at = started_at  # the engine may be loaded between
        pane.call_probes, pane.call_seat = self.probes, seat
        return pane

    def _seat(self, made: ExitStack, program: Program) -> "CallSeat | None":
        """Where the program's system calls are counted from its start on, if they are to be."""
        if program.counted is None:
            return None
        seat = self.probes.seat(program.counted)
        made.callback(seat.close)
        return seat

    def _start(self, command: Command, seat: "CallSeat | None") -> Pty:
        if seat is None:
            return self.apart(lambda: self._backend.spawn(command))
        launch = seat.launch()
        words = launch.words(command.argv)
        if words != command.argv:  # it is not this program that says so if there is none
            resolve(command)
        command = command._replace(argv=words)
        pty = self.apart(lambda: launch.run(lambda: self._backend.spawn(command)))
        seat.started(pty)
        return pty

    def _abandon(self, pty: Pty) -> None:
        """It runs, and has no pane: it is hung up, and whoever reaps children reaps it."""
        pty.close()
        self.abandoned.append(pty)

    def _lines(self, pane: Pane) -> "Lines":
        """What keeps the lines of a pane whose shell marks them."""
        from termlab.terminal.asked import Asked
        from termlab.terminal.lines import Lines

        arena = pane.arenas.persistent
        asked = Asked(arena, self._takes_asked, lambda: self.shell_asked(pane))
        return Lines(pane.emulator, arena, asked, self._host, self._loop.clock)

    def _takes_asked(self) -> bool:
        return bool(self._settings.shell_commands)

    def _command(self, number: int, program: Program, size: Size) -> Command:
        place = program.place
        where = os.path.normpath(os.path.join(place.directory, _at_home(program.directory, place)))
        environment = pane_environment(
            place.environment,
            socket=self._address,
            pane=number,
            directory=where,
            version=VERSION,
        )
        environment.update(program.variables)
        return Command(program.argv or (self._shell(place.environment),), where, environment, size)

    def _shell(self, environment: Mapping[str, str]) -> str:
        usual = environment.get("COMSPEC") if sys.platform == "win32" else environment.get("SHELL")
        return self._settings.default_shell or usual or FALLBACK_SHELL


def _thresholds(settings: Settings) -> Thresholds:
    auto = settings.flush == "auto"
    return Thresholds(settings.flush_bytes, settings.flush_ms / 1000, auto=auto)


def _play(replay: Replay, place: Place, size: Size) -> tuple[Pty, Size]:
    """A recording that plays, and the size it was made on."""
    # Imported where it is asked for: a cold start has no time for it.
    from termlab.backends.replay import ReplayBackend, open_tape
    from termlab.model.recording import Playing

    tape = open_tape(os.path.join(place.directory, _at_home(replay.path, place)))
    backend = ReplayBackend(tape, Playing(replay.speed, replay.idle_limit_s))
    return backend.spawn(Command((), place.directory, {}, size)), tape.header.size


def _name(argv: tuple[str, ...]) -> str:
    """What a command is called in a title."""
    name = os.path.basename(argv[0]) if argv else ""
    return "".join(char for char in name if char.isprintable())[:MAX_COMMAND_CHARS]


def _at_home(directory: str, place: Place) -> str:
    """``~`` is the asker's home: this process has the one of who started it."""
    home = place.environment.get("HOME", "")
    if home and (directory == "~" or directory.startswith("~/")):
        return home + directory[1:]
    return os.path.expanduser(directory)
