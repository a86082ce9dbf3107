"""Every message between a client and its guest, the ui's process, on their socket pair.

The client owns the terminal: it gives the guest numbered input events while something of the
guest's is open, and rows of the panes the guest claimed; it writes what the guest draws. The same
rules as in `messages`: tagged arrays, new fields at the end with a default.
"""

from typing import Final

from termlab.model.geometry import Size
from termlab.model.keys import Key, Mouse, Paste
from termlab.model.records import msgspec
from termlab.model.screen import Cursor
from termlab.model.state import State
from termlab.wire.codec import MAX_FROM_SERVER, Decoder
from termlab.wire.messages import (
    ClientOptions,
    Message,
    PaneRows,
    Peek,
    Peeked,
    PeekSeen,
    Reply,
    TasksAsked,
    TasksSeen,
    TasksUpdate,
    VitalsSeen,
    VitalsUpdate,
)

# One message of the guest's: a whole screen of 4096 x 4096 styled cells is never drawn at once.
MAX_FROM_GUEST: Final = 16 << 20


class Begin(Message, frozen=True, array_like=True, tag="begin"):
    """First from the client."""

    options: ClientOptions
    size: Size


class Ready(Message, frozen=True, array_like=True, tag="ready"):
    """First from the guest: it can open things now."""


class Open(Message, frozen=True, array_like=True, tag="open"):
    """Open what a command asks for. From now on the client's hands are the guest's: every key,
    mouse event and paste comes as a `Given`, until `Release`. ``number`` is the event that opened
    it. ``said`` are the messages of the status row, the oldest first, where they are to be shown:
    when, in seconds since 1970, what, and whether something had failed."""

    number: int
    argv: tuple[str, ...]
    state: State
    said: tuple[tuple[float, str, bool], ...] = ()


class Given(Message, frozen=True, array_like=True, tag="given"):
    """An input event; exactly one of the three is there. Answered by `Consumed` or `Release`."""

    number: int
    key: Key | None = None
    mouse: Mouse | None = None
    paste: Paste | None = None


class Consumed(Message, frozen=True, array_like=True, tag="consumed"):
    """The guest is done with every event up to ``number`` and still open."""

    number: int


class Release(Message, frozen=True, array_like=True, tag="release"):
    """The guest has closed what it had open; events behind ``number`` were not for it. Its claim
    ends with this. ``run`` is a command to run then, as if a key were bound to it, before those
    events go anywhere; none if empty."""

    number: int
    run: tuple[str, ...] = ()


class Claim(Message, frozen=True, array_like=True, tag="claim"):
    """From now on the guest paints these panes and, with ``frame``, the lines around all panes.
    ``number`` grows with each claim; it replaces the one before. Answered by `Rows`."""

    number: int
    epoch: int
    panes: tuple[int, ...]
    frame: bool = False


class Rows(Message, frozen=True, array_like=True, tag="rows"):
    """What changed in the claimed panes, whole screens after a claim; newest only, the next once
    `Drawn`. ``state`` where it is a new one; with another epoch than the claim's the claim is over,
    and the guest claims anew."""

    number: int
    epoch: int
    panes: tuple[PaneRows, ...]
    state: State | None = None


class Drawn(Message, frozen=True, array_like=True, tag="drawn"):
    """The guest has drawn the last `Rows`."""


class Dock(Message, frozen=True, array_like=True, tag="dock"):
    """The lab dock is shown where `model.dock` has it for this state and size, or hidden where that
    has no place for it. While it is shown its cells are the guest's, also while nothing is open: it
    draws them with `Output`, without taking the person's hands. Answered by `Docked`; until then no
    other follows. Mouse events there come as a `Given`, answered by `Consumed`."""

    size: Size
    state: State


class Docked(Message, frozen=True, array_like=True, tag="docked"):
    """The guest has taken the last `Dock`, and drawn it."""


class OuterSize(Message, frozen=True, array_like=True, tag="size"):
    """The terminal has another size."""

    size: Size


class Output(Message, frozen=True, array_like=True, tag="output"):
    """Bytes for the terminal, whole sequences only, without modes: the pen is plain before them and
    made plain behind them. Dropped unless ``number`` and ``epoch`` are those of the claim that
    holds. ``cursor`` is the guest's, in cells of the terminal; None leaves it hidden. ``number`` 0
    is what is drawn in the lab dock and nowhere else, claim or not: then the cursor stays where it
    is, and the epoch must be that of the state."""

    number: int
    epoch: int
    data: bytes
    cursor: Cursor | None = None


class Ask(Message, frozen=True, array_like=True, tag="ask"):
    """A command for the server, as a key's would be. Answered by `Answered` with the same id; with
    an error where too many are under way."""

    id: int
    argv: tuple[str, ...]


class Answered(Message, frozen=True, array_like=True, tag="answered"):
    """What the server replied to the guest's `Ask`."""

    id: int
    reply: Reply


class NewOptions(Message, frozen=True, array_like=True, tag="options"):
    """The configuration was read again: from here on these options hold."""

    options: ClientOptions


class Told(Message, frozen=True, array_like=True, tag="told"):
    """One line for the person, in the status row."""

    text: str
    error: bool = False


# What was measured for the dock is passed on as the server said it, and answered as to it.
ToGuest = (
    Begin
    | Open
    | Given
    | Rows
    | OuterSize
    | Answered
    | NewOptions
    | Dock
    | VitalsUpdate
    | Peeked
    | TasksUpdate
)
FromGuest = (
    Ready
    | Consumed
    | Release
    | Claim
    | Drawn
    | Output
    | Told
    | Ask
    | Peek
    | PeekSeen
    | Docked
    | VitalsSeen
    | TasksAsked
    | TasksSeen
)


def from_guest() -> Decoder[FromGuest]:
    """A decoder for what a client receives from its guest."""
    return Decoder(msgspec.msgpack.Decoder(FromGuest), MAX_FROM_GUEST)


def to_guest() -> Decoder[ToGuest]:
    """A decoder for what a guest receives."""
    return Decoder(msgspec.msgpack.Decoder(ToGuest), MAX_FROM_SERVER)
