"""Whether a client over a network is still there: asked after a minute of silence, let go when ten
seconds pass without a word.

Only where the kernel can't tell: of a Unix socket's peer it does at once, and nothing is armed. One
timer per connection, which a word of the client only moves when it runs out. A client that will be
stopped says so, and is not asked until it says something again.
"""

import socket
from collections.abc import Callable
from typing import Final

from termlab.server.loop import Loop, Timer
from termlab.wire.messages import Message, Ping

EVERY_S: Final = 60.0
DEADLINE_S: Final = 10.0


def is_local(stream: socket.socket) -> bool:
    """Whether the kernel tells of the peer's end, whatever the way."""
    return stream.family == getattr(socket, "AF_UNIX", None)


class KeepAlive:
    """Of one connection; ``gone`` is called once, and nothing after it."""

    def __init__(
        self, loop: Loop, tell: Callable[[Message], None], gone: Callable[[], None]
    ) -> None:
        self._loop = loop
        self._tell = tell
        self._gone = gone
        self._heard_at = loop.now
        self._asked = self._resting = False
        self._timer: Timer | None = loop.call_at(loop.now + EVERY_S, self._look)

    def heard(self) -> None:
        """The client said something."""
        self._heard_at = self._loop.now
        if self._asked or self._resting:
            self._asked = self._resting = False
            self._arm(self._heard_at + EVERY_S)

    def rest(self) -> None:
        """The client will be stopped."""
        self._resting = True
        self.close()

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self, when: float) -> None:
        self.close()
        self._timer = self._loop.call_at(when, self._look)

    def _look(self) -> None:
        now = self._loop.now
        if self._asked:
            self.close()
            self._gone()
        elif now < self._heard_at + EVERY_S:
            self._arm(self._heard_at + EVERY_S)
        else:
            self._asked = True
            self._arm(now + DEADLINE_S)
            self._tell(Ping())
