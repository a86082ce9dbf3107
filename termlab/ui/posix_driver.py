"""The app's driver on a POSIX terminal that somebody else reads and owns: output, and no thread.

Textual's own Linux driver has an input thread that looks ten times a second whether to end, and a
writer thread behind a queue. Modes, size, input and signals are `ui.standalone`'s.
"""

import sys
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.driver import Driver

assert sys.platform != "win32"

Draw = Callable[[bytes], None]


def posix_driver(draw: Draw, stop: Callable[[], None]) -> type[Driver]:
    """A driver class for one app: ``draw`` gets what is drawn, a picture at a time; ``stop`` is
    called when the app gives up the terminal."""

    class PosixDriver(Driver):
        def __init__(
            self,
            app: App[Any],
            *,
            debug: bool = False,
            mouse: bool = True,
            size: tuple[int, int] | None = None,
        ) -> None:
            super().__init__(app, debug=debug, mouse=mouse, size=size)
            self._parts: list[str] = []

        def write(self, data: str) -> None:
            self._parts.append(data)

        def flush(self) -> None:
            if self._parts:
                data = "".join(self._parts)
                self._parts.clear()
                draw(data.encode())

        def start_application_mode(self) -> None: ...

        def disable_input(self) -> None: ...

        def stop_application_mode(self) -> None:
            self._parts.clear()
            stop()

    return PosixDriver
