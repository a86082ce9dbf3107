"""The line a search is typed into, in the status row. Pure: keys go in, the command comes out.

It takes every key while it is open and covers nothing; whoever owns it shows `line`.
"""

from typing import Final

from termlab.model.keyname import spell
from termlab.model.keys import Key

MAX_CHARS: Final = 500
# So much of a long line is shown, its end.
SHOWN_CHARS: Final = 60
CARET: Final = "█"
_LEAVE: Final = frozenset({"Escape", "C-[", "C-c", "C-g"})
_ENTER: Final = frozenset({"Enter", "C-m", "C-j", "KP_Enter"})
_ERASE: Final = frozenset({"Backspace", "C-h"})


class SearchPrompt:
    """One client's. ``last`` is what was searched for before: an empty line means it again."""

    def __init__(self) -> None:
        self.is_open = False
        self.last = ""
        self._text = ""
        self._flags: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """What the status row shows; "" while it is closed."""
        if not self.is_open:
            return ""
        shown = self._text if len(self._text) < SHOWN_CHARS else f"…{self._text[-SHOWN_CHARS:]}"
        regex = "regex " if "-r" in self._flags else ""
        return f"{regex}{'?' if '-b' in self._flags else '/'}{shown}{CARET}"

    def open(self, flags: tuple[str, ...]) -> None:
        """Begin an empty line; ``flags`` are those of search-prompt."""
        self.is_open, self._text, self._flags = True, "", flags

    def close(self) -> None:
        self.is_open = False

    def press(self, key: Key) -> tuple[str, ...]:
        """Take a key: the words of the command to run once the line is done, else ()."""
        name = spell(key)
        if name in _LEAVE or (name in _ERASE and not self._text):
            self.close()
        elif name in _ENTER:
            self.close()
            return self._command()
        elif name in _ERASE:
            self._text = self._text[:-1]
        elif name == "C-u":
            self._text = ""
        elif name == "C-w":
            self._text = self._text.rstrip(" ").rpartition(" ")[0]
        elif name == "Up":
            self._text = self.last
        else:
            self.insert(key.text)
        return ()

    def insert(self, text: str) -> None:
        """Type a text, or paste it: what can be shown of it."""
        shown = "".join(char for char in text if char.isprintable())
        self._text = (self._text + shown)[:MAX_CHARS]

    def _command(self) -> tuple[str, ...]:
        self.last = self._text or self.last
        if not self.last:
            return ()
        word = "search-backward" if "-b" in self._flags else "search-forward"
        return (word, *(flag for flag in self._flags if flag == "-r"), "--", self.last)
