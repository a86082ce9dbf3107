"""A guest that does what keys tell it to, for tests of its client. Run as a process, as the ui is.

It covers every pane, shows what was typed and the first row of the first pane. ``q`` closes it,
``x`` ends it, ``k`` kills it, ``s`` stops it, ``e`` ends its stream alone, ``t`` says something,
``g`` says nonsense, ``c`` closes it and ends it at once, ``A`` asks the server and shows what it
replies, ``R`` closes it with a command, ``O`` says what prefix it knows, ``p`` looks at a pane and
shows what comes of that; any other key is consumed.
"""

import os
import signal
import socket
import sys
from collections.abc import Sequence

from termlab.model.dock import place_dock
from termlab.model.keys import Key
from termlab.model.layout import panes_of
from termlab.model.screen import Cursor
from termlab.model.state import State
from termlab.wire.codec import encode
from termlab.wire.guest import (
    Answered,
    Ask,
    Begin,
    Claim,
    Consumed,
    Dock,
    Docked,
    Drawn,
    Given,
    NewOptions,
    Open,
    OuterSize,
    Output,
    Ready,
    Release,
    Rows,
    Told,
    to_guest,
)
from termlab.wire.messages import Message, Peek, Peeked, PeekSeen, VitalsSeen, VitalsUpdate

assert sys.platform != "win32"

EXIT_CODE = 3


class Guest:
    """One connection to a client, until it ends."""

    def __init__(self, stream: socket.socket) -> None:
        self._stream = stream
        self._claims = 0
        self._epoch = 0
        self._state: State | None = None
        self._rows: dict[int, dict[int, bytes]] = {}
        self._typed = ""
        self._size = ""
        self._prefix = ""
        self._open = False
        self._docked: Dock | None = None
        self._looks = 0

    def run(self) -> None:
        decoder = to_guest()
        while data := self._stream.recv(65536):
            for message in decoder.feed(data):
                self._heard(message)

    def tell(self, *messages: Message) -> None:
        self._stream.sendall(b"".join(map(encode, messages)))

    def _heard(self, message: object) -> None:
        if isinstance(message, Begin):
            self.tell(Ready())
        elif isinstance(message, OuterSize):
            self._size = f"{message.size.cols}x{message.size.rows}"
        elif isinstance(message, Open):
            self._open, self._typed, self._state = True, "", message.state
            self._claim()
        elif isinstance(message, Rows) and self._open:
            self._take(message)
        elif isinstance(message, NewOptions):
            self._prefix = message.options.prefix
        elif isinstance(message, Peeked):
            self._typed = f"{message.pane} {message.cols}x{message.lines}"
            self._draw()
            self.tell(PeekSeen(message.serial))
        elif isinstance(message, Answered):
            self._typed = f"{message.id} {message.reply.text}"
            self._draw()
        elif isinstance(message, Given) and self._open:
            self._given(message)
        elif isinstance(message, Given):
            self.tell(Consumed(message.number))
        elif isinstance(message, Dock):
            self._dock(message)
        elif isinstance(message, VitalsUpdate):
            self._looks += 1
            self._draw_dock()
            self.tell(VitalsSeen(message.number))

    def _dock(self, dock: Dock) -> None:
        self._docked = dock
        self._draw_dock()
        self.tell(Docked())

    def _draw_dock(self) -> None:
        assert self._docked is not None
        size, state = self._docked.size, self._docked.state
        place = place_dock(state.dock, size.cols, size.rows - 1)
        if place is not None:
            text = b"\x1b[1;%dH\x1b[32mDOCK %d\x1b[K" % (place.area.x + 1, self._looks)
            self.tell(Output(0, state.epoch, text))

    def _claim(self) -> None:
        assert self._state is not None
        self._claims += 1
        self._epoch = self._state.epoch
        self._rows = {}
        panes = tuple(panes_of(self._state.view.layout))
        self.tell(Claim(self._claims, self._epoch, panes, frame=True))

    def _take(self, rows: Rows) -> None:
        self._state = rows.state or self._state
        if rows.epoch != self._epoch:
            self._claim()
            return
        for pane in rows.panes:
            self._rows.setdefault(pane.pane, {}).update(pane.rows)
        self.tell(Drawn())
        self._draw()

    def _draw(self) -> None:
        first = min(self._rows, default=0)
        under = self._rows.get(first, {}).get(0, b"")
        text = b"\x1b[1;1H\x1b[2KGUEST %b %b" % (self._typed.encode(), self._size.encode())
        text += b"\x1b[2;1H\x1b[2K\x1b[31munder " + under
        cursor = Cursor(6 + len(self._typed), 0)
        self.tell(Output(self._claims, self._epoch, text, cursor))

    def _given(self, given: Given) -> None:
        key = given.key or Key("?")
        if key.name == "q":
            self._open = False
            self.tell(Release(given.number))
        elif key.name == "A":
            self.tell(Ask(7, ("ls",)), Consumed(given.number))
        elif key.name == "R":
            self._open = False
            self.tell(Release(given.number, ("copy-mode",)))
        elif key.name == "p":
            self.tell(Peek(3), Consumed(given.number))
        elif key.name == "O":
            self.tell(Told(f"the prefix is {self._prefix}"), Consumed(given.number))
        elif key.name == "c":
            self.tell(Release(given.number))
            sys.exit(EXIT_CODE)
        elif key.name == "x":
            sys.exit(EXIT_CODE)
        elif key.name in ("k", "s"):
            os.kill(os.getpid(), signal.SIGKILL if key.name == "k" else signal.SIGSTOP)
        elif key.name == "e":
            self._stream.close()
            signal.pause()
        elif key.name == "t":
            self.tell(Told("told so"), Consumed(given.number))
        elif key.name == "g":
            self._stream.sendall(b"\0\0\0\1\x93")
        else:
            self._typed += key.name
            self.tell(Consumed(given.number))
            self._draw()


def main(words: Sequence[str]) -> None:
    if "silent" in words:
        signal.pause()
    if "broken" in words:
        sys.exit("it does not start")
    Guest(socket.socket(fileno=int(words[-1]))).run()


if __name__ == "__main__":
    main(sys.argv[1:])
