"""Where each input event goes: a command, the pane, or nowhere. The client's half of flow 1.

A mouse press belongs to the pane of its cell, or to the ui while that is open, with all that
follows to its release. A paste goes in parts, each once the last was taken; what is typed behind it
keeps its place, commands don't wait.
"""

import shlex
from collections.abc import Callable, Sequence
from typing import Final

from termlab.client.connection import Connection
from termlab.client.dock_mouse import DockMouse
from termlab.client.frame_mouse import NO_STATUS, FrameMouse, StatusRow
from termlab.client.handover import Hand, Handover, NoUi, Ui
from termlab.client.pane_mouse import PaneMouse
from termlab.client.pasting import Pasting
from termlab.client.prompt_history import PromptHistory
from termlab.client.prompt_line import PromptView
from termlab.client.prompts import ENDING, Prompts
from termlab.client.questions import Questions
from termlab.client.replica import Replica
from termlab.client.search_prompt import SearchPrompt
from termlab.client.sources import KEYBOARD, MOUSE, PASTE, Callback, Given, Sources, runs
from termlab.client.style import run_at
from termlab.commands.keytable import build_tables, split_command
from termlab.commands.prefix import Ask, Pass, PrefixMachine, Run, Unknown
from termlab.commands.table import find, names
from termlab.errors import UsageError
from termlab.model.bindings import SCROLL_TABLE
from termlab.model.keys import (
    LEFT,
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
from termlab.wire.messages import ClientOptions, FocusChanged, Keys

# What a press on the frame around the panes grabs.
NO_PANE: Final = -1
# What a press on something of the ui's grabs.
UI: Final = -2
# What was said in the status row goes with it.
SHOW_MESSAGES: Final = "show-messages"
# They open something over the panes, which has the person's hands from then on.
UI_COMMANDS: Final = frozenset(
    {"list-keys", "command-palette", SHOW_MESSAGES, "choose-tree", "task-manager"}
)
# This one asks whoever runs the ui.
RESTART_UI: Final = "restart-ui"
_MODE_COMMANDS: Final = frozenset({"copy-mode", "cancel", "copy-selection"})
# They show another pane, which is not scrolled back as far as this client knows.
_FOCUS_COMMANDS: Final = frozenset(
    {"next-window", "previous-window", "last-window", "select-window", "new-window"}
    | {"select-pane", "last-pane", "split-window", "switch-client"}
)


class Router:
    """One client's hands."""

    _message = ""
    _last_request = 0
    _grabbed: int | None = None
    _paste_passes = True  # its first part went to a pane

    def __init__(
        self,
        connection: Connection,
        options: ClientOptions,
        replica: Replica,
        ui: Ui | None = None,
        status: Callable[[], StatusRow] = lambda: NO_STATUS,
        questions: Questions | None = None,
        history: PromptHistory | None = None,
        sources: Sources | None = None,
    ) -> None:
        self.handover = Handover(ui or NoUi())
        self.prompts = Prompts(
            replica, questions or Questions(connection), history or PromptHistory()
        )
        self._status = status
        self._connection = connection
        self._replica = replica
        tables = build_tables(options.tables, names())
        self._machine = PrefixMachine(tables, options.prefix, options.repeat_ms, options.hint_ms)
        self._bindings = options.tables
        self._mode_requests: set[int] = set()
        self._pane_mouse = PaneMouse()
        self._frame_mouse = FrameMouse(connection, replica, status)
        self._dock_mouse = DockMouse(replica, self.handover)
        self._sources = sources or Sources()
        self._pasting = Pasting(connection, self._sources)
        self._requests: set[int] = set()
        self._prompt = SearchPrompt()
        by_source = (self._keys, self._mice, self._pastes, self._focuses)
        self._hands: tuple[Callback, ...] = by_source
        for source, hand in enumerate(by_source):
            self._sources.register(source, hand)

    def reload(self, options: ClientOptions) -> None:
        """From here on these options hold; a prefix, a question or a mode stays as it is."""
        tables = build_tables(options.tables, names())
        self._machine.reload(tables, options.prefix, options.repeat_ms, options.hint_ms)
        self._bindings = options.tables

    # What it waits for

    @property
    def question(self) -> str:
        """The question that y or n answers, with what is at stake; "" if none stands."""
        return self.prompts.worded(self._machine.question)

    @property
    def prompt_view(self) -> PromptView | None:
        """The prompt that is open, with what a search has found so far."""
        scroll = self._replica.scroll
        return self.prompts.view() or self._prompt.view(scroll.note if scroll else "")

    @property
    def hinting(self) -> bool:
        return self._machine.hinting

    def hints(self) -> list[tuple[str, str]]:
        """Keys that can follow what was pressed, and what they do."""
        bindings = self._bindings.get(self._machine.table, ())
        return [(binding.key, binding.note) for binding in bindings]

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

    def route(self, events: Sequence[InputEvent], now: float) -> None:
        """Send each event where it belongs; keys that came together go together."""
        for source, run in runs(events):
            self._hands[source](run, now)
        self.settle()

    def settle(self) -> None:
        """Behind all that came together."""
        self._frame_mouse.settle()

    def _keys(self, events: Sequence[Given], now: float) -> None:
        keys: list[Key] = []
        for event in events:
            if isinstance(event, Key) and not self._handed_over(event, now):
                self._key(event, now, keys)
        self._send(keys, now)

    def _mice(self, events: Sequence[Given], now: float) -> None:
        for event in events:
            if isinstance(event, Mouse) and not self._handed_over(event, now):
                self._mouse(event, now)

    def _pastes(self, events: Sequence[Given], now: float) -> None:
        for event in events:
            if not isinstance(event, Paste) or self._handed_over(event, now):
                continue
            if self.prompts.is_open:
                self.prompts.paste(event.data)
            elif self._prompt.is_open:
                if words := self._prompt.insert(event.data.decode("utf-8", "replace")):
                    self._ask(words)
            else:
                self._paste(event, now)

    def _focuses(self, events: Sequence[Given], now: float) -> None:
        for event in events:
            if isinstance(event, Focus):
                self._connection.send(FocusChanged(event.gained))

    def _key(self, key: Key, now: float, keys: list[Key]) -> None:
        if self.prompts.is_open and key.action != RELEASE:
            self._machine.eat(key)
            if words := self.prompts.press(key):
                self._typed(words, now)
            return
        if key.action != RELEASE:
            self.prompts.elsewhere()
        if self._prompt.is_open and key.action != RELEASE:
            self._machine.eat(key)
            if words := self._prompt.press(key):
                self._ask(words)
            return
        decision = self._machine.press(key, now)
        if isinstance(decision, Pass):
            keys.append(decision.key)
        elif isinstance(decision, Run):
            self._send(keys, now)
            keys.clear()
            self._run(decision.binding.command, keys, now)
        elif isinstance(decision, Unknown):
            self._message = f"{decision.key} does nothing after the prefix"
        elif isinstance(decision, Ask):
            self._message = ""
            self.prompts.confirming(self._machine.asked, settled=not self._requests)

    def _run(self, command: str, keys: list[Key], now: float) -> None:
        """Run a key's command: what needs this client here, everything else in the server."""
        argv = split_command(command)
        if argv[0] == "send-prefix":
            keys.append(self._machine.prefix_key)
            return
        if argv[0] in UI_COMMANDS or argv[0] == RESTART_UI:
            self._message = self.handover.start(tuple(argv), now)
            return
        if argv[0] == "command-prompt":
            try:
                self.prompts.open(tuple(argv[1:]), settled=not self._requests)
            except UsageError as error:
                self._message = str(error)
            return
        if argv[0] == "search-prompt":
            self._prompt.open(tuple(argv[1:]))
            return
        if argv[0] == "scroll-dock":
            self._dock_mouse.scroll(argv[1:], now)
            return
        self._ask(tuple(argv))

    def _ask(self, argv: tuple[str, ...]) -> None:
        """Have the server run a command."""
        request = self._connection.request(argv, None)
        self._requests.add(request)
        self._last_request = request
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

    def follow(self, replica: Replica) -> bool:
        """A frame came: the mode is what it shows, unless it is older than the last request.
        Whether what is asked may look different."""
        searching = self._prompt.is_open
        if gone := bool(self._machine.question) and self.prompts.pointless:
            self._machine.cancel()
            self._message = "what was asked about has gone"
        if not self._mode_requests:
            self._machine.mode = SCROLL_TABLE if replica.scroll is not None else None
            if self._machine.mode is None:
                self._prompt.close()
        return searching or gone

    # The ui

    def _handed_over(self, event: Hand, now: float) -> bool:
        """Whether the ui is open and has it: what a press in a pane began stays with the pane."""
        if not self.handover.open:
            return False
        if isinstance(event, Mouse):
            if self._grabbed is not None and self._grabbed != UI:
                return False
            if event.action == RELEASE:
                self._grabbed = None
            elif event.action == PRESS and event.button < WHEEL_UP:
                self._grabbed = UI
        elif isinstance(event, Paste):
            self._paste_passes = self._paste_passes and not event.first
        self.handover.give(event, now)
        return True

    def released(self, number: int, now: float, run: tuple[str, ...] = ()) -> None:
        """The ui has closed, with ``run`` to be done first: what it did not consume goes where it
        would have gone, but for the end of what it had begun to consume."""
        left = self.handover.release(number, now)
        mouse = next((event for event in left if isinstance(event, Mouse)), None)
        if mouse is not None:
            drags = mouse.action == MOTION and mouse.button
            self._grabbed = UI if drags or mouse.action == RELEASE else None
        if run:
            self._perform(run, now)
        self.route(left, now)

    def _perform(self, argv: tuple[str, ...], now: float) -> None:
        """Do what a key bound to that command would do."""
        keys: list[Key] = []
        decision = self._machine.perform(shlex.join(argv), now)
        if isinstance(decision, Run):
            self._run(decision.binding.command, keys, now)
        elif isinstance(decision, Ask):
            self.prompts.confirming(self._machine.asked, settled=not self._requests)
        self._send(keys, now)

    def _typed(self, words: tuple[str, ...], now: float) -> None:
        """Do what was typed into the prompt; what ends programs is asked about first."""
        row = find(words[0])
        if row is not None and row.name in ENDING:
            words = ("confirm-before", *words)
        self._last_request = 0
        try:
            self._perform(words, now)
        except UsageError as error:
            self._message = str(error)
        why, self._message = self._message, ""
        self.prompts.sent(self._last_request, why)

    def _paste(self, paste: Paste, now: float) -> None:
        if paste.first:
            self._paste_passes = True
        active = self._replica.active
        if self._paste_passes and not self._sources.deliver(PASTE, active, (paste,), now):
            self._pasting.paste(paste, active, now)

    # Mouse

    def _mouse(self, mouse: Mouse, now: float) -> None:
        if self._asks(mouse) and mouse.action == PRESS and self._answered(mouse, now):
            return
        if self._grabbed is None and self._dock_mouse.takes(mouse, now):
            return
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
        if rect is not None and not self._sources.deliver(MOUSE, pane, (mouse,), now):
            self._connection.send(self._pane_mouse.at(pane, mouse, rect))

    def _asks(self, mouse: Mouse) -> bool:
        """Whether the row asks something, and no drag is under way."""
        return self._grabbed is None and bool(self.prompt_view or self._machine.question)

    def _answered(self, mouse: Mouse, now: float) -> bool:
        """Whether a press was for what is asked in the status row. One elsewhere, which may move
        the focus, is no answer: the question was about something else then."""
        status = self._status()
        if mouse.y != status.y:
            if mouse.button < WHEEL_UP:
                self._machine.cancel()
                self.prompts.elsewhere()
            return False
        found = run_at(status.line, mouse.x)
        if found is not None and mouse.button == LEFT and found[0].press:
            run, cell = found
            if self.prompts.is_open:
                self.prompts.click(run.press, cell)
            elif self._prompt.is_open:
                self._prompt.click(run.press, cell)
            else:
                self.route([Key(run.press, text=run.press)], now)
                self.route([Key(run.press, action=RELEASE)], now)
        return True

    # Keys

    def _send(self, keys: list[Key], now: float) -> None:
        """To the focused pane: to who takes its keys, as a paste on its way there does, else at
        once. While a command is under way only the server knows which pane that is.
        """
        if not keys:
            return
        active = self._replica.active
        if self._requests or not self._sources.deliver(KEYBOARD, active, keys, now):
            self._connection.send(Keys(tuple(keys)))

    def took(self, now: float) -> None:
        """The pane has taken the last part of a paste."""
        self._pasting.took(now)
