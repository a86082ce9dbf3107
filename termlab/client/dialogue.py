"""What an attached client makes of what it hears: from the server, and from its person's terminal.

Sans IO: messages and input events come in with the time, what is to be sent goes to the connection
at once, what is to be seen goes to the `Face`. Whoever owns the loop reads, waits until `deadline`,
and calls `give_credit` when all that was drawn stands on the terminal.
"""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from termlab.client.connection import Connection
from termlab.client.first_steps import greeting
from termlab.client.frame_mouse import StatusRow
from termlab.client.handover import Ui
from termlab.client.input import InputParser
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
    Rang,
    Reloaded,
    Reply,
    Seen,
    Took,
)

_SYNC_MODE: Final = 2026


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

    def synchronised(self, known: bool) -> None:
        """Whether the terminal knows synchronised updates."""

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

    def __init__(
        self,
        connection: Connection,
        face: Face,
        parser: InputParser,
        size: Size,
        ui: Ui,
        newcomer: Callable[[], bool] = lambda: False,
    ) -> None:
        self.outer = Outer(size)
        self.bye: Bye | None = None
        self._connection = connection
        self._face = face
        self._parser = parser
        self._ui = ui
        self._newcomer = newcomer
        self._greeted = False  # and the greeting stands until a key
        self._router: Router | None = None
        self._early: list[InputEvent] = []  # typed before the server has answered
        self._seen_due: list[int] = []  # each frame is a credit: none may be left out
        self._cell = (0, 0)  # width and height in pixels, once the terminal told

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

    # The person and the terminal

    def typed(self, data: bytes, now: float) -> None:
        """Bytes from the terminal."""
        self.events(self._parser.feed(data, now), now)

    def hear(self, data: bytes, now: float) -> None:
        """Bytes that came before the server has answered; keys among them wait for it."""
        self._early += self._parser.feed(data, now)
        self._learn(self._early)

    def events(self, events: Sequence[InputEvent], now: float) -> None:
        """To the router, but for what answers our own questions."""
        if self._learn(events):
            self._connection.send(OuterChanged(self.outer))
        if self._router is None:
            return
        if self._greeted and any(isinstance(event, Key) for event in events):
            self._greeted = False
            self._face.greet("", now)
        given = [event for event in events if not isinstance(event, TerminalReply)]
        if given:
            self._router.route(given, now)
            self._face.show_prompt(self._router, now)

    def resized(self, size: Size) -> None:
        """The terminal has this size now."""
        size = self._sized(size)
        self.outer = Outer(size, self.outer.foreground, self.outer.background)
        self._face.resize(size)
        self._connection.send(OuterChanged(self.outer))

    def _learn(self, events: Sequence[InputEvent]) -> bool:
        """What the terminal told about itself, programs that ask are told; whether it is new."""
        before = self.outer
        for event in events:
            if isinstance(event, TerminalReply):
                self.outer = self._answered(event, self.outer)
        return self.outer != before

    def _answered(self, reply: TerminalReply, outer: Outer) -> Outer:
        """``outer`` with one more answer."""
        size, value = outer.size, reply.value
        if reply.kind == "da1":
            self._face.settled()
        elif reply.kind == "mode" and value[:1] == (_SYNC_MODE,):
            self._face.synchronised(value[1] in (1, 2))
        elif reply.kind == "foreground":
            return Outer(size, (value[0], value[1], value[2]), outer.background)
        elif reply.kind == "background":
            return Outer(size, outer.foreground, (value[0], value[1], value[2]))
        elif reply.kind == "cell":
            self._cell = (value[1], value[0])
        elif reply.kind == "area" and self._cell == (0, 0):
            self._cell = (value[1] // size.cols, value[0] // size.rows)
        return Outer(self._sized(size), outer.foreground, outer.background)

    def _sized(self, size: Size) -> Size:
        """``size`` with the pixels that the terminal told apart from it."""
        if size.xpixel:
            return size
        return Size(size.cols, size.rows, self._cell[0] * size.cols, self._cell[1] * size.rows)

    # The ui

    def consumed(self, number: int, now: float) -> None:
        """The ui is done with every event up to ``number``."""
        if self._router is not None:
            self._router.handover.consumed(number, now)

    def released(self, number: int, now: float) -> None:
        """The ui has closed what it had open; events behind ``number`` were not for it."""
        if self._router is not None:
            self._router.released(number, now)
            self._face.show_prompt(self._router, now)

    # The server

    def heard(self, message: FromServer, now: float) -> None:
        """A message from the server."""
        if isinstance(message, Frame):
            self._face.frame(message)
            self._seen_due.append(message.serial)
            if self._router is not None:
                self._router.follow(self._face.replica)
        elif isinstance(message, Reply):
            self._replied(message, now)
        elif isinstance(message, Attached) and self._router is None:
            self._attached(message.options, now)
        elif isinstance(message, Reloaded) and self._router is not None:
            self._router.reload(message.options)
            self._parser.escape_s = message.options.escape_ms / 1000
            self._face.reload(message.options)
            self._face.show_prompt(self._router, now)
        elif isinstance(message, Took) and self._router is not None:
            self._router.took(now)
        elif isinstance(message, Notice):
            self._face.say(message.text, now, message.error)
        elif isinstance(message, Rang):
            self._face.bell()
        elif isinstance(message, Clipboard):
            self._face.copied(message.data)
        elif isinstance(message, Bye):
            self.bye = message

    def _attached(self, options: ClientOptions, now: float) -> None:
        face = self._face
        self._router = Router(self._connection, options, face.replica, self._ui, face.status)
        self._parser.escape_s = options.escape_ms / 1000
        self._face.start(options, self.outer.size)
        early, self._early = self._early, []
        self.events(early, now)
        if self._newcomer() and (words := greeting(options)):
            self._greeted = True
            face.greet(words, now)

    def _replied(self, reply: Reply, now: float) -> None:
        """A key's command is done; only its failure is news."""
        if self._router is not None:
            self._router.replied(reply.id, bool(reply.code))
        if reply.code:
            self._face.say(reply.text, now, error=True)
