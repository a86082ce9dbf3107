"""Selecting with the mouse: a drag by character, a double click a word, a triple click a line.

What was selected is copied on release. It is for panes whose program does not ask for the mouse;
with Alt held, for all. A click alone opens nothing. Held beyond the top or bottom of its pane, a
drag scrolls, by a timer that is set only then; so does the wheel while the button is held.
"""

from typing import Final

from termlab.errors import UsageError
from termlab.model.keys import ALT, LEFT, MOTION, PRESS, RELEASE, Mouse
from termlab.server.attachment import Attachment
from termlab.server.copies import keep
from termlab.server.loop import Timer
from termlab.server.motions import Spot, word_at
from termlab.server.pane import Pane
from termlab.server.server import Server
from termlab.server.unwrapped import first_of, last_of
from termlab.server.view import View
from termlab.wire.messages import Notice

# Two presses on one cell within this are one double click.
DOUBLE_S: Final = 0.4
# A drag held beyond the edge scrolls so often, by one row more each tenth time up to `MOST_ROWS`.
EDGE_S: Final = 0.05
FASTER_EACH: Final = 10
MOST_ROWS: Final = 10


class MouseSelect:
    """One client's."""

    def __init__(self, server: Server, attachment: Attachment) -> None:
        self._server = server
        self._attachment = attachment
        self._pane: Pane | None = None  # where the button went down, until it is released
        self._made = False  # the view is only there for this
        self._selects = False
        self._clicks = 0
        self._last: tuple[Pane, int, int] | None = None
        self._last_at = float("-inf")
        self._edge: Timer | None = None
        self._beyond = 0
        self._column = 0
        self._held = 0  # how often the edge has scrolled

    def takes(self, pane: Pane, mouse: Mouse, asked: bool, beyond: int = 0) -> bool:
        """Whether the event is for this, and done; ``asked``: the program asks for the mouse."""
        if mouse.action == PRESS and mouse.button == LEFT:
            self._let_go()
            if asked and not mouse.mods & ALT:
                return False
            self._press(pane, mouse)
            return True
        if self._pane is not pane or mouse.action not in (MOTION, RELEASE):
            return False
        if mouse.action == RELEASE:
            self._release(pane)
        elif mouse.button == LEFT:
            self._drag(pane, mouse, beyond)
        return True

    def wheel(self, pane: Pane, mouse: Mouse, rows: int) -> bool:
        """Whether the wheel turned while the button is held: it scrolls, and what is selected goes
        on to the pointer."""
        if self._pane is not pane or mouse.action != PRESS:
            return False
        view = self._selecting(pane)
        if view is not None:
            view.scroll(rows)
            view.go(_spot(view, mouse))
            self._attachment.state_changed()
        return True

    def _press(self, pane: Pane, mouse: Mouse) -> None:
        now, here = self._server.loop.now, (pane, mouse.x, mouse.y)
        again = self._last == here and now - self._last_at <= DOUBLE_S
        self._clicks = self._clicks % 3 + 1 if again else 1
        self._last, self._last_at = here, now
        self._pane, self._selects = pane, False
        self._made = pane.id not in self._attachment.views
        view = self._attachment.views.get(pane.id)
        if self._clicks > 1:
            self._select_at(pane, mouse)
        elif view is not None:
            view.still()
            view.deselect()
            view.go(_spot(view, mouse))
            self._attachment.state_changed()

    def _select_at(self, pane: Pane, mouse: Mouse) -> None:
        """The word or the line at the mouse, all rows of it."""
        view = self._begin(pane)
        spot = _spot(view, mouse)
        if self._clicks == 2:
            first, last = word_at(view.read, spot, view.wraps)
            view.mark(first, "char")
        else:
            last = Spot(last_of(pane.emulator, spot.row), spot.column)
            view.mark(Spot(first_of(pane.emulator, spot.row), 0), "line")
        view.go(last)
        self._attachment.state_changed()

    def _drag(self, pane: Pane, mouse: Mouse, beyond: int) -> None:
        view = self._selecting(pane)
        if view is None:
            return
        view.go(_spot(view, mouse))
        self._attachment.state_changed()
        self._column = mouse.x
        if beyond != self._beyond:
            self._stop_edge()
            self._beyond = beyond
            if beyond:
                self._edge_later()

    def _selecting(self, pane: Pane) -> View | None:
        """The view that the drag selects in; None once it was left."""
        if self._selects:
            return self._attachment.views.get(pane.id)
        view = self._begin(pane)
        assert self._last is not None
        view.mark(Spot(view.top + self._last[2], self._last[1]), "char")
        return view

    def _begin(self, pane: Pane) -> View:
        self._selects = True
        view = self._attachment.view_of(pane)
        view.still()
        return view

    # Beyond the edge

    def _edge_later(self) -> None:
        self._edge = self._server.loop.call_at(self._server.loop.now + EDGE_S, self._scroll_on)

    def _scroll_on(self) -> None:
        """Scroll and select on, as long as there is anything more that way."""
        self._edge = None
        pane = self._pane
        view = self._attachment.views.get(pane.id) if pane is not None else None
        if pane is None or view is None or pane.closed or self._attachment.closed:
            return
        before = view.top
        view.scroll(self._beyond * min(1 + self._held // FASTER_EACH, MOST_ROWS))
        self._held += 1
        edge = 0 if self._beyond < 0 else pane.emulator.size.rows - 1
        view.go(Spot(view.top + edge, self._column))
        if view.top != before:
            self._attachment.state_changed()
            self._edge_later()

    def _stop_edge(self) -> None:
        self._beyond = self._held = 0
        if self._edge is not None:
            self._edge.cancel()
            self._edge = None

    def _let_go(self) -> None:
        self._pane = None
        self._stop_edge()

    def _release(self, pane: Pane) -> None:
        self._let_go()
        attachment = self._attachment
        view = attachment.views.get(pane.id)
        if view is None or not self._selects:
            return
        try:
            keep(self._server, attachment, view.selected_text())
        except UsageError as error:
            attachment.tell(Notice(str(error), error=True))
        view.deselect()
        if self._made:
            attachment.leave_view(pane)
        attachment.state_changed()


def _spot(view: View, mouse: Mouse) -> Spot:
    return Spot(view.top + mouse.y, mouse.x)
