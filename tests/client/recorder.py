"""A connection that keeps what is sent, for tests of those who send."""

from termlab.client.connection import Connection
from termlab.config.loader import load_defaults
from termlab.wire.messages import ClientOptions, Keys, Message, PasteData, Place, Request

_SETTINGS = load_defaults()
# What a client is told to act on: termlab's own defaults.
OPTIONS = ClientOptions(
    _SETTINGS.prefix,
    _SETTINGS.escape_ms,
    _SETTINGS.repeat_ms,
    _SETTINGS.hint_ms,
    _SETTINGS.message_ms,
    _SETTINGS.mouse,
    _SETTINGS.keys,
)


class Recorder(Connection):
    """No stream: what was sent stands in ``sent``, in order."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self._numbers = 0

    def send(self, message: Message) -> None:
        self.sent.append(message)

    def request(self, argv: tuple[str, ...], place: Place | None) -> int:
        self._numbers += 1
        self.send(Request(self._numbers, argv, place))
        return self._numbers

    def take(self) -> list[Message]:
        """What was sent since the last call."""
        sent, self.sent = self.sent, []
        return sent

    def words(self) -> list[str]:
        """The same, to be read: keys as their names, commands as they are written."""
        return [_word(message) for message in self.take()]


def _word(message: Message) -> str:
    if isinstance(message, Keys):
        return "keys " + " ".join(key.name for key in message.keys)
    if isinstance(message, Request):
        return " ".join(message.argv)
    if isinstance(message, PasteData):
        marks = ("first " if message.first else "") + ("last " if message.last else "")
        return f"paste {marks}{len(message.data)}"
    return repr(message)
