"""What an attached client makes of what it hears: from the server, and from its person's terminal.

Sans IO: messages and input events come in with the time, what is to be sent goes to the connection
at once, what is to be seen goes to the `Face`. Whoever owns the loop reads, waits until `deadline`,
and calls `give_credit` when all that was drawn stands on the terminal.
"""

import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from termlab.client.capabilities import Asker, Capabilities
from termlab.client.connection import Connection
from termlab.client.first_steps import greeting
from termlab.client.frame_mouse import StatusRow
from termlab.client.handover import Ui
from termlab.client.input import InputParser
from termlab.client.input_stats import Clock
from termlab.client.intake import Intake
from termlab.client.peeking import Peeking
from termlab.client.prompt_history import PromptHistory
from termlab.client.questions import Questions
from termlab.client.replica import Replica
from termlab.client.router import Router
from termlab.client.sources import KEYBOARD, RESIZE, Given
from termlab.model.geometry import Size
from termlab.model.keys import InputEvent, TerminalReply
from termlab.scheduling.dedicated import Dedicated
from termlab.wire.messages import (
    Attached,
    Bye,
    ClientOptions,
    Clipboard,
    Frame,
    FromServer,
    InputAsked,
    InputTold,
    Notice,
    Outer,
    OuterChanged,
    Peeked,
    Rang,
    Reloaded,
    Reply,
    Scheduled,
    Seen,
    TasksUpdate,
    Took,
    VitalsSeen,
    VitalsUpdate,
)

# A program that rings all the time is heard so often at most.
BELL_S: Final = 0.1
# What was typed where nobody could be told to wait, before the server has answered.
REFUSED: Final = "{} keys were typed ahead of the server and refused"
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
        clock: Clock = time.monotonic,
    ) -> None:
        self.intake = Intake(parser, clock)
        self.intake.replied = self._answered
        self.intake.settled = self._settled
        self.intake.sources.register(RESIZE, self._sized_anew)
        self.outer = Outer(size)
        self._asker = Asker(known)
        face.capable(self._asker.found)
        self.bye: Bye | None = None
        self.questions = Questions(connection)  # the ui's and the prompts'
        self.peeking = Peeking(connection)  # the ui's as well
        self.dedicated = Dedicated()
        self._connection = connection
        self._face = face
        self._parser = parser
        self._clock = clock
        self._ui = ui
        self._newcomer = newcomer
        self._history = history
        self._router: Router | None = None
        self._options: ClientOptions | None = None  # as the server sent them
        self._dark: bool | None = None  # whether the terminal's ground is, if it said
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
        return self._router is None or self._router.full or self.intake.full

    def deadline(self) -> float | None:
        """When to call `expire`; None if time changes nothing."""
        times = [self.intake.deadline(), self._face.deadline()]
        if self._router is not None:
            times.append(self._router.deadline())
        return min((when for when in times if when is not None), default=None)

    def expire(self, now: float) -> None:
        """What time alone decides. Call it when nothing was typed: an Escape is one only once
        nothing more came behind it."""
        self.intake.expire(now)
        if self._router is not None and self._router.expire(now):
            self._face.show_prompt(self._router, now)
        self._face.expire(now)

    def give_credit(self) -> None:
        """What the server sent stands on the terminal."""
        if self._seen_due:
            now = self._clock()  # the server's as well, on one machine
            for serial in self._seen_due:
                self._connection.send(Seen(serial, now))
            self._seen_due.clear()
        if self._vitals_due is not None and self.router.handover.ui.keeps_up:
            self._connection.send(VitalsSeen(self._vitals_due))
            self._vitals_due = None

    # The person and the terminal

    def typed(self, data: bytes, now: float) -> None:
        """Bytes from the terminal; before the server has answered, keys among them wait for it."""
        self.intake.feed(data, now)

    def events(self, events: Sequence[InputEvent], now: float) -> None:
        """From a terminal that somebody else reads."""
        self.intake.post(events, now)

    def resized(self, size: Size) -> None:
        """The terminal has this size now."""
        self.intake.resized(size, self._clock())

    def _answered(self, replies: list[TerminalReply], now: float) -> None:
        if self._learn(replies) and self._router is not None:
            self._connection.send(OuterChanged(self.outer))

    def _settled(self, now: float) -> None:
        """Behind all events that came together."""
        self.router.settle()
        self._face.show_prompt(self.router, now)

    def _sized_anew(self, sizes: Sequence[Given], now: float) -> None:
        for size in sizes:
            if isinstance(size, Size):
                size = self._sized(size)
                self.outer = Outer(size, self.outer.foreground, self.outer.background)
                self._face.resize(size)
                self._connection.send(OuterChanged(self.outer))

    def _greet(self, words: str, now: float) -> None:
        """Until a key."""
        keyboard = self.intake.sources

        def over(events: Sequence[Given], now: float) -> None:
            keyboard.unregister(KEYBOARD, over)
            self._face.greet("", now)

        keyboard.register(KEYBOARD, over)
        self._face.greet(words, now)

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

    def _learn(self, told: Sequence[TerminalReply]) -> bool:
        """What the terminal told about itself, programs that ask are told; whether it is new."""
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
        elif isinstance(message, Peeked | TasksUpdate) and self._router is not None:
            if self.peeking.wants(message):
                self._router.handover.ui.peeked(message)
        elif isinstance(message, InputAsked):
            self._connection.send(InputTold(message.number, self.intake.counters()))
            if message.reset:
                self.intake.reset()
        elif isinstance(message, Bye):
            self.bye = message

    def _reloaded(self, options: ClientOptions, router: Router, now: float) -> None:
        self._take_options(options)
        self._run_as(options)
        router.reload(options)
        self._wear()
        self._face.show_prompt(router, now)

    def _take_options(self, options: ClientOptions) -> None:
        self._options = options
        self._parser.escape_s = options.escape_ms / 1000
        self.intake.configure(options.queue_events, options.merge_motion, options.merge_repeats)

    def _run_as(self, options: ClientOptions) -> None:
        """How the kernel is to run this process; the server tells who asks what came of it."""
        if self.dedicated.take(options.schedule):
            self._connection.send(Scheduled(self.dedicated.outcomes))

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
            self.intake.sources,
        )
        face.start(options.worn(self._dark), self.outer.size)
        self._run_as(options)
        self._take_options(options)
        self.intake.open(now)
        if self.intake.refused:
            face.say(REFUSED.format(self.intake.refused), now, error=True)
        if self._newcomer() and (words := greeting(options)):
            self._greet(words, now)

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
