"""What the person sees: frames, the frame around the panes, the status row and what it says.

Turns what the server sends and the router says into writes to the terminal.
"""

import sys
from collections.abc import Collection

from termlab.client.bottom import Bottom
from termlab.client.capabilities import Capabilities
from termlab.client.clipboard import clipboard
from termlab.client.frame_mouse import NO_STATUS, StatusRow
from termlab.client.look import Look
from termlab.client.message_log import Said
from termlab.client.painter import HIDDEN, PLAIN_PEN, Painter
from termlab.client.replica import Replica
from termlab.client.router import Router
from termlab.client.style import Line
from termlab.client.window_title import window_title
from termlab.model.geometry import Rect, Size
from termlab.model.screen import Cursor
from termlab.wire.messages import ClientOptions, Frame, PaneRows

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
        self.options: ClientOptions | None = None  # once the server has taken us
        self._text = Bottom()
        self._bottom: Line | None = None  # what the status row shows
        self._framed = True  # whether the lines around the panes are painted here
        self._docked: Rect | None = None  # the dock that somebody else has drawn
        self._undocked = ""  # why nobody has

    def start(self, options: ClientOptions, size: Size) -> None:
        """The server has taken us: the terminal is ours from here on."""
        self._follow(options)
        self._size = size
        self.replica.fit(size.cols, self._window_rows())
        if not self._terminal.entered:
            self._terminal.enter()
        if options.mouse:
            self._terminal.mouse()

    def reload(self, options: ClientOptions) -> None:
        """The options are others now."""
        self._follow(options)
        self._terminal.mouse(options.mouse)
        self._terminal.title(window_title(self.replica.state, options))
        if self._painter.placed:
            self._write((self._lines() if self._framed else []) + self._status())

    def _follow(self, options: ClientOptions) -> None:
        self.options = options
        self._text.follow(options)
        self.replica.look = Look(options.theme)

    def take_again(self) -> None:
        """The terminal may have lost its modes and our picture."""
        self._bottom = None
        self._docked = None
        self._painter.forget()
        if self._terminal.entered:
            self._terminal.enter()
        if self.options is not None and self.options.mouse:
            self._terminal.mouse()

    def resize(self, size: Size) -> None:
        """The terminal has another size: the server sends everything anew."""
        self._size = size
        self.replica.fit(size.cols, self._window_rows())
        self._bottom = None
        self._docked = None
        self._framed = True
        self._painter.place({}, size.cols, size.rows)

    @property
    def size(self) -> Size:
        """The terminal's."""
        return self._size

    def settled(self) -> None:
        """No answer of the terminal to a question of ours is under way any more."""
        self._terminal.answered = True

    def bell(self) -> None:
        """Ring, unless it could not be heard now: bells must not pile up."""
        if not self._terminal.blocked:
            self._terminal.write(b"\a")

    def copied(self, data: bytes) -> None:
        """The person copied this: the terminal's clipboard should have it."""
        self._terminal.write(clipboard(data))

    def capable(self, found: Capabilities) -> None:
        """What the terminal can do: what it can show better by now is painted again."""
        self._terminal.capable(found)
        self._terminal.keys(self.replica.wanted_keys)
        if self._painter.capable(found) and self._painter.placed:
            self._bottom = None
            parts = self._painter.bare() + self._dock()
            self._write(parts + (self._lines() if self._framed else []) + self._status())

    # Frames

    def frame(self, frame: Frame) -> None:
        """Paint what changed; a frame of an older geometry is dropped."""
        parts: list[bytes] = []
        replica, painter = self.replica, self._painter
        repaint = False
        if frame.state is not None:
            if replica.take(frame.state):
                panes, size = replica.placed.panes, self._size
                painter.place(panes, size.cols, self._window_rows(), replica.free_cols)
                parts += self._dock()
                self._bottom = None
                self._framed = True
            painter.focus(replica.active)
            repaint = True
        if replica.state is None or frame.epoch != replica.state.epoch:
            return
        for update in frame.panes:
            parts += painter.pane(update)
            repaint |= replica.note(update) and update.pane == replica.active
        if frame.state is not None and self._framed:
            parts += self._lines()
        if repaint:
            parts += self._status()
        self._terminal.motion(replica.wants_motion())
        self._terminal.keys(replica.wanted_keys)
        self._write(parts)
        if frame.state is not None:
            self._terminal.title(window_title(replica.state, self.options))

    def _lines(self) -> list[bytes]:
        """The lines around the panes."""
        return self._painter.lines(self.replica.frame_lines(self._size.cols, self._window_rows()))

    def _window_rows(self) -> int:
        """The rows above the status row; a terminal of one row has none for it."""
        return max(self._size.rows - 1, 1)

    def _write(self, parts: list[bytes]) -> None:
        self._painter.typing(self._text.caret(self._size))
        data = self._painter.message(parts)
        if data:
            self._terminal.write(data)

    # What somebody else paints over the panes. A new geometry ends it.

    @property
    def placed(self) -> bool:
        """Whether there is a geometry: none is between a new size and the server's answer."""
        return self._painter.placed

    def cover(self, panes: Collection[int], frame: bool) -> None:
        """From now on these panes and, with ``frame``, the lines around all of them are painted by
        whoever calls `overlay`; what is not covered any more is painted again."""
        parts = self._painter.cover(panes)
        if not frame and not self._framed:
            parts += self._lines()
        self._framed = not frame
        self._painter.over(HIDDEN)
        self._write(parts)

    def overlay(self, data: bytes, cursor: Cursor | None) -> None:
        """Write what was drawn over the panes, and put the cursor where it says."""
        self._painter.over(cursor or HIDDEN)
        self._write([data, PLAIN_PEN])

    def uncover(self) -> None:
        """Paint everything again that was covered, as it is by now."""
        parts = self._painter.cover(())
        if not self._framed:
            parts += self._lines()
        self._framed = True
        self._painter.over(None)
        self._bottom = None
        self._write(parts + self._status())

    # The lab dock's cells, which are painted here as long as nobody else draws them

    def _dock(self) -> list[bytes]:
        """The dock as a blank; none where it stands as it was drawn."""
        dock = self.replica.dock
        if dock is not None and dock.area == self._docked:
            return []
        self._docked = None
        return self._painter.lines(self.replica.dock_lines(self._undocked))

    def undock(self, text: str) -> None:
        """Nobody draws the dock, and why."""
        self._docked, self._undocked = None, text
        if self._painter.placed and self.replica.dock is not None:
            self._write(self._dock())

    def beside(self, data: bytes) -> None:
        """Write what was drawn in the dock; the cursor stays where it is."""
        dock = self.replica.dock
        if dock is not None:
            self._docked, self._undocked = dock.area, ""
            self._write([data, PLAIN_PEN])

    def kept(self, pane: int, rows: Collection[int] | None = None) -> PaneRows:
        """A pane as it is by now: these of its rows, or all."""
        known = self._painter.kept(pane)
        wanted = known if rows is None else known.keys() & set(rows)
        replica = self.replica
        cursor = self._painter.cursor if pane == replica.active else None
        return replica.with_rows(pane, tuple((y, known[y]) for y in sorted(wanted)), cursor)

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

    def greet(self, text: str, now: float) -> None:
        """One line for somebody new; "" ends it."""
        self._text.greet(text, now)
        self._write(self._status())

    def messages(self) -> tuple[Said, ...]:
        """The messages there were, the oldest first."""
        return self._text.log.messages()

    def status(self) -> StatusRow:
        """Where the status row is, and what it shows."""
        rows = self._size.rows
        return StatusRow(rows - 1, self._bottom or ()) if rows > 1 else NO_STATUS

    def deadline(self) -> float | None:
        """When the message goes; None while there is none."""
        return self._text.deadline()

    def expire(self, now: float) -> None:
        """Let time pass."""
        if self._text.expire(now):
            self._write(self._status())
