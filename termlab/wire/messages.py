"""Every message between a client and the server, as one table of frozen records.

Three patterns share the stream: request and reply by id (commands), routed input and frames
(an attached client), and publish and subscribe by topic. A message is an array whose first item is
its tag; items a version doesn't know are ignored, so a field is added at the end with a default.
"""

from typing import Final

from termlab.model.geometry import Size
from termlab.model.input_counters import InputCounters
from termlab.model.keys import Key, Mouse
from termlab.model.listing import SessionListing
from termlab.model.records import msgspec
from termlab.model.schedule import Outcome
from termlab.model.screen import Cursor
from termlab.model.state import State
from termlab.model.tasks import Tasks
from termlab.model.vitals import Vitals
from termlab.wire.client_options import ClientOptions as ClientOptions

# Raised whenever a message changes its meaning. `ls` and `kill-server` work across all numbers:
# `Hello`, `Welcome`, `Request` and `Reply` keep their first fields for ever.
PROTOCOL: Final = 1


class Message(msgspec.Struct, frozen=True, array_like=True):
    """The root of the table."""


class Hello(Message, frozen=True, array_like=True, tag="hello"):
    """First from a client. ``token`` proves the user where the stream itself can't."""

    protocol: int
    version: str
    token: str = ""


class Welcome(Message, frozen=True, array_like=True, tag="welcome"):
    """First from the server; a client of another protocol may only list and kill. ``proof`` proves
    the server where the client's ``token`` was needed (`wire.loopback`)."""

    protocol: int
    version: str
    pid: int
    proof: str = ""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a command was asked for: its directory and environment, and the pane it ran in."""

    directory: str
    environment: dict[str, str]
    pane: str = ""


class Replay(msgspec.Struct, frozen=True, array_like=True):
    """A recording to play instead of a program: its path (relative to where it was asked for), how
    many times as fast (0: all at once), and the longest pause in seconds, None for as recorded."""

    path: str
    speed: float = 1.0
    idle_limit_s: float | None = None


class Request(Message, frozen=True, array_like=True, tag="request"):
    """A command line, parsed by the server; answered by one `Reply` with the same id, or several
    of which all but the last say ``more``."""

    id: int
    argv: tuple[str, ...]
    place: Place | None = None


class Reply(Message, frozen=True, array_like=True, tag="reply"):
    """``text`` goes to stdout when ``code`` is 0, else to stderr; ``code`` is the exit code."""

    id: int
    code: int
    text: str = ""
    more: bool = False


class Outer(msgspec.Struct, frozen=True, array_like=True):
    """What the client's terminal is: its size and, once it answered, its colours and cell."""

    size: Size
    foreground: tuple[int, int, int] | None = None
    background: tuple[int, int, int] | None = None


class Attach(Message, frozen=True, array_like=True, tag="attach"):
    """Show a session on this client's terminal. ``target`` "" is the most recent one; ``create``
    makes a session (named ``name`` if given) where the target is "" and ``fresh`` or none exists,
    which runs ``argv`` or plays ``replay``; with ``remain`` its pane outlives that, with
    ``profile`` it is measured (`model.profile_asked`, packed: many fields that few ever ask for).
    """

    outer: Outer
    place: Place
    target: str = ""
    create: bool = False
    fresh: bool = False
    name: str = ""
    argv: tuple[str, ...] = ()
    directory: str = ""
    read_only: bool = False
    remain: bool = False
    replay: Replay | None = None
    profile: bytes = b""


class Attached(Message, frozen=True, array_like=True, tag="attached"):
    """The answer to `Attach`; frames follow."""

    client: int
    options: ClientOptions


class OuterChanged(Message, frozen=True, array_like=True, tag="outer"):
    """The terminal has a new size, or answered a question."""

    outer: Outer


class Keys(Message, frozen=True, array_like=True, tag="keys"):
    """Keys, in order, for ``pane`` or, if that is -1, for the focused one. Which that is the server
    says: after a command that moves the focus, keys typed behind it belong to the new one."""

    keys: tuple[Key, ...]
    pane: int = -1


class MouseAt(Message, frozen=True, array_like=True, tag="mouse"):
    """A mouse event in a pane's own cells; the pane's modes decide what it is. ``beyond`` is the
    side of the pane the pointer has left it by: -1 above, 1 below, 0 neither."""

    pane: int
    mouse: Mouse
    beyond: int = 0


class PasteData(Message, frozen=True, array_like=True, tag="paste"):
    """Part of a paste for ``pane``; the next part follows when the server `Took` this."""

    data: bytes
    first: bool
    last: bool
    pane: int


class Took(Message, frozen=True, array_like=True, tag="took"):
    """The pane's terminal has taken the last part of a paste: send the next."""


class FocusChanged(Message, frozen=True, array_like=True, tag="focus"):
    """The outer terminal gained or lost the focus."""

    gained: bool


class Seen(Message, frozen=True, array_like=True, tag="seen"):
    """The frame stands on the terminal: one more may come. ``at_s`` is when, by the monotonic clock
    of the client's machine; None: nobody has drawn it."""

    serial: int
    at_s: float | None = None


