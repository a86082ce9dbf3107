"""Selecting with the mouse: a drag by character, a double click a word, a triple click a line.

What was selected is copied on release. It is for panes whose program does not ask for the mouse;
with Alt held, for all. A click alone opens nothing.
"""

from typing import Final

from termlab.errors import UsageError
from termlab.model.keys import ALT, LEFT, MOTION, PRESS, RELEASE, Mouse
from termlab.server.attachment import Attachment
from termlab.server.copies import keep
from termlab.server.motions import Spot, word_at
from termlab.server.pane import Pane
from termlab.server.server import Server
from termlab.server.view import View
from termlab.wire.messages import Notice

# Two presses on one cell within this are one double click.
DOUBLE_S: Final = 0.4


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

    def takes(self, pane: Pane, mouse: Mouse, asked: bool) -> bool:
        """Whether the event is for this, and done; ``asked``: the program asks for the mouse."""
        if mouse.action == PRESS and mouse.button == LEFT:
            self._pane = None
            if asked and not mouse.mods & ALT:
                return False
            self._press(pane, mouse)
            return True
        if self._pane is not pane or mouse.action not in (MOTION, RELEASE):
            return False
        if mouse.action == RELEASE:
            self._release(pane)
        elif mouse.button == LEFT:
            self._drag(pane, mouse)
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
        """The word or the line at the mouse."""
        view = self._begin(pane)
        spot = _spot(view, mouse)
        start, end = word_at(view.read(spot.row), spot.column)
        view.mark(Spot(spot.row, start), "char" if self._clicks == 2 else "line")
        view.go(Spot(spot.row, end))
        self._attachment.state_changed()

    def _drag(self, pane: Pane, mouse: Mouse) -> None:
        if not self._selects:
            view = self._begin(pane)
            assert self._last is not None
            view.mark(Spot(view.top + self._last[2], self._last[1]), "char")
        elif (found := self._attachment.views.get(pane.id)) is not None:
            view = found
        else:
            return
        view.go(_spot(view, mouse))
        self._attachment.state_changed()

    def _begin(self, pane: Pane) -> View:
        self._selects = True
        view = self._attachment.view_of(pane)
        view.still()
        return view

    def _release(self, pane: Pane) -> None:
        self._pane = None
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
