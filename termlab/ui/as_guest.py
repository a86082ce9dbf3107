"""The guest as a process: the app, drawing over a client's panes when it is asked to.

`python -P -m termlab.ui.as_guest FD`, where FD is one end of a socket pair (`wire.guest`). It has
no terminal: what it draws goes to the client. It lives as long as its client, and sleeps while
nothing is open.
"""

import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Sequence
from typing import Final

from termlab.errors import WireError
from termlab.wire.codec import Unreadable
from termlab.wire.guest import Begin, ToGuest, to_guest
from termlab.wire.link import Link

assert sys.platform != "win32"

# What the client's terminal can show is said in `Begin`, its size too.
_NOT_OURS: Final = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TERM", "COLORTERM")
# The keys of the client's terminal are no orders to its guest.
_NO_ORDERS: Final = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP)


def read(link: Link[ToGuest]) -> list[ToGuest]:
    """What has come from the client. Ends the process when the client has gone."""
    try:
        messages = link.receive()
    except WireError as error:
        note(f"the client can't be understood: {error}")
        os._exit(1)
    if messages is None:
        # At once, whatever the app is at: there is nobody left to draw for, and nothing to keep.
        os._exit(0)
    heard = []
    for message in messages:
        if isinstance(message, Unreadable):
            note(f"a message of the client was left out: {message.why}")
        else:
            heard.append(message)
    return heard


def note(text: str) -> None:
    """A line for the log, which the descriptor of stderr is; Textual takes `sys.stderr` itself."""
    os.write(2, f"termlab: {text}\n".encode())


def main(argv: Sequence[str]) -> int:
    """Be the guest of the client at the other end of the descriptor ``argv[1]``."""
    if len(argv) != 2 or not argv[1].isdecimal():
        note("usage: python -m termlab.ui.as_guest FD (a client starts it)")
        return 2
    for number in _NO_ORDERS:
        signal.signal(number, signal.SIG_IGN)
    for name in _NOT_OURS:
        os.environ.pop(name, None)
    link = Link(socket.socket(fileno=int(argv[1])), to_guest())
    messages: list[ToGuest] = []
    while not messages:
        select.select([link], [], [])
        messages = read(link)
    begin, *early = messages
    if not isinstance(begin, Begin):
        note(f"a client begins with Begin, not with {begin!r}")
        return 2
    return run(link, begin, early)


def run(link: Link[ToGuest], begin: Begin, early: Sequence[ToGuest]) -> int:
    """The app, until it ends, which it does only when it is broken."""
    # asyncio works without it, and nothing here speaks TLS: 2 MiB, and 5 ms of each start.
    sys.modules["ssl"] = None  # type: ignore[assignment]
    import asyncio

    from termlab.ui.guest_app import Guest

    guest = Guest(link, lambda: read(link), broken, begin, early)
    return asyncio.run(guest.run())


def broken(error: BaseException) -> None:
    """Nobody caught it: the client starts another guest, which is better than one half there."""
    note("".join(traceback.format_exception(error)))
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
