"""What an attached client makes of what it hears: from the server, and from its person's terminal.

Sans IO: messages and input events come in with the time, what is to be sent goes to the connection
at once, what is to be seen goes to the `Face`. Whoever owns the loop reads, waits until `deadline`,
and calls `give_credit` when all that was drawn stands on the terminal.
"""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from termlab.client.capabilities import Asker, Capabilities
from termlab.client.connection import Connection
from termlab.client.first_steps import greeting
from termlab.client.frame_mouse import StatusRow
from termlab.client.handover import Ui
from termlab.client.input import InputParser
from termlab.client.peeking import Peeking
from termlab.client.prompt_history import PromptHistory
from termlab.client.questions import Questions
from termlab.client.replica import Replica
from termlab.client.router import Router
from termlab.model.geometry import Size
from termlab.model.keys import InputEvent, Key, TerminalReply
from termlab.wire.messages import (
    Attached,
    Bye,
    ClientOptions,
    Clipboard,
    Frame,
    FromServer,
    Notice,
    Outer,
    OuterChanged,
    Peeked,
    Rang,
    Reloaded,
    Reply,
    Seen,
    Took,
    VitalsSeen,
    VitalsUpdate,
)

# A program that rings all the time is heard so often at most.
BELL_S: Final = 0.1
# Events typed before the server has answered: more than anybody types by hand; the rest is dropped.
MAX_EARLY: Final = 4096
# Behind what is said of a copy, where the terminal has not said that it takes any (OSC 52).
DOUBT: Final = ", for the terminal too if it takes copies"


class Face(Protocol):
    """What a person sees and hears."""

    @property
    def replica(self) -> Replica: ...

    def start(self, options: ClientOptions, size: Size) -> None:
        """The server has taken us: the terminal is ours from here on."""

    def reload(self, options: ClientOptions) -> None:
        """The person has changed the options."""

    def frame(self, frame: Frame) -> None:
        """Draw what changed."""

    def show_prompt(self, router: Router, now: float) -> None:
        """The router may wait for something else."""

    def say(self, text: str, now: float, error: bool = False) -> None:
        """One line in place of the status row, for a while."""

    def greet(self, text: str, now: float) -> None:
        """One line for somebody new, who takes longer to read it; "" ends it."""

    def status(self) -> StatusRow:
        """Where the status row is, and what it shows."""

    def resize(self, size: Size) -> None:
        """The terminal has another size."""

    def capable(self, found: Capabilities) -> None:
        """What the terminal can do, as far as is known by now."""

    def settled(self) -> None:
        """No answer of the terminal to a question of ours is under way any more."""

    def bell(self) -> None: ...

    def copied(self, data: bytes) -> None:
        """The person copied this: the terminal's clipboard should have it."""

    def deadline(self) -> float | None:
        """When to call `expire`; None if time changes nothing."""

    def expire(self, now: float) -> None: ...


