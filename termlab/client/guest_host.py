"""The guest's life as its client sees it: started, spoken to, given the person's hands, replaced.

Nothing here waits for the guest, and nothing that a guest does or leaves undone holds up panes or
keys. One that ends or is stuck loses what was typed into it, and is replaced at once; one that ends
again and again stays away until it is asked for.
"""

import select
import sys
from functools import partial
from typing import Final

from termlab.client.dialogue import Dialogue
from termlab.client.handover import STARTING, STUCK_S, Hand
from termlab.client.router import RESTART_UI, SHOW_MESSAGES
from termlab.errors import TermlabError, WireError
from termlab.model.bindings import PREFIX_TABLE
from termlab.model.keys import Key, Mouse, Paste
from termlab.wire.codec import Unreadable
from termlab.wire.guest import (
    Answered,
    Ask,
    Begin,
    Claim,
    Consumed,
    Docked,
    Drawn,
    FromGuest,
    Given,
    NewOptions,
    Open,
    Output,
    Ready,
    Release,
    Told,
    from_guest,
)
from termlab.wire.link import Link
from termlab.wire.messages import (
    ClientOptions,
    Frame,
    Looks,
    Message,
    News,
    Reply,
    VitalsSeen,
    VitalsUpdate,
)

if sys.platform != "win32":
    from termlab.client.claims import Claims
    from termlab.client.display import Display
    from termlab.client.docking import DOCK, Docking
    from termlab.client.docking import STUCK_S as DOCK_STUCK_S
    from termlab.client.guest_process import ARGV, GuestProcess

assert sys.platform != "win32"

STARTED: Final = "the ui has started: press the key again"
DOCK_STARTS: Final = "the lab dock is starting"
# So many ends in so short a time: another start would be one more.
MAX_ENDS: Final = 3
ENDS_S: Final = 30.0
# Between the end of its stream and its own: so long it may take to end for a reason of its own.
GRACE_S: Final = 1.0
# What it said last is in the socket, a quarter of a MiB at most.
_LAST_READS: Final = 8


