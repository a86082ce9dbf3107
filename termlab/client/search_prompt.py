"""The line a search is typed into, in the status row. Pure: keys go in, commands come out.

It takes every key while it is open and covers nothing. Each change of the text is searched for at
once; leaving it by Escape goes back to where the search began, by Enter it stays at what it found.
"""

from typing import Final

from termlab.client.line_editor import LineEditor
from termlab.client.prompt_line import Hint, PromptView, text_index
from termlab.model.keyname import spell
from termlab.model.keys import Key

MAX_CHARS: Final = 500
_LEAVE: Final = frozenset({"Escape", "C-[", "C-c", "C-g"})
_ENTER: Final = frozenset({"Enter", "C-m", "C-j", "KP_Enter"})
_ERASE: Final = frozenset({"Backspace", "C-h"})
_CANCEL: Final = ("search-cancel",)


class SearchPrompt:
    """One client's. ``last`` is what was searched for before: an empty line means it again."""

    def __init__(self) -> None:
        self.is_open = False
        self.last = ""
        self._editor = LineEditor(max_chars=MAX_CHARS)
        self._flags: tuple[str, ...] = ()

    def view(self, note: str = "") -> PromptView | None:
        """What the status row shows, ``note`` being what the search found; None while closed."""
        if not self.is_open:
            return None
        regex = "regex " if "-r" in self._flags else ""
        lead = f"{regex}{'?' if '-b' in self._flags else '/'}"
        hints = (Hint(note.removeprefix("hit ")),) if note else ()
        return PromptView(lead, self._editor.text, self._editor.cursor, hints)

    def open(self, flags: tuple[str, ...]) -> None:
        """Begin an empty line; ``flags`` are those of search-prompt."""
        self.is_open, self._flags = True, flags
        self._editor.set("")

    def close(self) -> None:
        self.is_open = False

    def press(self, key: Key) -> tuple[str, ...]:
        """Take a key: the words of the command to run now, () for none."""
        name, before = spell(key), self._editor.text
        if name in _LEAVE or (name in _ERASE and not before):
            self.close()
            return _CANCEL
        if name in _ENTER:
            self.close()
            return self._entered()
        if name == "Up":
            self._editor.set(self.last)
        else:
            self._editor.press(key)
        return self._changed(before)

    def insert(self, text: str) -> tuple[str, ...]:
        """Paste a text: the words of the command to run now, as of a key."""
        before = self._editor.text
        self._editor.insert(text)
        return self._changed(before)

    def click(self, press: str, cell: int) -> None:
        """The person pressed the mouse on a run of the row: one of the text has the cursor."""
        if (index := text_index(press, self._editor.text, cell)) is not None:
            self._editor.move(index)

    def _changed(self, before: str) -> tuple[str, ...]:
        text = self._editor.text
        return ("search-incremental", *self._flags, "--", text) if text != before else ()

    def _entered(self) -> tuple[str, ...]:
        self.last = self._editor.text or self.last
        if not self.last:
            return _CANCEL
        word = "search-backward" if "-b" in self._flags else "search-forward"
        return (word, *(flag for flag in self._flags if flag == "-r"), "--", self.last)
