"""A small client for the guest: starts its process, answers its claims with the rows of panes, and
shows what it draws on a terminal of its own."""

import os
import select
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, TypeVar

from termlab.client.replica import Replica
from termlab.config.loader import load_defaults
from termlab.model.geometry import Rect, Size
from termlab.model.keys import Key
from termlab.model.layout import Leaf, Node, panes_of
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.wire.codec import Unreadable
from termlab.wire.guest import (
    Begin,
    Claim,
    Drawn,
    FromGuest,
    Given,
    Open,
    Output,
    Ready,
    Release,
    Rows,
    from_guest,
)
from termlab.wire.link import Link
from termlab.wire.messages import ClientOptions, Message, PaneRows
from tests.terminal.cells import feed

if sys.platform != "win32":
    import fcntl
    import termios

PATIENCE_S = 20.0
T = TypeVar("T", bound=Message)


def options() -> ClientOptions:
    """The configuration as it comes."""
    settings = load_defaults()
    return ClientOptions(settings.prefix, 25, 500, 400, 2000, True, settings.keys)


def state(tree: Node, size: Size, epoch: int = 1, titles: dict[int, str] | None = None) -> State:
    """A session with one window of that layout on a terminal of that size."""
    titles = titles or {}
    panes = tuple(PaneInfo(p, titles.get(p, f"pane {p}"), "sh") for p in panes_of(tree))
    view = WindowView(1, size.cols, size.rows - 1, tree, panes[0].id, False, panes)
    return State(epoch, "main", (WindowTab(1, 0, "sh", current=True),), view)


