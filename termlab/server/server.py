"""The owner of everything long-lived: sessions, panes, attached clients, and what follows from
each change of one for the others.

Commands (`handlers_*`) call its operations; panes tell it what happened (`pane.Owner`). It knows
neither sockets nor the protocol's handshake; it ends when its last session does.
"""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from termlab.config.settings import Settings
from termlab.errors import UsageError
from termlab.model.geometry import Size
from termlab.model.layout import arrange
from termlab.model.layout_edit import Direction, split_pane
from termlab.server.attachment import Attachment
from termlab.server.buffers import Buffers
from termlab.server.departing import Departing
from termlab.server.loop import Loop
from termlab.server.naming import check_name
from termlab.server.onlooker import Onlookers
from termlab.server.own_schedule import OwnSchedule
from termlab.server.pane import Pane
from termlab.server.pouring import Taker
from termlab.server.presence import Presence
from termlab.server.sessions import Session, Sessions, Window
from termlab.server.sizes import cell_pixels, pane_size, window_size
from termlab.server.spawn import Program, Spawner
from termlab.server.waits import Waits
from termlab.terminal.emulator import Colours
from termlab.wire.messages import Bye, ClientOptions, Notice, Rang, Reloaded, Took

if TYPE_CHECKING:
    from termlab.server.asked_input import AskedInput
    from termlab.server.counters import Counters
    from termlab.server.followers import Followers
    from termlab.server.happenings import Happenings
    from termlab.server.listener import ListenerStats
    from termlab.server.peer import Peer


