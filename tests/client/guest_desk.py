"""A client's screen, hands and loop around a guest, without a server; its guest is scripted."""

import os
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

import psutil

from termlab.client.handover import NoUi
from termlab.model.keyname import parse_key
from termlab.model.keys import InputEvent
from termlab.model.screen import Cursor
from termlab.wire.messages import Attached, Frame
from tests.backends.exit_watch import exited
from tests.client.recorder import OPTIONS, Recorder

if sys.platform != "win32":
    from termlab.client.dialogue import Dialogue
    from termlab.client.display import Display
    from termlab.client.guest_host import GuestHost
    from termlab.client.input import InputParser
    from termlab.client.signals import Signals
    from tests.client.test_display import PICTURE, SIZE, Paper, rows_of, state_of

assert sys.platform != "win32"

GUEST = (sys.executable, str(Path(__file__).with_name("scripted_guest.py")))
# Ends only a hang.
TIMEOUT_S = 20.0
STATUS = " main  0:sh*"


class Saying(Display):
    """A display that remembers what it said."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self.said: list[str] = []

    def say(self, text: str, now: float, error: bool = False) -> None:
        self.said.append(text)
        super().say(text, now, error)


class Desk:
    """A client's screen, hands and loop around a guest, without a server."""

    def __init__(self, log: Path, *words: str) -> None:
        self.paper = Paper(SIZE)
        self.display = Saying(self.paper)
        self.said = self.display.said
        self.skew_s = 0.0
        self.connection = Recorder()
        self.signals = Signals()
        self.dialogue = Dialogue(self.connection, self.display, InputParser(), SIZE, NoUi())
        self.dialogue.heard(Attached(1, OPTIONS), 0.0)
        self.log = log
        self.host = GuestHost(self.display, self.dialogue, OPTIONS, str(log), argv=(*GUEST, *words))
        one = rows_of(1, b"$ left", b"", b"", b"", cursor=Cursor(6, 0))
        self.frame(Frame(1, 1, (one, rows_of(2, b"right", b"", b"", b"")), state_of(1)))
        self.blocked = False
        self.hands = self.dialogue.router.handover

    def now(self) -> float:
        """The time, as far as this client knows."""
        return time.monotonic() + self.skew_s

    # What happens

    def frame(self, frame: Frame) -> None:
        """From the server."""
        self.dialogue.heard(frame, self.now())
        self.host.frame(frame)

    def type(self, keys: str) -> list[str]:
        """Keys in one piece, as spelled; what was sent to the server."""
        return self.do(*(parse_key(key) for key in keys.split()))

    def do(self, *events: InputEvent) -> list[str]:
        self.connection.take()
        self.dialogue.events(events, self.now())
        self.host.expire(self.now())
        return self.sent()

    def sent(self) -> list[str]:
        return [word for word in self.connection.words() if not word.startswith("Seen")]

    def kill(self, number: signal.Signals) -> None:
        os.kill(self.pid(), number)

    def pid(self) -> int:
        process = self.host.process
        assert process is not None
        return process.pid

    # What is waited for

    def start(self) -> Self:
        """The guest is there."""
        self.host.start(self.now())
        self.until(self.answers)
        return self

    def open(self) -> Self:
        """Help stands over the panes."""
        self.type("C-b ?")
        self.shows("GUEST  31x6")
        return self

    def answers(self) -> bool:
        """Whether the guest can open things: it is asked to, and to close again."""
        return self.host.available

    def shows(self, text: str) -> None:
        self.until(lambda: any(text in row for row in self.paper.rows()))

    def uncovered(self) -> None:
        """The picture is as it was, in text and cursor."""
        self.until(lambda: self.paper.rows()[:-1] == PICTURE)
        assert self.paper.engine.cursor() == Cursor(6, 1)

    def until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + TIMEOUT_S
        while not condition():
            assert self.turn(deadline - time.monotonic()), self.paper.rows()

    def turn(self, timeout_s: float) -> bool:
        """One turn of a client's loop; whether something happened."""
        fd, events = self.host.wanted(self.blocked)
        self.host.listening(bool(events & select.POLLIN), self.now())
        poll = select.poll()
        poll.register(self.signals.fileno(), select.POLLIN)
        if events:
            poll.register(fd, events)
        due = self.host.deadline()
        if due is not None:
            timeout_s = min(timeout_s, max(due - self.now(), 0))
        ready = poll.poll(max(timeout_s, 0) * 1000 + 1)
        now = self.now()
        for each, what in ready:
            if each == fd:
                self.host.ready(what, now)
            elif signal.SIGCHLD in self.signals.take():
                self.host.reap(now)
        self.host.expire(now)
        return bool(ready) or due is not None

    def close(self) -> None:
        process = self.host.process
        self.host.close()
        while process is not None and not process.reap():
            assert exited(process.pid, TIMEOUT_S)
        for child in psutil.Process().children():  # killed as well, of guests before that one
            with suppress(ChildProcessError):
                os.waitpid(child.pid, 0)
        self.signals.close()
        self.paper.engine.close()
