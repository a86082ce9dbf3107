"""Where each input event goes: a command, the pane, or nowhere. The client's half of flow 1.

A mouse press belongs to the pane of its cell, or to the ui while that is open, with all that
follows to its release. A paste goes in parts, each once the last was taken; what is typed behind it
keeps its place, commands don't wait.
"""

from collections.abc import Callable, Iterable
from typing import Final

from termlab.client.connection import Connection
from termlab.client.frame_mouse import NO_STATUS, FrameMouse, StatusRow
from termlab.client.handover import Handover, NoUi, Ui
from termlab.client.pasting import Pasting
from termlab.client.replica import Replica
from termlab.client.search_prompt import SearchPrompt
from termlab.commands.keytable import build_tables, split_command
from termlab.commands.prefix import Ask, Pass, PrefixMachine, Run, Unknown
from termlab.commands.table import names
from termlab.model.bindings import PREFIX_TABLE, SCROLL_TABLE
from termlab.model.geometry import Rect
from termlab.model.keys import (
    MOTION,
    PRESS,
    RELEASE,
    WHEEL_UP,
    Focus,
    InputEvent,
    Key,
    Mouse,
    Paste,
)
from termlab.wire.messages import ClientOptions, FocusChanged, Keys, MouseAt

# What a press on the frame around the panes grabs.
NO_PANE: Final = -1
# What a press on something of the ui's grabs.
UI: Final = -2
# They open something over the panes, which has the person's hands from then on.
UI_COMMANDS: Final = frozenset({"list-keys"})
# This one asks whoever runs the ui.
RESTART_UI: Final = "restart-ui"
_MODE_COMMANDS: Final = frozenset({"copy-mode", "cancel", "copy-selection"})
# They show another pane, which is not scrolled back as far as this client knows.
_FOCUS_COMMANDS: Final = frozenset(
    {"next-window", "previous-window", "last-window", "select-window", "new-window"}
    | {"select-pane", "last-pane", "split-window"}
)


