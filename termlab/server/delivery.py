"""What an attached person does, brought to the pane it is for: keys, mouse, paste, focus.

Input is never held: it goes to the PTY in the call that brought it, or is refused with a bell. In a
synchronised window keys and pastes go to all panes, each in its own modes; the mouse to its own.
"""

from typing import TYPE_CHECKING, Final

from termlab.model.keyname import is_interrupt
from termlab.model.keys import (
    PRESS,
    WHEEL_DOWN,
    WHEEL_LEFT,
    WHEEL_UP,
    Key,
    Mouse,
)
from termlab.server.attachment import Attachment
from termlab.server.pane import Pane
from termlab.server.remains import closes
from termlab.server.server import Server
from termlab.server.sync import await_room, receivers
from termlab.wire.messages import FocusChanged, Keys, MouseAt, PasteData, Rang, Took

if TYPE_CHECKING:
    from termlab.server.mouse_select import MouseSelect

WHEEL_ROWS: Final = 3
_ARROWS = {WHEEL_UP: Key("Up"), WHEEL_DOWN: Key("Down")}


class Delivery:
    """One attached client's hands."""

    def __init__(self, server: Server, attachment: Attachment) -> None:
        self._server = server
        self._attachment = attachment
        self._selector: MouseSelect | None = None

    @property
    def _selecting(self) -> "MouseSelect":
        """Imported with the first event of a mouse: a start has no time for it."""
        if self._selector is None:
            from termlab.server.mouse_select import MouseSelect

            self._selector = MouseSelect(self._server, self._attachment)
        return self._selector

    def keys(self, message: Keys) -> None:
        if self._attachment.read_only:
            return
        pane = self._attachment.focused() if message.pane < 0 else self._named(message.pane)
        if pane is None:
            return
        if pane.ended:
            if any(map(closes, message.keys)):
                self._server.kill_pane(pane)
            return
        keys = message.keys
        for each in receivers(self._attachment, pane):
            if each.pouring and any(map(is_interrupt, keys)):
                for paste in each.pouring:
                    paste.end()
            encode = each.emulator.encode_key
            data = encode(keys[0]) if len(keys) == 1 else b"".join([encode(key) for key in keys])
            self._type(each, data)

    def paste(self, message: PasteData) -> None:
        """A part of a paste; the next one may come once every pane it is for has taken this."""
        pane = self._named(message.pane)
        # Without its pane the rest is nobody's: no other program may take it for commands.
        if self._attachment.read_only or pane is None or pane.ended:
            self._attachment.tell(Took())
            return
        panes = receivers(self._attachment, pane)
        for each in panes:
            self._type(each, each.emulator.encode_paste(message.data, message.first, message.last))
        self._attachment.half_pasted = () if message.last else tuple(panes)
        if len(panes) == 1:
            self._server.paste_wants_room(pane, self._attachment)
        else:
            await_room(self._server, panes, self._attachment)

    def _named(self, number: int) -> Pane | None:
        """A pane of any session: behind the beginning of a paste the client may have switched."""
        panes = self._server.sessions.panes()
        return next((pane for _, _, pane in panes if pane.id == number), None)

    def focus(self, message: FocusChanged) -> None:
        self._attachment.has_focus = message.gained
        self._server.refocus()

    def mouse(self, message: MouseAt) -> None:
        """A press focuses; the wheel scrolls what it can; the rest is the program's, if it asks."""
        pane = self._attachment.window.panes.get(message.pane)
        if pane is None:
            return
        mouse = message.mouse
        wheel = WHEEL_UP <= mouse.button <= WHEEL_LEFT + 1
        if mouse.action == PRESS and not wheel and pane is not self._attachment.focused():
            self._focus(pane)
        modes = pane.emulator.modes()
        if wheel and self._selecting.wheel(pane, mouse, _rows(mouse)):
            return
        if wheel and (pane.ended or not modes.mouse):
            self._wheel(pane, mouse, modes.alternate and not pane.ended)
        elif self._selecting.takes(
            pane, mouse, bool(modes.mouse) and not self._own(pane), message.beyond
        ):
            return
        elif not (self._attachment.read_only or pane.ended or pane.id in self._attachment.views):
            self._type(pane, pane.emulator.encode_mouse(mouse))

    def _own(self, pane: Pane) -> bool:
        """Whether the pane shows this client something of its own instead of its program."""
        return bool(pane.ended) or pane.id in self._attachment.views

    def _wheel(self, pane: Pane, mouse: Mouse, alternate: bool) -> None:
        arrow = _ARROWS.get(mouse.button)
        if arrow is None or mouse.action != PRESS:
            return
        if alternate and pane.id not in self._attachment.views:
            if not self._attachment.read_only:
                self._type(pane, pane.emulator.encode_key(arrow) * WHEEL_ROWS)
        else:
            self._scroll(pane, _rows(mouse))

    def _scroll(self, pane: Pane, rows: int) -> None:
        """The wheel enters the view when it goes up, and leaves it at the bottom."""
        attachment = self._attachment
        if pane.id not in attachment.views and (rows > 0 or not pane.emulator.history_rows()):
            return
        view = attachment.view_of(pane)
        view.scroll(rows)
        if rows > 0 and view.at_bottom:
            attachment.leave_view(pane)
        attachment.state_changed()

    def _focus(self, pane: Pane) -> None:
        window = self._attachment.window
        self._attachment.focus_in(window, pane)
        if self._attachment.read_only:  # its own focus is all it may move
            self._attachment.state_changed()
            return
        window.focus(pane.id)
        self._server.layout_changed(window)

    def _type(self, pane: Pane, data: bytes) -> None:
        if not data:
            return
        if not pane.type(data):
            self._attachment.tell(Rang(pane.id))
        self._server.typed(self._attachment)


def _rows(wheel: Mouse) -> int:
    """How far a turn of the wheel scrolls."""
    return {WHEEL_UP: -WHEEL_ROWS, WHEEL_DOWN: WHEEL_ROWS}.get(wheel.button, 0)