class GuestClient:
    """``shown`` is its terminal, with a pattern wherever nobody drew."""

    def __init__(self, size: Size, tree: Node | None = None) -> None:
        self.size = size
        self.state = state(tree or Leaf(1), size)
        ours, theirs = socket.socketpair()
        argv = [sys.executable, "-P", "-m", "termlab.ui.as_guest", str(theirs.fileno())]
        self.process = subprocess.Popen(
            argv,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env={k: v for k, v in os.environ.items() if k != "COLUMNS"},
        )
        theirs.close()
        self.link = Link(ours, from_guest())
        self.shown = GhosttyEmulator(size)
        self.pattern()
        self.heard: list[FromGuest] = []
        self._unread: list[FromGuest] = []
        self.claim: Claim | None = None
        self._in_force = False
        self.number = 0
        self.link.send(Begin(options(), size))
        self.until(Ready)

    def pattern(self) -> None:
        """Every cell an E, the pen plain, autowrap off: as a client leaves its terminal."""
        feed(self.shown, b"\x1b[m\x1b#8\x1b[?7l\x1b[?25l")

    # What it says

    def open(self, argv: tuple[str, ...] = ("list-keys",)) -> int:
        self.number += 1
        self.link.send(Open(self.number, argv, self.state))
        return self.number

    def give(self, *events: Any) -> int:
        """Input events, in one go: the number of the last."""
        for event in events:
            self.number += 1
            kind = type(event).__name__.lower()
            self.link.send(Given(self.number, **{kind: event}))
        return self.number

    def keys(self, *names: str) -> int:
        return self.give(*(Key(name, 0, name if len(name) == 1 else "") for name in names))

    def rows(self, panes: dict[int, dict[int, bytes]] | None = None, new: bool = False) -> None:
        """What changed, under the last claim; without ``panes`` all rows of the claimed panes."""
        assert self.claim is not None
        if panes is None:
            panes = {pane: self.picture(pane) for pane in self.claim.panes}
        updates = tuple(PaneRows(pane, tuple(rows.items()), None) for pane, rows in panes.items())
        told = self.state if new else None
        self.link.send(Rows(self.claim.number, self.state.epoch, updates, told))

    @property
    def placed(self) -> dict[int, Rect]:
        """Where the panes stand."""
        replica = Replica()
        replica.take(self.state)
        return replica.placed.panes

    def resize(self, size: Size) -> None:
        """Its terminal has another size, and loses its picture; the claim is over."""
        self.size = size
        self._in_force = False
        self.shown.resize(size)
        self.pattern()

    def picture(self, pane: int) -> dict[int, bytes]:
        """What a pane shows: its number everywhere."""
        rect = self.placed[pane]
        return {y: b"\x1b[3%dm%b" % (pane, b"%d" % pane * rect.cols) for y in range(rect.rows)}

    # What it hears

    def until(self, kind: type[T]) -> T:
        """The next message of that kind; those before it are heard on the way."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            while self._unread:
                message = self._unread.pop(0)
                self._hear(message)
                if isinstance(message, kind):
                    return message
            self._read(deadline - time.monotonic())
        raise AssertionError(f"no {kind.__name__} came; heard {self.heard[-3:]}")

    def rest(self, seconds: float = 0.2) -> list[FromGuest]:
        """What comes until nothing has come for a while."""
        heard = list(self._unread)
        self._unread.clear()
        while self._read(seconds):
            heard += self._unread
            self._unread.clear()
        for message in heard:
            self._hear(message)
        return heard

    def asleep(self) -> None:
        """Wait until the guest sleeps with no time set and has read all that was sent to it."""
        if sys.platform == "win32":
            raise NotImplementedError
        deadline = time.monotonic() + PATIENCE_S
        while not (self._sleeps() and not self._unread_there() and self._sleeps()):
            assert time.monotonic() < deadline
            os.sched_yield()

    def _sleeps(self) -> bool:
        """Whether it is in the kernel, waiting for descriptors alone. As /proc/PID/syscall has it:
        the call's number and its arguments, of which epoll's fourth is the time, -1 for ever."""
        words = Path(f"/proc/{self.process.pid}/syscall").read_text().split()
        return len(words) > 4 and int(words[4], 16) & 0xFFFFFFFF == 0xFFFFFFFF

    def _unread_there(self) -> int:
        """Bytes in the socket that the guest has not read."""
        if sys.platform != "win32":
            count = fcntl.ioctl(self.link.fileno(), termios.TIOCOUTQ, bytes(4))
            return int.from_bytes(count, sys.byteorder)
        raise NotImplementedError

    def _read(self, seconds: float) -> bool:
        self.link.flush()
        if not select.select([self.link], [], [], max(seconds, 0))[0]:
            return False
        messages = self.link.receive()
        assert messages is not None, self.process.communicate()[1].decode()
        for message in messages:
            assert not isinstance(message, Unreadable)
            self._unread.append(message)
        return True

    def _hear(self, message: FromGuest) -> None:
        self.heard.append(message)
        if isinstance(message, Claim):
            self.claim = message
            self._in_force = message.epoch == self.state.epoch
        elif isinstance(message, Release):
            self.claim = None
        elif isinstance(message, Output) and self._holds(message):
            feed(self.shown, message.data + b"\x1b[m")

    def _holds(self, output: Output) -> bool:
        claim = self.claim
        if claim is None or not self._in_force:
            return False
        return (output.number, output.epoch) == (claim.number, claim.epoch)

    def shows(self) -> None:
        """Open help and have it on the screen."""
        self.open()
        self.until(Claim)
        while self.rest(0.05):  # a claim replaced before it was answered
            pass
        self.rows()
        self.until(Drawn)

    def text(self) -> list[str]:
        return self.shown.text_at(self.shown.history_rows(), self.size.rows)

    def close(self) -> tuple[int, str]:
        """How the guest ended once its client had gone, and what it printed."""
        self.link.close()
        return self.ended()

    def ended(self) -> tuple[int, str]:
        """How it ends by itself."""
        out, err = self.process.communicate(timeout=PATIENCE_S)
        self.link.close()
        self.shown.close()
        return self.process.returncode, (out + err).decode()
