"""One connection: its handshake, its requests, and, once it attaches, its screen and hands."""

import contextlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from termlab.errors import TargetError, TermlabError, UsageError, WireError
from termlab.model.buffer_sizes import preset_named
from termlab.model.geometry import Size, clamp_size
from termlab.server.attachment import Attachment
from termlab.server.configured import client_options
from termlab.server.delivery import Delivery
from termlab.server.docks import dock_of
from termlab.server.journal import Journal
from termlab.server.keepalive import DEADLINE_S, KeepAlive, is_local
from termlab.server.onlooker import Onlooker
from termlab.server.poller import READ, WRITE
from termlab.server.server import Server
from termlab.server.sessions import Session
from termlab.server.sizes import free_area
from termlab.server.spawn import Program
from termlab.server.targets import resolve
from termlab.version import VERSION
from termlab.wire.codec import Unreadable
from termlab.wire.link import Link
from termlab.wire.messages import (
    PROTOCOL,
    Attach,
    Attached,
    Bye,
    FocusChanged,
    FromClient,
    Hello,
    InputTold,
    Keys,
    Message,
    MouseAt,
    Notice,
    OuterChanged,
    PasteData,
    Peek,
    PeekSeen,
    Place,
    Pong,
    Reply,
    Request,
    Scheduled,
    Seen,
    Subscribe,
    TasksAsked,
    TasksSeen,
    VitalsSeen,
    Welcome,
)
from termlab.wire.turns import Turns

if TYPE_CHECKING:
    from termlab.server.happenings import Happenings

# The proof for a client whose token is right, which goes with the `Welcome`; None: it must go.
Admit = Callable[[str], str | None]

# The whole handshake; a connection that says nothing is not kept for ever.
HANDSHAKE_S: Final = 5.0
PART_CHARS: Final = 64 * 1024
# What a client of any protocol may ask.
ANY_PROTOCOL: Final = frozenset({"list-sessions", "ls", "kill-server"})