class Router:
    """One client's hands."""

    def __init__(
        self,
        connection: Connection,
        options: ClientOptions,
        replica: Replica,
        ui: Ui | None = None,
        status: Callable[[], StatusRow] = lambda: NO_STATUS,
    ) -> None:
        self.handover = Handover(ui or NoUi())
        self._connection = connection
        self._replica = replica
        self._machine = PrefixMachine(
            build_tables(options.tables, names()),
            options.prefix,
            options.repeat_ms,
            options.hint_ms,
        )
        self._bindings = options.tables.get(PREFIX_TABLE, ())
        self._message = ""
        self._mode_requests: set[int] = set()
        self._grabbed: int | None = None
        self._frame_mouse = FrameMouse(connection, replica, status)
        self._paste_passes = True  # its first part went to a pane
        self._pasting = Pasting(connection)
        self._requests: set[int] = set()
        self._prompt = SearchPrompt()

    def reload(self, options: ClientOptions) -> None:
        """From here on these options hold; a prefix, a question or a mode stays as it is."""
        tables = build_tables(options.tables, names())
        self._machine.reload(tables, options.prefix, options.repeat_ms, options.hint_ms)
        self._bindings = options.tables.get(PREFIX_TABLE, ())

    # What it waits for

    @property
    def question(self) -> str:
        return self._prompt.line or self._machine.question

    @property
    def hinting(self) -> bool:
        return self._machine.hinting

    def hints(self) -> list[tuple[str, str]]:
        """Keys that can follow the prefix, and what they do."""
        return [(binding.key, binding.note) for binding in self._bindings]

    def take_message(self) -> str:
        """What the last key deserves to be told, once."""
        said = self._message or self._pasting.message
        self._message = self._pasting.message = ""
        if self.handover.refused:
            said = f"the ui does not keep up: {self.handover.refused} keys were refused"
            self.handover.refused = 0
        return said

    def deadline(self) -> float | None:
        """When to call `expire`; None if time changes nothing."""
        times = (self._machine.deadline(), self._pasting.deadline())
        return min((when for when in times if when is not None), default=None)

    def expire(self, now: float) -> bool:
        """Let time pass; whether the hint line became due."""
        self._pasting.expire(now)
        return self._machine.expire(now)

    @property
    def full(self) -> bool:
        """Whether so much waits for a pane that no more should be read for now."""
        return self._pasting.full

    # Events

    def route(self, events: Iterable[InputEvent], now: float) -> None:
        """Send each event where it belongs; keys that came together go together."""
        keys: list[Key] = []
        for event in events:
            if self.handover.open and self._hand_over(event, now):
                continue
            if isinstance(event, Key):
                self._key(event, now, keys)
                continue
            self._send(keys)
            keys = []
            if isinstance(event, Mouse):
                self._mouse(event, now)
            elif isinstance(event, Paste):
                if self._prompt.is_open:
                    self._prompt.insert(event.data.decode("utf-8", "replace"))
                else:
                    self._paste(event, now)
            elif isinstance(event, Focus):
                self._connection.send(FocusChanged(event.gained))
        self._send(keys)
        self._frame_mouse.settle()

    def _key(self, key: Key, now: float, keys: list[Key]) -> None:
        if self._prompt.is_open and key.action != RELEASE:
            self._machine.eat(key)
            if words := self._prompt.press(key):
                self._ask(words)
            return
        decision = self._machine.press(key, now)
        if isinstance(decision, Pass):
            keys.append(decision.key)
        elif isinstance(decision, Run):
            self._send(keys)
            keys.clear()
            self._run(decision.binding.command, keys, now)
        elif isinstance(decision, Unknown):
            self._message = f"{decision.key} does nothing after the prefix"
        elif isinstance(decision, Ask):
            self._message = ""

    def _run(self, command: str, keys: list[Key], now: float) -> None:
        """Run a key's command: what needs this client here, everything else in the server."""
        argv = split_command(command)
        if argv[0] == "send-prefix":
            keys.append(self._machine.prefix_key)
            return
        if argv[0] in UI_COMMANDS or argv[0] == RESTART_UI:
            self._message = self.handover.start(tuple(argv), now)
            return
        if argv[0] == "search-prompt":
            self._prompt.open(tuple(argv[1:]))
            return
        self._ask(tuple(argv))

    def _ask(self, argv: tuple[str, ...]) -> None:
        """Have the server run a command."""
        request = self._connection.request(argv, None)
        self._requests.add(request)
        if argv[0] in _MODE_COMMANDS or argv[0] in _FOCUS_COMMANDS:
            # The next key is for the new mode already, before the server has said so.
            self._mode_requests.add(request)
            self._machine.mode = SCROLL_TABLE if argv[0] == "copy-mode" else None

    def replied(self, request: int, failed: bool) -> None:
        """A request is done: from here on frames tell the mode, which a failure did not change."""
        self._frame_mouse.replied(request, failed)
        self._requests.discard(request)
        self._mode_requests.discard(request)
        if failed:
            self.follow(self._replica)

    def follow(self, replica: Replica) -> None:
        """A frame came: the mode is what it shows, unless it is older than the last request."""
        if not self._mode_requests:
            self._machine.mode = SCROLL_TABLE if replica.scroll is not None else None
            if self._machine.mode is None:
                self._prompt.close()

    # The ui

    def _hand_over(self, event: InputEvent, now: float) -> bool:
        """Give the ui an event, if it is its: what a press in a pane began stays with the pane."""
        if isinstance(event, Mouse):
            if self._grabbed is not None and self._grabbed != UI:
                return False
            if event.action == RELEASE:
                self._grabbed = None
            elif event.action == PRESS and event.button < WHEEL_UP:
                self._grabbed = UI
        elif isinstance(event, Paste):
            self._paste_passes = self._paste_passes and not event.first
        elif not isinstance(event, Key):
            return False
        self.handover.give(event, now)
        return True

    def released(self, number: int, now: float) -> None:
        """The ui has closed: what it did not consume goes where it would have gone, but for the
        end of what it had begun to consume."""
        left = self.handover.release(number, now)
        mouse = next((event for event in left if isinstance(event, Mouse)), None)
        if mouse is not None:
            drags = mouse.action == MOTION and mouse.button
            self._grabbed = UI if drags or mouse.action == RELEASE else None
        self.route(left, now)

    def _paste(self, paste: Paste, now: float) -> None:
        if paste.first:
            self._paste_passes = True
        if self._paste_passes:
            self._pasting.paste(paste, self._replica.active, now)

    # Mouse

    def _mouse(self, mouse: Mouse, now: float) -> None:
        status = self._frame_mouse.over_status(mouse)
        here = None if status else self._replica.pane_at(mouse.x, mouse.y)
        pane = self._grabbed if self._grabbed is not None else here[0] if here else NO_PANE
        if mouse.action == RELEASE:
            self._grabbed = None
        elif mouse.action == PRESS and mouse.button < WHEEL_UP:
            self._grabbed = pane
        if pane == NO_PANE and (argv := self._frame_mouse.event(mouse, now)):
            self._ask(argv)
        rect = self._replica.placed.panes.get(pane)
        if rect is None:
            return
        self._connection.send(MouseAt(pane, _inside(mouse, rect)))

    # Keys

    def _send(self, keys: list[Key]) -> None:
        """To the focused pane: behind a paste that is on its way there, else at once.

        While a command is under way only the server knows which pane that is.
        """
        if not keys:
            return
        if not self._requests and self._pasting.holds_back(self._replica.active):
            self._pasting.type(keys)
        else:
            self._connection.send(Keys(tuple(keys)))

    def took(self, now: float) -> None:
        """The pane has taken the last part of a paste."""
        self._pasting.took(now)


def _inside(mouse: Mouse, rect: Rect) -> Mouse:
    """The event in the pane's own cells; a drag beyond its edge stays at the edge."""
    x = min(max(mouse.x - rect.x, 0), rect.cols - 1)
    y = min(max(mouse.y - rect.y, 0), rect.rows - 1)
    return Mouse(x, y, mouse.action, mouse.button, mouse.mods)
