"""What is typed at a recording that plays: bytes to what they ask of the player.

A recording may have asked for mouse reports or bracketed paste, and questions in it are answered
by the terminal: all that comes as escape sequences and means nothing here, but for the keys that
a kitty keyboard mode, should one be on, reports that way.
"""

import re
from typing import Final, Literal

Control = Literal["toggle", "step", "faster", "slower", "quit", "interrupt"]

CONTROLS: Final[dict[str, Control]] = {
    " ": "toggle",
    ".": "step",
    "+": "faster",
    "-": "slower",
    "q": "quit",
    "\x03": "interrupt",
}
_CTRL: Final = 4
_OTHERS: Final = 0b111011  # all other modifiers that are held; the locks, above, change nothing
_PASTE_END: Final = b"\x1b[201~"
_SEQUENCE: Final = re.compile(
    rb"\x1b\[M.{3}"  # an X10 mouse report
    rb"|\x1b\[(?P<key>\d+)[\d:]*(?:;(?P<mods>\d+)(?P<event>:\d+)?[\d;:]*)?u"
    rb"|\x1b\[[0-?]*[ -/]*[@-~]"
    rb"|\x1b[P\]_^X].*?(?:\x1b\\|\x07|$)"  # a string, in answer to a question
    rb"|\x1bO."
    rb"|\x1b.?"
    rb"|(?P<plain>[^\x1b])",
    re.DOTALL,
)


class ReplayKeys:
    """Remembers only whether a bracketed paste is under way, which comes in parts."""

    def __init__(self) -> None:
        self._pasting = False

    def read(self, data: bytes) -> list[Control]:
        """The controls among what was written, in order. Sequences come whole, but for pastes."""
        found = []
        at = 0
        while at < len(data):
            if self._pasting:
                end = data.find(_PASTE_END, at)
                if end < 0:
                    break
                self._pasting = False
                at = end + len(_PASTE_END)
                continue
            match = _SEQUENCE.match(data, at)
            assert match is not None  # the last two alternatives take any byte
            at = match.end()
            self._pasting = match[0] == b"\x1b[200~"
            if control := CONTROLS.get(_key(match)):
                found.append(control)
        return found


def _key(match: re.Match[bytes]) -> str:
    """What was typed, a control character for a letter with Control; "" if it is no key here."""
    if match["plain"] is not None:
        return match["plain"].decode("latin-1")
    if match["key"] is None or match["event"] == b":3":  # let go
        return ""
    code, mods = int(match["key"][:7]), int((match["mods"] or b"1")[:3]) - 1
    if code > 0x7F or mods & _OTHERS:
        return ""
    return chr(code & 0x1F) if mods & _CTRL else chr(code)
