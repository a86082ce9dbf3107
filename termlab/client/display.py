"""What the person sees: frames, the frame around the panes, the status row and what it says.

Turns what the server sends and the router says into writes to the terminal.
"""

import sys

from termlab.client.bottom import Bottom
from termlab.client.painter import Painter
from termlab.client.replica import Replica
from termlab.client.router import Router
from termlab.client.style import Line
from termlab.model.geometry import Size
from termlab.wire.messages import ClientOptions, Frame

if sys.platform != "win32":
    from termlab.client.outer import OuterTerminal

assert sys.platform != "win32"


class Display:
    """The picture on one terminal."""

    def __init__(self, terminal: OuterTerminal) -> None:
        self.replica = Replica()
        self._terminal = terminal
        self._painter = Painter()
        self._size = terminal.size()
        self._options: ClientOptions | None = None
        self._text = Bottom()
        self._bottom: Line | None = None  # what the status row shows

    def start(self, options: ClientOptions, size: Size) -> None:
        """The server has taken us: the terminal is ours from here on."""
        self._options = options
        self._text.message_ms = options.message_ms
        self._size = size
        if not self._terminal.entered:
            self._terminal.enter()
        if options.mouse:
            self._terminal.mouse()

    def take_again(self) -> None:
        """The terminal may have lost its modes and our picture."""
        self._bottom = None
        self._painter.forget()
        if self._terminal.entered:
            self._terminal.enter()
        if self._options is not None and self._options.mouse:
            self._terminal.mouse()

    def resize(self, size: Size) -> None:
        """The terminal has another size: the server sends everything anew."""
        self._size = size
        self._bottom = None
        self._painter.place({}, size.cols, size.rows)

    def synchronised(self, known: bool) -> None:
        """Whether the terminal knows synchronised updates."""
        self._painter.synchronised = known

    # Frames

    def frame(self, frame: Frame) -> None:
        """Paint what changed; a frame of an older geometry is dropped."""
        parts: list[bytes] = []
        replica, painter = self.replica, self._painter
        repaint = False
        if frame.state is not None:
            if replica.take(frame.state):
                painter.place(replica.placed.panes, self._size.cols, self._window_rows())
                self._bottom = None
            painter.focus(replica.active)
            repaint = True
        if replica.state is None or frame.epoch != replica.state.epoch:
            return
        for update in frame.panes:
            parts += painter.pane(update)
            repaint |= replica.note(update) and update.pane == replica.active
        if frame.state is not None:
            parts += painter.lines(replica.frame_lines(self._size.cols, self._window_rows()))
        if repaint:
            parts += self._status()
        self._terminal.motion(replica.wants_motion())
        self._write(parts)

    def _window_rows(self) -> int:
        """The rows above the status row; a terminal of one row has none for it."""
        return max(self._size.rows - 1, 1)

    def _write(self, parts: list[bytes]) -> None:
        data = self._painter.message(parts)
        if data:
            self._terminal.write(data)

    # The status row

    def _status(self) -> list[bytes]:
        """The status row, if it differs from what stands there."""
        state = self.replica.state
        if state is None or self._size.rows < 2:
            return []
        replica = self.replica
        line = self._text.line(state, replica.placed, self._size.cols, replica.scroll)
        if line == self._bottom:
            return []
        self._bottom = line
        return [self._painter.line(0, self._size.rows - 1, line)]

    def show_prompt(self, router: Router, now: float) -> None:
        """What the router waits for: an answer, or the key after the prefix."""
        if self._text.prompt(router, now):
            self._write(self._status())

    def say(self, text: str, now: float, error: bool = False) -> None:
        """One line in place of the status row, for a while."""
        self._text.say(text, now, error)
        self._write(self._status())

    def deadline(self) -> float | None:
        """When the message goes; None while there is none."""
        return self._text.deadline()

    def expire(self, now: float) -> None:
        """Let time pass."""
        if self._text.expire(now):
            self._write(self._status())
