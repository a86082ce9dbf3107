"""One line of text being edited, as in a shell: keys go in, the text and its cursor come out. Pure.

Every line a person types into the status row is one: a command, a name, what to search for. It
knows no prompt and no screen; `shown` says which part of it fits so many cells, and where in that
the cursor stands.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from termlab.client.width import char_width, clip_text, text_width
from termlab.model.keyname import spell
from termlab.model.keys import Key

# Longer than any command; a paste beyond it is cut.
MAX_CHARS: Final = 2000
# Stands where more of the text is than is shown.
MORE: Final = "…"


class Shown(NamedTuple):
    """The part of a line that is shown: its text, the index of its first character in the line, and
    the cell of the cursor."""

    text: str
    start: int
    cursor: int


class LineEditor:
    """One line. ``cursor`` is an index into ``text``: what is typed goes before it."""

    def __init__(self, text: str = "", max_chars: int = MAX_CHARS) -> None:
        self._max_chars = max_chars
        self._killed = ""  # what C-y gives back
        self.text = ""
        self.cursor = 0
        self.set(text)

    def set(self, text: str) -> None:
        """Take another text, the cursor behind it."""
        self.text = shown(text)[: self._max_chars]
        self.cursor = len(self.text)

    def insert(self, text: str) -> None:
        """Type a text, or paste it: what can be shown of it, as far as there is room."""
        room = self._max_chars - len(self.text)
        self._replace(self.cursor, self.cursor, shown(text)[:room])

    def replace(self, start: int, end: int, text: str) -> None:
        """Put ``text`` in place of a part, the cursor behind it."""
        room = self._max_chars - len(self.text) + end - start
        self._replace(start, end, shown(text)[:room])

    def move(self, cursor: int) -> None:
        """Put the cursor before a character, or behind the last one."""
        cursor = min(max(cursor, 0), len(self.text))
        while 0 < cursor < len(self.text) and not char_width(self.text[cursor]):
            cursor -= 1
        self.cursor = cursor

    def press(self, key: Key) -> bool:
        """Take a key; False if it is none that edits or types."""
        act = _KEYS.get(spell(key)) or _KEYS.get(spell(key).replace("S-", "", 1))
        if act is not None:
            act(self)
            return True
        if key.text:
            self.insert(key.text)
        return bool(key.text)

    # What keys do

    def _replace(self, start: int, end: int, text: str) -> None:
        self.text = self.text[:start] + text + self.text[end:]
        self.cursor = start + len(text)

    def _kill(self, start: int, end: int) -> None:
        if start < end:
            self._killed = self.text[start:end]
            self._replace(start, end, "")

    def _left(self) -> int:
        """Before the character left of the cursor, with what is drawn over it."""
        at = self.cursor - 1
        while at > 0 and not char_width(self.text[at]):
            at -= 1
        return max(at, 0)

    def _right(self) -> int:
        at = min(self.cursor + 1, len(self.text))
        while at < len(self.text) and not char_width(self.text[at]):
            at += 1
        return at

    def _word_left(self, part: Callable[[str], bool]) -> int:
        at = self.cursor
        while at > 0 and not part(self.text[at - 1]):
            at -= 1
        while at > 0 and part(self.text[at - 1]):
            at -= 1
        return at

    def _word_right(self) -> int:
        at, end = self.cursor, len(self.text)
        while at < end and not _of_word(self.text[at]):
            at += 1
        while at < end and _of_word(self.text[at]):
            at += 1
        return at

    def _go_left(self) -> None:
        self.cursor = self._left()

    def _go_right(self) -> None:
        self.cursor = self._right()

    def _go_home(self) -> None:
        self.cursor = 0

    def _go_end(self) -> None:
        self.cursor = len(self.text)

    def _go_word_left(self) -> None:
        self.cursor = self._word_left(_of_word)

    def _go_word_right(self) -> None:
        self.cursor = self._word_right()

    def _erase_left(self) -> None:
        # What is drawn over a character goes first, by itself: it was typed by itself.
        self._replace(max(self.cursor - 1, 0), self.cursor, "")

    def _erase_right(self) -> None:
        start = self.cursor
        self._replace(start, self._right(), "")

    def _kill_word_left(self) -> None:
        self._kill(self._word_left(_of_word), self.cursor)

    def _kill_text_left(self) -> None:
        self._kill(self._word_left(_not_blank), self.cursor)

    def _kill_word_right(self) -> None:
        start = self.cursor
        self._kill(start, self._word_right())

    def _kill_start(self) -> None:
        self._kill(0, self.cursor)

    def _kill_end(self) -> None:
        self._kill(self.cursor, len(self.text))

    def _yank(self) -> None:
        self.insert(self._killed)


_KEYS: Final[dict[str, Callable[[LineEditor], None]]] = {
    name: act
    for names, act in (
        ("Left KP_Left C-b", LineEditor._go_left),
        ("Right KP_Right C-f", LineEditor._go_right),
        ("Home KP_Home C-a", LineEditor._go_home),
        ("End KP_End C-e", LineEditor._go_end),
        ("C-Left M-Left M-b", LineEditor._go_word_left),
        ("C-Right M-Right M-f", LineEditor._go_word_right),
        ("Backspace C-h", LineEditor._erase_left),
        ("Delete KP_Delete C-d", LineEditor._erase_right),
        ("M-Backspace C-Backspace", LineEditor._kill_word_left),
        ("C-w", LineEditor._kill_text_left),
        ("M-d C-Delete", LineEditor._kill_word_right),
        ("C-u", LineEditor._kill_start),
        ("C-k", LineEditor._kill_end),
        ("C-y", LineEditor._yank),
    )
    for name in names.split()
}


def shown(text: str) -> str:
    """What of a text can be shown: no control character, no line break."""
    return "".join(char for char in text if char.isprintable())


def window(text: str, cursor: int, cols: int) -> Shown:
    """The part of a line that ``cols`` cells show, with the cursor in it.

    It moves by a quarter of its width, so that the text stands still while the cursor goes about.
    """
    at = text_width(text[:cursor])
    if text_width(text) < cols or cols < 2:
        return Shown(text if cols > 1 else "", 0, min(at, max(cols - 1, 0)))
    step = max(cols // 4, 1)
    # A wide character that would be cut in two stays, so one cell more is left free.
    skip = 0 if at < cols - 2 else min(((at - cols + 2) // step + 1) * step, at)
    start = len(clip_text(text, skip))
    while start < cursor and not char_width(text[start]):
        start += 1
    seen = clip_text(text[start:], cols - 1)
    more = MORE if start + len(seen) < len(text) else ""
    lead = text_width(text[:start])
    if 0 < start < cursor and seen:
        first = _cluster(seen)
        seen = MORE.ljust(text_width(seen[:first])) + seen[first:]
    return Shown(seen + more, start, at - lead)


def index_at(text: str, start: int, cell: int) -> int:
    """The index of the character shown in a cell where what is shown begins at ``start``."""
    return start + len(clip_text(text[start:], max(cell, 0)))


def _cluster(text: str) -> int:
    """How many characters the first one is, with what is drawn over it."""
    end = 1
    while end < len(text) and not char_width(text[end]):
        end += 1
    return end


def _of_word(char: str) -> bool:
    return char.isalnum() or char == "_" or not char_width(char)


def _not_blank(char: str) -> bool:
    return char != " "