class GuestHost:
    """The ui of one attached client, whose loop calls `wanted`, `ready`, `deadline`, `expire`."""

    def __init__(
        self,
        display: Display,
        dialogue: Dialogue,
        options: ClientOptions,
        log: str,
        argv: tuple[str, ...] = ARGV,
    ) -> None:
        self._display = display
        self._dialogue = dialogue
        self._hands = dialogue.router.handover
        self._options = options
        self._log = log
        self._argv = argv
        self.process: GuestProcess | None = None  # the one that lives, as far as is known
        self._link: Link[FromGuest] | None = None
        self._ready = False  # it can open things
        self._claims = Claims(display, self._tell)
        self._docking = Docking(display, self._tell)
        self._leaving: list[GuestProcess] = []  # ended by us, not reaped yet
        self._ends: list[float] = []
        self._lost = 0  # keys that went with the guest that is ending
        self._kill_at: float | None = None
        self._broken = ""  # why the guest can't be talked to any more
        self._start_due = False
        self._asked = False  # for something that could not be opened yet
        self._deaf = False  # the terminal is blocked: nobody listens to the guest
        self._hands.join(self)

    # The loop's part

    def wanted(self, blocked: bool) -> tuple[int, int]:
        """What to poll for: its descriptor (-1 where there is none) and events. While the terminal
        is ``blocked`` the guest is not read."""
        link = self._link
        if link is None or link.closed:
            return -1, 0
        room = select.POLLOUT if link.queued_bytes else 0
        return link.fileno(), room if blocked else room | select.POLLIN

    def listening(self, heard: bool, now: float) -> None:
        """Whether the guest is read from now on."""
        if heard and self._deaf:
            self.resumed(now)
        self._deaf = not heard

    def ready(self, events: int, now: float) -> bool:
        """The socket is: read it, write what waits. False: no key came."""
        if events & select.POLLOUT and self._link is not None:
            self._link.flush()
        if events & ~select.POLLOUT:
            self._receive(now)
        return False

    def deadline(self) -> float | None:
        """When to call `expire`; None while nothing depends on time."""
        times = [self._kill_at]
        if not self._deaf:
            times += [self._hands.deadline(), self._docking.deadline()]
        return min((when for when in times if when is not None), default=None)

    def expire(self, now: float) -> None:
        """Let time pass, and do what a key or a message made due."""
        if self._start_due:
            self._start_due = False
            self.start(now)
        if self._broken:
            self._end(self._broken, now)
        elif not self._deaf and self._hands.stuck(now):
            self._end(f"the ui did not answer for {STUCK_S:g} s", now)
        elif not self._deaf and self._docking.stuck(now):
            self._end(f"the ui did not draw the lab dock for {DOCK_STUCK_S:g} s", now)
        elif self._kill_at is not None and now >= self._kill_at and self.process is not None:
            self._kill_at = None
            self.process.kill()

    # Its life

    @property
    def available(self) -> bool:
        """Whether it can open things, and be clicked at."""
        return self._ready

    def start(self, now: float, asked: bool = False) -> None:
        """A guest, unless there is one; ``asked``: the person has tried to open something."""
        self._asked = self._asked or asked
        if self.process is not None:
            return
        try:
            self.process = GuestProcess(self._log, self._argv, self._dialogue.dedicated.apart)
        except TermlabError as error:
            self._display.say(f"{error}: {self._retry()}", now, error=True)
            self._display.undock(f"the ui can't be started: {self._retry_key()}")
            return
        self._link = Link(self.process.socket, from_guest())
        self._claims = Claims(self._display, self._tell)
        self._docking = Docking(self._display, self._tell)
        self._display.undock(DOCK_STARTS)
        self._tell(Begin(self._display.options or self._options, self._display.size))

    def reap(self, now: float) -> None:
        """A child of ours has ended."""
        self._leaving = [process for process in self._leaving if not process.reap()]
        process = self.process
        if process is None or not process.reap():
            return
        self._ready = False
        for _ in range(_LAST_READS):
            self._receive(now)
        self._hang_up()
        self.process = None
        self._replace(f"the ui ended ({process.ended})", now)

    def close(self) -> None:
        """The client ends, and the guest with it, even one that is stopped. Does not wait."""
        if self._link is not None:
            self._link.close()
        for process in (*self._leaving, self.process):
            if process is not None:
                process.kill()
                process.reap()

    def _end(self, why: str, now: float) -> None:
        """End this guest, whatever it is up to, and have another one."""
        self._dismiss(why)
        self._replace(why, now)

    def _dismiss(self, why: str) -> None:
        process, self.process = self.process, None
        self._hang_up()
        if process is not None:
            process.note(why)
            process.kill()
            self._leaving.append(process)

    def _hang_up(self) -> None:
        """The guest says no more: the person gets screen and hands back."""
        if self._link is not None:
            self._link.close()
        self._link = None
        self._ready = False
        self._kill_at = None
        self._broken = ""
        self._claims.end()
        self._dialogue.peeking.end()
        self._docking = Docking(self._display, self._tell)
        self._display.undock(f"the ui ended: {self._retry_key()}")
        left = self._hands.abandon()
        self._lost += sum(isinstance(event, Key | Paste) for event in left)

    def _replace(self, why: str, now: float) -> None:
        """Another guest for the one that ended, unless they end all the time."""
        lost, self._lost = self._lost, 0
        self._ends = [*self._ends, now][-MAX_ENDS:]
        if len(self._ends) == MAX_ENDS and now - self._ends[0] <= ENDS_S:
            often = f"{MAX_ENDS} times in {ENDS_S:g} s"
            self._display.say(f"{why}, {often}{_dropped(lost)}: {self._retry()}", now, error=True)
            return
        self._display.say(f"{why} and starts again{_dropped(lost)}", now, error=True)
        self.start(now)

    def _retry(self) -> str:
        """What to do about a guest that can't be had."""
        return f"{self._retry_key()}; its log is {self._log}"

    def _retry_key(self) -> str:
        """What to press."""
        bindings = self._options.tables.get(PREFIX_TABLE, ())
        key = next((each.key for each in bindings if each.command == RESTART_UI), "")
        return f"{self._options.prefix} {key} tries again" if key else f"bind a key to {RESTART_UI}"

    # The person's hands (`handover.Ui`)

    def open(self, number: int, argv: tuple[str, ...]) -> str:
        """Have the guest open what a command asks for: "", or why it can't now."""
        if argv[0] == RESTART_UI:
            self._dismiss("the ui is started again, as was asked")
            self._ends.clear()
            self._start_due = True
            return "the ui starts again"
        state = self._display.replica.state
        if not self._ready or state is None:
            self._start_due = self._asked = True
            return STARTING
        self._claims.open()
        said = self._display.messages() if argv[0] == SHOW_MESSAGES else ()
        self._tell(Open(number, argv, state, said))
        return ""

    def give(self, number: int, event: Hand) -> None:
        """The next event is the guest's."""
        if isinstance(event, Key):
            self._tell(Given(number, key=event))
        elif isinstance(event, Mouse):
            self._tell(Given(number, mouse=event))
        else:
            self._tell(Given(number, paste=event))

    def measured(self, update: VitalsUpdate) -> None:
        """What the dock is to show; one that does not keep up gets the next."""
        if self.keeps_up:
            self._docking.measured(update)

    def peeked(self, news: News) -> None:
        """What the guest looks at has changed."""
        self._tell(news)

    @property
    def keeps_up(self) -> bool:
        """Whether the guest is there, and has drawn all that it was told for the dock."""
        return self._ready and self._docking.keeps_up

    def reload(self, options: ClientOptions) -> None:
        """The configuration was read again, or another theme is worn."""
        self._options = options
        self._tell(NewOptions(options))

    def resumed(self, now: float) -> None:
        """The client itself was stopped: what the guest answered meanwhile is not read yet."""
        self._hands.heard_again(now)
        self._docking.heard_again()

    # The screen

    def frame(self, frame: Frame) -> None:
        """The display has painted a frame."""
        if self._hands.open:
            self._claims.frame(frame)
        if self._ready:
            self._docking.follow()

    def resized(self) -> None:
        """The terminal has another size, and no geometry until the server has answered."""
        self._claims.lost()

    # The conversation

    def _tell(self, message: Message) -> None:
        if self._link is None:
            return
        try:
            self._link.send(message)
        except WireError as error:
            self._broken = f"the ui takes no more ({error})"

    def _receive(self, now: float) -> None:
        """Hear it, after one read."""
        link = self._link
        if link is None or self._broken:
            return
        try:
            messages = link.receive()
        except WireError as error:
            self._broken = f"the ui can't be understood ({error})"
            return
        if messages is None:
            self._hang_up()
            self._kill_at = now + GRACE_S
            return
        for message in messages:
            if self._link is link:  # else a key that came back had it replaced
                self._handle(message, now)

    def _handle(self, message: FromGuest | Unreadable, now: float) -> None:
        if isinstance(message, Output):
            where = self._docking if message.number == DOCK else self._claims
            where.output(message)
        elif isinstance(message, VitalsSeen):
            self._docking.shown()
        elif isinstance(message, Docked):
            self._docking.docked()
        elif isinstance(message, Drawn):
            self._claims.drawn()
        elif isinstance(message, Consumed):
            self._hands.consumed(message.number, now)
        elif isinstance(message, Claim):
            if self._hands.open:
                self._claims.claim(message)
        elif isinstance(message, Release):
            if self._hands.concerns(message.number):
                self._claims.end()
                self._dialogue.released(message.number, now, message.run)
        elif isinstance(message, Ready):
            self._ready = True
            self._docking.follow()
            if self._asked:
                self._asked = False
                self._display.say(STARTED, now)
        elif isinstance(message, Ask):
            answer = partial(self._answer, self._link, message.id)
            self._dialogue.questions.ask(message.argv, answer)
        elif isinstance(message, Looks):
            if self._hands.open:
                self._dialogue.peeking.tell(message)
        elif isinstance(message, Told):
            self._display.say(message.text, now, message.error)
        else:
            self._broken = f"the ui can't be understood ({message.why})"

    def _answer(self, link: Link[FromGuest] | None, number: int, reply: Reply) -> None:
        """To the guest that asked; another one in its place has asked nothing."""
        if link is self._link:
            self._tell(Answered(number, reply))


def _dropped(keys: int) -> str:
    """What to say of keys that are lost."""
    if not keys:
        return ""
    return f"; {keys} key{'s' * (keys > 1)} typed into it {'was' if keys == 1 else 'were'} dropped"