class Dialogue:
    """One client's. ``ui`` opens things over the panes; ``newcomer`` says, once, whether the person
    has never seen termlab before."""

    _rang_at = -BELL_S
    _doubted = False  # a copy went to a terminal that may not take it
    _cell = (0, 0)  # width and height in pixels, once the terminal told

    def __init__(
        self,
        connection: Connection,
        face: Face,
        parser: InputParser,
        size: Size,
        ui: Ui,
        newcomer: Callable[[], bool] = lambda: False,
        known: Capabilities | None = None,
        history: PromptHistory | None = None,
    ) -> None:
        self.outer = Outer(size)
        self._asker = Asker(known)
        face.capable(self._asker.found)
        self.bye: Bye | None = None
        self.questions = Questions(connection)  # the ui's and the prompts'
        self.peeking = Peeking(connection)  # the ui's as well
        self._connection = connection
        self._face = face
        self._parser = parser
        self._ui = ui
        self._newcomer = newcomer
        self._history = history
        self._greeted = False  # and the greeting stands until a key
        self._router: Router | None = None
        self._options: ClientOptions | None = None  # as the server sent them
        self._dark: bool | None = None  # whether the terminal's ground is, if it said
        self._early: list[InputEvent] = []  # typed before the server has answered
        self._seen_due: list[int] = []  # each frame is a credit: none may be left out
        self._vitals_due: int | None = None  # what was measured last, and not answered yet

    @property
    def router(self) -> Router:
        """The person's hands; the server has taken us."""
        assert self._router is not None
        return self._router

    # What it waits for

    @property
    def full(self) -> bool:
        """Whether no more input should be read for now."""
        return self._router is None or self._router.full

    def deadline(self) -> float | None:
        """When to call `expire`; None if time changes nothing."""
        times = [self._parser.deadline(), self._face.deadline()]
        if self._router is not None:
            times.append(self._router.deadline())
        return min((when for when in times if when is not None), default=None)

    def expire(self, now: float) -> None:
        """What time alone decides. Call it when nothing was typed: an Escape is one only once
        nothing more came behind it."""
        if events := self._parser.expire(now):
            self.events(events, now)
        if self._router is not None and self._router.expire(now):
            self._face.show_prompt(self._router, now)
        self._face.expire(now)

    def give_credit(self) -> None:
        """What the server sent stands on the terminal."""
        for serial in self._seen_due:
            self._connection.send(Seen(serial))
        self._seen_due.clear()
        if self._vitals_due is not None and self.router.handover.ui.keeps_up:
            self._connection.send(VitalsSeen(self._vitals_due))
            self._vitals_due = None

    # The person and the terminal

    def typed(self, data: bytes, now: float) -> None:
        """Bytes from the terminal."""
        self.events(self._parser.feed(data, now), now)

    def hear(self, data: bytes, now: float) -> None:
        """Bytes that came before the server has answered; keys among them wait for it."""
        events = self._parser.feed(data, now)
        self._learn(events)
        self._keep(events)

    def events(self, events: Sequence[InputEvent], now: float) -> None:
        """To the router, but for what answers our own questions."""
        changed = self._learn(events)
        if self._router is None:
            self._keep(events)
            return
        if changed:
            self._connection.send(OuterChanged(self.outer))
        if self._greeted and any(isinstance(event, Key) for event in events):
            self._greeted = False
            self._face.greet("", now)
        given = [event for event in events if not isinstance(event, TerminalReply)]
        if given:
            self._router.route(given, now)
            self._face.show_prompt(self._router, now)

    def _keep(self, events: Sequence[InputEvent]) -> None:
        """For when the server has answered."""
        self._early += events[: max(MAX_EARLY - len(self._early), 0)]

    def resized(self, size: Size) -> None:
        """The terminal has this size now."""
        size = self._sized(size)
        self.outer = Outer(size, self.outer.foreground, self.outer.background)
        self._face.resize(size)
        self._connection.send(OuterChanged(self.outer))

    def ground(self, dark: bool | None) -> None:
        """The terminal told whether its ground is dark: the theme may be another one."""
        if dark != self._dark:
            self._dark = dark
            self._wear()

    def _wear(self) -> None:
        """Options or the ground are others."""
        if self._options is None or self._router is None:
            return
        worn = self._options.worn(self._dark)
        self._face.reload(worn)
        self._router.handover.ui.reload(worn)

    def _learn(self, events: Sequence[InputEvent]) -> bool:
        """What the terminal told about itself, programs that ask are told; whether it is new."""
        told = [event for event in events if isinstance(event, TerminalReply)]
        if not told:
            return False
        outer, found = self.outer, self._asker.found
        for reply in told:
            self._asker.hear(reply)
            if reply.kind == "da1":
                self._face.settled()
        known = self._asker.found
        if known.area != found.area and known.area is not None:
            self._cell = (known.area[0] // outer.size.cols, known.area[1] // outer.size.rows)
        if known != found:
            self._face.capable(known)
            self.ground(known.dark)
        self.outer = Outer(self._sized(outer.size), known.foreground, known.background)
        return self.outer != outer

    def _sized(self, size: Size) -> Size:
        """``size`` with the pixels that the terminal told apart from it."""
        if size.xpixel:
            return size
        wide, high = self._asker.found.cell or self._cell
        return Size(size.cols, size.rows, wide * size.cols, high * size.rows)

    # The ui

    def consumed(self, number: int, now: float) -> None:
        """The ui is done with every event up to ``number``."""
        if self._router is not None:
            self._router.handover.consumed(number, now)

    def released(self, number: int, now: float, run: tuple[str, ...] = ()) -> None:
        """The ui has closed what it had open; events behind ``number`` were not for it. ``run`` is
        a command to run before those are routed."""
        self.peeking.end()
        if self._router is not None:
            self._router.released(number, now, run)
            self._face.show_prompt(self._router, now)

    # The server

    def heard(self, message: FromServer, now: float) -> None:
        """A message from the server."""
        if isinstance(message, Frame):
            self._face.frame(message)
            self._seen_due.append(message.serial)
            if self._router is not None and self._router.follow(self._face.replica):
                self._face.show_prompt(self._router, now)
        elif isinstance(message, Reply):
            self._replied(message, now)
        elif isinstance(message, Attached) and self._router is None:
            self._attached(message.options, now)
        elif isinstance(message, Reloaded) and self._router is not None:
            self._reloaded(message.options, self._router, now)
        elif isinstance(message, Took) and self._router is not None:
            self._router.took(now)
        elif isinstance(message, Notice):
            doubt, self._doubted = self._doubted, False
            self._face.say(f"{message.text}{DOUBT if doubt else ''}", now, message.error)
        elif isinstance(message, Rang):
            self._rang(now)
        elif isinstance(message, Clipboard):
            self._copied(message.data)
        elif isinstance(message, VitalsUpdate) and self._router is not None:
            self._vitals_due = message.number
            self._router.handover.ui.measured(message)
        elif isinstance(message, Peeked) and self._router is not None:
            if self.peeking.is_open:
                self._router.handover.ui.peeked(message)
        elif isinstance(message, Bye):
            self.bye = message

    def _reloaded(self, options: ClientOptions, router: Router, now: float) -> None:
        self._options = options
        router.reload(options)
        self._parser.escape_s = options.escape_ms / 1000
        self._wear()
        self._face.show_prompt(router, now)

    def _copied(self, data: bytes) -> None:
        found = self._asker.found
        self._doubted = not found.clipboard
        if found.strings or not found.complete:  # else it would be printed
            self._face.copied(data)

    def _rang(self, now: float) -> None:
        if now - self._rang_at >= BELL_S:
            self._rang_at = now
            self._face.bell()

    def _attached(self, options: ClientOptions, now: float) -> None:
        face = self._face
        self._router = Router(
            self._connection,
            options,
            face.replica,
            self._ui,
            face.status,
            self.questions,
            self._history,
        )
        self._options = options
        self._parser.escape_s = options.escape_ms / 1000
        self._face.start(options.worn(self._dark), self.outer.size)
        early, self._early = self._early, []
        self.events(early, now)
        if self._newcomer() and (words := greeting(options)):
            self._greeted = True
            face.greet(words, now)

    def _replied(self, reply: Reply, now: float) -> None:
        """A key's command is done; only its failure is news. The ui's questions are its own."""
        if self.questions.replied(reply):
            if self._router is not None:
                self._face.show_prompt(self._router, now)
            return
        if self._router is not None:
            self._router.replied(reply.id, bool(reply.code))
            if (said := self._router.prompts.replied(reply)) is not None:
                self._face.show_prompt(self._router, now)
                if said.text:
                    self._face.say(said.text, now)
                return
        if reply.code:
            self._face.say(reply.text, now, error=True)
