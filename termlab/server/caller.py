"""Who asks for a command: what handlers need to know of them, and how they are answered."""

from collections.abc import Callable
from typing import NamedTuple

from termlab.commands.parse import Call
from termlab.errors import UsageError
from termlab.server.attachment import Attachment
from termlab.server.server import Server
from termlab.server.targets import Place as Target
from termlab.server.targets import resolve, resolve_window
from termlab.wire.messages import Place


class Caller(NamedTuple):
    """``reply(code, text)`` answers the request, once. ``attachment`` is set for keys' commands;
    ``asker`` is the connection, for what is answered later."""

    server: Server
    place: Place
    attachment: Attachment | None
    reply: Callable[[int, str], None]
    asker: object = None

    def target(self, call: Call) -> Target:
        """The pane, window and session the call is about. Raises ``TargetError``."""
        return resolve(self.server.sessions, call.text("target"), self.attachment, self.place.pane)

    def window_target(self, call: Call) -> Target:
        """As `target`, for commands about a window."""
        return resolve_window(
            self.server.sessions, call.text("target"), self.attachment, self.place.pane
        )

    def screen(self) -> Attachment:
        """The attached client that asks. Raises ``UsageError`` if there is none."""
        if self.attachment is None:
            raise UsageError("this command acts on an attached client: bind it to a key there")
        return self.attachment

    def audience(self, target: Target) -> list[Attachment]:
        """Whose screen a change of focus moves: the asker's own, else all that show the session."""
        if self.attachment is not None:
            return [self.attachment] if self.attachment.session is target.session else []
        return list(self.server.attached(target.session))
