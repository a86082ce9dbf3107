"""What becomes of a text that a person copied: a buffer, and their terminal's clipboard."""

from typing import Final

from termlab.server.attachment import Attachment
from termlab.server.server import Server
from termlab.wire.messages import Clipboard, Notice

# What an outer terminal is given at most (OSC 52); many take less.
MAX_CLIPBOARD_BYTES: Final = 1 << 20


def keep(server: Server, attachment: Attachment, text: str) -> None:
    """Keep what ``attachment`` copied; "" is nothing. Raises ``UsageError`` if it is too much."""
    if not text:
        return
    data = text.encode("utf-8", "replace")
    if not attachment.read_only:
        server.buffers.add(text)
    if len(data) > MAX_CLIPBOARD_BYTES:
        said = f"copied {len(data)} bytes for paste-buffer: too many for the terminal's clipboard"
    else:
        attachment.tell(Clipboard(data))
        said = f"copied {len(text)} character{'s' * (len(text) != 1)}"
    attachment.tell(Notice(said))
