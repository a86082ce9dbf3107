"""The ui's look at all there is and at one pane (`Peek`), or at what all panes use (`TasksAsked`),
passed on to the server unread.

It ends with what the ui has open, however that ends: the server is told so here.
"""

from termlab.client.connection import Connection
from termlab.wire.messages import Looks, News, Peek, TasksAsked, TasksUpdate


class Peeking:
    """One client's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._peeks = self._tasks = False

    def tell(self, message: Looks) -> None:
        """The ui looks, or has seen."""
        if isinstance(message, Peek):
            self._peeks = message.open
        elif isinstance(message, TasksAsked):
            self._tasks = message.open
        self._connection.send(message)

    def wants(self, news: News) -> bool:
        """Whether the ui looks at that still; a late one is nobody's."""
        return self._tasks if isinstance(news, TasksUpdate) else self._peeks

    def end(self) -> None:
        """What the ui had open is closed."""
        if self._peeks:
            self.tell(Peek(open=False))
        if self._tasks:
            self.tell(TasksAsked(open=False))