class PaneRows(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What changed in one pane: rows as self-contained VT bytes (`terminal.emulator`).

    ``above`` is how many rows of history lie above the top row shown when scrolled back, of
    ``history`` in all; -1 when the live screen is shown. ``note`` is what a search there found.
    ``kitty`` are the flags of the kitty keyboard protocol that its program has set.
    """

    pane: int
    rows: tuple[tuple[int, bytes], ...]
    cursor: Cursor | None
    mouse: int = 0
    above: int = -1
    history: int = 0
    note: str = ""
    kitty: int = 0


class Frame(Message, frozen=True, array_like=True, tag="frame"):
    """Everything that changed on this client's screen since the last frame. Answered by `Seen`."""

    serial: int
    epoch: int
    panes: tuple[PaneRows, ...]
    state: State | None = None


class Notice(Message, frozen=True, array_like=True, tag="notice"):
    """One line for the person, e.g. what a key's command failed with."""

    text: str
    error: bool = False


class Rang(Message, frozen=True, array_like=True, tag="bell"):
    """A bell for the outer terminal."""

    pane: int


class Clipboard(Message, frozen=True, array_like=True, tag="clipboard"):
    """What the person has copied, for the outer terminal's clipboard."""

    data: bytes


class Bye(Message, frozen=True, array_like=True, tag="bye"):
    """The server lets the client go; ``text`` is the last word on its terminal, an error where
    there is a ``code``; ``report`` is printed before it in any case."""

    text: str
    code: int = 0
    report: str = ""


class VitalsUpdate(Message, frozen=True, array_like=True, tag="vitals"):
    """What was measured of the focused pane, for a client whose dock is shown. Answered by
    `VitalsSeen` once it may be followed by another: until then nothing is measured."""

    number: int
    vitals: Vitals


class VitalsSeen(Message, frozen=True, array_like=True, tag="vitals-seen"):
    """The client has shown, or passed on, what was measured: one more may come."""

    number: int


class Peek(Message, frozen=True, array_like=True, tag="peek"):
    """From now on tell what sessions, windows and panes there are, and what ``pane`` shows (-1:
    none); or, where not ``open``, no more. Answered by `Peeked` whenever something is new."""

    pane: int = -1
    open: bool = True


class Peeked(Message, frozen=True, array_like=True, tag="peeked"):
    """What is new since the last one: all there is, and of the pane looked at its rows, whole
    screens after another `Peek` or size. Newest only; the next once answered by `PeekSeen`. A pane
    that is ``gone`` is looked at no more."""

    serial: int
    sessions: tuple[SessionListing, ...] | None
    pane: int
    rows: PaneRows | None = None
    cols: int = 0
    lines: int = 0
    gone: bool = False


class PeekSeen(Message, frozen=True, array_like=True, tag="peek-seen"):
    """What was `Peeked` is shown: one more may come."""

    serial: int


class TasksAsked(Message, frozen=True, array_like=True, tag="tasks-asked"):
    """From now on tell what all panes use; or, where not ``open``, no more: then nothing is
    measured for it. Answered by `TasksUpdate`, at once and then once a second."""

    open: bool = True


class TasksUpdate(Message, frozen=True, array_like=True, tag="tasks"):
    """What all panes use. Answered by `TasksSeen`: until then nothing more is measured."""

    number: int
    tasks: Tasks


class TasksSeen(Message, frozen=True, array_like=True, tag="tasks-seen"):
    """The tasks are shown: one more look may come."""

    number: int


class Scheduled(Message, frozen=True, array_like=True, tag="scheduled"):
    """What came of `ClientOptions.schedule` in an attached client."""

    outcomes: tuple[Outcome, ...]


class InputAsked(Message, frozen=True, array_like=True, tag="input-asked"):
    """What has an attached client counted of its input? Answered by `InputTold` with the same
    number. With ``reset`` it counts anew behind that."""

    number: int
    reset: bool = False


class InputTold(Message, frozen=True, array_like=True, tag="input-told"):
    """What the client has counted, up to the question."""

    number: int
    counters: InputCounters


class Subscribe(Message, frozen=True, array_like=True, tag="subscribe"):
    """From now on tell what is published on these topics, and on no others. Answered by a `Reply`
    with the same id, before anything of them."""

    id: int
    topics: tuple[str, ...]


class Published(Message, frozen=True, array_like=True, tag="published"):
    """Something on a topic; the same bytes for everybody. Numbers of a topic count up: where some
    are missing, so many were lost to who did not read. ``body`` is a record of the topic's own, to
    be decoded at once: it is a view of the buffer it came in."""

    topic: str
    number: int
    body: memoryview


class Ping(Message, frozen=True, array_like=True, tag="ping"):
    """The server asks over a network whether anybody is there. Answered by `Pong`, or by anything
    else."""


class Pong(Message, frozen=True, array_like=True, tag="pong"):
    """The client is there. With ``resting`` it will be stopped, and not answer until it says
    something again."""

    resting: bool = False


FromClient = (
    Hello
    | Request
    | Attach
    | OuterChanged
    | Keys
    | MouseAt
    | PasteData
    | FocusChanged
    | Seen
    | VitalsSeen
    | Peek
    | PeekSeen
    | InputTold
    | Scheduled
    | Subscribe
    | Pong
    | TasksAsked
    | TasksSeen
)


class Reloaded(Message, frozen=True, array_like=True, tag="reloaded"):
    """The configuration was read again: from here on these options hold. ``number`` counts up."""

    number: int
    options: ClientOptions


FromServer = (
    Welcome
    | Reply
    | Attached
    | Frame
    | Took
    | Notice
    | Rang
    | Bye
    | Clipboard
    | Reloaded
    | VitalsUpdate
    | Peeked
    | InputAsked
    | Published
    | Ping
    | TasksUpdate
)
# What is open over the panes looks at by asking, and what comes of it.
Looks = Peek | PeekSeen | TasksAsked | TasksSeen
News = Peeked | TasksUpdate