class Peer:
    """See the module. Ends with its link. Until ``admit`` takes its token, it is not heard."""

    def __init__(
        self,
        link: Link[FromClient],
        server: Server,
        journal: Journal,
        admit: Admit = lambda token: "",
    ) -> None:
        self._link = link
        self._server = server
        self._journal = journal
        self._admit = admit
        self._protocol: int | None = None
        self._greeted = False
        self._new = False
        self.turns = Turns()
        self._alive: KeepAlive | None = None
        self.number = 0  # once it said hello, counted from 1
        self._attachment: Attachment | None = None
        self._attached_to: dict[type, Callable[[Any], None]] = {}
        link.tune(preset_named(server.settings.connection_buffers))
        loop = server.loop
        self._deadline = loop.call_at(loop.now + HANDSHAKE_S, self._too_late)
        link.on_blocked = partial(loop.want, link.fileno(), READ | WRITE)
        link.on_closing = self._closing
        loop.watch(link.fileno(), self._ready)

    @property
    def link(self) -> Link[FromClient]:
        return self._link

    @property
    def attachment(self) -> Attachment | None:
        """What it shows, once it has attached."""
        return self._attachment

    def _ready(self, events: int) -> None:
        try:
            if events & WRITE and self._link.flush():
                self._server.loop.want(self._link.fileno(), READ)
                if self._server.happenings is not None:
                    self._server.happenings.drained(self._link)
            if events & READ and not self._link.closed:
                if self._alive is not None:
                    self._alive.heard()
                for message in self._link.receive() or ():
                    if self._link.closed:
                        return
                    self._handle(message)
        except WireError as error:
            # The link's end is its peer's: whether it had greeted, only this remembers.
            note = self._journal.note if self._greeted else self._journal.stranger
            note(f"connection closed: {error}")

    def _closing(self) -> None:
        """The link is about to close, for whatever reason."""
        self._deadline.cancel()
        if self._alive is not None:
            self._alive.close()
        self._server.loop.unwatch(self._link.fileno())
        self._server.waits.cancel(self)
        if self._server.followers is not None:
            self._server.followers.cancel(self)
        if self._server.happenings is not None:
            self._server.happenings.leave(self._link)
        if self._attachment is not None:
            self._server.gone(self._attachment)
            self._attachment = None
            self._attached_to = {}
        if self._protocol is not None:
            self._protocol = None
            self._server.presence.went(self, self._new)

    def _too_late(self) -> None:
        self._journal.stranger(f"connection closed: no greeting within {HANDSHAKE_S:g} s")
        self._link.close()

    def _silent(self) -> None:
        self._journal.note(f"connection closed: no answer within {DEADLINE_S:g} s")
        self._link.close()

    # Messages

    def _handle(self, message: FromClient | Unreadable) -> None:
        perform = self._attached_to.get(type(message))
        if perform is not None:
            if self._attachment is not None and not self._attachment.closed:
                perform(message)
        elif isinstance(message, Hello):
            self._hello(message)
        elif self._protocol is None:
            self._tell(Bye("say hello first", 4))
            self._link.close()
        elif isinstance(message, Unreadable):
            self._tell(Notice(f"the server can't read a message: {message.why}", error=True))
        elif why := self.turns.refusal(message):
            self._tell(Notice(why, error=True))
        elif isinstance(message, Request):
            self._request(message)
            self._asked()
        elif isinstance(message, Attach):
            self._attach(message)
            self._asked()
        elif isinstance(message, Subscribe):
            self._subscribe(message)
            self._asked()
        elif isinstance(message, Pong) and message.resting and self._alive is not None:
            self._alive.rest()

    def _hello(self, message: Hello) -> None:
        if why := self.turns.refusal(message):
            self._tell(Bye(why, 4))
            self._link.close()
            return
        proof = self._admit(message.token)
        if proof is None:
            self._journal.stranger("connection closed: its token is not this server's")
            self._tell(Bye("its token is not this server's: try again", 4))
            self._link.close()
            return
        self._deadline.cancel()
        if self._protocol is None:
            self._greeted = self._new = True
            self.number = self._server.presence.came(self)
        self.turns.greeted()
        if not is_local(self._link.socket):
            self._alive = KeepAlive(self._server.loop, self._tell, self._silent)
        self._protocol = message.protocol
        self._tell(Welcome(PROTOCOL, VERSION, self._server.pid, proof))

    def _route(self, attachment: Attachment) -> dict[type, Callable[[Any], None]]:
        """What an attached client may send, by type: keys come first in every way."""
        hands = Delivery(self._server, attachment)
        onlooker = Onlooker(self._server.onlookers, attachment)
        return {
            Keys: hands.keys,
            Seen: attachment.saw,
            MouseAt: hands.mouse,
            PasteData: hands.paste,
            FocusChanged: hands.focus,
            VitalsSeen: lambda message: attachment.saw_vitals(message.number),
            OuterChanged: partial(self._outer_changed, attachment),
            Peek: onlooker.look,
            PeekSeen: onlooker.saw,
            TasksAsked: partial(self._tasks_asked, attachment),
            TasksSeen: attachment.saw_tasks,
            InputTold: partial(self._input_told, attachment),
            Scheduled: partial(self._scheduled, attachment),
        }

    def _outer_changed(self, attachment: Attachment, message: OuterChanged) -> None:
        attachment.outer = message.outer
        self._server.outer_changed(attachment)

    def _tasks_asked(self, attachment: Attachment, message: TasksAsked) -> None:
        """Its imports are nobody's who has no task manager open."""
        from termlab.server.observing.tasks_watch import TasksWatch

        if attachment.tasks is None:
            loop, sessions = self._server.loop, self._server.sessions
            attachment.tasks = TasksWatch(loop, sessions, attachment.tell)
        attachment.tasks.ask(message)

    def _input_told(self, attachment: Attachment, message: InputTold) -> None:
        if self._server.asked_input is not None:
            self._server.asked_input.told(attachment, message)

    def _scheduled(self, attachment: Attachment, message: Scheduled) -> None:
        attachment.scheduled = message.outcomes
        self._server.schedule.hear("client", message.outcomes)

    def _asked(self) -> None:
        if self._new:
            self._new = False
            self._server.presence.asked()

    def _request(self, message: Request) -> None:
        # Parsing needs click, which a cold start has no time for before the first prompt.
        from termlab.server.caller import Caller
        from termlab.server.dispatch import perform

        if why := self.turns.asked(message.id):
            self._tell(Notice(why, error=True))
            return
        if self._protocol != PROTOCOL and message.argv[:1] not in {(n,) for n in ANY_PROTOCOL}:
            self._reply(message.id, 4, _other_protocol(self._protocol))
            return
        attachment = self._attachment
        place = message.place or (attachment.place if attachment else Place("/", {}))
        if attachment is not None and attachment.closed:
            attachment = None
        reply = partial(self._reply, message.id)
        perform(Caller(self._server, place, attachment, reply, self), message.argv, self._journal)

    def _reply(self, number: int, code: int, text: str) -> None:
        """In parts, so that no message of a long history comes near the limit."""
        self.turns.answered(number)
        parts = [text[i : i + PART_CHARS] for i in range(0, len(text), PART_CHARS)] or [""]
        more = [Reply(number, code, part, more=True) for part in parts[:-1]]
        with contextlib.suppress(WireError):  # as in `_tell`
            self._link.send_batch((*more, Reply(number, code, parts[-1])))

    def _subscribe(self, message: Subscribe) -> None:
        if why := self.turns.asked(message.id):
            self._tell(Notice(why, error=True))
            return
        try:
            if self._protocol != PROTOCOL:
                raise UsageError(_other_protocol(self._protocol))
            self._happenings().subscribe(self._link, message.topics)
        except TermlabError as error:
            self._reply(message.id, error.exit_code, str(error))
        else:
            self._reply(message.id, 0, "")

    def _happenings(self) -> "Happenings":
        server = self._server
        if server.happenings is None:
            # Only then: nobody else pays for the import.
            from termlab.server.happenings import Happenings

            server.happenings = Happenings(server.onlookers, server.attachments, server.loop)
        return server.happenings

    def _attach(self, message: Attach) -> None:
        try:
            if self._protocol != PROTOCOL:
                raise UsageError(_other_protocol(self._protocol))
            session = self._session_for(message)
        except TermlabError as error:
            self._tell(Bye(str(error), error.exit_code))
            return
        attachment = Attachment(
            self._server.sessions.next_id("client"),
            self._link,
            self._server.loop,
            session,
            message.outer,
            message.place,
            message.read_only,
            dock_of(session, self._server.settings),
        )
        self._attachment = attachment
        self.turns.attached()
        self._attached_to = self._route(attachment)
        # With its first frame, if that goes in this turn: so the client wakes once.
        self._link.send_buffered(Attached(attachment.id, client_options(self._server.settings)))
        self._server.attach(attachment)
        self._server.loop.soon(self._flush)

    def _flush(self) -> None:
        with contextlib.suppress(WireError):  # as in `_tell`
            self._link.flush()

    def _session_for(self, message: Attach) -> Session:
        """The session to show: the one named, else the latest; a new one where that is asked."""
        sessions = self._server.sessions
        if not message.fresh and (message.target or sessions.all):
            return resolve(sessions, message.target, None, "").session
        if not message.create:
            raise TargetError("there is no session: start one with `termlab new`")
        if message.profile:
            # Only then: what measures and reports takes some ms to import.
            from termlab.server.profiled import open_profiled

            return open_profiled(self._server, message)
        dock = dock_of(None, self._server.settings)
        area = free_area(clamp_size(message.outer.size), dock.asked)
        program = Program(
            message.place, message.argv, message.directory, message.remain, message.replay
        )
        return self._server.new_session(message.name, program, Size(area.cols, area.rows))

    def _tell(self, message: Message) -> None:
        """Answers are given in anybody's turn: a link that breaks is nobody else's failure."""
        try:
            self._link.send(message)
        except WireError:
            return


def _other_protocol(theirs: int | None) -> str:
    return (
        f"this server is termlab {VERSION} with protocol {PROTOCOL}, you speak {theirs}: "
        "use the same version, or end this server with `termlab kill-server`"
    )
