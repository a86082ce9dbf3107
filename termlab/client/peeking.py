"""The ui's look at all there is and at one pane (`Peek`), passed on to the server unread.

It ends with what the ui has open, however that ends: the server is told so here.
"""

from termlab.client.connection import Connection
from termlab.wire.messages import Peek, PeekSeen


class Peeking:
    """One client's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.is_open = False

    def tell(self, message: Peek | PeekSeen) -> None:
        """The ui looks, or has seen."""
        if isinstance(message, Peek):
            self.is_open = message.open
        self._connection.send(message)

    def end(self) -> None:
        """What the ui had open is closed."""
        if self.is_open:
            self.tell(Peek(open=False))
