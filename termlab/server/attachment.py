"""A client's screen as the server sees it: what it shows, what it has seen, its next frame.

Holds the client's own focus and views. It reads sessions and panes and changes none of them.
"""

from typing import TYPE_CHECKING

from termlab.errors import WireError
from termlab.model.dock import Dock, dock_cols
from termlab.model.figure import Missing
from termlab.model.geometry import Size
from termlab.model.lab import Lab
from termlab.model.schedule import Outcome
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from termlab.server.keepalive import is_local
from termlab.server.loop import Loop, Timer
from termlab.server.pacer import Pacer
from termlab.server.pane import Pane
from termlab.server.sessions import Session, Window
from termlab.server.sizes import free_area
from termlab.wire.address import peer_pid
from termlab.wire.link import Link
from termlab.wire.messages import (
    Frame,
    FromClient,
    Message,
    Notice,
    Outer,
    PaneRows,
    Place,
    Seen,
    TasksSeen,
)

if TYPE_CHECKING:
    from termlab.model.input_counters import InputCounters
    from termlab.server.observing.key_watch import KeyWatch
    from termlab.server.observing.tasks_watch import TasksWatch
    from termlab.server.observing.vitals_watch import VitalsWatch
    from termlab.server.view import View

INPUT_NOT_ASKED = Missing("a client is asked by `stats` of everything, and by nothing else")


