"""Starting what runs in a pane: which program, where, in which environment, behind which engine."""

import os
import socket
from collections.abc import Mapping

from termlab.backends.environment import pane_environment
from termlab.backends.pty import Backend, Command
from termlab.config.settings import Settings
from termlab.model.geometry import Size
from termlab.server.loop import Loop
from termlab.server.pane import Owner, Pane
from termlab.terminal.coalescer import Coalescer, Thresholds
from termlab.terminal.feeder import Feeder
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.ring import Ring
from termlab.version import VERSION
from termlab.wire.messages import Place

FALLBACK_SHELL = "/bin/sh"


class Spawner:
    """Makes panes. Raises ``SpawnError`` when the program can't be started there."""

    def __init__(self, backend: Backend, settings: Settings, loop: Loop, address: str) -> None:
        self._backend = backend
        self._settings = settings
        self._loop = loop
        self._address = address
        self._thresholds = Thresholds(settings.flush_bytes, settings.flush_ms / 1000)
        self._host = socket.gethostname()

    def start(
        self,
        number: int,
        argv: tuple[str, ...],
        directory: str,
        place: Place,
        size: Size,
        owner: Owner,
    ) -> Pane:
        """Start ``argv``, or the user's shell, in ``directory`` (relative to the asker's)."""
        where = os.path.normpath(os.path.join(place.directory, _at_home(directory, place)))
        environment = pane_environment(
            place.environment,
            socket=self._address,
            pane=number,
            directory=where,
            version=VERSION,
        )
        command = Command(argv or (self._shell(place.environment),), where, environment, size)
        pty = self._backend.spawn(command)
        emulator = GhosttyEmulator(
            size, self._settings.scrollback_bytes, version=VERSION, host=self._host
        )
        ring = Ring(self._settings.ring_bytes)
        feeder = Feeder(ring, Coalescer(self._thresholds), emulator, self._loop.clock)
        return Pane(number, pty, feeder, self._loop, owner)

    def _shell(self, environment: Mapping[str, str]) -> str:
        return self._settings.default_shell or environment.get("SHELL") or FALLBACK_SHELL


def _at_home(directory: str, place: Place) -> str:
    """``~`` is the asker's home: this process has the one of who started it."""
    home = place.environment.get("HOME", "")
    if home and (directory == "~" or directory.startswith("~/")):
        return home + directory[1:]
    return os.path.expanduser(directory)
