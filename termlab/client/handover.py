"""Input events handed to the ui while something of its own is open: numbered, kept until consumed.

A command that opens something takes the person's hands at once, before anything is drawn: every
key, mouse event and paste behind it goes to the ui. What the ui had not consumed when it closed
goes where it would have gone, in order. Pure: who carries the events is the `Ui`.
"""

from collections import deque
from typing import Final, Protocol

from termlab.model.keys import Key, Mouse, Paste
from termlab.wire.messages import ClientOptions, News, VitalsUpdate

# What a person types or pastes ahead of a ui that does not answer; more is refused.
MAX_WAITING: Final = 1024
MAX_WAITING_BYTES: Final = 1 << 20
# A ui that leaves an event alone for so long is stuck: the person gets the screen back.
STUCK_S: Final = 2.0
STARTING: Final = "the ui is starting: press the key again in a moment"

Hand = Key | Mouse | Paste


class Ui(Protocol):
    """What opens over the panes: the guest's host, or the app itself."""

    def open(self, number: int, argv: tuple[str, ...]) -> str:
        """Open what a command asks for: "", or why it can't be opened now."""

    def give(self, number: int, event: Hand) -> None:
        """The next event is the ui's."""

    def measured(self, update: VitalsUpdate) -> None:
        """What the dock is to show."""

    def reload(self, options: ClientOptions) -> None:
        """These options hold from here on."""

    def peeked(self, news: News) -> None:
        """What is new for who looks at all there is."""

    @property
    def available(self) -> bool:
        """Whether it is there."""

    @property
    def keeps_up(self) -> bool:
        """Whether it would show more of that now: if not, nothing more is measured."""


class NoUi:
    """For where none is, or not yet: ``why``."""

    def __init__(self, why: str = "nothing can be opened over the panes here") -> None:
        self.why = why
        self.asked = False

    def open(self, number: int, argv: tuple[str, ...]) -> str:
        self.asked = True
        return f"{argv[0]}: {self.why}"

    def give(self, number: int, event: Hand) -> None: ...

    def measured(self, update: VitalsUpdate) -> None: ...

    def peeked(self, news: News) -> None: ...

    def reload(self, options: ClientOptions) -> None: ...

    @property
    def available(self) -> bool:
        return False

    @property
    def keeps_up(self) -> bool:
        return False


class Handover:
    """One client's."""

    def __init__(self, ui: Ui) -> None:
        self.ui = ui
        self._last = 0
        self._opened = 0  # the event that opened what is open
        self._waiting: deque[tuple[int, Hand]] = deque()
        self._waiting_bytes = 0
        self._since = 0.0  # when the oldest of them was given
        self.open = False
        self.refused = 0  # events beyond the bounds

    def join(self, ui: Ui) -> None:
        """The ui is here, or another one is in its place."""
        self.ui = ui

    def start(self, argv: tuple[str, ...], now: float) -> str:
        """Open what ``argv`` asks for: "", or why not. What is open already gets no second one."""
        if self.open:
            return ""
        self._last += 1
        why = self.ui.open(self._last, argv)
        self.open = not why
        self._opened = self._last
        self._since = now
        return why

    def give(self, event: Hand, now: float) -> None:
        """An event while the ui is open."""
        size = _size(event)
        if len(self._waiting) >= MAX_WAITING or self._waiting_bytes + size > MAX_WAITING_BYTES:
            self.refused += 1
            return
        if not self._waiting:
            self._since = now
        self._last += 1
        self._waiting.append((self._last, event))
        self._waiting_bytes += size
        self.ui.give(self._last, event)

    def consumed(self, number: int, now: float) -> None:
        """The ui is done with every event up to ``number``."""
        while self._waiting and self._waiting[0][0] <= number:
            self._waiting_bytes -= _size(self._waiting.popleft()[1])
        self._since = now

    def heard_again(self, now: float) -> None:
        """Nobody listened to the ui until now: it did not leave its events alone."""
        self._since = now

    def release(self, number: int, now: float) -> list[Hand]:
        """The ui has closed: the events that were not for it, in order."""
        self.consumed(number, now)
        return self.abandon()

    def concerns(self, number: int) -> bool:
        """Whether ``number`` is an event of what is open now, not of what was open before."""
        return self.open and number >= self._opened

    def abandon(self) -> list[Hand]:
        """The ui is gone: what it was given and left."""
        left = [event for _, event in self._waiting]
        self._waiting.clear()
        self._waiting_bytes = 0
        self.open = False
        return left

    def deadline(self) -> float | None:
        """When the ui counts as stuck; None while it has nothing to do."""
        return self._since + STUCK_S if self._waiting else None

    def stuck(self, now: float) -> bool:
        """Whether the ui has left an event alone for too long."""
        return bool(self._waiting) and now >= self._since + STUCK_S


def _size(event: Hand) -> int:
    """The bytes of an event of any length."""
    return len(event.data) if isinstance(event, Paste) else 0