class Attachment:
    """One attached client."""

    closed = False
    _timer: Timer | None = None
    _serial = 0  # of the last frame
    _queued = False  # `_send` follows in this turn
    half_pasted: tuple[Pane, ...] = ()  # where the rest of a paste of its is still to come
    has_focus = True  # the outer terminal has; one that never tells is taken to
    input: "InputCounters | Missing" = INPUT_NOT_ASKED  # what it told last, while that is new
    _watch: "VitalsWatch | None" = None  # while its dock is on the screen
    tasks: "TasksWatch | None" = None  # from when it first had its task manager open

    def __init__(
        self,
        number: int,
        link: Link[FromClient],
        loop: Loop,
        session: Session,
        outer: Outer,
        place: Place,
        read_only: bool,
        dock: Dock,
    ) -> None:
        self.id = number
        self.link = link
        self.session = session
        self.window = session.current
        self.last_window: Window | None = None
        self.last_session: Session | None = None
        self.outer = outer
        self.place = place
        self.read_only = read_only
        self.dock = dock
        self.views: dict[int, View] = {}
        self.scheduled: tuple[Outcome, ...] = ()  # how the kernel runs it, as it said
        self._focus: dict[int, int] = {}
        self._loop = loop
        self._pacer = Pacer()
        self._state_due = True
        self._others_due = False  # a pane without the focus has changed
        self._epoch = 0
        self._geometry: tuple[object, ...] = ()
        self._state: State | None = None
        self._seen: dict[int, int] = {}
        self._last: dict[int, PaneRows] = {}
        self._awaited: dict[int, list[KeyWatch]] = {}  # who wants to know when a frame was drawn

    # What it shows

    def area(self) -> Size:
        """The cells windows may have here: the terminal less the status line and the dock."""
        return free_area(self.outer.size, self.dock.asked)

    def focused(self) -> Pane:
        """The pane that gets this client's keys."""
        window = self.window
        own = self._focus.get(window.id, window.active)
        pane = window.active if window.only_active_shows else own
        return window.panes.get(pane) or window.panes[window.active]

    def focus_in(self, window: Window, pane: Pane) -> None:
        """Give ``pane`` this client's keys whenever it shows ``window``."""
        self._focus[window.id] = pane.id

    def show(self, window: Window) -> None:
        """Show another window of the session."""
        if window is not self.window:
            self.last_window = self.window
            self.window = window
        window.bell = False

    def window_gone(self, window: Window, follow: Window) -> None:
        """A window of the session has gone: ``follow`` is shown where that was."""
        if self.window is window:
            self.window = follow
        if self.last_window in (window, self.window):
            self.last_window = None

    def enter(self, session: Session) -> None:
        """Show another session."""
        self.last_session, self.session = self.session, session
        self.last_window, self.window = None, session.current

    @property
    def frames_sent(self) -> int:
        return self._serial

    def view_of(self, pane: Pane) -> "View":
        """The client's view of a pane; made if it looks at the live screen."""
        if pane.id not in self.views:
            # Looking back, selecting and searching take 5 ms to import, which no start has.
            from termlab.server.view import View

            self.views[pane.id] = View(pane)
        return self.views[pane.id]

    def leave_view(self, pane: Pane) -> None:
        """Back to the live screen."""
        view = self.views.pop(pane.id, None)
        if view is not None:
            view.close()
            self._seen.pop(pane.id, None)

    def forget(self, pane: Pane) -> None:
        """The pane is going, or to another window."""
        self._focus = {window: own for window, own in self._focus.items() if own != pane.id}
        self.leave_view(pane)
        self._seen.pop(pane.id, None)
        self._last.pop(pane.id, None)

    # Frames

    def typed(self) -> None:
        """A key went to the focused pane: its answer is wanted at once."""
        self._pacer.key()

    def state_changed(self) -> None:
        """Names, tabs, focus or geometry may be others now."""
        self._state_due = True
        self.output(0)

    def output(self, count: int, focused: bool = True) -> None:
        """Something this client shows has changed by ``count`` bytes of output."""
        self._pacer.changed(count, focused)
        self._others_due = self._others_due or not focused
        if not self._queued:
            self._queued = True
            self._loop.soon(self._send)

    def saw(self, seen: Seen) -> None:
        """The client showed a frame."""
        for each in self._awaited.pop(seen.serial, ()):
            same_clock = is_local(self.link.socket)
            each.seen(self.id, seen.serial, seen.at_s if same_clock else None)
        self._pacer.seen()
        if self._pacer.wanted:
            self._send()

    def _send(self) -> None:
        """Send a frame if one is wanted and may go; else see that it goes when it may."""
        self._queued = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._pacer.wanted or self.closed or self.link.closed:
            return
        when = self._pacer.earliest()
        if when is None:
            return
        if when > self._loop.now:
            self._timer = self._loop.call_at(when, self._send)
            return
        if self._pacer.answering and self._others_due and not self._state_due:
            self._answer()
            return
        start = self._loop.clock()
        self._others_due = False
        frame = self._frame()
        if frame is None:
            self._pacer.nothing_new()
            return
        self.tell(frame)
        now = self._loop.clock()
        self._pacer.sent(now, now - start)

    def _answer(self) -> None:
        """Send the focused pane alone: the answer to a key does not wait for a flood beside it."""
        focused = self.focused()
        rows = self._pane_rows(focused, True)
        if rows is None:
            self._pacer.unanswered()
        else:
            self._serial += 1
            self.tell(Frame(self._serial, self._epoch, (rows,)))
            self._pacer.answered()
        self.output(0, focused=False)

    def tell(self, message: Message) -> None:
        """Send anything; a link that breaks is closed, and its listener will notice."""
        try:
            self.link.send(message)
        except WireError:
            return

    def tell_cut(self) -> None:
        """What is shown may have been made for more room than there is: then say so."""
        pane = self.focused()
        need, has = pane.made_for, pane.emulator.size
        if need is not None and (need.cols > has.cols or need.rows > has.rows):
            made, shown = f"{need.cols}x{need.rows}", f"{has.cols}x{has.rows}"
            why = "make the terminal larger to see it as it was"
            self.tell(Notice(f"recorded on {made}, shown on {shown}: {why}"))

    def _frame(self) -> Frame | None:
        """What changed since the last frame, the focused pane first; None if nothing did."""
        state = self._new_state() if self._state_due else None
        self._state_due = False
        window = self.window
        focused = self.focused()
        placed = window.arrangement()
        order = [focused.id, *(pane for pane in placed.panes if pane != focused.id)]
        panes = []
        for pane in order:
            rows = self._pane_rows(window.panes[pane], window.panes[pane] is focused)
            if rows is not None:
                panes.append(rows)
        if state is None and not panes:
            return None
        self._serial += 1
        return Frame(self._serial, self._epoch, tuple(panes), state)

    def _pane_rows(self, pane: Pane, focused: bool) -> PaneRows | None:
        view = self.views.get(pane.id)
        if view is not None:
            rows = view.changed_rows()
            history = pane.emulator.history_rows()
            at = view.cursor() if focused else None
            new = PaneRows(pane.id, rows, at, 0, view.top, history, view.hunt.note)
        else:
            cache = pane.refresh()
            rows = cache.since(self._seen.get(pane.id, 0))
            self._seen[pane.id] = cache.version
            cursor = pane.cursor() if focused else None
            new = PaneRows(pane.id, rows, cursor, pane.mouse, kitty=pane.kitty)
        last = self._last.get(pane.id)
        if last is not None and not rows and _same_but_rows(last, new):
            return None
        self._last[pane.id] = new
        pane.frames += 1
        keys = None if pane.observation is None or view is not None else pane.observation.keys
        if keys is not None and keys.framed(self.id, self._serial + 1):
            self._awaited.setdefault(self._serial + 1, []).append(keys)
        return new

    def _new_state(self) -> State | None:
        """The state, if it differs from the last one sent; a new geometry starts all rows anew."""
        window, focused, dock = self.window, self.focused(), self.dock.asked
        self._watch_vitals(focused)
        geometry = (window.id, window.cols, window.rows, window.arrangement(), dock)
        if geometry != self._geometry:
            self._geometry = geometry
            self._epoch += 1
            self._seen.clear()
            self._last.clear()
            for view in self.views.values():
                view.forget_sent()
        state = State(
            self._epoch,
            self.session.name,
            tuple(self._tab(each) for each in self.session.windows),
            WindowView(
                window.id,
                window.cols,
                window.rows,
                window.tree,
                focused.id,
                window.zoomed,
                tuple(PaneInfo(p.id, p.title, p.command, p.ended) for p in window.ordered()),
                window.synchronised,
            ),
            self.read_only,
            focused.emulator.name if focused.emulator.lacks else "",
            dock,
            self.dock.lab if dock else Lab(),
        )
        if state == self._state:
            return None
        self._state = state
        return state

    def repaint(self) -> None:
        """Send everything anew: the terminal's own picture was lost."""
        self._geometry = ()
        self._state = None
        self.state_changed()

    def _watch_vitals(self, focused: Pane) -> None:
        """Look at the focused pane while the dock is on the screen, as far as a panel is open; at
        nothing otherwise, nor while it is paused."""
        size, lab = self.outer.size, self.dock.lab
        shown = dock_cols(self.dock.asked, size.cols, self.area().rows)
        shown = shown if lab.open and not lab.paused else 0
        if shown and self._watch is None:
            # Its imports are nobody's who shows no dock.
            from termlab.server.observing.vitals_watch import VitalsWatch

            self._watch = VitalsWatch(self._loop, self.tell, self.client_pid)
        elif not shown and self._watch is not None:
            self._watch.close()
            self._watch = None
        if self._watch is not None:
            self._watch.follow(focused, lab)

    def client_pid(self) -> int:
        """The process of the client, 0 if it is not known."""
        return 0 if self.link.closed else peer_pid(self.link.fileno())

    def saw_vitals(self, number: int) -> None:
        """The client showed what was measured."""
        if self._watch is not None:
            self._watch.seen(number)

    def saw_tasks(self, message: TasksSeen) -> None:
        """The client showed what all panes use."""
        if self.tasks is not None:
            self.tasks.seen(message)

    def _tab(self, window: Window) -> WindowTab:
        return WindowTab(
            window.id,
            window.index,
            window.label(),
            window is self.window,
            window is self.last_window,
            window.zoomed,
            window.bell,
        )

    def close(self) -> None:
        """The client has gone; what it showed may be gone as well, and is not touched again."""
        self.closed = True
        if self._watch is not None:
            self._watch.close()
        if self.tasks is not None:
            self.tasks.close()
        if self._timer is not None:
            self._timer.cancel()
        for view in self.views.values():
            view.close()
        self.views.clear()
        for pane in self.half_pasted:
            if not (pane.closed or pane.ended):  # else its program takes all that follows for text
                pane.write(pane.emulator.encode_paste(b"", first=False, last=True))
        self.half_pasted = ()


def _same_but_rows(a: PaneRows, b: PaneRows) -> bool:
    return (a.cursor, a.mouse, a.kitty, a.above, a.history, a.note) == (
        b.cursor,
        b.mouse,
        b.kitty,
        b.above,
        b.history,
        b.note,
    )