class Server:
    """See the module. ``on_empty`` is called once the last session has ended."""

    def __init__(
        self, loop: Loop, settings: Settings, spawner: Spawner, on_empty: Callable[[], None]
    ) -> None:
        self.loop = loop
        self.settings = settings
        self.problem = ""  # why the person's configuration is not used
        self.note: Callable[[str], object] = str  # into the log
        self.when_configured: Callable[[], object] = str
        self.door: Callable[[], ListenerStats | None] = lambda: None  # what came through it
        self._reloads = 0
        self.sessions = Sessions()
        self.attachments: list[Attachment] = []
        self.onlookers = Onlookers(loop, self.sessions, self.attachments)
        self.waits = Waits(loop)
        self.counters: Counters | None = None  # once somebody has asked for them
        self.followers: Followers | None = None
        self.asked_input: AskedInput | None = None
        self.happenings: Happenings | None = None  # while, or since, somebody listened to them
        self.buffers = Buffers()
        self.pid = os.getpid()
        self.started_at = loop.now
        self.schedule = OwnSchedule(spawner, lambda text: self.note(text))
        self.spawner = spawner
        self._on_empty = on_empty
        self.presence: Presence[Peer] = Presence(loop, lambda: not self.sessions.all, on_empty)
        self.last_key = float("-inf")  # when anybody last typed anything
        self._cell = (0, 0)
        self._colours = Colours()
        self._pasting: dict[int, list[Taker]] = {}
        self._focused: set[int] = set()
        self.departing = Departing(loop, self._departed)

    def configure(self, settings: Settings, options: ClientOptions) -> None:
        """From here on these hold: for panes to come, for what a pane can change, for clients."""
        self.settings, self.problem = settings, ""
        self.spawner.configure(settings)
        for _, _, pane in self.sessions.panes():
            pane.retune(self.spawner.thresholds)
        self.when_configured()
        self._reloads += 1
        for attachment in self.attachments:
            attachment.tell(Reloaded(self._reloads, options))
        if self.happenings is not None:
            self.happenings.reloaded()

    # Sessions, windows, panes

    def new_session(self, name: str, program: Program, size: Size) -> Session:
        """Start a session of one window. Raises ``UsageError`` for a name that can't be."""
        name = check_name(name) if name else self.sessions.free_name()
        if self.sessions.named(name) is not None:
            raise UsageError(
                f"there is a session {name!r} already: attach to it with "
                f"`termlab attach -t {name}`, or choose another name"
            )
        window = self._new_window(0, program, size)
        session = Session(self.sessions.next_id("session"), name, window, self.loop.now)
        self.sessions.all[session.id] = session
        self.presence.used()
        self.onlookers.changed()
        return session

    def new_window(self, session: Session, name: str, program: Program) -> Window:
        """Open a window in ``session``, of the size of its current one."""
        size = Size(session.current.cols, session.current.rows)
        window = self._new_window(session.free_index(), program, size)
        window.name = check_name(name) if name else ""
        session.add(window)
        self.session_changed(session)
        return window

    def _new_window(self, index: int, program: Program, size: Size) -> Window:
        number = self.sessions.next_id("pane")
        pane = self._start(number, program, size.cols, size.rows)
        return Window(self.sessions.next_id("window"), index, pane, size.cols, size.rows)

    def _start(self, number: int, program: Program, cols: int, rows: int) -> Pane:
        size = pane_size(cols, rows, self._cell)
        pane = self.spawner.start(number, program, size, self)
        pane.emulator.set_colours(self._colours)
        return pane

    def split(
        self,
        window: Window,
        target: Pane,
        direction: Direction,
        percent: int,
        program: Program,
    ) -> Pane:
        """Open a pane beside ``target``. Raises ``UsageError`` where there is no room."""
        rects = arrange(window.tree, window.cols, window.rows, target.id).panes
        new = self.sessions.next_id("pane")
        tree = split_pane(window.tree, target.id, new, direction, percent, rects)
        # The program starts on the size it will have: one that asks at once gets the truth.
        before = window.tree, window.zoomed
        window.tree, window.zoomed = tree, False
        rect = window.rects().get(new, rects[target.id])
        try:
            pane = self._start(new, program, rect.cols, rect.rows)
        except Exception:
            window.tree, window.zoomed = before
            raise
        window.panes[new] = pane
        self.layout_changed(window)
        return pane

    def rename(self, session: Session, name: str) -> None:
        """Raises ``UsageError`` for a name that can't be, or that another session has."""
        other = self.sessions.named(check_name(name))
        if other is not None and other is not session:
            raise UsageError(f"there is a session {name!r} already: choose another name")
        session.name = name
        self.session_changed(session)

    def kill_pane(self, pane: Pane) -> None:
        """End a pane; its window, session and the server follow if it was their last."""
        where = self.sessions.where(pane)
        if where is None:
            return
        session, window = where
        rest = self.take_out(session, window, pane)
        self._end(pane)
        if rest:
            self.layout_changed(window)

    def take_out(self, session: Session, window: Window, pane: Pane) -> bool:
        """Take a pane out of its window, which goes as well if nothing is left in it (False)."""
        if not window.take_out(pane.id):
            self._remove_window(session, window)
            return False
        for attachment in self.attachments:
            attachment.forget(pane)
        return True

    def kill_window(self, window: Window) -> None:
        for pane in window.ordered():
            self.kill_pane(pane)

    def kill_session(self, session: Session) -> None:
        for window in list(session.windows):
            self.kill_window(window)

    def _end(self, pane: Pane) -> None:
        status = pane.exit_status
        pane.close()
        if status is None and pane.pty.exit_status() is None:
            self.departing.add(pane.pty)
        self.pane_drained(pane)
        self.waits.pane_gone(pane, status)
        if self.followers is not None:
            self.followers.pane_gone(pane)

    def _remove_window(self, session: Session, window: Window) -> None:
        for pane in window.ordered():
            for attachment in self.attachments:
                attachment.forget(pane)
        if len(session.windows) == 1:
            session.windows.clear()
            del self.sessions.all[session.id]
            self._session_ended(session)
            return
        follow = session.remove(window)
        for attachment in self.attached(session):
            attachment.window_gone(window, follow)
        self.sizes_changed()
        self.session_changed(session)

    def _session_ended(self, session: Session) -> None:
        self.onlookers.changed()
        for attachment in list(self.attached(session)):
            self.detach(attachment, *session.farewell())
        if not self.sessions.all:
            self._on_empty()

    # Clients

    def attached(self, session: Session) -> Iterator[Attachment]:
        return (each for each in self.attachments if each.session is session)

    def attach(self, attachment: Attachment) -> None:
        """A client shows a session: sizes first, then its first frame."""
        self.attachments.append(attachment)
        attachment.session.used_at = self.loop.now
        self.outer_changed(attachment)
        attachment.state_changed()
        attachment.tell_cut()
        if self.problem:
            attachment.tell(Notice(self.problem, error=True))

    def outer_changed(self, attachment: Attachment) -> None:
        """What is known of a client's terminal has changed: its size, cell or colours."""
        outer = attachment.outer
        self._cell = cell_pixels(outer.size) if any(cell_pixels(outer.size)) else self._cell
        colours = Colours(
            outer.foreground or self._colours.foreground,
            outer.background or self._colours.background,
        )
        if colours != self._colours:
            self._colours = colours
            for _, _, pane in self.sessions.panes():
                pane.emulator.set_colours(colours)
        self.sizes_changed()
        attachment.repaint()

    def detach(self, attachment: Attachment, text: str, code: int = 0, report: str = "") -> None:
        """Let a client go, with a last word."""
        attachment.tell(Bye(text, code, report))
        self.gone(attachment)

    def gone(self, attachment: Attachment) -> None:
        """A client has gone, whatever the way."""
        if attachment in self.attachments:
            self.attachments.remove(attachment)
            attachment.close()
            if self.asked_input is not None:
                self.asked_input.gone(attachment)
            for waiting in self._pasting.values():
                if attachment in waiting:
                    waiting.remove(attachment)
            self.sizes_changed()
            self.refocus()

    def typed(self, attachment: Attachment) -> None:
        """A person typed: every pane's turns are short for a while, this one's answer is urgent."""
        self.last_key = self.loop.now
        attachment.session.used_at = self.loop.now
        attachment.typed()
        if self.followers is not None:
            self.followers.stirred()

    def paste_wants_room(self, pane: Pane, taker: Taker) -> None:
        """Tell who pastes once the pane has taken all of it."""
        if pane.input_waiting:
            self._pasting.setdefault(pane.id, []).append(taker)
        else:
            taker.tell(Took())

    # What changed

    def sizes_changed(self) -> None:
        """Clients came, went or resized: windows follow, and the panes in them."""
        for _, window in self.sessions.windows():
            shown = [a for a in self.attachments if a.window is window and not a.read_only]
            size = window.fixed or window_size(attachment.area() for attachment in shown)
            if size is not None and (size.cols, size.rows) != (window.cols, window.rows):
                window.cols, window.rows = size.cols, size.rows
            if size is not None:
                self.layout_changed(window)
        self.onlookers.changed()

    def layout_changed(self, window: Window) -> None:
        """Panes get their sizes, and whoever shows the window its new geometry."""
        for pane, rect in window.rects().items():
            window.panes[pane].resize(pane_size(rect.cols, rect.rows, self._cell))
        for attachment in self.attachments:
            if attachment.window is window:
                attachment.state_changed()
        self.onlookers.changed()
        self.refocus()

    def session_changed(self, session: Session) -> None:
        """Names, order or focus in a session may be others."""
        for attachment in self.attached(session):
            attachment.state_changed()
        self.onlookers.changed()
        self.refocus()

    def refocus(self) -> None:
        """Tell programs that asked whether they have the focus now: who looks at what changed."""
        now = {a.focused().id for a in self.attachments if a.has_focus and not a.read_only}
        for _, _, pane in self.sessions.panes():
            if (pane.id in now) != (pane.id in self._focused):
                pane.write(pane.emulator.encode_focus(pane.id in now))
        self._focused = now

    # pane.Owner

    def pane_output(self, pane: Pane, count: int) -> None:
        for attachment in self.attachments:
            if attachment.window.panes.get(pane.id) is pane:
                attachment.output(count, attachment.focused() is pane)
        self.onlookers.pane_output(pane, count)
        self.waits.pane_output(pane)
        if self.followers is not None:
            self.followers.stirred()

    def pane_changed(self, pane: Pane) -> None:
        where = self.sessions.where(pane)
        if where is not None:
            self.session_changed(where[0])

    def pane_rang(self, pane: Pane) -> None:
        where = self.sessions.where(pane)
        if where is None:
            return
        session, window = where
        for attachment in self.attached(session):
            if self.settings.bell == "pass" and not attachment.link.queued_bytes:
                attachment.tell(Rang(pane.id))  # who does not read is not owed each ring
            if attachment.window is not window and self.settings.bell != "none":
                window.bell = True
        if self.happenings is not None:
            self.happenings.rang(pane)
        self.session_changed(session)

    def pane_drained(self, pane: Pane) -> None:
        for taker in self._pasting.pop(pane.id, ()):
            taker.tell(Took())

    def pane_ended(self, pane: Pane) -> None:
        if not pane.remain:
            self.kill_pane(pane)
            return
        pane.outlive()
        self.pane_drained(pane)
        self.waits.pane_gone(pane, pane.exit_status)
        self.pane_changed(pane)

    def children_ended(self) -> None:
        """The kernel said that a child has: ask each pane, and reap what gone panes left."""
        abandoned, self.spawner.abandoned = self.spawner.abandoned, []
        self.departing.reap(abandoned)
        for _, _, pane in list(self.sessions.panes()):
            pane.check_exit()

    def _departed(self) -> None:
        """The last child of those that were hung up has ended."""
        if not self.sessions.all:
            self._on_empty()

    def close(self) -> None:
        """End everything, on whatever way out."""
        if not self.sessions.all:
            self._on_empty()
        for session in list(self.sessions.all.values()):
            self.kill_session(session)
        if self.happenings is not None:
            self.happenings.close()
        self.spawner.probes.close()
        self.spawner.arenas.pool.clear()
