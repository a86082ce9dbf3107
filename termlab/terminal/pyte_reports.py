"""What a program in a pyte terminal is told, and what it tells: replies, title, directory, bell.

Bounded, whatever the program does; knows nothing of cells.
"""

import re
from typing import Final

from termlab.model.geometry import Size
from termlab.model.screen import Bell, DirectoryChanged, EngineEvent, TitleChanged
from termlab.terminal.emulator import MAX_REPLY_BYTES, Colours
from termlab.terminal.reported import clean_title, local_path

ATTRIBUTES: Final = "\x1b[?62;22c"  # a VT220 with colours
SECONDARY: Final = "\x1b[>1;0;0c"
TERTIARY: Final = "\x1bP!|00000000\x1b\\"
_DIRECTORY: Final = re.compile(r"7;(.*)|1337;CurrentDir=(.*)", re.DOTALL)


class Reports:
    """One terminal's."""

    def __init__(self, identity: str, host: str) -> None:
        self._identity = identity
        self._host = host
        self.colours = Colours()
        self.dropped = 0
        self._replies: list[bytes] = []
        self._reply_bytes = 0
        self._happened: dict[type[EngineEvent], EngineEvent] = {}  # a second one moves to the end

    def take_replies(self) -> bytes:
        replies = b"".join(self._replies)
        self._replies.clear()
        self._reply_bytes = 0
        return replies

    def take_events(self) -> list[EngineEvent]:
        events = list(self._happened.values())
        self._happened.clear()
        return events

    def reply(self, text: str) -> None:
        """Answer, if there is room for one more."""
        reply = text.encode()
        if self._reply_bytes + len(reply) > MAX_REPLY_BYTES:
            self.dropped += 1
            return
        self._replies.append(reply)
        self._reply_bytes += len(reply)

    def bell(self) -> None:
        self._note(Bell())

    def osc(self, text: str, end: str) -> None:
        """Titles, the directory, questions for colours; all else is passed over."""
        code, _, rest = text.partition(";")
        if code in ("0", "2"):
            self._note(TitleChanged(clean_title(rest)))
        elif code in ("10", "11") and rest == "?":
            colour = self.colours.foreground if code == "10" else self.colours.background
            if colour is not None:
                spelled = "/".join(f"{part:02x}{part:02x}" for part in colour)
                self.reply(f"\x1b]{code};rgb:{spelled}{end}")
        elif match := _DIRECTORY.fullmatch(text):
            path = local_path((match[1] or match[2] or "").encode(), self._host)
            if path is not None:
                self._note(DirectoryChanged(path))

    def identity(self) -> None:
        """XTVERSION."""
        self.reply(f"\x1bP>|{self._identity}\x1b\\")

    def size(self, what: int, size: Size) -> None:
        """XTWINOPS 14, 16 and 18; pixels only where they are known."""
        if what == 18:
            self.reply(f"\x1b[8;{size.rows};{size.cols}t")
        elif size.xpixel and size.ypixel:
            if what == 14:
                height, width = (size.ypixel // size.rows, size.xpixel // size.cols)
                self.reply(f"\x1b[4;{height * size.rows};{width * size.cols}t")
            elif what == 16:
                self.reply(f"\x1b[6;{size.ypixel // size.rows};{size.xpixel // size.cols}t")

    def _note(self, event: EngineEvent) -> None:
        self._happened.pop(type(event), None)
        self._happened[type(event)] = event
